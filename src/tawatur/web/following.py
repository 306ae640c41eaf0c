"""How following goes: a source with the state of its feeds and its counts, as the site and the API show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from tawatur.model import FeedKind, FeedState, Source
from tawatur.model.secrets import without_secrets
from tawatur.store.protocol import SourceCounts, Store

Health = Literal["healthy", "failing", "stopped", "waiting"]

_NO_COUNTS = SourceCounts(articles=0, waiting=0, refused=0, last_article_at=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """What anyone may know of a feed: its state without validators and secrets."""

    url: str
    kind: FeedKind | None
    health: Health
    last_polled_at: datetime | None
    #: Last time the feed was read without an error, changed or not.
    last_success_at: datetime | None
    #: Last time it held an entry not seen before.
    last_new_at: datetime | None
    next_poll_at: datetime | None
    #: Failures in a row; zero when healthy.
    failures: int
    last_error: str | None
    #: Whether a WebSub hub pushes its news to us now.
    pushed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """A source and how following it goes."""

    source: Source
    counts: SourceCounts
    feeds: tuple[FeedHealth, ...]

    @property
    def health(self) -> Health:
        """The state of its worst feed that still counts: stopped only when all are, failing when one is."""
        states = {feed.health for feed in self.feeds}
        if states and states <= {"stopped"}:
            return "stopped"
        if states & {"failing", "stopped"}:
            return "failing"
        return "healthy" if "healthy" in states else "waiting"

    @property
    def last_success_at(self) -> datetime | None:
        return max((feed.last_success_at for feed in self.feeds if feed.last_success_at), default=None)


def followings(store: Store, now: datetime, sources: Iterable[Source] | None = None) -> tuple[Following, ...]:
    """Give sources with their health; all of them when none are named."""
    asked = tuple(store.sources.all() if sources is None else sources)
    counts = store.sources.counts()
    states = store.sources.feeds(asked[0].id if sources is not None and len(asked) == 1 else None)
    by_source: dict[str, list[FeedHealth]] = {}
    for state in states:
        by_source.setdefault(state.source_id, []).append(feed_health(state, now))
    return tuple(
        Following(
            source=public_source(source),
            counts=counts.get(source.id, _NO_COUNTS),
            feeds=tuple(by_source.get(source.id, ())),
        )
        for source in asked
    )


def public_source(source: Source) -> Source:
    """Give a source as anyone may see it: without the keys its feeds' addresses may hold."""
    return replace(source, home=without_secrets(source.home), feeds=tuple(map(without_secrets, source.feeds)))


def feed_health(state: FeedState, now: datetime) -> FeedHealth:
    """Give what anyone may know of a feed's state."""
    return FeedHealth(
        url=without_secrets(state.url),
        kind=state.kind,
        health=_health(state),
        last_polled_at=state.last_polled_at,
        last_success_at=state.last_success_at,
        last_new_at=state.last_new_at,
        next_poll_at=None if state.stopped else state.next_poll_at,
        failures=state.failures,
        last_error=state.last_error and without_secrets(state.last_error),
        pushed=state.hub_lease_until is not None and state.hub_lease_until > now,
    )


def _health(state: FeedState) -> Health:
    if state.stopped:
        return "stopped"
    if state.failures:
        return "failing"
    return "waiting" if state.last_success_at is None else "healthy"
