"""
Published pages that are looked at again: whether they stand, and which are gone.

A page is noted in the transaction that keeps its article. How often it is looked at is the pipeline's affair; a row is
let go after the last look, unless its page was withdrawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from tawatur.store.engine import Database, insert
from tawatur.store.finding_tables import placements, stories
from tawatur.store.pages import WatchedPage, Withdrawal
from tawatur.store.tables import watched


class Watches:
    """The pages that are watched."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def due(self, now: datetime, limit: int) -> tuple[WatchedPage, ...]:
        statement = (
            select(watched).where(watched.c.due_at <= now).order_by(watched.c.due_at, watched.c.article_id).limit(limit)
        )
        with self._database.reading() as connection:
            return tuple(
                WatchedPage(
                    article=row.article_id, url=row.url, source_id=row.source_id, looks=row.looks, misses=row.misses
                )
                for row in connection.execute(statement)
            )

    def stood(self, article_id: str, next_at: datetime | None) -> None:
        with self._database.writing() as connection:
            was_gone = connection.scalar(select(watched.c.withdrawn).where(watched.c.article_id == article_id))
            if next_at is None:
                forget(connection, article_id)
            else:
                _change(
                    connection,
                    article_id,
                    due_at=next_at,
                    looks=watched.c.looks + 1,
                    misses=0,
                    missed_at=None,
                    status=None,
                    withdrawn=False,
                )
            if was_gone:
                _tell_again(connection, article_id)

    def missed(
        self, article_id: str, status: int | None, now: datetime, next_at: datetime | None, *, is_gone: bool
    ) -> None:
        with self._database.writing() as connection:
            first = connection.scalar(select(watched.c.missed_at).where(watched.c.article_id == article_id))
            _change(
                connection,
                article_id,
                due_at=next_at,
                looks=watched.c.looks + int(is_gone),
                misses=watched.c.misses + 1,
                missed_at=first or now,
                status=status,
                withdrawn=is_gone,
            )
            if is_gone:
                _tell_again(connection, article_id)

    def postpone(self, article_id: str, next_at: datetime | None) -> None:
        with self._database.writing() as connection:
            if next_at is None:
                connection.execute(
                    delete(watched).where(watched.c.article_id == article_id, watched.c.withdrawn.is_(False))
                )
            _change(connection, article_id, due_at=next_at, looks=watched.c.looks + 1)

    def withdrawals(self, article_ids: Sequence[str]) -> dict[str, Withdrawal]:
        statement = select(watched).where(watched.c.article_id.in_(article_ids), watched.c.withdrawn)
        with self._database.reading() as connection:
            return {
                row.article_id: Withdrawal(missed_at=row.missed_at, status=row.status)
                for row in connection.execute(statement)
            }


def begin(connection: Connection, article_id: str, url: str, source_id: str | None, due_at: datetime) -> None:
    """Watch the page of a new article; one that is watched already is let be."""
    connection.execute(
        insert(connection, watched)
        .values(
            article_id=article_id,
            url=url,
            source_id=source_id,
            due_at=due_at,
            looks=0,
            misses=0,
            missed_at=None,
            status=None,
            withdrawn=False,
        )
        .on_conflict_do_nothing()
    )


def forget(connection: Connection, article_id: str) -> None:
    """Watch a page no more."""
    connection.execute(delete(watched).where(watched.c.article_id == article_id))


def _change(connection: Connection, article_id: str, **values: object) -> None:
    connection.execute(update(watched).where(watched.c.article_id == article_id).values(**values))


def _tell_again(connection: Connection, article_id: str) -> None:
    """Let the story of an article be told anew: it says which of its pages are gone."""
    touched = select(placements.c.story).where(placements.c.article_id == article_id)
    connection.execute(update(stories).where(stories.c.id.in_(touched)).values(told=False))
