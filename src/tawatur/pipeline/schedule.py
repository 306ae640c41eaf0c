"""
When a feed is polled next, and a page looked at again: pure functions of what is known of them.

The *rhythm* of a feed is the wait that would have brought about one new article a poll. It is learned from polls
alone: each tells how many entries came in how long a time. Half of the distance to what a poll showed is taken in
proportion (the geometric mean), so that three quiet polls or three lively ones move the rhythm by a factor of two or
three, and a single burst does not. A poll that brings nothing only says that the rhythm is slower than the time waited.

Over the rhythm stand what a feed asks for (``ttl``, ``skipHours``, ``skipDays``), what the server says
(``Cache-Control``, ``Retry-After``), and the operator's bounds.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tawatur.model import Feed, FeedState
from tawatur.pipeline.options import FollowOptions, ReadingOptions

__all__ = [
    "Manners",
    "after_failure",
    "after_success",
    "first_rhythm",
    "learned_rhythm",
    "next_look",
    "wants_full_answer",
]

#: Share of the way (in proportion) from the former rhythm to what one poll showed.
WEIGHT = 0.5
#: What a poll without new entries is taken to show: that the wait was this many times too short.
QUIET_FACTOR = 2.0
#: Polls are spread over this share of their wait, so that feeds added together do not stay together.
SPREAD = 0.1
#: Failures after which the back-off no longer grows: 2**16 times any rhythm is past every bound.
MOST_DOUBLINGS = 16
#: The first wait after a failure is at least this: a server that stumbled is back in a minute or two.
SECONDS_AFTER_FAILURE = 60.0
#: Dated entries needed before a feed's own stamps tell its rhythm.
STAMPS_NEEDED = 3
#: A page that was read is looked at again after a wait; each further wait is so many times the one before.
WATCH_FACTOR = 4.0

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """What a feed asks of those who poll it."""

    ttl_minutes: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[str] = frozenset()

    @staticmethod
    def of(feed: Feed | FeedState) -> Manners:
        """Take them from a feed, or from the state that remembers them."""
        hours = frozenset(feed.skip_hours) & frozenset(range(24))
        days = frozenset(day.lower() for day in feed.skip_days) & frozenset(_WEEKDAYS)
        # A feed that would be left alone at every hour or day did not mean it.
        return Manners(
            ttl_minutes=feed.ttl_minutes,
            skip_hours=hours if len(hours) < 24 else frozenset(),
            skip_days=days if len(days) < 7 else frozenset(),
        )


def first_rhythm(stamps: Iterable[datetime], now: datetime, options: FollowOptions) -> float:
    """Give the rhythm of a feed polled for the first time, in seconds, from the stamps of its entries.

    It is the median distance between neighbours, or the time since the newest when that is longer: a feed may have
    fallen silent. With too few stamps it is the shortest wait that is still polite, and polls teach the rest.
    """
    past = sorted({stamp for stamp in stamps if stamp <= now})
    if len(past) < STAMPS_NEEDED:
        return _bounded(max(options.shortest_seconds, 1800.0), options)
    gap = statistics.median((later - earlier).total_seconds() for earlier, later in itertools.pairwise(past))
    return _bounded(max(gap, (now - past[-1]).total_seconds() / QUIET_FACTOR), options)


def learned_rhythm(rhythm: float, waited: float, new: int, options: FollowOptions) -> float:
    """Give the rhythm after a poll that brought ``new`` entries in ``waited`` seconds.

    >>> round(learned_rhythm(3600, waited=3600, new=4, options=FollowOptions()))
    1800
    """
    waited = max(waited, 1.0)
    shown = waited / new if new else max(rhythm, waited * QUIET_FACTOR)
    return _bounded(math.exp((1 - WEIGHT) * math.log(max(rhythm, 1.0)) + WEIGHT * math.log(max(shown, 1e-3))), options)


def after_success(
    now: datetime, rhythm: float, options: FollowOptions, *, manners: Manners, max_age: float | None, chance: float
) -> datetime:
    """Give the instant of the next poll after one that went well.

    Args:
        now: The instant of this poll.
        rhythm: Seconds, as ``learned_rhythm`` gave them.
        options: The operator's bounds; nothing goes beyond ``longest_seconds`` but hours and days to be skipped.
        manners: What the feed asks for.
        max_age: Seconds the answer may be kept, as the server said.
        chance: A number from 0 to 1 that spreads the polls.
    """
    asked = max((manners.ttl_minutes or 0) * 60.0, max_age or 0.0)
    wait = _bounded(max(rhythm, asked), options)
    # Spread to the later side only where something was asked for: earlier would be impolite.
    spread = chance if asked >= wait else chance - 0.5
    wait = min(max(wait * (1 + SPREAD * spread), options.shortest_seconds), options.longest_seconds)
    return _past_skipped(now + timedelta(seconds=wait), manners)


def after_failure(
    now: datetime,
    rhythm: float,
    failures: int,
    options: FollowOptions,
    *,
    retry_after: float | None,
    chance: float,
) -> datetime:
    """Give the instant of the next poll after ``failures`` in a row.

    The wait doubles with each and half of it is chance ("equal jitter"). ``retry_after`` is obeyed up to
    ``longest_backoff_seconds``.
    """
    start = min(max(rhythm, SECONDS_AFTER_FAILURE), options.longest_backoff_seconds)
    wait = min(start * 2.0 ** min(max(failures - 1, 0), MOST_DOUBLINGS), options.longest_backoff_seconds)
    wait = max(wait * (0.5 + 0.5 * chance), retry_after or 0.0)
    return now + timedelta(seconds=min(wait, options.longest_backoff_seconds))


def next_look(now: datetime, looks: int, options: ReadingOptions) -> datetime | None:
    """Give when a page is looked at next, after some looks; None when that was all.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 28, 12, tzinfo=UTC)
    >>> [str(next_look(noon, looks, ReadingOptions()) or "never") for looks in (0, 1, 4)]
    ['2026-11-28 13:00:00+00:00', '2026-11-28 16:00:00+00:00', 'never']
    """
    if looks >= options.watch_looks:
        return None
    return now + timedelta(seconds=options.watch_first_seconds * WATCH_FACTOR**looks)


def wants_full_answer(conditional_polls: int, options: FollowOptions) -> bool:
    """Whether this poll is made without validators, to see through an ETag that never changes."""
    return conditional_polls >= options.conditional_polls


def _bounded(seconds: float, options: FollowOptions) -> float:
    return min(max(seconds, options.shortest_seconds), options.longest_seconds)


def _past_skipped(moment: datetime, manners: Manners) -> datetime:
    """Go on to the first hour that is not to be skipped, within a week."""
    for _ in range(7 * 24):
        if moment.hour not in manners.skip_hours and _WEEKDAYS[moment.weekday()] not in manners.skip_days:
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment
