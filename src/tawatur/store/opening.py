"""Opening a store: the address read, the schema brought up, one object that holds all parts."""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import TracebackType

from sqlalchemy import select, text

from tawatur.errors import StoreError
from tawatur.store.addresses import read_address
from tawatur.store.analyses import Analyses
from tawatur.store.articles import Articles
from tawatur.store.captures import Captures
from tawatur.store.changes import Changes
from tawatur.store.engine import Database
from tawatur.store.entries import Entries
from tawatur.store.followers import Followers
from tawatur.store.images import Images
from tawatur.store.lead import leading
from tawatur.store.names import Names
from tawatur.store.protocol import Lead, Store
from tawatur.store.schema import bring_up
from tawatur.store.sources import Sources
from tawatur.store.stories import Stories
from tawatur.store.tables import change_clock
from tawatur.store.watching import Watches


class DatabaseStore:
    """A store in a database; see ``protocol.Store``. Close it, or use it in ``with``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.sources = Sources(database)
        self.entries = Entries(database)
        self.articles = Articles(database)
        self.captures = Captures(database)
        self.images = Images(database)
        self.changes = Changes(database)
        self.followers = Followers(database)
        self.analyses = Analyses(database)
        self.names = Names(database)
        self.stories = Stories(database)
        self.watches = Watches(database)

    def __repr__(self) -> str:
        return f"<store {self._database.name}>"

    def check(self) -> None:
        with self._database.reading() as connection:
            connection.execute(select(change_clock)).one()

    def lead(self) -> AbstractContextManager[Lead]:
        return leading(self._database)

    def size(self) -> int:
        return self._database.size()

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def open_store(url: str) -> Store:
    """Open the store at a database address, making or upgrading its schema.

    ``sqlite:///path/to/file`` (four slashes before an absolute path; the folder must be there) or
    ``postgresql://user:password@host/database`` (the database must be there, in UTF-8). Several processes may open
    one store at the same time.

    Raises:
        ConfigError: The address is not understood, or its driver is not installed.
        StoreError: The database cannot be reached or written, is damaged, or has a schema of a later Tawatur.
    """
    database = Database(read_address(url))
    try:
        _check_encoding(database)
        bring_up(database)
    except BaseException:
        database.close()
        raise
    return DatabaseStore(database)


def _check_encoding(database: Database) -> None:
    if database.is_sqlite:
        return
    with database.reading() as connection:
        encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise StoreError(f"{database.name} is encoded in {encoding}: create it with ENCODING 'UTF8'")
