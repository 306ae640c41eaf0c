"""What a feed says: of itself, and of each item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tawatur.model.source import FeedKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as a feed announces it; the page itself decides in the end."""

    #: Canonical address of the item's page.
    url: str
    #: The feed's own identifier (guid, atom:id); None when it gives none.
    guid: str | None = None
    title: str | None = None
    #: Text of the summary, markup removed; None when there is none.
    summary: str | None = None
    #: The whole text as HTML where the feed carries it (``content:encoded``, ``content_html``).
    content_html: str | None = None
    #: Instant the feed states, UTC; None when it states none that can be read.
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    image: str | None = None
    #: The source the feed credits for this item (``<source url>``, ``atom:source``).
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as read at one moment, entries in its own order, each address once."""

    kind: FeedKind
    title: str | None = None
    home: str | None = None
    language: str | None = None
    entries: tuple[Entry, ...] = ()
    #: Minutes the feed asks not to be polled again (``ttl``, ``sy:updatePeriod``); None when it does not say.
    ttl_minutes: int | None = None
    #: Hours (0–23, UTC) and English weekday names in which it asks not to be polled.
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[str] = frozenset()
    #: WebSub hub and the topic to subscribe to.
    hub: str | None = None
    topic: str | None = None
    #: Further sitemaps (of a sitemap index) or pages (``next_url``) to read.
    more: tuple[str, ...] = ()
    #: What was mended or left out while reading, for the source's page.
    problems: tuple[str, ...] = ()
