"""
One follower a store: two would ask every source everything twice.

The lock belongs to something the operating system ends with the process, so ``kill -9`` leaves none behind. On
PostgreSQL that is a session with an advisory lock. On SQLite it is an exclusive transaction on an empty database
beside the store's own: unlike ``flock`` it works on every system, is not handed down to child processes, and holds
wherever SQLite's own locks do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from threading import Lock

from sqlalchemy import Connection, exc, text

from tawatur.errors import LedByAnother, StoreError
from tawatur.store.engine import Database
from tawatur.store.protocol import Lead

LOCK_FILE_ENDING = "-follower"

_LOCK = 8414777366  # any number of our own, the next after the migrations'
# A machine that lost its power says no farewell: the server asks after a minute of silence, and gives up in another.
# No server ends the session because it is idle; versions before 14 do not know the last setting.
_SESSION = """
SELECT set_config(name, value, false) FROM pg_settings JOIN (VALUES
    ('tcp_keepalives_idle', '60'), ('tcp_keepalives_interval', '10'), ('tcp_keepalives_count', '6'),
    ('idle_session_timeout', '0')) AS wanted (name, value) USING (name)
"""


@contextmanager
def leading(database: Database) -> Iterator[Lead]:
    """Lead a store while the block lasts; see ``protocol.Store.lead``."""
    with closing(_FileLead(database) if database.is_sqlite else _SessionLead(database)) as lead:
        yield lead


class _FileLead:
    """Leading by an exclusive transaction on a file of its own; nothing but the end of the process takes it away."""

    def __init__(self, database: Database) -> None:
        path = database.path.resolve()  # one store, by whatever link it was named
        lock = path.with_name(path.name + LOCK_FILE_ENDING)
        try:
            self._connection = sqlite3.connect(lock, timeout=0, isolation_level=None, check_same_thread=False)
        except sqlite3.Error as error:
            raise StoreError(f"could not lock {lock}: {error}") from error
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            self._connection.close()
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise _led_by_another(database) from None
            raise StoreError(f"could not lock {lock}: {error}") from error

    def check(self) -> None:
        """Nothing can have happened."""

    def close(self) -> None:
        self._connection.close()


class _SessionLead:
    """Leading by a session of the server; it takes the lead anew when the session was lost and nobody else has it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._one_at_a_time = Lock()
        self._connection = self._take()

    def check(self) -> None:
        with self._one_at_a_time:
            try:
                self._connection.execute(text("SELECT 1"))
            except exc.SQLAlchemyError:
                self._connection.close()
                self._connection = self._take()

    def close(self) -> None:
        # The server ends a session when it comes to it: who leads next must not have to wait for that.
        with self._one_at_a_time, closing(self._connection), suppress(exc.SQLAlchemyError):
            self._connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": _LOCK})

    def _take(self) -> Connection:
        with self._database.told("lock"):
            connection = self._database.connection_apart()
            try:
                connection.execute(text(_SESSION))
                taken = connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _LOCK})
            except BaseException:
                connection.close()
                raise
        if not taken:
            connection.close()
            raise _led_by_another(self._database)
        return connection


def _led_by_another(database: Database) -> LedByAnother:
    return LedByAnother(f"another `tawatur run` already follows {database.name}: stop it first")
