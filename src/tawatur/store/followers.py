"""Where the followers of the change feed are that keep their work in the store."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from tawatur.store.engine import Database, insert
from tawatur.store.findings import Followed
from tawatur.store.tables import followers


class Followers:
    """Where followers are."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cursor(self, follower: str) -> str | None:
        with self._database.reading() as connection:
            return connection.scalar(select(followers.c.cursor).where(followers.c.name == follower))

    def move(self, followed: Followed) -> None:
        with self._database.writing() as connection:
            move(connection, followed)

    def forget(self, follower: str) -> None:
        with self._database.writing() as connection:
            connection.execute(delete(followers).where(followers.c.name == follower))


def move(connection: Connection, followed: Followed | None) -> None:
    """Keep how far a follower is, in the transaction of its work."""
    if followed is None:
        return
    statement = insert(connection, followers).values(name=followed.follower, cursor=followed.cursor)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"cursor": statement.excluded.cursor})
    )
