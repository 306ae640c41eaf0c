"""
Capturing what stands at an address: the way from a URL to a ``Capture`` or to the one error that says why not.

Each hop of a redirect is a request of its own: its URL is checked, its robots.txt asked, its turn at the site
awaited, and the door checks the address it connects to.
"""

from __future__ import annotations

import json as json_text
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

from yarl import URL

from tawatur.errors import Blocked, FetchError, ForbiddenAddress, Gone
from tawatur.fetch import headers as said
from tawatur.fetch.door import Answer, Door, Failure, Refused, Request, timeout_text
from tawatur.fetch.options import CaptureKind, FetchOptions
from tawatur.fetch.politeness import Pace, Politeness, Resting
from tawatur.fetch.resolver import Resolver
from tawatur.fetch.robots import LARGEST_ROBOTS, MOST_ROBOTS_REDIRECTS, Robots, RobotsFile
from tawatur.fetch.unpack import PackingError, gunzip
from tawatur.fetch.urls import join_url, request_url
from tawatur.model import Capture

REDIRECTS = frozenset((301, 302, 303, 307, 308))
PERMANENT = frozenset((301, 308))
KEEP_METHOD = frozenset((307, 308))

#: Characters of an ETag that is given back; some servers put whole states into theirs.
LONGEST_VALIDATOR = 1024

ACCEPT: Mapping[CaptureKind, str] = {
    "page": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    "feed": "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5",
    "image": "image/webp,image/avif,image/jpeg,image/png,image/gif,image/*;q=0.5",
    "file": "*/*",
}


@dataclass(slots=True)
class _Walk:
    """A capture under way: what was asked for, where it stands, what time is left."""

    asked: str
    url: URL
    seconds_left: float
    #: Whether all redirects so far were permanent.
    is_permanent: bool = True
    hops: int = 0

    def say(self, what: str) -> str:
        return f"{what} (redirected to {self.url})" if self.hops else what


class Web:
    """The web as the rest of Tawatur sees it. Use it as an async context manager, one for the whole process.

    >>> async def front_page():
    ...     async with Web(FetchOptions(contact="https://press.example/about")) as web:
    ...         return await web.capture("https://www.aljazeera.net/")
    """

    def __init__(self, options: FetchOptions, *, resolver: Resolver | None = None, pace: Pace | None = None) -> None:
        self._options = options
        self._resolver = resolver
        self._pace = pace or Pace()
        self._open_door: Door | None = None
        self._politeness = Politeness(options, self._pace)
        self._robots = Robots(options, self._pace, self._read_robots)

    async def __aenter__(self) -> Self:
        self._open_door = Door(self._options, self._resolver)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._door.close()
        self._open_door = None

    @property
    def _door(self) -> Door:
        if self._open_door is None:
            raise RuntimeError("Web is not open; use it as `async with Web(options) as web`")
        return self._open_door

    async def capture(
        self, url: str, *, kind: CaptureKind = "page", etag: str | None = None, last_modified: str | None = None
    ) -> Capture:
        """Capture what stands at a URL, whole.

        ``etag`` and ``last_modified`` are those of the capture before: when they still hold, the new one has
        status 304 and no body. A feed packed as a gzip file (``sitemap.xml.gz``) comes unpacked.

        Raises:
            ForbiddenAddress: The address lies in a network that is not allowed. Nothing was sent there.
            Disallowed: robots.txt forbids it.
            Blocked: 401, 403, 429 or 503, or the site still rests after one of these.
            Gone: 404 or 410.
            FetchError: Any other reason; the message says which.
        """
        request = Request(
            headers=_conditions(kind, etag, last_modified), largest_bytes=self._options.largest_bytes(kind)
        )
        walk = self._start(url)
        answer = await self._follow(walk, request, robots=self._asks_robots(kind))
        if answer.status == 304 and not (etag or last_modified):
            raise FetchError(url, walk.say("the server answered 304 to an unconditional request"), status=304)
        if answer.status not in (200, 304):
            raise self._error(walk, answer)
        capture = _capture(walk, answer, etag, last_modified)
        return _unpacked_file(capture, request.largest_bytes) if kind == "feed" else capture

    async def post(
        self,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Capture:
        """Send a form or JSON to a hook (WebSub hub, alert channel), once; robots.txt is for readers, not for hooks.

        307 and 308 are followed, sending the same again; other redirects would lose the body and are errors.

        Returns:
            The answer, whose status is any success (200 to 299).

        Raises:
            FetchError: As ``capture`` does.
        """
        body, media_type = b"", "application/x-www-form-urlencoded"
        if json is not None:
            body, media_type = json_text.dumps(json, ensure_ascii=False).encode(), "application/json"
        elif form is not None:
            body = urlencode(form).encode()
        sent = {"Content-Type": media_type, "Accept": "*/*", **(headers or {})}
        request = Request(method="POST", headers=sent, body=body, largest_bytes=self._options.largest_file_bytes)
        walk = self._start(url)
        answer = await self._follow(walk, request, robots=False)
        if not 200 <= answer.status < 300:
            raise self._error(walk, answer)
        return _capture(walk, answer, None, None)

    def _start(self, url: str) -> _Walk:
        return _Walk(asked=url, url=request_url(url), seconds_left=self._options.seconds_total)

    def _asks_robots(self, kind: CaptureKind) -> bool:
        return self._options.respect_robots and (kind != "feed" or self._options.robots_for_feeds)

    async def _follow(
        self, walk: _Walk, request: Request, *, robots: bool, most_redirects: int | None = None
    ) -> Answer:
        """Send a request and follow where it leads; ``walk`` ends at the address that answered."""
        most = self._options.most_redirects if most_redirects is None else most_redirects
        seen = {walk.url}
        while True:
            delay = await self._robots.crawl_delay(walk.url, walk.asked) if robots else 0.0
            answer = await self._send(walk, request, delay)
            target = answer.headers.get("Location")
            if answer.status not in REDIRECTS or target is None:
                return answer
            if request.method != "GET" and answer.status not in KEEP_METHOD:
                raise FetchError(
                    walk.asked, f"{answer.status} redirects what was sent to {target}", status=answer.status
                )
            if walk.hops == most:
                raise FetchError(walk.asked, walk.say(f"redirected more than {most} times"), status=answer.status)
            walk.is_permanent = walk.is_permanent and answer.status in PERMANENT
            self._move(walk, target)
            if walk.url in seen:
                raise FetchError(walk.asked, walk.say("the redirects go in a circle"), status=answer.status)
            seen.add(walk.url)

    def _move(self, walk: _Walk, target: str) -> None:
        try:
            walk.url = request_url(join_url(walk.url, target))
        except FetchError as error:
            raise type(error)(walk.asked, f"redirected to {target[:200]!r}: {error.what}") from error
        except ValueError as error:
            raise FetchError(walk.asked, f"redirected to {target[:200]!r}, which is no URL") from error
        walk.hops += 1

    async def _send(self, walk: _Walk, request: Request, crawl_delay: float) -> Answer:
        """Send one request, and again when it failed in passing or the server stumbled (GET only)."""
        tries = 1 + (self._options.retries if request.method == "GET" else 0)
        wait = self._options.seconds_before_retry
        while True:
            tries -= 1
            try:
                answer = await self._send_once(walk, request, crawl_delay)
            except Failure as failure:
                if not failure.passing or not tries:
                    raise FetchError(walk.asked, walk.say(str(failure))) from failure
            else:
                if answer.status < 500 or answer.status == 503 or not tries:
                    return answer
            await self._pace.sleep(wait * (0.5 + self._pace.chance()))
            wait *= 2

    async def _send_once(self, walk: _Walk, request: Request, crawl_delay: float) -> Answer:
        try:
            async with self._politeness.turn(walk.url, crawl_delay), self._counted(walk):
                answer = await self._door.send(walk.url, request, walk.seconds_left)
        except Refused as refused:
            hint = "; an operator allows a network by name in fetch.allowed_networks"
            raise ForbiddenAddress(walk.asked, walk.say(f"{refused}{hint}")) from refused
        except Resting as rest:
            raise Blocked(walk.asked, walk.say(str(rest)), status=rest.status, retry_after=rest.seconds) from rest
        if answer.status in (429, 503):
            seconds = self._retry_after(answer)
            self._politeness.rest(
                walk.url, self._options.seconds_of_rest if seconds is None else seconds, answer.status
            )
        return answer

    @asynccontextmanager
    async def _counted(self, walk: _Walk) -> AsyncIterator[None]:
        """Take the time on the network from the walk's."""
        if walk.seconds_left <= 0:
            raise Failure(timeout_text(self._options))
        start = self._pace.clock()
        try:
            yield
        finally:
            walk.seconds_left -= self._pace.clock() - start

    async def _read_robots(self, url: URL) -> RobotsFile:
        request = Request(headers={"Accept": "text/plain,*/*;q=0.5"}, largest_bytes=LARGEST_ROBOTS, cut=True)
        walk = self._start(str(url))
        try:
            answer = await self._follow(walk, request, robots=False, most_redirects=MOST_ROBOTS_REDIRECTS)
        except FetchError as error:
            if error.status in REDIRECTS:  # a circle, or too many: as if there were none (RFC 9309, section 2.3.1.2)
                return RobotsFile(error.status, b"")
            if isinstance(error, ForbiddenAddress) and walk.hops:  # says nothing of the site itself
                raise FetchError(walk.asked, error.what) from error
            raise
        if answer.status in (429, 503):
            raise self._error(walk, answer)
        return RobotsFile(answer.status, answer.body)

    def _retry_after(self, answer: Answer) -> float | None:
        stated = answer.headers.get("Retry-After")
        return said.retry_after(stated, datetime.now(UTC), self._options.longest_retry_after)

    def _error(self, walk: _Walk, answer: Answer) -> FetchError:
        status = answer.status
        what = walk.say(f"the server answered {status}")
        if status in (404, 410):
            return Gone(walk.asked, what, status=status)
        if status in (401, 403, 429, 503):
            return Blocked(walk.asked, what, status=status, retry_after=self._retry_after(answer))
        if status in REDIRECTS:
            return FetchError(walk.asked, f"{what} without saying where to", status=status)
        return FetchError(walk.asked, what, status=status)


def _conditions(kind: CaptureKind, etag: str | None, last_modified: str | None) -> dict[str, str]:
    sent = {"Accept": ACCEPT[kind]}
    if etag and _is_sendable(etag):
        sent["If-None-Match"] = etag
    if last_modified and _is_sendable(last_modified):
        sent["If-Modified-Since"] = last_modified
    return sent


def _is_sendable(validator: str) -> bool:
    """A validator that cannot go into a header again is left out: the answer is then a full one."""
    return validator.isascii() and validator.isprintable() and len(validator) <= LONGEST_VALIDATOR


def _capture(walk: _Walk, answer: Answer, etag: str | None, last_modified: str | None) -> Capture:
    now = datetime.now(UTC)
    media_type, charset = said.content_type(answer.headers.get("Content-Type", ""))
    is_same = answer.status == 304
    return Capture(
        url=str(walk.url),
        requested_url=walk.asked,
        fetched_at=now,
        status=answer.status,
        body=answer.body,
        media_type=media_type,
        charset=charset,
        etag=answer.headers.get("ETag") or (etag if is_same else None),
        last_modified=answer.headers.get("Last-Modified") or (last_modified if is_same else None),
        moved_to=str(walk.url) if walk.hops and walk.is_permanent else None,
        max_age=said.max_age(answer.headers, now),
        links=said.links(answer.headers.getall("Link", ()), walk.url),
    )


def _unpacked_file(capture: Capture, largest_bytes: int) -> Capture:
    if not capture.body.startswith(b"\x1f\x8b"):
        return capture
    try:
        return replace(capture, body=gunzip(capture.body, largest_bytes))
    except PackingError as error:
        raise FetchError(capture.requested_url, f"the gzip file cannot be unpacked: {error}") from error
