"""A small HTTP server on the loopback that answers what a test tells it to, and a newsroom that follows it."""

from __future__ import annotations

import asyncio
import inspect
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tawatur.fetch import FetchOptions, Pace
from tawatur.model import Source
from tawatur.pipeline import FollowOptions, Newsroom, NewsroomOptions, ReadingOptions, open_means
from tawatur.pipeline.means import Means
from tawatur.store import Store, open_store

#: The servers of tests; the guard lets this network in by name, and no other private one.
ADDRESS = "127.0.0.2"
SECONDS_TO_WAIT = 60.0


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
    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


Answerer = Callable[[Seen, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Server:
    """Answers by path: bytes are sent as they are, a callable does what it likes with the connection."""

    port: int = 0
    scheme: str = "http"
    pages: dict[str, bytes | Answerer] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)

    def url(self, path: str = "/", host: str = ADDRESS) -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.path == path]

    @staticmethod
    def answer(
        body: str | bytes = b"", status: int = 200, media_type: str = "text/html; charset=utf-8", **headers: str
    ) -> bytes:
        data = body.encode() if isinstance(body, str) else body
        lines = {"Content-Length": str(len(data)), "Content-Type": media_type}
        lines |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"HTTP/1.1 {status} X\r\n{head}\r\n".encode() + data

    def feed(self, *items: str, about: str = "", **headers: Any) -> bytes:
        """An RSS feed of pages of this server, by their paths."""
        entries = "".join(
            f"<item><title>خبر {path}</title><link>{self.url(path)}</link><guid>{path}</guid>"
            f"<description>{SUMMARY}</description></item>"
            for path in items
        )
        channel = f"<channel><title>خلاصة</title>{about}{entries}</channel>"
        text = f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'>{channel}</rss>"
        return self.answer(text, media_type="application/rss+xml", **headers)

    def article(self, name: str) -> bytes:
        """A page with an article of its own."""
        paragraphs = "".join(f"<p>{line}</p>" for line in article_lines(name))
        return self.answer(
            f"<!doctype html><html lang=ar dir=rtl><head><title>{title_of(name)}</title>"
            f"<meta property='article:published_time' content='2026-11-20T10:00:00+03:00'></head>"
            f"<body><article><h1>{title_of(name)}</h1>{paragraphs}</article></body></html>"
        )

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not writer.is_closing():
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                first, *lines = head.split("\r\n")
                method, path, _ = first.split(" ", 2)
                headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines if line)}
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                seen = Seen(method, path, headers, body)
                self.seen.append(seen)
                page = self.pages.get(path, self.answer(status=404))
                if isinstance(page, bytes):
                    writer.write(page)
                    await writer.drain()
                else:
                    await page(seen, writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, OSError):
            pass
        finally:
            writer.close()


SUMMARY = "هذا ملخص الخبر كما تنشره الخلاصة، وفيه من الكلمات ما يكفي ليقرأه القارئ وحده إن غابت الصفحة."


def title_of(name: str) -> str:
    return f"عنوان الخبر الذي اسمه {name} في صحيفة الاختبار"


def article_lines(name: str) -> list[str]:
    return [
        f"قال مسؤول في بلدية {name} اليوم إن أعمال ترميم الجسر القديم ستبدأ مطلع الشهر المقبل وتستمر ثلاثة أشهر.",
        f"وأضاف أن كلفة المشروع في {name} تبلغ مليوني دينار، وأن حركة السير ستحول إلى الطريق الموازي طوال المدة.",
        "وطالب سكان الحي بالإسراع في العمل قبل حلول موسم الأمطار، مشيرين إلى تضرر الجسر في الشتاء الماضي.",
    ]


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    server = Server(scheme="https" if tls else "http")
    listening = await asyncio.start_server(server.serve, ADDRESS, 0, ssl=tls)
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

    def __init__(self, answers: Mapping[str, Sequence[Sequence[str]]] | None = None) -> None:
        self.answers = {name: list(lookups) for name, lookups in (answers or {}).items()}

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        lookups = self.answers.get(host)
        if not lookups:
            raise OSError(-2, "Name or service not known")
        return lookups.pop(0) if len(lookups) > 1 else lookups[0]


def quick(names: Names | None = None, **reading: Any) -> NewsroomOptions:
    """Options that wait for nothing."""
    return NewsroomOptions(
        fetch=FetchOptions(
            allowed_networks=(f"test={ADDRESS}/32",),
            seconds_between_requests=0,
            connections_per_host=8,
            seconds_to_connect=2,
            seconds_of_silence=1,
            seconds_total=2,
            largest_feed_bytes=1024 * 1024,
            largest_page_bytes=1024 * 1024,
            retries=0,
        ),
        follow=FollowOptions(shortest_seconds=0.2, longest_seconds=3600, look_again_seconds=0.1),
        reading=ReadingOptions(workers=1, **reading),
        resolver=names or Names(),
        pace=Pace(),
    )


@dataclass
class Room:
    """A newsroom under test."""

    store: Store
    means: Means
    newsroom: Newsroom

    async def until(self, condition: Callable[[], bool]) -> None:
        """Let it work until something is so."""
        async with asyncio.timeout(SECONDS_TO_WAIT):
            while not await asyncio.to_thread(condition):  # noqa: ASYNC110 - what is asked for is in the store
                await asyncio.sleep(0.02)

    async def until_read(self) -> None:
        """Let it work until every feed was polled and no page waits."""
        feeds, entries = self.store.sources.feeds, self.store.entries
        await self.until(lambda: all(state.last_polled_at for state in feeds()) and entries.waiting() == 0)

    def feed(self, source: str) -> Any:
        (state,) = self.store.sources.feeds(source)
        return state


@pytest.fixture
def room(database_url: str) -> Callable[..., Any]:
    """Open a newsroom on a store: the test runs on SQLite and on PostgreSQL."""
    return _rooms(database_url)


@pytest.fixture
def small_room(sqlite_url: str) -> Callable[..., Any]:
    """Open a newsroom on SQLite, where the database makes no difference."""
    return _rooms(sqlite_url)


def _rooms(url: str) -> Callable[..., Any]:
    @asynccontextmanager
    async def open_room(
        options: NewsroomOptions | None = None, *, base_url: str | None = None, runs: bool = True
    ) -> AsyncIterator[Room]:
        stop = asyncio.Event()
        with open_store(url) as store:
            async with open_means(store, options or quick()) as means:
                newsroom = Newsroom(means, base_url=base_url)
                running = asyncio.create_task(newsroom.run(stop)) if runs else None
                try:
                    yield Room(store, means, newsroom)
                finally:
                    stop.set()
                    if running is not None:
                        await running

    return open_room


@pytest.fixture
def serve() -> Callable[..., Any]:
    return serving


@pytest.fixture
def names() -> type[Names]:
    return Names


@pytest.fixture
def options() -> Callable[..., NewsroomOptions]:
    return quick


@pytest.fixture
def follow() -> Callable[..., Source]:
    """Follow a feed as a source."""

    def add(store: Store, identifier: str, feed: str, **fields: Any) -> Source:
        source = Source(id=identifier, name=identifier, home=f"https://{identifier}.example/", feeds=(feed,), **fields)
        store.sources.add(source)
        return source

    return add


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def with_follow() -> Callable[..., NewsroomOptions]:
    """Quick options with other settings of following."""
    return lambda **changes: replace(quick(), follow=replace(quick().follow, **changes))
