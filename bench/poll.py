"""
Polling 2,000 feeds of a real server on the loopback, beside lemon24's reader in the same run.

Three rounds each: a first one in which everything is new, one in which a third of the feeds is unchanged, and one in
which all are. The server stands in a process of its own and counts what it was asked for and what it sent. Both keep
their feeds in SQLite on the same disk. ``python -m bench.poll [FEEDS]`` takes some minutes on two cores.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.request import urlopen  # noqa: TID251 - the bench's own server

from reader import make_reader

from tawatur.fetch import FetchOptions
from tawatur.model import FeedState, Source
from tawatur.pipeline import FollowOptions, NewsroomOptions, ReadingOptions, open_means
from tawatur.pipeline.follow import Follower
from tawatur.pipeline.hands import Hands, Work
from tawatur.pipeline.means import Means
from tawatur.store import open_store

FEEDS = 2000
ITEMS = 20
SUMMARY = "قال مسؤول محلي إن أعمال الصيانة ستبدأ مطلع الشهر المقبل وتستمر ثلاثة أشهر على مرحلتين. " * 3


def feed(number: int, edition: int) -> bytes:
    """A feed of twenty items; a new edition has two new ones."""
    first = 2 * edition
    items = "".join(
        f"<item><title>خبر رقم {item} من المصدر {number}</title><link>https://s{number}.example/{item}</link>"
        f"<guid>s{number}-{item}</guid><pubDate>{formatdate(1_700_000_000 + item * 3600)}</pubDate>"
        f"<description>{SUMMARY}</description></item>"
        for item in range(first + ITEMS, first, -1)
    )
    return (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>المصدر {number}</title>"
        f"<link>https://s{number}.example/</link><description>خلاصة</description>{items}</channel></rss>"
    ).encode()


def edition_of(number: int, round_: int) -> int:
    """Every third feed never changes; the others change before the second round, and not before the third."""
    return 0 if number % 3 == 0 else min(round_, 1)


def serve(connection: Any) -> None:
    """Serve feeds and count, until the process is ended."""
    state: dict[str, Any] = {"round": 0, "requests": 0, "not_modified": 0, "bytes": 0}
    lock = Lock()

    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, _, rest = self.path.strip("/").partition("/")
            if kind == "round":
                with lock:
                    said = json.dumps(state).encode()
                    state.update(round=int(rest), requests=0, not_modified=0, bytes=0)
                self.answer(200, said)
                return
            if kind != "feed":
                self.answer(404, b"")
                return
            edition = edition_of(int(rest), state["round"])
            etag = f'"{rest}-{edition}"'
            same = self.headers.get("If-None-Match") == etag
            body = b"" if same else feed(int(rest), edition)
            sent = self.answer(304 if same else 200, body, etag)
            with lock:
                state["requests"] += 1
                state["not_modified"] += same
                state["bytes"] += sent

        def answer(self, status: int, body: bytes, etag: str = "") -> int:
            head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nContent-Type: application/rss+xml\r\n"
            data = f"{head}{f'ETag: {etag}' if etag else 'X: y'}\r\n\r\n".encode() + body
            self.wfile.write(data)
            return len(data)

        def log_message(self, *_arguments: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 256
        daemon_threads = True

    with Server(("127.0.0.1", 0), Answering) as server:
        connection.send(server.server_address[1])
        server.serve_forever()


@contextmanager
def server() -> Iterator[str]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    try:
        if not ours.poll(30):
            sys.exit("the server of the bench did not start")
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join(10)


def begin(address: str, round_: int) -> dict[str, Any]:
    """Begin a round; give what was counted in the one before."""
    with urlopen(f"{address}/round/{round_}", timeout=30) as answer:
        counted: dict[str, Any] = json.load(answer)
        return counted


Row = tuple[str, str, float, dict[str, Any], int]


def measure(name: str, address: str, update: Callable[[], int]) -> Iterator[Row]:
    for round_, what in enumerate(("all new", "a third unchanged", "all unchanged")):
        begin(address, round_)
        start = time.perf_counter()
        new = update()
        yield name, what, time.perf_counter() - start, begin(address, round_), new


def ours(address: str, folder: Path, count: int) -> Iterator[Row]:
    """Follow with Tawatur's own loop; all feeds are made due before each round."""
    options = NewsroomOptions(
        fetch=FetchOptions(
            allowed_networks=("bench=127.0.0.1/32",), seconds_between_requests=0, connections_per_host=64
        ),
        follow=FollowOptions(conditional_polls=1000),
        reading=ReadingOptions(),
    )
    with open_store(f"sqlite:///{folder / 'tawatur.db'}") as store:
        for number in range(count):
            home = f"https://s{number}.example/"
            store.sources.add(Source(id=f"s{number}", name=home, home=home, feeds=(f"{address}/feed/{number}",)))

        async def round_(means: Means) -> int:
            follower, new, done, stop = Follower(means), 0, 0, asyncio.Event()

            async def poll(state: FeedState) -> None:
                nonlocal new, done
                found = await follower.poll(state)
                new, done = new + found, done + 1
                if done == count:
                    stop.set()

            work = Work(
                name="bench",
                due=follower.due,
                do=poll,
                key=lambda state: state.url,
                lane=lambda state: state.url,
                at_once=64,
                lane_at_once=1,
                look_again_seconds=0.5,
            )
            hands: Hands[FeedState] = Hands(work)
            async with asyncio.timeout(300):
                await hands.run(stop)
                await hands.finish(10)
            return new

        with asyncio.Runner() as runner:
            means_open = AsyncExitStack()
            means = runner.run(means_open.enter_async_context(open_means(store, options)))
            for row in measure("tawatur", address, lambda: runner.run(round_(means))):
                yield row
                now = datetime.now(UTC)
                for state in store.sources.feeds():
                    store.sources.save_feed(replace(state, next_poll_at=now))
            runner.run(means_open.aclose())


def theirs(address: str, folder: Path, count: int) -> Iterator[Row]:
    reader = make_reader(str(folder / "reader.db"))
    for number in range(count):
        reader.add_feed(f"{address}/feed/{number}")

    def update() -> int:
        results = reader.update_feeds_iter(scheduled=False, workers=64)
        return sum(int(getattr(result.value, "new", 0)) for result in results)

    yield from measure("reader", address, update)
    reader.close()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FEEDS
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    print(f"{count} feeds of {ITEMS} items, {len(feed(1, 0)):,} bytes each")
    print(f"{'':8} {'round':18} {'feeds/s':>8} {'requests':>9} {'304':>6} {'MB sent':>8} {'new':>7}")
    with tempfile.TemporaryDirectory(prefix="tawatur-bench-") as folder, server() as address:
        for follow in (ours, theirs):
            for name, what, seconds, counted, new in follow(address, Path(folder), count):
                print(
                    f"{name:8} {what:18} {count / seconds:8.0f} {counted['requests']:9,} {counted['not_modified']:6,}"
                    f" {counted['bytes'] / 1e6:8.2f} {new:7,}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
