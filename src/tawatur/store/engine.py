"""
A database, and the two ways to use it: reading and writing. What differs between SQLite and PostgreSQL is here
and in ``lead.py``.

One writer at a time on both. On SQLite a writer begins with BEGIN IMMEDIATE, which waits for the one before; on
PostgreSQL it begins by locking the one row of ``change_clock``. So nobody is told "deadlock" or "database is locked"
half-way, what a writer reads holds until its commit, and change numbers come out in the order of commits
(``docs/store.md`` says what that costs). Readers see one moment of the database and never wait for a writer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, exc, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL

from tawatur.errors import StoreError, TawaturError
from tawatur.store.addresses import name_of, without_secrets
from tawatur.store.tables import change_clock

# Longer than the longest write (an ingest of some 10,000 articles takes seconds).
SECONDS_TO_WAIT_FOR_THE_WRITER = 60
SECONDS_TO_CONNECT = 10
# The threads of one process that use the store at once; PostgreSQL takes 100 connections by default.
CONNECTIONS_KEPT = 8
CONNECTIONS_MAX = 32

_WRITER = "tawatur_writer"


class Database:
    """A database in use; safe for many threads."""

    def __init__(self, address: URL) -> None:
        self.name = name_of(address)
        self._address = address
        self._engine = _sqlite_engine(address) if self.is_sqlite else _postgresql_engine(address)
        self._writer = self._engine.execution_options(**{_WRITER: True})

    def __repr__(self) -> str:
        return f"Database({self.name!r})"

    @property
    def is_sqlite(self) -> bool:
        return self._address.get_backend_name() == "sqlite"

    @property
    def path(self) -> Path:
        """The file of an SQLite database."""
        return _path_of(self._address)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read one moment of the database."""
        options: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.told("read"), self._engine.connect().execution_options(**options) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write, alone; what was written is kept when the block ends well, and nothing of it otherwise."""
        with self.told("write"), self._writer.begin() as connection:
            connection.execute(select(change_clock.c.ticks).with_for_update())
            yield connection

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """Change the schema, alone among all processes."""
        with self.told("migrate"), self._writer.begin() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(8414777365)")  # any number of our own
            yield connection

    def connection_apart(self) -> Connection:
        """Give a connection outside transactions and the pool: what hangs on it ends with it. The caller closes it."""
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()
        return connection

    def size(self) -> int:
        if self.is_sqlite:
            files = (self.path, self.path.with_name(f"{self.path.name}-wal"))
            return sum(file.stat().st_size for file in files if file.exists())
        with self.reading() as connection:
            return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def told(self, doing: str) -> Iterator[None]:
        """Say database errors in our own way: no statement, no values, no password."""
        try:
            yield
        except exc.StatementError as error:
            if isinstance(error.orig, TawaturError):  # a value of ours was refused before it reached the database
                raise error.orig from None
            raise StoreError(f"could not {doing} {self.name}: {self._reason(error.orig)}") from error
        except exc.SQLAlchemyError as error:
            raise StoreError(f"could not {doing} {self.name}: {self._reason(error)}") from error

    def _reason(self, error: BaseException | None) -> str:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        reason = without_secrets(lines[0].rstrip("."), self._address)
        return _SQLITE_REASONS.get(reason, reason)


_SQLITE_REASONS = {
    "unable to open database file": "the file cannot be opened; see that its folder exists and may be written",
    "attempt to write a readonly database": "the file may not be written",
    "file is not a database": "the file is no SQLite database, or is damaged",
    "database disk image is malformed": "the file is damaged; restore it, or dump it with `sqlite3 FILE .recover`",
    "database is locked": f"another writer held it for {SECONDS_TO_WAIT_FOR_THE_WRITER} s",
}


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an INSERT that may meet a row already there: both databases speak ON CONFLICT alike."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def _sqlite_engine(address: URL) -> Engine:
    engine = create_engine(
        address.set(database=str(_path_of(address))),
        connect_args={"timeout": SECONDS_TO_WAIT_FOR_THE_WRITER, "check_same_thread": False},
        hide_parameters=True,
        pool_size=CONNECTIONS_KEPT,
        max_overflow=CONNECTIONS_MAX - CONNECTIONS_KEPT,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _path_of(address: URL) -> Path:
    return Path(address.database or "").expanduser()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by us, the driver's own way cannot say IMMEDIATE
    cursor = connection.cursor()
    for pragma in (
        # Readers go on while one writes.
        "journal_mode = WAL",
        # The log reaches the disk before a commit is answered. NORMAL would survive a kill, but a power cut could
        # take back commits that a follower of the change feed has already seen, and their numbers be given again.
        "synchronous = FULL",
        "foreign_keys = ON",
        # Negative: KiB. 16 MiB a connection keep the upper index pages of 100,000 articles.
        "cache_size = -16384",
        "temp_store = MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writer = connection.get_execution_options().get(_WRITER, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")


def _postgresql_engine(address: URL) -> Engine:
    wait = f"-c lock_timeout={SECONDS_TO_WAIT_FOR_THE_WRITER}s -c timezone=UTC"
    query = dict(address.query)
    given = query.pop("options", "")
    options = given if isinstance(given, str) else " ".join(given)
    return create_engine(
        address.set(query=query),
        connect_args={
            "connect_timeout": SECONDS_TO_CONNECT,
            "application_name": "tawatur",
            "client_encoding": "utf8",
            "options": f"{wait} {options}".strip(),
        },
        hide_parameters=True,
        pool_size=CONNECTIONS_KEPT,
        max_overflow=CONNECTIONS_MAX - CONNECTIONS_KEPT,
        pool_pre_ping=True,  # a server that was restarted costs a new connection, not an error
    )
