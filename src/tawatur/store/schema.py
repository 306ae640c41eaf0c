"""
The schema's version: a database is brought to ours as it is opened, whole or not at all.

Migrations are Alembic revisions inside the package, numbered ``0001``, ``0002``…; every one runs in the same
transaction, under a lock that other processes wait for. A schema from a later Tawatur is refused.
"""

from __future__ import annotations

import threading

from sqlalchemy import Connection, inspect, text

from tawatur.errors import StoreError
from tawatur.store.engine import Database

#: The newest revision in ``migrations/versions``; a test compares. Known here, opening needs no Alembic.
NEWEST = "0006"

# Alembic keeps its context in module globals: one migration at a time in this process.
_alembic = threading.Lock()


def bring_up(database: Database) -> None:
    """Bring the schema to the newest version.

    Raises:
        StoreError: The schema is newer than this program, or the database refused.
    """
    with database.reading() as connection:
        found = version_of(connection)
    if found == NEWEST:
        return
    _refuse_newer(found, database)
    with _alembic, database.migrating() as connection:
        found = version_of(connection)  # another process may have been first
        _refuse_newer(found, database)
        if found != NEWEST:
            upgrade(connection)


def version_of(connection: Connection) -> str | None:
    """Tell the schema's version; None when there is none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if found is None else str(found)


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the missing migrations inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "tawatur.store:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _refuse_newer(found: str | None, database: Database) -> None:
    if found is not None and found > NEWEST:
        raise StoreError(
            f"{database.name} has schema {found}, written by a later tawatur; this one knows up to {NEWEST}: update it"
        )
