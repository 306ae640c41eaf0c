"""
The pages that feeds announced: each is read once, whatever happens in between.

A page belongs to the source that announced it first; one that an aggregator announced passes to the outlet when the
outlet announces it before it was read. Only its own source's wording makes a page read again, and only a wording not
seen of late: two feeds of one outlet that describe a page differently would otherwise have it read at every poll.

The order of reading is start-time fair queueing (Goyal, Vin, Cheng, SIGCOMM 1996): a page's turn is one after the
last waiting page of its source, and never before the turn being served. So each round reads one page of every
source, a source with ten thousand waiting pages keeps nobody waiting, and finding the next pages is a walk along
an index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from tawatur.model import Capture, Entry
from tawatur.store import captures, counts
from tawatur.store.engine import Database
from tawatur.store.moments import moment_text, read_moment_text
from tawatur.store.pages import PendingPage, Refusal
from tawatur.store.tables import entries, refusals, sources
from tawatur.store.texts import clean, digest, key, url_key, words_of

# Wordings remembered of one page: more than the feeds of one outlet that carry the same page.
WORDINGS_REMEMBERED = 8
ENTRIES_AT_ONCE = 500


class Entries:
    """The pages that wait, and those put aside."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def offer(self, source_id: str, entries: Sequence[Entry], now: datetime) -> int:
        key(source_id, "source id")
        by_key = {url_key(entry.url): entry for entry in reversed(entries)}
        keys = [url_key(entry.url) for entry in entries]
        new = 0
        with self._database.writing() as connection:
            for first in range(0, len(keys), ENTRIES_AT_ONCE):
                some = {name: by_key.pop(name) for name in keys[first : first + ENTRIES_AT_ONCE] if name in by_key}
                new += _offer(connection, source_id, some, now)
        return new

    def due(self, now: datetime, limit: int) -> tuple[PendingPage, ...]:
        statement = (
            select(entries)
            .where(entries.c.waiting, entries.c.due_at <= now)
            .order_by(entries.c.turn, entries.c.first_seen_at, entries.c.url_key)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return tuple(_page_of(row) for row in connection.execute(statement))

    def get(self, url: str) -> Entry | None:
        with self._database.reading() as connection:
            document = connection.scalar(select(entries.c.entry).where(entries.c.url_key == url_key(url)))
        return None if document is None else _entry_of(document)

    def retry(self, url: str, at: datetime, message: str) -> None:
        with self._database.writing() as connection:
            row = _waiting(connection, url)
            if row is not None:
                turn = _next_turn(connection, row.source_id)  # behind the other pages of its source
                connection.execute(
                    update(entries)
                    .where(entries.c.url_key == row.url_key)
                    .values(attempts=row.attempts + 1, due_at=at, message=message, turn=turn)
                )

    def refuse(self, refusal: Refusal, capture: Capture | None = None) -> None:
        name = url_key(refusal.url)
        packed = captures.pack(capture, refusal.source_id) if capture else None
        with self._database.writing() as connection:
            captures.keep(connection, packed)
            settle(connection, refusal.url, refusal.refused_at, message=refusal.message)
            _forget_refusal(connection, name)
            connection.execute(
                insert(refusals).values(
                    url_key=name,
                    url=refusal.url,
                    source_id=refusal.source_id,
                    reason=refusal.reason,
                    message=refusal.message,
                    refused_at=refusal.refused_at,
                )
            )
            counts.add(connection, "refused", Counter({refusal.source_id or counts.NO_SOURCE: 1}))

    def refusals(self, source_id: str | None = None, limit: int = 100) -> tuple[Refusal, ...]:
        statement = select(refusals).order_by(refusals.c.refused_at.desc(), refusals.c.url_key).limit(limit)
        if source_id is not None:
            statement = statement.where(refusals.c.source_id == source_id)
        with self._database.reading() as connection:
            return tuple(
                Refusal(
                    url=row.url,
                    source_id=row.source_id,
                    reason=row.reason,
                    message=row.message,
                    refused_at=row.refused_at,
                )
                for row in connection.execute(statement)
            )

    def waiting(self) -> int:
        with self._database.reading() as connection:
            return counts.total(connection, "waiting")


def settle(connection: Connection, url: str, now: datetime, *, message: str | None = None) -> None:
    """Let a page wait no more; one that no feed announced is let be."""
    row = _waiting(connection, url)
    if row is not None:
        connection.execute(
            update(entries)
            .where(entries.c.url_key == row.url_key)
            .values(waiting=False, settled_at=now, message=message)
        )
        counts.add(connection, "waiting", Counter({row.source_id: -1}))


def accept(connection: Connection, url: str, now: datetime) -> None:
    """Settle a page as read; a refusal of earlier is over."""
    settle(connection, url, now)
    forget_refusals(connection, {url})


def forget_refusals(connection: Connection, urls: set[str]) -> None:
    """Let refusals be over: an article was read from that very page, by a better reader perhaps."""
    for url in sorted(urls):
        _forget_refusal(connection, url_key(url))


def _offer(connection: Connection, source_id: str, offered: dict[str, Entry], now: datetime) -> int:
    known = {
        row.url_key: row for row in connection.execute(select(entries).where(entries.c.url_key.in_(list(offered))))
    }
    turn = _next_turn(connection, source_id)
    rows: list[dict[str, Any]] = []
    again = 0
    for name, entry in offered.items():
        if name not in known:
            rows.append(_row_of(name, entry, source_id, turn + len(rows), now))
        elif _announce_again(connection, known[name], entry, source_id, now):
            again += 1
    if rows:
        connection.execute(insert(entries), rows)
    counts.add(connection, "waiting", Counter({source_id: len(rows) + again}))
    return len(rows)


def _announce_again(connection: Connection, row: Row[Any], entry: Entry, source_id: str, now: datetime) -> bool:
    """Take note of a known page announced again; tell whether it begins to wait thereby."""
    if row.source_id != source_id and not _passes_over(connection, row, source_id):
        return False
    wording = _wording(entry)
    if row.source_id == source_id and wording in row.wordings:
        return False
    values: dict[str, Any] = {
        "entry": _document(entry),
        "wordings": [*(known for known in row.wordings if known != wording), wording][-WORDINGS_REMEMBERED:],
    }
    if not row.waiting:
        values |= {"waiting": True, "attempts": 0, "due_at": now, "first_seen_at": now}
    if not row.waiting or row.source_id != source_id:
        values |= {"source_id": source_id, "turn": _next_turn(connection, source_id)}
    connection.execute(update(entries).where(entries.c.url_key == row.url_key).values(values))
    if row.waiting and row.source_id != source_id:
        counts.add(connection, "waiting", Counter({row.source_id: -1, source_id: 1}))
    return not row.waiting


def _passes_over(connection: Connection, row: Row[Any], source_id: str) -> bool:
    """Whether a page passes from the source it belongs to to the one that announces it now."""
    rows = connection.execute(select(sources.c.id, sources.c.kind).where(sources.c.id.in_([row.source_id, source_id])))
    kinds = {source.id: source.kind for source in rows}
    return bool(row.waiting) and kinds.get(row.source_id) == "aggregator" and kinds.get(source_id) != "aggregator"


def _next_turn(connection: Connection, source_id: str) -> int:
    last = connection.scalar(
        select(func.max(entries.c.turn)).where(entries.c.source_id == source_id, entries.c.waiting)
    )
    # Pages that wait for another attempt keep low turns for hours; they do not tell which turn is being served.
    served = connection.scalar(select(func.min(entries.c.turn)).where(entries.c.waiting, entries.c.attempts == 0))
    return max(-1 if last is None else last + 1, served or 0, 0)


def _waiting(connection: Connection, url: str) -> Row[Any] | None:
    return connection.execute(select(entries).where(entries.c.url_key == url_key(url), entries.c.waiting)).first()


def _forget_refusal(connection: Connection, name: str) -> None:
    gone = connection.execute(
        delete(refusals).where(refusals.c.url_key == name).returning(refusals.c.source_id)
    ).first()
    if gone is not None:
        counts.add(connection, "refused", Counter({gone.source_id or counts.NO_SOURCE: -1}))


def _wording(entry: Entry) -> str:
    return digest(
        words_of(entry.title), words_of(entry.summary), words_of(entry.content_html), moment_text(entry.published)
    )


def _row_of(name: str, entry: Entry, source_id: str, turn: int, now: datetime) -> dict[str, Any]:
    return {
        "url_key": name,
        "url": entry.url,
        "source_id": source_id,
        "waiting": True,
        "turn": turn,
        "first_seen_at": now,
        "due_at": now,
        "attempts": 0,
        "message": None,
        "settled_at": None,
        "wordings": [_wording(entry)],
        "entry": _document(entry),
    }


_ENTRY_TEXTS = ("url", "guid", "title", "summary", "content_html", "image", "credit")


def _document(entry: Entry) -> dict[str, Any]:
    return {
        **{name: clean(getattr(entry, name)) for name in _ENTRY_TEXTS},
        "published": moment_text(entry.published),
        "authors": list(entry.authors),
        "tags": list(entry.tags),
    }


def _entry_of(document: dict[str, Any]) -> Entry:
    published = read_moment_text(document["published"])
    return Entry(
        **{name: document[name] for name in _ENTRY_TEXTS},
        published=published if isinstance(published, datetime) else None,
        authors=tuple(document["authors"]),
        tags=tuple(document["tags"]),
    )


def _page_of(row: Row[Any]) -> PendingPage:
    return PendingPage(
        url=row.url,
        source_id=row.source_id,
        entry=_entry_of(row.entry),
        attempts=row.attempts,
        first_seen_at=row.first_seen_at,
    )
