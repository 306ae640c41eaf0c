"""
A source as a TOML file: one file, one source, every field checked.

::

    id = "okaz"
    name = "عكاظ"
    home = "https://www.okaz.com.sa/"
    feeds = ["https://www.okaz.com.sa/rssFeed/1"]
    country = "SA"
    time_zone = "Asia/Riyadh"
    kind = "outlet"

    [[rules]]
    since = 2024-05-01
    body = "div.article-body"
    remove = ["div.related"]

Addresses are kept in canonical form. A file that does not hold is refused with its name, the field and what would do.
"""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
import zoneinfo
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args

from tawatur.errors import AddressError, ConfigError
from tawatur.model import PageRules, Source, SourceKind, canonical_url

__all__ = ["load_source", "source_to_toml"]

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_COUNTRY = re.compile(r"[A-Z]{2}")


def load_source(data: bytes | str, name: str) -> Source:
    """Read a source from TOML.

    Args:
        data: The file's content.
        name: What the file is called in errors.

    Raises:
        ConfigError: It is no TOML, a field is unknown or missing, or its value does not hold.
    """
    try:
        table = tomllib.loads(data if isinstance(data, str) else data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{name} is no TOML: {error}") from error
    _refuse_unknown(table, Source, name)
    for needed in ("id", "name", "home"):
        if needed not in table:
            raise ConfigError(f"{name} has no {needed}; a source needs id, name and home")
    try:
        return Source(**{field: _READERS[field](value, field) for field, value in table.items()})
    except _NotHeldError as error:
        raise ConfigError(f"{name}: {error}") from error


def source_to_toml(source: Source) -> str:
    """Write a source as TOML, the fields at their defaults left out; ``load_source`` reads it back the same."""
    lines = _lines(source, leave_out={"rules"})
    for rules in source.rules:
        lines += ["", "[[rules]]", *_lines(rules, leave_out=set())]
    return "\n".join(lines) + "\n"


class _NotHeldError(Exception):
    """A value that does not hold: the field, the value, and what would do."""


def _lines(record: Source | PageRules, *, leave_out: set[str]) -> list[str]:
    lines = []
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name in leave_out or value == field.default:
            continue
        lines.append(f"{field.name} = {_toml(value)}")
    return lines


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        inside = "".join(f"\n  {_toml(item)}," for item in value)
        return f"[{inside}\n]" if len(value) > 1 else f"[{', '.join(map(_toml, value))}]"
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _refuse_unknown(table: Mapping[str, Any], record: type, name: str) -> None:
    allowed = [field.name for field in dataclasses.fields(record)]
    unknown = sorted(set(table) - set(allowed))
    if unknown:
        raise ConfigError(f"{name}: unknown field {unknown[0]}; allowed: {', '.join(allowed)}")


def _text(value: Any, field: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _NotHeldError(f"{field} must be a text that is not empty, not {value!r}")
    return value.strip()


def _texts(value: Any, field: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _NotHeldError(f"{field} must be a list of texts, not {value!r}")
    return tuple(_text(item, field) for item in value)


def _matching(pattern: re.Pattern[str], example: str) -> Callable[[Any, str], str]:
    def read(value: Any, field: str) -> str:
        text = _text(value, field)
        if not pattern.fullmatch(text):
            raise _NotHeldError(f"{field} is {value!r}; write it as {example}")
        return text

    return read


def _address(value: Any, field: str) -> str:
    try:
        return canonical_url(_text(value, field))
    except AddressError as error:
        raise _NotHeldError(f"{field}: {error}; write https://…") from error


def _addresses(value: Any, field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_address(item, field) for item in _texts(value, field)))


def _zone(value: Any, field: str) -> str:
    name = _text(value, field)
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise _NotHeldError(f"{field} is {value!r}; write a zone of the tz database: Asia/Riyadh, UTC") from error
    return name


def _kind(value: Any, field: str) -> str:
    allowed = get_args(SourceKind)
    if value not in allowed:
        raise _NotHeldError(f"{field} is {value!r}; allowed: {', '.join(allowed)}")
    return str(value)


def _yes_or_no(value: Any, field: str) -> bool:
    if not isinstance(value, bool):
        raise _NotHeldError(f"{field} is {value!r}; allowed: true, false")
    return value


def _day(value: Any, field: str) -> date:
    if type(value) is not date:
        raise _NotHeldError(f"{field} is {value!r}; write a day: 2024-05-01")
    return value


def _rules(value: Any, field: str) -> tuple[PageRules, ...]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise _NotHeldError(f"{field} must be tables: [[rules]]")
    read = []
    for table in value:
        unknown = sorted(set(table) - set(_RULE_READERS))
        if unknown:
            raise _NotHeldError(f"{field} has an unknown field {unknown[0]}; allowed: {', '.join(_RULE_READERS)}")
        read.append(PageRules(**{name: _RULE_READERS[name](item, f"{field}.{name}") for name, item in table.items()}))
    return tuple(sorted(read, key=lambda rules: rules.since or date.min))


_RULE_READERS: Mapping[str, Callable[[Any, str], Any]] = {
    "since": _day,
    "body": _text,
    "remove": _texts,
    "published": _text,
    "stamps_zone": _zone,
}
_READERS: Mapping[str, Callable[[Any, str], Any]] = {
    "id": _matching(_ID, "small Latin letters, digits and hyphens: aljazeera"),
    "name": _text,
    "home": _address,
    "feeds": _addresses,
    "language": _matching(_LANGUAGE, "BCP 47: ar, ar-EG, en"),
    "country": _matching(_COUNTRY, "ISO 3166-1 alpha-2: SA"),
    "time_zone": _zone,
    "kind": _kind,
    "rules": _rules,
    "checked": _yes_or_no,
}
