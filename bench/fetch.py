"""What the guard, politeness and bounded unpacking cost: captures and archive records a second.

    python -m bench.fetch

One run, one process, a server in a process of its own on the loopback. ``requests`` is what lemon24's reader
fetches with; bare aiohttp is our own library without anything of ours. Figures are ratios: the machine is shared.
"""

from __future__ import annotations

import asyncio
import gzip
import io
import multiprocessing
import time
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.connection import Connection

import aiohttp
import requests  # noqa: TID251  # the peer that is measured
from warcio.archiveiterator import ArchiveIterator

from tawatur.fetch import FetchOptions, WarcFile, Web, write_warc
from tawatur.model import Capture

#: The middle page of 421 real ones has 116 kB.
PAGE = ("<p>أعلنت وكالة الفضاء موعد الإطلاق الجديد بعد تأجيلين متتاليين.</p>\n" * 1000).encode()[:116_000]
REQUESTS = 1000
AT_ONCE = 8
RECORDS = 500


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    body = gzip.compress(PAGE)
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    try:
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(head.encode() + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _serve(told: Connection) -> None:
    async def serve() -> None:
        server = await asyncio.start_server(_answer, "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


async def _in_turns(get: Callable[[], object]) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one() -> None:
        async with gate:
            await get()  # type: ignore[misc]

    await asyncio.gather(*(one() for _ in range(REQUESTS)))


async def ours(url: str) -> None:
    options = FetchOptions(
        allowed_networks=("bench=127.0.0.1/32",), seconds_between_requests=0, connections_per_host=AT_ONCE
    )
    async with Web(options) as web:
        await _in_turns(lambda: web.capture(url))


async def bare_aiohttp(url: str) -> None:
    async with aiohttp.ClientSession() as session:

        async def get() -> bytes:
            async with session.get(url) as response:
                return await response.read()

        await _in_turns(get)


def with_requests(url: str) -> None:
    with requests.Session() as session:
        for _ in range(REQUESTS):
            session.get(url, timeout=10).content  # noqa: B018


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def captures() -> None:
    here, there = multiprocessing.Pipe()
    server = multiprocessing.Process(target=_serve, args=(there,), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{here.recv()}/"
    try:
        rows = {
            "tawatur": _seconds(lambda: asyncio.run(ours(url))),
            "bare aiohttp": _seconds(lambda: asyncio.run(bare_aiohttp(url))),
            "requests, one by one": _seconds(lambda: with_requests(url)),
        }
    finally:
        server.terminate()
        server.join()
    print(f"{'captures of 116 kB, gzip':34}{'a second':>10}")
    for name, seconds in rows.items():
        print(f"{name:34}{REQUESTS / seconds:10.0f}")


def records() -> None:
    file = io.BytesIO()
    capture = Capture(
        url="https://a.example/",
        requested_url="https://a.example/",
        fetched_at=datetime(2023, 9, 20, 13, tzinfo=UTC),
        status=200,
        body=PAGE,
        media_type="text/html",
    )
    write_warc(file, [capture] * RECORDS)
    data = file.getvalue()

    def warcio() -> int:
        return sum(len(record.content_stream().read()) for record in ArchiveIterator(io.BytesIO(data)))

    print(f"{'WARC records of 116 kB, gzip':34}{'a second':>10}")
    for name, work in {"tawatur": lambda: list(WarcFile(io.BytesIO(data), "bench")), "warcio": warcio}.items():
        print(f"{name:34}{RECORDS / _seconds(work):10.0f}")


def main() -> None:
    captures()
    print()
    records()


if __name__ == "__main__":
    main()
