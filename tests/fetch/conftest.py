"""A small HTTP server on the loopback that answers what a test tells it to, byte for byte, and counts who came."""

from __future__ import annotations

import asyncio
import inspect
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from tawatur.fetch import FetchOptions, Pace, Web

LOOPBACK = "127.0.0.1"


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test written as a coroutine, each in a loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@dataclass
class Seen:
    """One request as the server saw it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Answerer = Callable[[Seen, asyncio.StreamWriter], Awaitable[None]]


def answer(status: int = 200, body: bytes = b"", headers: Mapping[str, str] | None = None) -> bytes:
    """One whole HTTP answer."""
    lines = {"Content-Length": str(len(body)), "Content-Type": "text/html; charset=utf-8", **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
    return f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + body


@dataclass
class Server:
    """Answers by path: bytes are sent as they are, a callable does what it likes with the connection."""

    address: str = LOOPBACK
    port: int = 0
    scheme: str = "http"
    pages: dict[str, bytes | Answerer | list[bytes]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0
    at_once: int = 0
    most_at_once: int = 0

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"{self.scheme}://{host or self.address}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [seen.path for seen in self.seen if seen.path != "/robots.txt"]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while not writer.is_closing():
                await self._one(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError, ssl.SSLError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        seen = Seen(method, path, headers, body)
        self.seen.append(seen)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            page = self.pages.get(path, answer(404))
            if isinstance(page, list):
                page = page.pop(0) if len(page) > 1 else page[0]
            if isinstance(page, bytes):
                writer.write(page)
                await writer.drain()
            else:
                await page(seen, writer)
        finally:
            self.at_once -= 1


@asynccontextmanager
async def serving(address: str = LOOPBACK, tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    """Run a server for the length of a block."""
    server = Server(address=address, scheme="https" if tls else "http")
    listening = await asyncio.start_server(server.serve, address, 0, ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            if "Server.serve" in repr(task.get_coro()):
                task.cancel()
        await asyncio.sleep(0)


class Names:
    """A resolver of the test's own: each name leads where the test says, one answer a lookup, the last one stays."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self.answers = {name.replace("_", "."): list(lookups) for name, lookups in answers.items()}
        self.looked_up: list[str] = []

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        self.looked_up.append(host)
        lookups = self.answers.get(host)
        if not lookups:
            raise OSError(-2, "Name or service not known")
        return lookups.pop(0) if len(lookups) > 1 else lookups[0]


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def pace(self) -> Pace:
        return Pace(clock=lambda: self.now, sleep=self.sleep, chance=lambda: 0.5)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


def options(**changes: Any) -> FetchOptions:
    """Options that let the loopback server in and wait for nothing."""
    usual: dict[str, Any] = {
        "allowed_networks": (f"press={LOOPBACK}/32",),
        "seconds_between_requests": 0,
        "seconds_before_retry": 0,
        "respect_robots": False,
    }
    return FetchOptions(**{**usual, **changes})


def open_web(*, resolver: Any = None, pace: Pace | None = None, **changes: Any) -> Web:
    """The product's own door, with ``options`` and names that lead nowhere unless the test says so."""
    return Web(options(**changes), resolver=resolver or Names(), pace=pace)


class House:
    """What a test of fetching works with."""

    serving = staticmethod(serving)
    answer = staticmethod(answer)
    options = staticmethod(options)
    web = staticmethod(open_web)
    names = Names
    clock = Clock


@pytest.fixture
def house() -> House:
    return House()


class Connections:
    """Every address this process connects a socket to, by the interpreter's own audit events."""

    def __init__(self) -> None:
        self.addresses: list[Any] = []
        self.is_on = False

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.is_on and event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
            self.addresses.append(arguments[1] if event == "socket.connect" else (event, *arguments))


_CONNECTIONS = Connections()
sys.addaudithook(_CONNECTIONS.hear)


@pytest.fixture
def connected() -> Iterator[list[Any]]:
    """The addresses connected to since the test began."""
    _CONNECTIONS.addresses.clear()
    _CONNECTIONS.is_on = True
    yield _CONNECTIONS.addresses
    _CONNECTIONS.is_on = False
