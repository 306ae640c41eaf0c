"""
Hubs: being told of news instead of asking (WebSub, https://www.w3.org/TR/websub/).

Where a feed names a hub and our site can be reached from outside, the hub is asked to tell us. It asks back at our
callback whether we meant it, and from then on posts what is new there, signed with a secret that only it and we know.
The callback's token is made from that secret, so nothing else needs to be kept. What hubs tell us does not replace
polling, it only lets us poll less: a hub that falls silent is noticed by the next poll.

Secrets and leases are written with the feed's state by the follower, which alone writes it. After a crash before that
we simply subscribe again.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

import structlog

from tawatur.errors import FeedError, FetchError
from tawatur.feeds.websub import is_signed, subscription_form, verify_intent
from tawatur.model import Capture, Feed, FeedState
from tawatur.pipeline.means import Means
from tawatur.pipeline.workshop import WorkerLost

__all__ = ["Hubs"]

#: Deliveries that wait to be read; what comes beyond them is left to the next poll.
MOST_WAITING = 100
#: How long before its end a lease is renewed, and how long after an attempt the next is made.
RENEW_BEFORE, ASK_AGAIN_AFTER = timedelta(days=1), timedelta(hours=1)
#: A lease whose length the hub does not tell is renewed after this.
UNTOLD_LEASE = timedelta(days=3)
SECRET_BYTES = 32

_log = structlog.get_logger()
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Subscription:
    """What we have with the hub of one feed."""

    state: FeedState
    secret: str
    lease_until: datetime | None


@dataclass(frozen=True, slots=True)
class _Delivery:
    state: FeedState
    body: bytes
    content_type: str


class Hubs:
    """Subscribes at hubs and takes what they deliver. ``verify`` and ``deliver`` are called from other threads."""

    def __init__(self, means: Means, base_url: str, take_in: Callable[[str, Feed], Awaitable[None]]) -> None:
        self._means = means
        self._base_url = base_url.rstrip("/")
        self._take_in = take_in
        self._lock = Lock()
        self._subscriptions: dict[str, _Subscription] = {}
        self._asked_at: dict[_Key, datetime] = {}
        self._loop = asyncio.get_running_loop()
        self._deliveries: asyncio.Queue[_Delivery] = asyncio.Queue(MOST_WAITING)

    def over(self, state: FeedState) -> FeedState:
        """Give a feed's state with what we know of its hub by now."""
        with self._lock:
            found = next((each for each in self._subscriptions.values() if _key(each.state) == _key(state)), None)
        if found is None:
            return state
        return dataclasses.replace(state, hub_secret=found.secret, hub_lease_until=found.lease_until)

    async def run(self, stop: asyncio.Event) -> None:
        """Subscribe where it is due and read what is delivered, until ``stop`` is set."""
        reading = asyncio.create_task(self._read_deliveries())
        try:
            while not stop.is_set():
                await self._subscribe_where_due()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), self._means.follow.look_again_seconds)
        finally:
            reading.cancel()

    def verify(self, mode: str, topic: str, challenge: str, lease: int | None, token: str) -> bool:
        """Tell a hub whether we meant a subscription."""
        with self._lock:
            known = self._subscriptions.get(token)
        query = {"hub.mode": mode, "hub.topic": topic, "hub.challenge": challenge}
        if known is None:
            _log.warning("a hub asked for what is not followed", topic=topic)
            return False
        try:
            verify_intent(query, topic=known.state.hub_topic or known.state.url, wanted="subscribe")
        except FeedError as error:
            _log.warning("a hub's question was denied", error=str(error))
            return False
        length = timedelta(seconds=min(lease, 365 * 86_400)) if lease else UNTOLD_LEASE
        lease_until = self._means.clock() + length
        with self._lock:
            self._subscriptions[token] = dataclasses.replace(known, lease_until=lease_until)
        _log.info("subscribed", source=known.state.source_id, hub=known.state.hub, until=lease_until.isoformat())
        return True

    def deliver(self, token: str, body: bytes, content_type: str, signature: str | None) -> bool:
        """Take a delivery, to be read soon; one that is not signed as it should be is thrown away in silence."""
        with self._lock:
            known = self._subscriptions.get(token)
        if known is None:
            return False
        if not is_signed(body, signature, known.secret):
            _log.warning("a delivery with a wrong signature was thrown away", source=known.state.source_id)
            return True
        self._loop.call_soon_threadsafe(self._put, _Delivery(known.state, body, content_type))
        return True

    def _put(self, delivery: _Delivery) -> None:
        try:
            self._deliveries.put_nowait(delivery)
        except asyncio.QueueFull:
            _log.warning("too many deliveries wait; this one is left to the next poll", source=delivery.state.source_id)

    async def _subscribe_where_due(self) -> None:
        now = self._means.clock()
        states = [state for state in await self._means.ask(self._means.store.sources.feeds) if state.hub]
        self._remember(states)
        for state in map(self.over, states):
            asked_at = self._asked_at.get(_key(state))
            is_held = state.hub_lease_until is not None and state.hub_lease_until - now > RENEW_BEFORE
            if state.stopped or is_held or (asked_at is not None and now - asked_at < ASK_AGAIN_AFTER):
                continue
            self._asked_at[_key(state)] = now
            await self._subscribe(state)

    def _remember(self, states: list[FeedState]) -> None:
        """Know again the subscriptions of an earlier run, and forget those of feeds that are followed no more."""
        with self._lock:
            held = {_key(each.state): each for each in self._subscriptions.values()}
            kept: list[_Subscription] = []
            for state in states:
                if known := held.get(_key(state)):
                    kept.append(dataclasses.replace(known, state=state))
                elif state.hub_secret:
                    kept.append(_Subscription(state, state.hub_secret, state.hub_lease_until))
            self._subscriptions = {_token(each.secret): each for each in kept}

    async def _subscribe(self, state: FeedState) -> None:
        secret = state.hub_secret or secrets.token_urlsafe(SECRET_BYTES)
        token = _token(secret)
        with self._lock:
            self._subscriptions[token] = _Subscription(state, secret, state.hub_lease_until)
        form = subscription_form(state.hub_topic or state.url, f"{self._base_url}/websub/{token}", secret=secret)
        try:
            await self._means.web.post(state.hub or "", form=dict(form))
        except FetchError as error:
            _log.warning("a hub did not take our subscription", source=state.source_id, hub=state.hub, error=str(error))

    async def _read_deliveries(self) -> None:
        while True:
            delivery = await self._deliveries.get()
            state = delivery.state
            media_type, _, parameters = delivery.content_type.partition(";")
            charset = parameters.strip().removeprefix("charset=").strip('"') if "charset=" in parameters else None
            capture = Capture(
                url=state.url,
                requested_url=state.url,
                fetched_at=self._means.clock(),
                status=200,
                body=delivery.body,
                media_type=media_type.strip().lower(),
                charset=charset,
            )
            try:
                feed: Feed = await self._means.workshop.do("read_feed", capture, kind=state.kind)
                await self._take_in(state.source_id, feed)
            except (FeedError, WorkerLost) as error:
                _log.warning("a delivery could not be read", source=state.source_id, error=str(error))
            except Exception:  # noqa: BLE001 - logged; the next poll brings what was missed
                _log.exception("a delivery was lost", source=state.source_id)


def _key(state: FeedState) -> _Key:
    return state.source_id, state.url


def _token(secret: str) -> str:
    """The last part of our callback's address: known to the hub alone, and nothing of the secret can be read in it."""
    return hmac.new(secret.encode(), b"websub callback", hashlib.sha256).hexdigest()[:40]
