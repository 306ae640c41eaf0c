"""Finding out about a source: which feeds a site has, and whether the feeds we have still answer."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from tawatur.errors import FeedError, FetchError, TawaturError
from tawatur.feeds import read_feed
from tawatur.feeds.discovery import FoundFeed, discover_feeds
from tawatur.feeds.sites import name_of_site, site_of
from tawatur.fetch import Web
from tawatur.model import Feed, FeedKind, FeedState, Source
from tawatur.model.canonical_url import canonical_url
from tawatur.sources import load_registry, load_source, source_to_toml, time_zone_of

__all__ = ["FeedCheck", "check_feeds", "checked_source", "find_source", "plain_source"]

#: Feeds tried before a site is said to have none: a request each.
MOST_TRIED = 12
#: Feeds checked at once.
CHECKED_AT_ONCE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCheck:
    """What one feed answered."""

    source: str
    feed: str
    ok: bool
    kind: FeedKind | None = None
    entries: int = 0
    #: The newest stamp in it.
    newest: datetime | None = None
    #: Where it moved for good.
    moved_to: str | None = None
    hub: str | None = None
    problems: tuple[str, ...] = ()
    error: str | None = None


async def find_source(web: Web, url: str) -> Source:
    """Make a source of any address of a site, or of a feed: the first feed that can be read is the one followed.

    Raises:
        FetchError: The address does not answer.
        FeedError: No feed of it can be read.
    """
    capture = await web.capture(url)
    tried: list[str] = []
    for found in _by_promise(discover_feeds(capture))[:MOST_TRIED]:
        try:
            feed = read_feed(await web.capture(found.url, kind="feed"), kind=found.kind)
        except (FetchError, FeedError) as error:
            tried.append(str(error))
            continue
        if feed.entries or feed.more:
            return _source(capture.url, found, feed)
        tried.append(f"{found.url} is empty")
    raise FeedError(f"{url} has no feed that can be read; tried: {'; '.join(tried) or 'nothing to try'}")


def _by_promise(found: Iterable[FoundFeed]) -> list[FoundFeed]:
    """Stated feeds first, then guesses, then the page itself as a listing: a feed tells more than a page."""
    return sorted(found, key=lambda each: (each.found_in == "page", each.is_guess))


def _source(url: str, found: FoundFeed, feed: Feed) -> Source:
    home = feed.home if found.found_in == "document" and feed.home else url
    source = plain_source(home, (found.url,))
    known = load_registry().find_by_domain(source.home) is not None
    name = source.name if known else feed.title or source.name
    return checked_source(dataclasses.replace(source, name=name, language=feed.language or "ar"))


def plain_source(url: str, feeds: tuple[str, ...]) -> Source:
    """Make a source of an address and its feeds, with what the registry knows of its site."""
    home = _front_page(url)
    outlet = load_registry().find_by_domain(home)
    country = outlet.country if outlet else None
    kind = outlet.kind if outlet and outlet.kind in ("agency", "official") else "outlet"
    return Source(
        id=name_of_site(site_of(home)),
        name=(outlet.name_ar if outlet else None) or site_of(home),
        home=home,
        feeds=feeds,
        country=country,
        time_zone=time_zone_of(country),
        kind=kind,  # the registry's kinds are wider
    )


def checked_source(source: Source) -> Source:
    """Hold a source to what a source file must hold.

    Raises:
        ConfigError: A field does not hold.
    """
    language = source.language.replace("_", "-").split(",")[0].strip().split(" ")[0]
    primary = language.split("-")[0].lower()
    fitting = primary if primary.isalpha() and len(primary) in (2, 3) else "ar"
    return load_source(source_to_toml(dataclasses.replace(source, language=fitting)), source.id)


def _front_page(url: str) -> str:
    parts = urlsplit(url)
    return canonical_url(f"{parts.scheme}://{parts.netloc}/")


async def check_feeds(web: Web, states: Iterable[FeedState]) -> AsyncIterator[FeedCheck]:
    """Ask feeds whether they can be read now, several at once; answers come as they are there."""
    hands = asyncio.Semaphore(CHECKED_AT_ONCE)

    async def check(state: FeedState) -> FeedCheck:
        async with hands:
            return await _check(web, state)

    for answer in asyncio.as_completed([asyncio.create_task(check(state)) for state in states]):
        yield await answer


async def _check(web: Web, state: FeedState) -> FeedCheck:
    try:
        capture = await web.capture(state.url, kind="feed")
        feed = await asyncio.to_thread(read_feed, capture, kind=state.kind)
    except TawaturError as error:
        return FeedCheck(source=state.source_id, feed=state.url, ok=False, error=str(error))
    stamps = [entry.published for entry in feed.entries if entry.published]
    return FeedCheck(
        source=state.source_id,
        feed=state.url,
        ok=True,
        kind=feed.kind,
        entries=len(feed.entries),
        newest=max(stamps, default=None),
        moved_to=capture.moved_to,
        hub=feed.hub,
        problems=feed.problems,
    )
