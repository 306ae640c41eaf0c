"""Database addresses: which are understood, and how they are named without their secrets."""

from __future__ import annotations

from importlib.util import find_spec

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from tawatur.errors import ConfigError

_POSTGRESQL = {"postgresql", "postgres", "postgresql+psycopg"}
_FORMS = "write sqlite:///path/to/file or postgresql://user:password@host/database"


def read_address(url: str) -> URL:
    """Read a database address.

    Raises:
        ConfigError: It is none that is understood, or its driver is not installed. No message holds a password.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise ConfigError(f"TAWATUR_DATABASE is no database address: {_FORMS}") from None
    if address.drivername == "sqlite":
        return _sqlite(address)
    if address.drivername in _POSTGRESQL:
        return _postgresql(address)
    raise ConfigError(f"TAWATUR_DATABASE names the database {address.drivername!r}, which is not supported: {_FORMS}")


def _sqlite(address: URL) -> URL:
    if not address.database or address.database == ":memory:":
        raise ConfigError("TAWATUR_DATABASE names no file: a store in memory would not be kept; write sqlite:///path")
    if address.host or address.username or address.password:
        raise ConfigError(
            "TAWATUR_DATABASE names a host for SQLite: an absolute path takes four slashes, sqlite:////path"
        )
    return address


def _postgresql(address: URL) -> URL:
    if find_spec("psycopg") is None:
        raise ConfigError("PostgreSQL needs a driver that is not installed: pip install 'tawatur[postgresql]'")
    return address.set(drivername="postgresql+psycopg")


def name_of(address: URL) -> str:
    """Name a database for messages: neither password nor options.

    >>> name_of(make_url("postgresql+psycopg://desk:secret@db:5432/news?sslpassword=x"))
    'postgresql://desk@db:5432/news'
    """
    bare = URL.create(
        address.get_backend_name(),
        username=address.username,
        host=address.host,
        port=address.port,
        database=address.database,
    )
    return bare.render_as_string(hide_password=True)


def without_secrets(message: str, address: URL) -> str:
    """Take the secrets of an address out of a message, as written and as decoded."""
    secrets = [address.password or ""]
    for name, value in address.query.items():
        if "pass" in name:
            secrets.extend([value] if isinstance(value, str) else value)
    for secret in filter(None, secrets):
        message = message.replace(secret, "***")
    return message
