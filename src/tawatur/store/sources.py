"""The sources that are followed, and how following goes."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from tawatur.model import FeedState, PageRules, Source
from tawatur.store import changes, counts
from tawatur.store.engine import Database
from tawatur.store.moments import check_zone
from tawatur.store.protocol import SourceCounts, Written
from tawatur.store.tables import entries, feeds, sources
from tawatur.store.texts import key, url_key

_STATE = tuple(field.name for field in dataclasses.fields(FeedState))
#: A feed that was never polled is due before any other.
_AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)


class Sources:
    """Whom we follow."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, source: Source) -> Written:
        row = _row_of(source)
        with self._database.writing() as connection:
            known = _find(connection, source.id)
            _match_feeds(connection, source)
            if known == source:
                return "same"
            if known is None:
                connection.execute(insert(sources).values(row))
            else:
                connection.execute(update(sources).where(sources.c.id == source.id).values(row))
            changes.note(connection, "source", [(source.id, "written")])
            return "new" if known is None else "changed"

    def get(self, source_id: str) -> Source | None:
        with self._database.reading() as connection:
            return _find(connection, source_id)

    def all(self) -> tuple[Source, ...]:
        with self._database.reading() as connection:
            return tuple(_source_of(row) for row in connection.execute(select(sources).order_by(sources.c.id)))

    def remove(self, source_id: str) -> bool:
        with self._database.writing() as connection:
            gone = connection.execute(delete(sources).where(sources.c.id == source_id)).rowcount
            if not gone:
                return False
            connection.execute(delete(feeds).where(feeds.c.source_id == source_id))
            _stop_waiting(connection, source_id)
            changes.note(connection, "source", [(source_id, "removed")])
            return True

    def feeds(self, source_id: str | None = None) -> tuple[FeedState, ...]:
        statement = select(feeds).order_by(feeds.c.source_id, feeds.c.url)
        if source_id is not None:
            statement = statement.where(feeds.c.source_id == source_id)
        with self._database.reading() as connection:
            return tuple(_state_of(row) for row in connection.execute(statement))

    def due_feeds(self, now: datetime, limit: int) -> tuple[FeedState, ...]:
        statement = (
            select(feeds)
            .where(feeds.c.stopped.is_(False), feeds.c.next_poll_at <= now)
            .order_by(feeds.c.next_poll_at, feeds.c.source_id, feeds.c.url_key)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return tuple(_state_of(row) for row in connection.execute(statement))

    def next_due(self) -> datetime | None:
        with self._database.reading() as connection:
            next_poll_at: datetime | None = connection.scalar(
                select(func.min(feeds.c.next_poll_at)).where(feeds.c.stopped.is_(False))
            )
        return next_poll_at

    def save_feed(self, state: FeedState, *, url_before: str | None = None) -> None:
        row = _state_row(state)
        with self._database.writing() as connection:
            if url_before is not None and url_before != state.url:
                _move_feed(connection, state, url_before)
            connection.execute(
                update(feeds).where(feeds.c.source_id == state.source_id, feeds.c.url_key == row["url_key"]).values(row)
            )

    def counts(self) -> dict[str, SourceCounts]:
        with self._database.reading() as connection:
            return counts.by_source(connection)


def _find(connection: Connection, source_id: str) -> Source | None:
    row = connection.execute(select(sources).where(sources.c.id == source_id)).first()
    return None if row is None else _source_of(row)


def _match_feeds(connection: Connection, source: Source) -> None:
    """Keep the states of feeds that stay, forget those gone, make new ones due at once."""
    wanted = {url_key(url): url for url in source.feeds}
    known = set(connection.scalars(select(feeds.c.url_key).where(feeds.c.source_id == source.id)))
    for gone in known - wanted.keys():
        connection.execute(delete(feeds).where(feeds.c.source_id == source.id, feeds.c.url_key == gone))
    for new in wanted.keys() - known:
        state = FeedState(source_id=source.id, url=wanted[new], next_poll_at=_AT_ONCE)
        connection.execute(insert(feeds).values(_state_row(state)))


def _move_feed(connection: Connection, state: FeedState, url_before: str) -> None:
    """Let a feed's row and its source's list follow a permanent redirect; two feeds may become one."""
    new, old = url_key(state.url), url_key(url_before)
    of_source = feeds.c.source_id == state.source_id
    if connection.scalar(select(feeds.c.url_key).where(of_source, feeds.c.url_key == new)) is None:
        connection.execute(update(feeds).where(of_source, feeds.c.url_key == old).values(url_key=new, url=state.url))
    else:
        connection.execute(delete(feeds).where(of_source, feeds.c.url_key == old))
    source = _find(connection, state.source_id)
    if source is not None and url_before in source.feeds:
        moved = dict.fromkeys(state.url if url == url_before else url for url in source.feeds)
        connection.execute(update(sources).where(sources.c.id == source.id).values(feeds=list(moved)))
        changes.note(connection, "source", [(source.id, "written")])


def _stop_waiting(connection: Connection, source_id: str) -> None:
    """Forget the pages that were never read; those read before only lose their wish to be read again."""
    waiting = (entries.c.source_id == source_id, entries.c.waiting)
    never_read = connection.execute(delete(entries).where(*waiting, entries.c.settled_at.is_(None))).rowcount
    read_before = connection.execute(update(entries).where(*waiting).values(waiting=False)).rowcount
    counts.add(connection, "waiting", Counter({source_id: -(never_read + read_before)}))


def _row_of(source: Source) -> dict[str, Any]:
    key(source.id, "source id")
    check_zone(source.time_zone)
    row: dict[str, Any] = {field.name: getattr(source, field.name) for field in dataclasses.fields(source)}
    row["feeds"] = list(source.feeds)
    row["rules"] = [_rules_document(rules) for rules in source.rules]
    return row


def _source_of(row: Any) -> Source:
    values = dict(row._mapping)  # noqa: SLF001
    values["feeds"] = tuple(row.feeds)
    values["rules"] = tuple(_rules_of(document) for document in row.rules)
    return Source(**values)


def _rules_document(rules: PageRules) -> dict[str, Any]:
    document = dataclasses.asdict(rules)
    document["since"] = rules.since.isoformat() if rules.since else None
    return document


def _rules_of(document: dict[str, Any]) -> PageRules:
    since = document["since"]
    return PageRules(
        **{
            **document,
            "since": date.fromisoformat(since) if since else None,
            "remove": tuple(document["remove"]),
        }
    )


def _state_row(state: FeedState) -> dict[str, Any]:
    row = {name: getattr(state, name) for name in _STATE}
    return row | {
        "url_key": url_key(state.url),
        "skip_hours": list(state.skip_hours),
        "skip_days": list(state.skip_days),
    }


def _state_of(row: Any) -> FeedState:
    values = {name: getattr(row, name) for name in _STATE}
    values |= {"skip_hours": tuple(row.skip_hours), "skip_days": tuple(row.skip_days)}
    return FeedState(**values)
