"""
The fetched pages, the newest of each address, so that a better reader can read them again.

An article may go on over several pages. The following ones hang on the first: they are found by their address but not
met on a walk through all (each would be read as an article of its own), and they go with the article.

Bodies are kept under Zstandard, level 6: the pages at hand shrink to about a fifth, at a speed that leaves
reading the dearer part by far (``bench/store.py`` prints both).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import zstandard
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from tawatur.model import Capture
from tawatur.store import counts
from tawatur.store.engine import Database
from tawatur.store.tables import articles, captures
from tawatur.store.texts import key, url_key

COMPRESSION_LEVEL = 6
# Pages held in memory while going through all: bounded pages of a few MiB at most.
PAGES_AT_ONCE = 16

_NOT_MODIFIED = 304
_PLAIN = ("url", "requested_url", "fetched_at", "status", "media_type", "charset", "etag", "last_modified", "moved_to")


class Captures:
    """The fetched pages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, capture: Capture, source_id: str | None, *, follows: str | None = None) -> None:
        if source_id is not None:
            key(source_id, "source id")
        packed = pack(capture, source_id, follows=follows)
        with self._database.writing() as connection:
            keep(connection, packed)

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
        statement = (
            select(captures).where(captures.c.follows_key.is_(None)).order_by(captures.c.url_key).limit(PAGES_AT_ONCE)
        )
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
            following = connection.scalar(
                select(func.count()).select_from(captures).where(captures.c.follows_key.is_not(None))
            )
            return counts.total(connection, "captures") - (following or 0)


def pack(capture: Capture, source_id: str | None, *, follows: str | None = None) -> dict[str, Any] | None:
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
        # A last page that leads back to the first stays what it is.
        "follows_key": url_key(follows) if follows is not None and follows != capture.url else None,
    }


def keep(connection: Connection, row: dict[str, Any] | None) -> None:
    """Keep a packed capture unless a later one of that address is there."""
    if row is None:
        return
    this = captures.c.url_key == row["url_key"]
    known = connection.execute(select(captures.c.fetched_at, captures.c.follows_key).where(this)).first()
    if known is not None and known.follows_key is None:
        row = {**row, "follows_key": None}  # a page that stood on its own once does so for good
    if known is not None and known.fetched_at > row["fetched_at"]:
        connection.execute(update(captures).where(this).values(follows_key=row["follows_key"]))
        return
    if known is not None:
        _forget(connection, this)
    connection.execute(insert(captures).values(row))
    _count(connection, row["source_id"], 1, row["body_bytes"], row["stored_bytes"])


def forget(connection: Connection, name: str | None) -> None:
    """Take a capture out, by its key, with the pages that follow it; one that is not there is let be."""
    if name is not None:
        _forget(connection, (captures.c.url_key == name) | (captures.c.follows_key == name))


def _forget(connection: Connection, condition: ColumnElement[bool]) -> None:
    gone = connection.execute(
        delete(captures)
        .where(condition)
        .returning(captures.c.source_id, captures.c.body_bytes, captures.c.stored_bytes)
    )
    for row in gone.all():
        _count(connection, row.source_id, -1, -row.body_bytes, -row.stored_bytes)


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
