"""Whom we follow, and how following goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

SourceKind = Literal["outlet", "agency", "aggregator", "official"]
FeedKind = Literal["rss", "atom", "json", "sitemap", "listing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRules:
    """What the pages of one source need beyond the general reading, from a day on.

    Outlets change their design: the last rules whose ``since`` is not after the capture hold.
    """

    #: The first day these rules hold; None from the beginning.
    since: date | None = None
    #: CSS selector of the article's body; None where the general reading is right.
    body: str | None = None
    #: CSS selectors of furniture to take out first.
    remove: tuple[str, ...] = ()
    #: CSS selector of the visible date line.
    published: str | None = None
    #: IANA zone that machine-readable stamps are really in when they claim ``Z`` wrongly.
    stamps_zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An outlet, agency, aggregator or official site that is followed."""

    #: Short Latin name, unique, usable in addresses: ``aljazeera``.
    id: str
    #: The name as the source writes it: ``الجزيرة نت``.
    name: str
    #: Address of the front page.
    home: str
    #: Addresses of feeds, sitemaps or listing pages, in the order they are read.
    feeds: tuple[str, ...] = ()
    #: BCP 47 language of its articles.
    language: str = "ar"
    #: ISO 3166-1 alpha-2 of the country it reports from; None for an international one.
    country: str | None = None
    #: IANA zone of its clock, for stamps and relative dates without a zone.
    time_zone: str = "UTC"
    kind: SourceKind = "outlet"
    rules: tuple[PageRules, ...] = ()
    #: Whether its addresses have been seen to answer; the starter pack is not checked.
    checked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """How the following of one feed stands: its validators, rhythm and health."""

    source_id: str
    #: The address now in use: a permanent redirect moves it.
    url: str
    kind: FeedKind | None = None
    next_poll_at: datetime | None = None
    last_polled_at: datetime | None = None
    #: Last time the feed was read without an error, changed or not.
    last_success_at: datetime | None = None
    #: Last time it held an entry not seen before.
    last_new_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    #: SHA-256 of the last body, hexadecimal: unchanged bytes are not parsed again.
    body_digest: str | None = None
    #: Seconds between polls that the feed's own rhythm suggests.
    interval: float = 1800.0
    #: Polls since the last one made without validators: some feeds repeat an ETag over new content.
    conditional_polls: int = 0
    #: Failures in a row; zero when healthy.
    failures: int = 0
    #: The last error as shown to the operator; None when healthy.
    last_error: str | None = None
    #: Set when the feed is followed no more (410, forbidden address), with the reason in ``last_error``.
    stopped: bool = False
    #: WebSub: the hub the feed names, and until when its subscription is confirmed.
    hub: str | None = None
    hub_topic: str | None = None
    hub_secret: str | None = field(default=None, repr=False)
    hub_lease_until: datetime | None = None
    #: What the feed asked of its readers when it was last read whole: minutes between polls, hours of the day in UTC
    #: and English names of weekdays at which it is left alone.
    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
