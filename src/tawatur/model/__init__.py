"""The records that flow from one stage to the next: frozen, typed, a file a hand-over."""

from tawatur.model.article import (
    Article,
    Credit,
    Direction,
    Flag,
    FoundIn,
    LiveUpdate,
    Precision,
    ReadAlso,
    article_id,
)
from tawatur.model.as_json import article_from_json, as_json, read_moment, write_moment
from tawatur.model.canonical_url import canonical_url
from tawatur.model.capture import Capture
from tawatur.model.entry import Entry, Feed
from tawatur.model.source import FeedKind, FeedState, PageRules, Source, SourceKind

__all__ = [
    "Article",
    "Capture",
    "Credit",
    "Direction",
    "Entry",
    "Feed",
    "FeedKind",
    "FeedState",
    "Flag",
    "FoundIn",
    "LiveUpdate",
    "PageRules",
    "Precision",
    "ReadAlso",
    "Source",
    "SourceKind",
    "article_from_json",
    "article_id",
    "as_json",
    "canonical_url",
    "read_moment",
    "write_moment",
]
