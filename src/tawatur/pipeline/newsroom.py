"""
The newsroom: all that goes on while Tawatur runs, in one process and one event loop.

Feeds are polled, waiting pages read, read ones looked at again, pictures fetched and hubs subscribed to, each by a loop
of its own that takes what is due from the store. A loop that breaks is begun again after a while; a source that fails
is recorded as failing and stops nobody else. On ``stop`` nothing new is taken; what is in hand has some seconds to end,
and what does not is broken off and stays due: every write is one transaction, so nothing is left half done.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import structlog

from tawatur.errors import StoreError
from tawatur.fetch import FetchOptions, Pace, Resolver, Web
from tawatur.model import Feed, FeedState
from tawatur.pipeline.follow import Follower, take_in
from tawatur.pipeline.hands import Hands, Work
from tawatur.pipeline.hubs import Hubs
from tawatur.pipeline.means import Means, utc_now
from tawatur.pipeline.options import FollowOptions, ReadingOptions
from tawatur.pipeline.pictures import Pictures
from tawatur.pipeline.reading import Reader
from tawatur.pipeline.watching import Watcher
from tawatur.pipeline.workshop import Workshop
from tawatur.store import PendingPage, Store, WatchedPage

__all__ = ["Newsroom", "NewsroomOptions", "open_means"]

#: Seconds that work in hand gets to end when Tawatur stops.
SECONDS_TO_STOP = 5.0
#: Seconds before a loop that broke is begun again; doubled each time, up to the longest.
SECONDS_BEFORE_AGAIN, LONGEST_BEFORE_AGAIN = 1.0, 60.0
#: Pictures of one host at once.
PICTURES_OF_ONE_HOST = 2

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsroomOptions:
    """The options of all that goes on."""

    fetch: FetchOptions = field(default_factory=FetchOptions)
    follow: FollowOptions = field(default_factory=FollowOptions)
    reading: ReadingOptions = field(default_factory=ReadingOptions)
    #: Where names come from and how time goes; the system's, but in tests.
    resolver: Resolver | None = None
    pace: Pace | None = None


@contextlib.asynccontextmanager
async def open_means(
    store: Store, options: NewsroomOptions, *, clock: Callable[[], datetime] = utc_now
) -> AsyncIterator[Means]:
    """Open the network and the workshop over a store."""
    async with (
        Web(options.fetch, resolver=options.resolver, pace=options.pace) as web,
        Workshop(options.reading) as workshop,
    ):
        yield Means(
            store=store, web=web, workshop=workshop, follow=options.follow, reading=options.reading, clock=clock
        )


class Newsroom:
    """Follows, reads and keeps until told to stop."""

    def __init__(self, means: Means, *, base_url: str | None = None) -> None:
        """Set up; ``base_url`` is where hubs can reach our site, None when they cannot."""
        self._means = means
        self.hubs = Hubs(means, base_url, self._take_in) if base_url and means.follow.websub else None
        follower = Follower(means, over=self.hubs.over) if self.hubs else Follower(means)
        reader, pictures, watcher = Reader(means), Pictures(means), Watcher(means)
        reading = means.reading
        look_again = means.follow.look_again_seconds
        self._reading: Hands[PendingPage] = Hands(
            Work(
                name="reading",
                due=reader.due,
                do=reader.read,
                key=lambda page: page.url,
                lane=lambda page: page.source_id,
                at_once=reading.pages_at_once,
                lane_at_once=reading.pages_of_one_source,
                look_again_seconds=look_again,
            )
        )

        async def poll(state: FeedState) -> None:
            if await follower.poll(state):
                self._reading.wake()

        self._following: Hands[FeedState] = Hands(
            Work(
                name="following",
                due=follower.due,
                do=poll,
                key=lambda state: (state.source_id, state.url),
                lane=lambda state: (state.source_id, state.url),
                at_once=means.follow.feeds_at_once,
                lane_at_once=1,
                look_again_seconds=look_again,
            )
        )
        self._watching: Hands[WatchedPage] = Hands(
            Work(
                name="watching",
                due=watcher.due,
                do=watcher.look,
                key=lambda page: page.article,
                lane=lambda page: page.source_id,
                at_once=reading.watched_at_once,
                lane_at_once=1,
                look_again_seconds=look_again,
            )
        )
        self._pictures: Hands[str] = Hands(
            Work(
                name="pictures",
                due=pictures.due,
                do=pictures.fetch,
                key=lambda url: url,
                lane=lambda url: urlsplit(url).netloc,
                at_once=reading.pictures_at_once,
                lane_at_once=PICTURES_OF_ONE_HOST,
                look_again_seconds=look_again,
            )
        )

    def feed_lag(self) -> float | None:
        """Seconds by which the feed longest due is late; None when none is due. May be called from any thread."""
        try:
            due_at = self._means.store.sources.next_due()
        except StoreError:
            return None  # the store's own sign of life tells
        late = (self._means.clock() - due_at).total_seconds() if due_at else 0.0
        return late if late > 0 else None

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set, and end within seconds of it."""
        hands: list[Hands[Any]] = [self._following, self._reading, self._watching]
        if self._means.reading.pictures:
            hands.append(self._pictures)
        loops = [each.run for each in hands] + ([self.hubs.run] if self.hubs else [])
        await asyncio.gather(*(_kept_going(loop, stop) for loop in loops))
        await asyncio.gather(*(each.finish(SECONDS_TO_STOP) for each in hands))

    async def _take_in(self, source_id: str, feed: Feed) -> None:
        if await take_in(self._means, source_id, feed.entries):
            self._reading.wake()


async def _kept_going(loop: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event) -> None:
    """Run a loop; begin it again when it breaks."""
    wait = SECONDS_BEFORE_AGAIN
    while not stop.is_set():
        try:
            await loop(stop)
        except Exception:  # noqa: BLE001 - logged; the loop is begun again
            _log.exception("a loop broke off and is begun again", seconds=wait)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), wait)
            wait = min(wait * 2, LONGEST_BEFORE_AGAIN)
