"""Where everything is kept: one store over SQLite or PostgreSQL, a small protocol a kind of record."""

from tawatur.store.opening import open_store
from tawatur.store.protocol import (
    ArticlePage,
    ArticleStore,
    CaptureStore,
    Change,
    ChangeKind,
    ChangeStore,
    ChangeWhat,
    EntryStore,
    ImageStore,
    PendingPage,
    Refusal,
    SourceCounts,
    SourceStore,
    Store,
    StoredImage,
    Version,
    Written,
)

__all__ = [
    "ArticlePage",
    "ArticleStore",
    "CaptureStore",
    "Change",
    "ChangeKind",
    "ChangeStore",
    "ChangeWhat",
    "EntryStore",
    "ImageStore",
    "PendingPage",
    "Refusal",
    "SourceCounts",
    "SourceStore",
    "Store",
    "StoredImage",
    "Version",
    "Written",
    "open_store",
]
