"""
The change feed: what was written, in the order of commits.

Numbers come from the one row of ``change_clock``, which its writer keeps locked until it commits. So no number can
become visible while a lower one is still on its way (a sequence would allow that: it hands numbers out in the order
of asking, and transactions commit in another). A thing keeps its newest change only: a follower needs no more, and
the feed is never longer than the archive.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from tawatur.errors import StoreError
from tawatur.store.engine import Database, insert
from tawatur.store.protocol import Change, ChangeKind, ChangeWhat
from tawatur.store.tables import change_clock, changes

_CURSOR = re.compile(r"([0-9a-f]{8})\.([0-9]{1,18})")


class Changes:
    """What was written since a cursor."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def since(self, cursor: str | None, limit: int) -> tuple[Change, ...]:
        with self._database.reading() as connection:
            clock = connection.execute(select(change_clock)).one()
            after = _read_cursor(cursor, clock)
            rows = connection.execute(
                select(changes).where(changes.c.tick > after).order_by(changes.c.tick).limit(limit)
            )
            return tuple(
                Change(cursor=f"{clock.store_id}.{row.tick}", kind=row.kind, what=row.what, id=row.id) for row in rows
            )


def note(connection: Connection, kind: ChangeKind, changed: Sequence[tuple[str, ChangeWhat]]) -> None:
    """Note changes of things, each at most once, as the newest of all."""
    if not changed:
        return
    last = connection.execute(
        update(change_clock).values(ticks=change_clock.c.ticks + len(changed)).returning(change_clock.c.ticks)
    ).scalar_one()
    first = last - len(changed) + 1
    statement = insert(connection, changes)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[changes.c.kind, changes.c.id],
            set_={"tick": statement.excluded.tick, "what": statement.excluded.what},
        ),
        [{"kind": kind, "id": id_, "what": what, "tick": first + place} for place, (id_, what) in enumerate(changed)],
    )


def _read_cursor(cursor: str | None, clock: Any) -> int:
    if cursor is None:
        return 0
    match = _CURSOR.fullmatch(cursor)
    if match is None or match[1] != clock.store_id or int(match[2]) > clock.ticks:
        raise StoreError(
            f"cursor {cursor[:40]!r} does not belong to this store as it is now (another store, or one restored from "
            "a copy): follow again from the beginning"
        )
    return int(match[2])
