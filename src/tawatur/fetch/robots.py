"""
robots.txt, as RFC 9309 asks: read once a day from each origin, before anything else of it is.

4xx, or redirects that lead nowhere, mean there are no rules. 5xx means all is closed for a while; so does no answer
at all, which is told as the failure it is, since the page would have met it too. An old copy is used while a new one
cannot be read (section 2.3.1.4). The rules of an origin hold for it even when its robots.txt is read from elsewhere.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego
from yarl import URL

from tawatur.errors import Blocked, Disallowed, FetchError, ForbiddenAddress
from tawatur.fetch.options import PRODUCT_TOKEN, FetchOptions
from tawatur.fetch.politeness import Pace

#: Bytes of a robots.txt that are read; RFC 9309 section 2.5 asks for 500 KiB at least.
LARGEST_ROBOTS = 500 * 1024
#: Redirects followed to it (section 2.3.1.2).
MOST_ROBOTS_REDIRECTS = 5
#: Origins remembered; the one longest unused goes first.
MOST_ORIGINS = 10_000
#: Seconds until a robots.txt answered with 5xx is asked for again.
SECONDS_CLOSED = 600.0
#: Seconds until one that could not be reached is: short, for the site may only have been restarted.
SECONDS_UNREACHED = 30.0


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """What came for a robots.txt: its bytes, or nothing where the origin has none."""

    status: int
    body: bytes


#: Reads a robots.txt. Raises ``FetchError`` when there is no answer.
ReadRobots = Callable[[URL], Awaitable[RobotsFile]]


@dataclass(slots=True)
class _Origin:
    lock: asyncio.Lock
    until: float = -1.0
    rules: Protego | None = None
    #: Why nothing of the origin may be read; None when ``rules`` say (None there too: no rules).
    closed: str | None = None
    #: The failure to tell for the time being.
    failure: FetchError | None = None

    @property
    def is_known(self) -> bool:
        """Whether a robots.txt, or the lack of one, was ever seen."""
        return self.until >= 0 and self.closed is None and self.failure is None


class Robots:
    """The rules of all origins."""

    def __init__(self, options: FetchOptions, pace: Pace, read: ReadRobots) -> None:
        self._options = options
        self._pace = pace
        self._read = read
        self._origins: OrderedDict[URL, _Origin] = OrderedDict()

    async def crawl_delay(self, url: URL, asked: str) -> float:
        """Give the seconds between requests that the origin asks for, once it lets us read ``url`` at all.

        Raises:
            Disallowed: robots.txt forbids it, or is broken (5xx) for now.
            FetchError: robots.txt could not be reached.
        """
        try:
            origin = await self._origin(url)
        except Blocked as error:  # the site rests: nothing is known of its rules, and the page would be blocked too
            raise Blocked(
                asked, f"robots.txt: {error.what}", status=error.status, retry_after=error.retry_after
            ) from error
        if origin.failure is not None:
            raise _again(origin.failure, asked)
        if origin.closed is not None:
            raise Disallowed(asked, origin.closed)
        if origin.rules is None:
            return 0.0
        if not origin.rules.can_fetch(str(url), PRODUCT_TOKEN):
            raise Disallowed(asked, f"robots.txt of {url.host} does not let {PRODUCT_TOKEN} read {url.raw_path_qs}")
        delay = origin.rules.crawl_delay(PRODUCT_TOKEN) or 0.0
        return min(float(delay), self._options.longest_crawl_delay)

    async def _origin(self, url: URL) -> _Origin:
        key = url.origin()
        origin = self._origins.get(key)
        if origin is None:
            origin = self._origins[key] = _Origin(asyncio.Lock())
            if len(self._origins) > MOST_ORIGINS:
                self._origins.popitem(last=False)
        self._origins.move_to_end(key)
        async with origin.lock:  # many pages of one origin wait for one robots.txt
            if self._pace.clock() >= origin.until:
                await self._renew(key, origin)
        return origin

    async def _renew(self, key: URL, origin: _Origin) -> None:
        try:
            found = await self._read(key.with_path("/robots.txt"))
        except Blocked as error:
            if not origin.is_known:
                raise
            self._keep_old_or_close(origin, error.retry_after or SECONDS_UNREACHED)
            return
        except FetchError as error:
            self._keep_old_or_close(origin, SECONDS_UNREACHED, failure=error)
            return
        if found.status >= 500:
            what = f"robots.txt of {key.host} answered {found.status}: nothing is read there for now"
            self._keep_old_or_close(origin, SECONDS_CLOSED, closed=what)
            return
        origin.closed = origin.failure = None
        origin.rules = _parse(found.body) if 200 <= found.status < 300 else None
        origin.until = self._pace.clock() + self._options.seconds_robots_kept

    def _keep_old_or_close(
        self, origin: _Origin, seconds: float, *, closed: str | None = None, failure: FetchError | None = None
    ) -> None:
        if not origin.is_known:
            origin.closed, origin.failure = closed, failure
        origin.until = self._pace.clock() + seconds


def _parse(body: bytes) -> Protego:
    if len(body) >= LARGEST_ROBOTS:  # cut: half a line would forbid more than was written
        body = body[:LARGEST_ROBOTS].rpartition(b"\n")[0]
    text = body.decode("utf-8", "replace").removeprefix("\ufeff")
    return Protego.parse(text)


def _again(failure: FetchError, asked: str) -> FetchError:
    if isinstance(failure, ForbiddenAddress):
        return ForbiddenAddress(asked, failure.what)
    return FetchError(asked, f"robots.txt could not be read: {failure.what}", status=failure.status)
