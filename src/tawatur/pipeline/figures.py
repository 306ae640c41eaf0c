"""How much there is, how large, and how far behind: what ``tawatur stats`` tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tawatur.store import Store

__all__ = ["Figures", "figures_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A store in numbers."""

    sources: int
    feeds: int
    #: Feeds whose last poll went well, failed, were given up, or were never polled.
    healthy: int
    failing: int
    stopped: int
    not_yet_polled: int
    articles: int
    #: Articles that have an analysis, and stories.
    analysed: int
    stories: int
    waiting: int
    refused: int
    captures: int
    #: Bytes of the kept pages as they came, and as they are stored.
    capture_bytes: int
    stored_bytes: int
    #: Bytes that the database takes on its disk.
    database_bytes: int
    #: Seconds by which the feed longest due is late; 0 when none is.
    lag_seconds: float
    newest_article_at: datetime | None


def figures_of(store: Store, now: datetime) -> Figures:
    """Count a store."""
    counts = list(store.sources.counts().values())
    feeds = store.sources.feeds()
    due_at = store.sources.next_due()
    polled = [feed for feed in feeds if feed.last_polled_at is not None]
    return Figures(
        sources=len(store.sources.all()),
        feeds=len(feeds),
        healthy=sum(not feed.failures and not feed.stopped for feed in polled),
        failing=sum(bool(feed.failures) and not feed.stopped for feed in polled),
        stopped=sum(feed.stopped for feed in feeds),
        not_yet_polled=len(feeds) - len(polled),
        articles=store.articles.count(),
        analysed=store.analyses.count(),
        stories=store.stories.count(),
        waiting=store.entries.waiting(),
        refused=sum(count.refused for count in counts),
        captures=sum(count.captures for count in counts),
        capture_bytes=sum(count.capture_bytes for count in counts),
        stored_bytes=sum(count.stored_bytes for count in counts),
        database_bytes=store.size(),
        # A feed never polled is due from the beginning of time: that is no lag.
        lag_seconds=max((now - due_at).total_seconds(), 0.0) if due_at and due_at.year > 1970 else 0.0,
        newest_article_at=max((count.last_article_at for count in counts if count.last_article_at), default=None),
    )
