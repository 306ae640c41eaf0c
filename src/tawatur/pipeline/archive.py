"""
Taking in what lies on disk: articles as JSON lines, saved pages, WARC files, saved feeds.

Files are read piece by piece, so their size does not matter, and it is safe to take the same in again. What is refused
is named (file and line, or record) and the rest goes on. Pages are kept with what they were read from, as those that
come over the network.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from tawatur.errors import ExtractionError, FeedError, RecordError, TawaturError
from tawatur.fetch import WarcFile
from tawatur.model import Article, Capture, Feed, Source, article_from_json
from tawatur.model.canonical_url import canonical_url
from tawatur.pipeline.means import utc_now
from tawatur.pipeline.summary import article_of_entry
from tawatur.pipeline.workshop import WorkerLost, Workshop
from tawatur.store import Store, Written

if TYPE_CHECKING:
    from tawatur.extract import Reading

__all__ = ["Archivist", "Counts", "files_in"]

#: Articles written in one transaction: 500 take some 100 ms, so that readers and other writers hardly wait.
ARTICLES_AT_ONCE = 500
#: The longest line of a file of articles; the longest article in the real data has 64 kB.
LONGEST_LINE_BYTES = 64 * 1024 * 1024
#: The largest page or feed on disk, as fetch has it for a feed.
LARGEST_FILE_BYTES = 50 * 1024 * 1024
#: Pages handed to each worker at a time: one in work, one ready.
PAGES_A_WORKER = 2

#: Bytes of a page in which its head is looked for.
HEAD_BYTES = 256 * 1024
_OWN_ADDRESSES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rb"""<link\b(?=[^>]*\brel=["']?canonical\b)[^>]*\bhref=["']?([^"'\s>]{8,2000})""",
        rb"""<meta\b(?=[^>]*\bproperty=["']?og:url\b)[^>]*\bcontent=["']?([^"'\s>]{8,2000})""",
    )
)

_LINES = (".jsonl", ".ndjson", ".jsonlines")
_PAGES = (".html", ".htm", ".xhtml", ".txt")
_FEEDS = (".xml", ".rss", ".atom", ".rdf")
_WARCS = (".warc",)


@dataclass(slots=True)
class Counts:
    """What became of what was taken in."""

    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0

    def add(self, written: Written, number: int = 1) -> None:
        setattr(self, written, getattr(self, written) + number)


@dataclass(slots=True)
class Archivist:
    """Takes files into a store.

    Attributes:
        refuse: Told of each thing refused: where it stands, and why.
        open_file: Opens a file for reading; the command line watches the progress through it.
    """

    store: Store
    workshop: Workshop
    refuse: Callable[[str, object], None]
    open_file: Callable[[Path], BinaryIO] = lambda path: path.open("rb")
    pages_at_once: int = 2 * PAGES_A_WORKER
    counts: Counts = field(default_factory=Counts)
    _hosts: dict[str, Source] = field(default_factory=dict)

    async def take_in(self, paths: Iterable[Path]) -> Counts:
        """Take in files, each by its kind."""
        sources = await asyncio.to_thread(self.store.sources.all)
        self._hosts = {host: source for source in sources if (host := _host(source.home))}
        for path in paths:
            try:
                await self._file(path)
            except OSError as error:
                self._refuse(str(path), error.strerror or error)
        return self.counts

    async def lines(self, file: BinaryIO, name: str) -> None:
        """Take in articles, a JSON object a line."""
        batch: list[tuple[int, Article]] = []
        for number, line in self._numbered(file, name):
            try:
                batch.append((number, _article(line)))
            except RecordError as error:
                self._refuse(f"{name}, line {number}", error)
            if len(batch) == ARTICLES_AT_ONCE:
                await self._put_many(batch, name)
                batch = []
        if batch:
            await self._put_many(batch, name)

    async def _file(self, path: Path) -> None:
        kind = _kind(path)
        with self.open_file(path) as file:
            if kind == "warc":
                await self._warc(file, str(path))
            elif kind == "lines":
                with _unpacked(file, path) as plain:
                    await self.lines(plain, str(path))
            else:
                with _unpacked(file, path) as plain:
                    data = plain.read(LARGEST_FILE_BYTES + 1)
                if len(data) > LARGEST_FILE_BYTES:
                    self._refuse(str(path), f"larger than {LARGEST_FILE_BYTES} bytes")
                elif kind == "feed" or _is_feed(data):
                    await self._feed(path, data)
                else:
                    await self._page(path, data)

    async def _page(self, path: Path, data: bytes) -> None:
        """Take in a saved page; its address is what it says of itself, its time of capture that of the file."""
        plain = path.suffix.lower() == ".txt"
        address = None if plain else _own_address(data)
        try:
            if address is not None:
                capture = _saved_capture(path, address, data)
                reading: Reading = await self.workshop.do("read_page", capture, self._source(address))
                await self._put(str(path), reading.article, capture)
                return
            reading = await self.workshop.do("read_document", data, media_type="text/plain" if plain else None)
        except (ExtractionError, WorkerLost) as error:
            self._refuse(str(path), error)
        else:
            await self._put(str(path), reading.article, None)

    async def _warc(self, file: BinaryIO, name: str) -> None:
        """Take in the pages of an archive, several at once, in bounded memory."""
        async for found, capture, outcome in self._read_captures(WarcFile(file, name)):
            if isinstance(outcome, Article):
                await self._put(found, outcome, capture)
            else:
                self._refuse(found, outcome)

    async def _read_captures(
        self, captures: Iterable[Capture | RecordError]
    ) -> AsyncIterator[tuple[str, Capture | None, Article | Exception]]:
        """Read captures in the workers, and give what came of each in their order."""
        under_way: list[tuple[Capture, asyncio.Task[Reading]]] = []
        for capture in captures:
            if isinstance(capture, RecordError):
                yield "", None, capture
                continue
            reading = self.workshop.do("read_page", capture, self._source(capture.url))
            under_way.append((capture, asyncio.create_task(reading)))
            if len(under_way) >= self.pages_at_once:
                yield await _outcome(*under_way.pop(0))
        for capture, task in under_way:
            yield await _outcome(capture, task)

    async def _feed(self, path: Path, data: bytes) -> None:
        """Take in what a saved feed says of its items, each flagged ``summary-only``."""
        now = utc_now()
        address = _address(path)
        capture = Capture(url=address, requested_url=address, fetched_at=now, status=200, body=data)
        try:
            feed: Feed = await self.workshop.do("read_feed", capture)
        except (FeedError, WorkerLost) as error:
            self._refuse(str(path), error)
            return
        for entry in feed.entries:
            article = await article_of_entry(self.workshop, entry, self._source(entry.url), now)
            if article is None:
                self._refuse(f"{path}, {entry.url}", "the feed has no text of it; follow the feed to read its page")
            else:
                await self._put(f"{path}, {entry.url}", article, None)

    async def _put(self, where: str, article: Article, capture: Capture | None) -> None:
        try:
            put = self.store.articles.put
            self.counts.add(await asyncio.to_thread(put, article, capture=capture, now=utc_now()))
        except RecordError as error:
            self._refuse(where, error)

    async def _put_many(self, batch: Sequence[tuple[int, Article]], name: str) -> None:
        """Write a batch whole; when one of it cannot be kept, one by one, so that only that one is refused."""
        try:
            done = await asyncio.to_thread(
                self.store.articles.put_many, [article for _, article in batch], now=utc_now()
            )
        except RecordError:
            for number, article in batch:
                await self._put(f"{name}, line {number}", article, None)
        else:
            for written, number in done.items():
                self.counts.add(written, number)

    def _numbered(self, file: BinaryIO, name: str) -> Iterator[tuple[int, bytes]]:
        """Give the lines of a file that hold something, with their numbers, one in memory at a time."""
        number = 0
        try:
            while line := file.readline(LONGEST_LINE_BYTES):
                number += 1
                if len(line) == LONGEST_LINE_BYTES and not line.endswith(b"\n"):
                    self._refuse(f"{name}, line {number}", f"longer than {LONGEST_LINE_BYTES} bytes")
                    while (line := file.readline(LONGEST_LINE_BYTES)) and not line.endswith(b"\n"):
                        pass
                elif line.strip():
                    yield number, line
        except (EOFError, gzip.BadGzipFile, OSError) as error:
            self._refuse(f"{name}, line {number + 1}", f"cannot be read on: {error}")

    def _source(self, url: str | None) -> Source | None:
        host = _host(url) if url else None
        return self._hosts.get(host) if host else None

    def _refuse(self, where: str, why: object) -> None:
        self.counts.refused += 1
        self.refuse(where, why)


def files_in(paths: Iterable[Path], *, left_out: Callable[[Path], None]) -> Iterator[Path]:
    """Give files as they are, and those of folders that look like something to take in, in a stable order."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for file in sorted(path.rglob("*")):
            if file.is_file():
                if _kind(file) is None:
                    left_out(file)
                else:
                    yield file


def _kind(path: Path) -> str | None:
    """What a file is by its name; None when the name does not say."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    suffix = suffixes[-2] if suffixes[-1:] == [".gz"] and len(suffixes) > 1 else suffixes[-1] if suffixes else ""
    kinds = {"lines": _LINES, "page": _PAGES, "feed": _FEEDS, "warc": _WARCS, "document": (".json",)}
    return next((kind for kind, endings in kinds.items() if suffix in endings), None)


def _own_address(data: bytes) -> str | None:
    """The address a page gives for itself; the reader decides in the end whether it holds."""
    for pattern in _OWN_ADDRESSES:
        for found in pattern.finditer(data[:HEAD_BYTES]):
            try:
                return canonical_url(unescape(found[1].decode("utf-8")))
            except (TawaturError, UnicodeDecodeError):
                continue
    return None


def _saved_capture(path: Path, address: str, data: bytes) -> Capture:
    saved_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Capture(
        url=address, requested_url=address, fetched_at=saved_at, status=200, body=data, media_type="text/html"
    )


def _address(path: Path) -> str:
    return path.absolute().as_uri()


def _is_feed(data: bytes) -> bool:
    head = data[:1024].lstrip().lower()
    return (head.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf")) and b"<html" not in head) or b"jsonfeed.org" in head


@contextmanager
def _unpacked(file: BinaryIO, path: Path) -> Iterator[BinaryIO]:
    if path.suffix.lower() == ".gz":
        with gzip.open(file) as plain:
            yield plain  # type: ignore[misc]
    else:
        yield file


def _article(line: bytes) -> Article:
    """Read an article of a line.

    Raises:
        RecordError: It is no JSON object, or no article.
    """
    try:
        record: Any = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        raise RecordError(f"no JSON: {error}") from error
    if not isinstance(record, dict):
        raise RecordError(f"must be a JSON object, not {type(record).__name__}")
    url = record.get("url")
    if isinstance(url, str) and url:
        try:
            record["url"] = canonical_url(url)
        except TawaturError as error:
            raise RecordError(str(error)) from error
    return article_from_json(record)


def _host(url: str) -> str | None:
    return (urlsplit(url).hostname or "").removeprefix("www.") or None


async def _outcome(capture: Capture, task: asyncio.Task[Reading]) -> tuple[str, Capture, Article | Exception]:
    try:
        return capture.url, capture, (await task).article
    except (ExtractionError, WorkerLost) as error:
        return "", capture, error
