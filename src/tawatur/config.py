"""
Configuration: where a home is, which database, and the options each part declares.

A setting is looked for on the command line, then in the environment, then in a TOML file (``--config``,
``TAWATUR_CONFIG`` or ``tawatur.toml`` in the home), and falls back on its default. Three settings have names of their
own: ``home``, ``database`` and ``listen`` (``TAWATUR_HOME``, ``TAWATUR_DATABASE``, ``TAWATUR_LISTEN``). Every other one
belongs to a part, which declares it as a field of its options record::

    database = "postgresql://desk@db/news"

    [fetch]
    contact = "https://news.example.org/about"

and may stand in the environment as ``TAWATUR_FETCH_CONTACT``. Two homes share nothing: all that Tawatur writes lies
in the home or in the database named by it.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from tawatur.errors import ConfigError

__all__ = ["SECTIONS", "Settings", "default_home", "load_settings", "without_password"]

Options = TypeVar("Options")

#: The parts that declare options, and what their options are about.
SECTIONS: Mapping[str, str] = {
    "fetch": "how the network is used",
    "follow": "when feeds are polled",
    "reading": "how pages become articles",
    "site": "how the site presents itself",
    "log": "what is logged, and how",
}
_OWN = ("home", "database", "listen")
_FILE_NAME = "tawatur.toml"
_DATABASE = "tawatur.db"
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of one home, as read; a part's options are checked when it asks for them."""

    home: Path
    #: A database URL; it may hold a password: show ``without_password(database)``.
    database: str = field(repr=False)
    #: Host and port of the site; None: as the site's own options say.
    listen: str | None = None
    #: The file that was read; None when there is none.
    file: Path | None = None
    #: Options by section and name, as given: a text from the environment, any TOML value from the file.
    given: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False)

    def options(self, section: str, declared: type[Options], **defaults: Any) -> Options:
        """Make the options record of a part; what is set comes before ``defaults``.

        Raises:
            ConfigError: A setting is unknown or has the wrong form; it is named.
        """
        kinds = typing.get_type_hints(declared)
        names = [each.name for each in dataclasses.fields(declared)]  # type: ignore[arg-type]
        values = dict(defaults)
        for name, value in self.given.get(section, {}).items():
            if name not in names:
                raise ConfigError(f"there is no setting {section}.{name}; there are: {', '.join(sorted(names))}")
            values[name] = _as_kind(value, kinds[name], f"{section}.{name}")
        return declared(**values)

    def make_home(self) -> Path:
        """Give the home folder, made when it is not there.

        Raises:
            ConfigError: It cannot be made.
        """
        try:
            self.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"the home {self.home} cannot be made: {error.strerror}; set TAWATUR_HOME") from error
        return self.home


def load_settings(
    *,
    home: str | Path | None = None,
    config: str | Path | None = None,
    listen: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Read the settings; arguments come before the environment, and that before the file.

    Raises:
        ConfigError: A file cannot be read, or holds a setting that does not exist.
    """
    environment = os.environ if environment is None else environment
    home = home or environment.get("TAWATUR_HOME")
    config = config or environment.get("TAWATUR_CONFIG")
    file = Path(config).expanduser() if config else _file_in(home or default_home(environment))
    written = _read_file(file) if file else {}
    own = {name: _own_setting(written, name, file) for name in _OWN}
    place = Path(home or own["home"] or default_home(environment)).expanduser().absolute()
    return Settings(
        home=place,
        database=environment.get("TAWATUR_DATABASE") or own["database"] or f"sqlite:///{quote(str(place / _DATABASE))}",
        listen=listen or environment.get("TAWATUR_LISTEN") or own["listen"],
        file=file,
        given=_merged(_sections(written, file), _from_environment(environment)),
    )


def default_home(environment: Mapping[str, str]) -> Path:
    """Give the folder where programs of this user keep their data (XDG Base Directory Specification)."""
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/tawatur")
    base = environment.get("LOCALAPPDATA") if sys.platform == "win32" else environment.get("XDG_DATA_HOME")
    return Path(base or "~/.local/share") / "tawatur"


def without_password(database: str) -> str:
    """Give a database URL that can be shown.

    >>> without_password("postgresql://desk:secret@db:5432/news?sslpassword=x")
    'postgresql://desk:***@db:5432/news'
    """
    parts = urlsplit(database)
    user, at, host = parts.netloc.rpartition("@")
    name, colon, _ = user.partition(":")
    return parts._replace(netloc=f"{name}{':***' if colon else ''}{at}{host}", query="", fragment="").geturl()


def _file_in(home: str | Path) -> Path | None:
    file = Path(home).expanduser() / _FILE_NAME
    return file if file.is_file() else None


def _read_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"the configuration {file} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"the configuration {file} is no TOML: {error}") from error


def _own_setting(written: dict[str, Any], name: str, file: Path | None) -> str | None:
    """Take ``home`` or ``TAWATUR_HOME`` out of what a file holds: both spellings are understood."""
    values = [written.pop(key) for key in (name, f"TAWATUR_{name.upper()}") if key in written]
    if values and not isinstance(values[0], str):
        raise ConfigError(f"{name} in {file} must be a text, not {values[0]!r}")
    return values[0] if values else None


def _sections(written: Mapping[str, Any], file: Path | None) -> dict[str, dict[str, Any]]:
    for name, table in written.items():
        if name not in SECTIONS:
            known = ", ".join([*_OWN, *(f"[{section}]" for section in SECTIONS)])
            raise ConfigError(f"{file} sets {name}, which does not exist; there are: {known}")
        if not isinstance(table, dict):
            raise ConfigError(f"{name} in {file} is a part: write [{name}] and its settings below")
    return dict(written)


def _from_environment(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for variable, value in environment.items():
        for section in SECTIONS:
            beginning = f"TAWATUR_{section.upper()}_"
            if variable.startswith(beginning):
                found.setdefault(section, {})[variable.removeprefix(beginning).lower()] = value
    return found


def _merged(first: Mapping[str, Mapping[str, Any]], over: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {section: {**first.get(section, {}), **over.get(section, {})} for section in {*first, *over}}


def _as_kind(value: Any, kind: Any, name: str) -> Any:
    """Give a value in the form its option declares; a text from the environment is read.

    >>> _as_kind("press=127.0.0.0/8, desk=10.0.0.0/8", tuple[str, ...], "fetch.allowed_networks")
    ('press=127.0.0.0/8', 'desk=10.0.0.0/8')
    """
    allowed = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    if isinstance(value, str) and value == "" and type(None) in allowed:
        return None
    for each in allowed:
        found = _fitting(value, each)
        if found is not None:
            return found
    raise ConfigError(f"{name} must be {_described(allowed)}, not {value!r}")


def _fitting(value: Any, kind: Any) -> Any:
    """The value as one kind; None when it does not fit."""
    origin = typing.get_origin(kind)
    if origin is typing.Literal:
        return value if value in typing.get_args(kind) else None
    if origin is tuple:
        items = value.split(",") if isinstance(value, str) else value
        fits = isinstance(items, list) and all(isinstance(item, str) for item in items)
        return tuple(item.strip() for item in items if item.strip()) if fits else None
    if kind is bool:
        return _truth(value)
    if kind in (int, float):
        return _number(value, kind)
    return value if kind is str and isinstance(value, str) else None


def _truth(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    word = value.lower() if isinstance(value, str) else ""
    return True if word in _TRUE else False if word in _FALSE else None


def _number(value: Any, kind: type[int] | type[float]) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        try:
            return kind(value)
        except ValueError:
            return None
    return value if isinstance(value, int if kind is int else (int, float)) else None


def _described(kinds: tuple[Any, ...]) -> str:
    names = {str: "a text", int: "a whole number", float: "a number", bool: "true or false", type(None): "left out"}
    return " or ".join(
        f"one of {', '.join(map(str, typing.get_args(kind)))}"
        if typing.get_origin(kind) is typing.Literal
        else names.get(kind, "a list of texts")
        for kind in kinds
    )
