"""
The fetched pages, the newest of each address, so that a better reader can read them again.

Bodies are kept under Zstandard, level 6: the pages at hand shrink to about a fifth, at a speed that leaves
reading the dearer part by far (``bench/store.py`` prints both).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import zstandard
from sqlalchemy import Connection, delete, insert, select

from tawatur.model import Capture
from tawatur.store import counts
from tawatur.store.engine import Database
from tawatur.store.tables import articles, captures
from tawatur.store.texts import url_key

COMPRESSION_LEVEL = 6
# Pages held in memory while going through all: bounded pages of a few MiB at most.
PAGES_AT_ONCE = 16

_NOT_MODIFIED = 304
_PLAIN = ("url", "requested_url", "fetched_at", "status", "media_type", "charset", "etag", "last_modified", "moved_to")


class Captures:
    """The fetched pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, url: str) -> Capture | None:
        wanted = url_key(url)
        read_from = select(articles.c.capture_key).where(articles.c.url_key == wanted).limit(1).scalar_subquery()
        by_address = (captures.c.url_key == wanted, captures.c.requested_key == wanted, captures.c.url_key == read_from)
        with self._database.reading() as connection:
            for condition in by_address:
                row = connection.execute(select(captures).where(condition).order_by(captures.c.url_key)).first()
                if row is not None:
                    return _capture_of(row)
        return None

    def each(self, source_id: str | None = None) -> Iterator[tuple[Capture, str | None]]:
        statement = select(captures).order_by(captures.c.url_key).limit(PAGES_AT_ONCE)
        if source_id is not None:
            statement = statement.where(captures.c.source_id == source_id)
        after = ""
        while True:
            # A transaction a step: a long look through the archive holds nothing back that others write.
            with self._database.reading() as connection:
                rows = connection.execute(statement.where(captures.c.url_key > after)).all()
            for row in rows:
                yield _capture_of(row), row.source_id
            if len(rows) < PAGES_AT_ONCE:
                return
            after = rows[-1].url_key

    def count(self) -> int:
        with self._database.reading() as connection:
            return counts.total(connection, "captures")


def pack(capture: Capture, source_id: str | None) -> dict[str, Any] | None:
    """Make the row of a capture, compressed; None for an answer that brings no body ("not modified")."""
    if capture.status == _NOT_MODIFIED:
        return None
    # A compressor serves one thread only, so each page has its own: 20 µs.
    body = zstandard.ZstdCompressor(level=COMPRESSION_LEVEL).compress(capture.body)
    return {
        **{name: getattr(capture, name) for name in _PLAIN},
        "url_key": url_key(capture.url),
        "requested_key": url_key(capture.requested_url),
        "source_id": source_id,
        "max_age": capture.max_age,
        "links": [list(link) for link in capture.links],
        "body_bytes": len(capture.body),
        "stored_bytes": len(body),
        "body": body,
    }


def keep(connection: Connection, row: dict[str, Any] | None) -> None:
    """Keep a packed capture unless a later one of that address is there."""
    if row is None:
        return
    known = connection.scalar(select(captures.c.fetched_at).where(captures.c.url_key == row["url_key"]))
    if known is not None and known > row["fetched_at"]:
        return
    if known is not None:
        forget(connection, row["url_key"])
    connection.execute(insert(captures).values(row))
    _count(connection, row["source_id"], 1, row["body_bytes"], row["stored_bytes"])


def forget(connection: Connection, name: str | None) -> None:
    """Take a capture out, by its key; one that is not there is let be."""
    gone = connection.execute(
        delete(captures)
        .where(captures.c.url_key == name)
        .returning(captures.c.source_id, captures.c.body_bytes, captures.c.stored_bytes)
    ).first()
    if gone is not None:
        _count(connection, gone.source_id, -1, -gone.body_bytes, -gone.stored_bytes)


def _count(connection: Connection, source_id: str | None, number: int, size: int, stored: int) -> None:
    differences: dict[counts.Counted, int] = {"captures": number, "capture_bytes": size, "stored_bytes": stored}
    counts.add_to_source(connection, source_id or counts.NO_SOURCE, differences)


def _capture_of(row: Any) -> Capture:
    body = zstandard.ZstdDecompressor().decompress(row.body, max_output_size=row.body_bytes) if row.body_bytes else b""
    return Capture(
        **{name: getattr(row, name) for name in _PLAIN},
        max_age=row.max_age,
        links=tuple((relation, target) for relation, target in row.links),
        body=body,
    )
