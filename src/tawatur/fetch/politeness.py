"""
How often a site is asked, and when it is left alone.

A gate for each site: so many requests at once, so many seconds from the start of one to the start of the next, and
a rest after 429 or 503, during which nobody asks. A site is a registrable domain (``bbc.co.uk``), so that the
hosts of one outlet share one gate; an address without a domain (``127.0.0.1:8081``) is its own.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tld import get_fld
from yarl import URL

from tawatur.fetch.options import FetchOptions

#: Gates kept before those not in use are swept out.
MOST_GATES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Where time and chance come from; tests pass their own."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random


class Resting(Exception):
    """The site asked to be left alone.

    Attributes:
        seconds: For how much longer.
        status: The status it said so with.
    """

    def __init__(self, seconds: float, status: int) -> None:
        super().__init__(f"the site asked for a rest with {status}; {seconds:.0f} s of it are left")
        self.seconds = seconds
        self.status = status


def site_of(url: URL) -> str:
    """Name the site of a URL: its registrable domain, or its host and port where there is none.

    >>> site_of(URL("https://www.alquds.co.uk/a")), site_of(URL("http://127.0.0.1:8081/"))
    ('alquds.co.uk', '127.0.0.1:8081')
    """
    domain = get_fld(f"http://{url.raw_host}/", fail_silently=True) if ":" not in (url.raw_host or "") else None
    return domain or f"{url.raw_host}:{url.port}"


class _Gate:
    __slots__ = ("next_start", "order", "rest_status", "rest_until", "slots", "users")

    def __init__(self, connections: int) -> None:
        self.slots = asyncio.Semaphore(connections)
        self.order = asyncio.Lock()  # first come, first served
        self.next_start = 0.0
        self.rest_until = 0.0
        self.rest_status = 0
        self.users = 0


class Politeness:
    """The gates of all sites."""

    def __init__(self, options: FetchOptions, pace: Pace) -> None:
        self._options = options
        self._pace = pace
        self._gates: dict[str, _Gate] = {}
        self._everyone = asyncio.Semaphore(options.total_connections)

    @asynccontextmanager
    async def turn(self, url: URL, crawl_delay: float = 0.0) -> AsyncIterator[None]:
        """Wait for our turn at the site of ``url``, and hold it.

        Raises:
            Resting: The site asked to be left alone.
        """
        gate = self._gate(site_of(url))
        gate.users += 1
        try:
            self._check_rest(gate)
            async with gate.slots:
                await self._wait(gate, max(crawl_delay, self._options.seconds_between_requests))
                async with self._everyone:
                    yield
        finally:
            gate.users -= 1

    def rest(self, url: URL, seconds: float, status: int) -> None:
        """Leave the site alone for a while."""
        gate = self._gate(site_of(url))
        gate.rest_until = max(gate.rest_until, self._pace.clock() + seconds)
        gate.rest_status = status

    async def _wait(self, gate: _Gate, seconds_apart: float) -> None:
        async with gate.order:
            seconds = gate.next_start - self._pace.clock()
            if seconds > 0:
                await self._pace.sleep(seconds)
            self._check_rest(gate)
            gate.next_start = max(gate.next_start, self._pace.clock()) + seconds_apart

    def _check_rest(self, gate: _Gate) -> None:
        seconds = gate.rest_until - self._pace.clock()
        if seconds > 0:
            raise Resting(seconds, gate.rest_status)

    def _gate(self, site: str) -> _Gate:
        gate = self._gates.get(site)
        if gate is None:
            if len(self._gates) >= MOST_GATES:
                self._sweep()
            gate = self._gates[site] = _Gate(self._options.connections_per_host)
        return gate

    def _sweep(self) -> None:
        now = self._pace.clock()
        self._gates = {
            site: gate
            for site, gate in self._gates.items()
            if gate.users or gate.rest_until > now or gate.next_start > now
        }
