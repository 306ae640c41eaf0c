"""What the rest of Tawatur asks of a store: one small protocol a kind of record.

Every method is one transaction: it happens whole or not at all. Methods may be called from several threads.
Instants are UTC. Cursors are opaque texts: keep and give back, never read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Literal, Protocol

from tawatur.model import Article, Capture, FeedState, Source
from tawatur.store.findings import AnalysisStore, FollowerStore, NameStore, StoryStore
from tawatur.store.pages import EntryStore, WatchStore

Written = Literal["new", "changed", "same"]
ChangeKind = Literal["article", "source", "analysis", "story"]
ChangeWhat = Literal["written", "removed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One state of an article, oldest first in its history."""

    article: Article
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """A slice of the archive, newest first, and where the next begins."""

    articles: tuple[Article, ...]
    #: None at the end.
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that was written; ``cursor`` is where to go on after it."""

    cursor: str
    kind: ChangeKind
    what: ChangeWhat
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCounts:
    """How much of one source is in the store."""

    articles: int
    waiting: int
    refused: int
    #: The time its newest article is shown under; None when it has none.
    last_article_at: datetime | None
    #: Fetched pages kept, bytes of their bodies as they came, and as they are stored.
    captures: int = 0
    capture_bytes: int = 0
    stored_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredImage:
    """A picture as we serve it: re-encoded and bounded."""

    #: SHA-256 of ``data``, hexadecimal: its address on the site.
    id: str
    #: Where it came from.
    url: str
    media_type: str
    width: int
    height: int
    data: bytes


class SourceStore(Protocol):
    """The sources that are followed, and how following goes."""

    def add(self, source: Source) -> Written:
        """Keep a source, or the new state of one known by its id.

        Feeds it did not have become due at once; the states of those that stay are kept, those of feeds gone are
        forgotten.

        Raises:
            RecordError: Its id cannot be a key, or its time zone is not known.
        """

    def get(self, source_id: str) -> Source | None: ...

    def all(self) -> tuple[Source, ...]:
        """Give every source, by id."""

    def remove(self, source_id: str) -> bool:
        """Follow a source no more; its articles stay, its waiting pages do not. False when it was not there."""

    def feeds(self, source_id: str | None = None) -> tuple[FeedState, ...]: ...

    def due_feeds(self, now: datetime, limit: int) -> tuple[FeedState, ...]:
        """Give feeds whose next poll is not after ``now``, longest due first, stopped ones left out."""

    def next_due(self) -> datetime | None: ...

    def save_feed(self, state: FeedState, *, url_before: str | None = None) -> None:
        """Keep a feed's state; ``url_before`` when it moved for good, which moves it in its source too.

        The state of a feed that is followed no more is let go.
        """

    def counts(self) -> dict[str, SourceCounts]:
        """Count articles, waiting and refused pages by source id; kept, not counted anew."""


class ArticleStore(Protocol):
    """The articles, each with its history and the capture it was read from."""

    def put(
        self,
        article: Article,
        *,
        capture: Capture | None = None,
        entry_url: str | None = None,
        watch_at: datetime | None = None,
        now: datetime,
    ) -> Written:
        """Keep an article whole, with its capture, settle its entry and note the change, in one transaction.

        ``watch_at``: when the page of an article that is new is first looked at again; None: never.

        The same id again is an update: when title, body, abstract, dates, authors, credit, tags or the entries of
        a live blog differ, the former state goes into its history and the answer is ``"changed"``. Otherwise it is
        ``"same"``: what stands around the article (picture, section, related links) is brought up to date in place,
        and noted as a change where it differs.

        Raises:
            RecordError: Its id, source or address cannot be a key, or an instant has no time zone.
        """

    def put_many(self, articles: Iterable[Article], *, now: datetime) -> dict[Written, int]:
        """Keep many articles in one transaction (``tawatur ingest``): all of them or none."""

    def remove(self, article_id: str) -> bool:
        """Take a withdrawn article out, with its history and its capture; False when it was not there."""

    def get(self, article_id: str) -> Article | None: ...

    def get_many(self, article_ids: Sequence[str]) -> dict[str, Article]: ...

    def newest(
        self,
        *,
        limit: int,
        cursor: str | None = None,
        source: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> ArticlePage:
        """Give articles newest first by the time they are shown under.

        That time is ``published``, but never later than the fetch (a stamp in the future does not lead the page);
        a bare day counts as its noon in the source's zone; an undated article counts by its fetch.
        The cursor is stable: articles that come in meanwhile move nothing on later pages.

        Raises:
            StoreError: The cursor is not one of ours.
        """

    def history(self, article_id: str) -> tuple[Version, ...]:
        """Give all states of an article, the present one last."""

    def changed(self, article_ids: Sequence[str]) -> frozenset[str]:
        """Give those of some articles that have former states."""

    def count(self) -> int: ...

    def same_text(self, url: str, body: str) -> tuple[str, ...]:
        """Give addresses on the same host, other than ``url``, whose article has this very text."""


class CaptureStore(Protocol):
    """The fetched pages, compressed, the newest of each address."""

    def put(self, capture: Capture, source_id: str | None, *, follows: str | None = None) -> None:
        """Keep a page without an article of its own.

        ``follows`` is the address (that answered) of the first page of the article that goes on here: such a page is
        found by ``get`` only, and goes with the article. One that was kept on its own before stays so.

        Raises:
            RecordError: The source's id cannot be a key.
        """

    def get(self, url: str) -> Capture | None:
        """Give the page by the address that answered, the one asked for, or that of the article read from it."""

    def each(self, source_id: str | None = None) -> Iterator[tuple[Capture, str | None]]:
        """Go through all captures with their source ids, in a stable order, a bounded number in memory.

        Pages that only go on with an article are left out.
        """

    def count(self) -> int:
        """Count what ``each`` goes through."""


class ImageStore(Protocol):
    """Pictures, re-encoded by us."""

    def put(self, image: StoredImage) -> None:
        """Keep a picture; the same picture of another address is kept once.

        Raises:
            RecordError: Its id is not the SHA-256 of its data, or it is larger than any news picture.
        """

    def get(self, image_id: str) -> StoredImage | None: ...

    def ids_for(self, urls: Sequence[str]) -> dict[str, str]:
        """Give our ids of source images that we hold."""

    def wanted(self, limit: int, now: datetime) -> tuple[str, ...]:
        """Give http(s) addresses of articles' images neither held nor given up, those noted last first."""

    def give_up(self, url: str, message: str) -> None: ...


class ChangeStore(Protocol):
    """What was written, in order: an index that follows never misses and never needs to look twice."""

    def since(self, cursor: str | None, limit: int) -> tuple[Change, ...]:
        """Give changes after a cursor, oldest first; from the beginning for None.

        A change appears only when every earlier one is visible too, so that a follower that keeps the last
        cursor loses nothing, whatever writers do at the same time. A thing that changed several times appears once,
        at the place of its newest change.

        Raises:
            StoreError: The cursor is of another store, or ahead of this one (restored from a copy): follow anew.
        """


class Lead(Protocol):
    """Being the one follower of a store."""

    def check(self) -> None:
        """Make sure that we still lead; ask now and then, since a database server that restarts forgets who led.

        Raises:
            LedByAnother: Another process leads meanwhile: stop following at once.
            StoreError: The database cannot be asked; ask again soon.
        """


class Store(Protocol):
    """A whole store, opened by ``tawatur.store.open_store(url)``."""

    @property
    def sources(self) -> SourceStore: ...
    @property
    def entries(self) -> EntryStore: ...
    @property
    def articles(self) -> ArticleStore: ...
    @property
    def captures(self) -> CaptureStore: ...
    @property
    def images(self) -> ImageStore: ...
    @property
    def changes(self) -> ChangeStore: ...
    @property
    def followers(self) -> FollowerStore: ...
    @property
    def analyses(self) -> AnalysisStore: ...
    @property
    def names(self) -> NameStore: ...
    @property
    def stories(self) -> StoryStore: ...
    @property
    def watches(self) -> WatchStore: ...

    def check(self) -> None:
        """Ask the database for a sign of life.

        Raises:
            StoreError: It gives none.
        """

    def lead(self) -> AbstractContextManager[Lead]:
        """Be the one follower of this store while the block lasts.

        It ends with the process at the latest, however that ends. Reading, and writing what is not followed
        (``tawatur ingest``), is open to all.

        Raises:
            LedByAnother: Another one leads, here or in another process.
            StoreError: The database cannot be asked.
        """

    def size(self) -> int:
        """Give the bytes that the database takes on its disk, what it has not yet tidied up included."""

    def close(self) -> None: ...

    def __enter__(self) -> Store: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...
