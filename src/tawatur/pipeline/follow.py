"""Following: a feed that is due is polled, and what it announces is noted to be read."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from tawatur.errors import (
    AddressError,
    Blocked,
    Disallowed,
    FeedError,
    FetchError,
    ForbiddenAddress,
    Gone,
    StoreError,
    TawaturError,
)
from tawatur.model import Capture, Entry, Feed, FeedState
from tawatur.pipeline import schedule
from tawatur.pipeline.means import LONGEST_MESSAGE, Means
from tawatur.pipeline.schedule import Manners

__all__ = ["Follower", "take_in"]

#: Seconds between polls of a feed whose hub tells us of news (WebSub): now and then, should the hub fall silent.
SECONDS_WITH_HUB = 3600.0

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """What one poll brought: ``feed`` is None when nothing changed."""

    capture: Capture
    digest: str | None
    feed: Feed | None
    entries: tuple[Entry, ...] = ()


class Follower:
    """Polls feeds, one at a time each."""

    def __init__(self, means: Means, *, over: Callable[[FeedState], FeedState] = lambda state: state) -> None:
        """Make a follower; ``over`` lays what hubs have told meanwhile over a feed's state."""
        self._means = means
        self._over = over

    async def due(self, limit: int) -> Sequence[FeedState]:
        return await self._means.ask(self._means.store.sources.due_feeds, self._means.clock(), limit)

    async def poll(self, state: FeedState) -> int:
        """Poll a feed, note its entries, and save when it is to be polled next; how many entries were new.

        Whatever goes wrong with the feed is saved as its state; only an error of the store is raised.
        """
        try:
            news = await self._ask_for(state)
            new = 0
            if news.entries:
                new = await take_in(self._means, state.source_id, news.entries)
        except StoreError:
            raise
        except TawaturError as error:
            await self._save(self._after_error(state, error))
            return 0
        after = self._after_news(state, news, new)
        await self._save(after, url_before=state.url)
        said = {"status": news.capture.status, "new": new, "mended": news.feed.problems if news.feed else ()}
        _log.info("polled", source=state.source_id, feed=after.url, **said)
        return new

    async def _ask_for(self, state: FeedState) -> _News:
        """Capture a feed and read it, unless its bytes are those of last time."""
        whole = schedule.wants_full_answer(state.conditional_polls, self._means.follow)
        capture = await self._means.web.capture(
            state.url,
            kind="feed",
            etag=None if whole else state.etag,
            last_modified=None if whole else state.last_modified,
        )
        if capture.status == 304:
            return _News(capture=capture, digest=state.body_digest, feed=None)
        digest = hashlib.sha256(capture.body).hexdigest()
        if digest == state.body_digest:
            return _News(capture=capture, digest=digest, feed=None)
        feed: Feed = await self._means.workshop.do("read_feed", capture, kind=state.kind)
        entries = (*feed.entries, *await self._further(state, feed))
        return _News(capture=capture, digest=digest, feed=feed, entries=self._newest(entries))

    async def _further(self, state: FeedState, feed: Feed) -> list[Entry]:
        """Read the documents a feed goes on in (the sitemaps of an index, ``next_url``), those it can."""
        entries: list[Entry] = []
        waiting, seen = list(feed.more), {state.url}
        # The following pages of a feed go back in time: they matter only when it is read for the first time.
        if feed.entries and state.last_success_at is not None:
            return entries
        while waiting and len(seen) <= self._means.follow.further_documents:
            url = waiting.pop(0)
            if url in seen:
                continue
            seen.add(url)
            try:
                capture = await self._means.web.capture(url, kind="feed")
                more: Feed = await self._means.workshop.do("read_feed", capture, kind=feed.kind)
            except (FetchError, FeedError) as error:
                _log.warning("part of a feed could not be read", source=state.source_id, feed=url, error=str(error))
                continue
            entries += more.entries
            waiting += more.more
        return entries

    def _newest(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """The newest entries, as many as one poll takes; a feed's own order counts where it gives no stamps."""
        most = self._means.follow.entries_of_one_poll
        if len(entries) <= most:
            return tuple(entries)
        dated = sorted(
            range(len(entries)),
            key=lambda at: (stamp.timestamp() if (stamp := entries[at].published) else 0.0, -at),
            reverse=True,
        )
        return tuple(entries[at] for at in sorted(dated[:most]))

    def _after_news(self, state: FeedState, news: _News, new: int) -> FeedState:
        state = self._over(state)
        now, options, feed = self._means.clock(), self._means.follow, news.feed
        rhythm = _rhythm(self._means, state, news, new, now)
        asked_in_full = news.capture.status != 304
        next_poll_at = schedule.after_success(
            now,
            max(rhythm, SECONDS_WITH_HUB) if state.hub_lease_until and state.hub_lease_until > now else rhythm,
            options,
            manners=Manners.of(feed or state),
            max_age=news.capture.max_age,
            chance=self._means.chance(),
        )
        return dataclasses.replace(
            state,
            url=news.capture.moved_to or state.url,
            kind=feed.kind if feed else state.kind,
            next_poll_at=next_poll_at,
            last_polled_at=now,
            last_success_at=now,
            last_new_at=now if new else state.last_new_at,
            etag=news.capture.etag,
            last_modified=news.capture.last_modified,
            body_digest=news.digest,
            interval=rhythm,
            conditional_polls=0 if asked_in_full else state.conditional_polls + 1,
            failures=0,
            last_error=None,
            ttl_minutes=feed.ttl_minutes if feed else state.ttl_minutes,
            skip_hours=tuple(sorted(feed.skip_hours)) if feed else state.skip_hours,
            skip_days=tuple(sorted(feed.skip_days)) if feed else state.skip_days,
            hub=feed.hub if feed else state.hub,
            hub_topic=feed.topic or state.url if feed and feed.hub else state.hub_topic,
        )

    def _after_error(self, state: FeedState, error: TawaturError) -> FeedState:
        now, options = self._means.clock(), self._means.follow
        failures = state.failures + 1
        is_gone = isinstance(error, Gone) and error.status == 410
        stopped = is_gone or isinstance(error, (ForbiddenAddress, AddressError))
        retry_after = error.retry_after if isinstance(error, Blocked) else None
        if isinstance(error, Disallowed):
            retry_after = options.longest_backoff_seconds
        _log.warning(
            "a feed could not be read",
            source=state.source_id,
            feed=state.url,
            error=str(error),
            failures=failures,
            stopped=stopped,
        )
        return dataclasses.replace(
            state,
            last_polled_at=now,
            failures=failures,
            last_error=str(error)[:LONGEST_MESSAGE],
            stopped=stopped,
            next_poll_at=schedule.after_failure(
                now, state.interval, failures, options, retry_after=retry_after, chance=self._means.chance()
            ),
        )

    async def _save(self, state: FeedState, url_before: str | None = None) -> None:
        state = self._over(state)
        if url_before is not None and url_before != state.url:
            _log.info("a feed moved for good", source=state.source_id, feed=url_before, to=state.url)
        await self._means.ask(self._means.store.sources.save_feed, state, url_before=url_before)


async def take_in(means: Means, source_id: str, entries: Sequence[Entry]) -> int:
    """Note what was announced; how many entries were new."""
    return await means.ask(means.store.entries.offer, source_id, entries, means.clock())


def _rhythm(means: Means, state: FeedState, news: _News, new: int, now: datetime) -> float:
    if state.last_success_at is None or (news.entries and new >= len(news.entries)):
        # Never seen before, or everything in it is new: polls tell nothing, the stamps of its entries do.
        stamps = [entry.published for entry in news.entries if entry.published is not None]
        return schedule.first_rhythm(stamps, now, means.follow)
    waited = (now - state.last_success_at).total_seconds()
    return schedule.learned_rhythm(state.interval, waited, new, means.follow)
