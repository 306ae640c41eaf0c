"""Records as JSON, the same in the command line, the API and the store.

An instant is written in RFC 3339 with ``Z``. A day is written bare (``2023-09-20``), a month as ``2023-09``, a year
as ``2023``: a precision that the page did not give is never written.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, get_args

from tawatur.errors import RecordError
from tawatur.model.article import (
    Article,
    Credit,
    Direction,
    Flag,
    FoundIn,
    LiveUpdate,
    Precision,
    ReadAlso,
    article_id,
)

_DAY_LENGTH = {"year": 4, "month": 7}


def write_moment(moment: datetime | date | None, precision: Precision | None = None) -> str | None:
    """Write an instant or a day.

    >>> write_moment(datetime(2023, 9, 20, 13, 0, tzinfo=UTC), "minute")
    '2023-09-20T13:00:00Z'
    >>> write_moment(date(2023, 9, 1), "month")
    '2023-09'
    """
    if moment is None:
        return None
    if isinstance(moment, datetime):
        if moment.tzinfo is None:
            raise RecordError(f"instant {moment.isoformat()} has no time zone; give it one")
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return moment.isoformat()[: _DAY_LENGTH.get(precision or "day", 10)]


def read_moment(text: str | None) -> tuple[datetime | date | None, Precision | None]:
    """Read what ``write_moment`` wrote, or any RFC 3339 date-time or bare day, month or year.

    An instant without a zone is refused: it could be any of 26 hours.

    Raises:
        RecordError: The text is none of these.

    >>> read_moment("2023-09")
    (datetime.date(2023, 9, 1), 'month')
    """
    if text is None or text == "":
        return None, None
    try:
        if len(text) == 4 and text.isascii() and text.isdigit():
            return date(int(text), 1, 1), "year"
        if len(text) == 7:
            return date.fromisoformat(f"{text}-01"), "month"
        if len(text) == 10:
            return date.fromisoformat(text), "day"
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise RecordError(f"{text!r} is no RFC 3339 date-time and no day: write 2023-09-20T13:00:00Z") from error
    if instant.tzinfo is None:
        raise RecordError(f"date-time {text!r} has no zone: write 2023-09-20T13:00:00Z or +03:00")
    return instant.astimezone(UTC), "second"


def as_json(record: Any) -> Any:
    """Turn a record into what ``json.dumps`` takes: field names kept, tuples as lists, instants as text."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        precision = getattr(record, "precision", None)
        return {
            field.name: write_moment(value, precision if field.name == "published" else None)
            if isinstance(value := getattr(record, field.name), (date, datetime))
            else as_json(value)
            for field in dataclasses.fields(record)
        }
    if isinstance(record, (date, datetime)):
        return write_moment(record)
    if isinstance(record, Mapping):
        return {str(key): as_json(value) for key, value in record.items()}
    if isinstance(record, (tuple, list)):
        return [as_json(value) for value in record]
    if isinstance(record, (set, frozenset)):
        return sorted(as_json(value) for value in record)
    return record


def article_from_json(record: Mapping[str, Any]) -> Article:
    """Read an article from a JSON object; missing fields are fine, unknown ones are left alone.

    An object without ``id`` gets the one of its ``url``, which is taken as canonical.

    Raises:
        RecordError: A field has the wrong form, or there is neither ``id`` nor ``url``.
    """
    url = _text(record, "url")
    identifier = record.get("id")
    if identifier is None or identifier == "":
        if url is None:
            raise RecordError("an article needs an id or a url")
        identifier = article_id(url)
    published, precision = _moment(record, "published")
    stated = _one_of(record, "precision", Precision)
    credit = record.get("credit")
    return Article(
        id=str(identifier),
        url=url,
        source=_text(record, "source"),
        title=_text(record, "title"),
        abstract=_text(record, "abstract"),
        published=published,
        precision=stated if stated and published is not None else precision,
        found_in=_one_of(record, "found_in", FoundIn) or ("record" if published is not None else None),
        modified=_moment(record, "modified")[0],
        authors=_texts(record, "authors"),
        dateline=_text(record, "dateline"),
        body=_text(record, "body") or "",
        language=_text(record, "language"),
        direction=_one_of(record, "direction", Direction) or "rtl",
        image=_text(record, "image"),
        section=_text(record, "section"),
        tags=_texts(record, "tags"),
        credit=Credit(name=_needed(credit, "name", "credit"), url=_text(credit, "url")) if credit else None,
        read_also=tuple(
            ReadAlso(title=_needed(item, "title", "read_also"), url=_text(item, "url"))
            for item in _list(record, "read_also")
        ),
        updates=tuple(_update(item) for item in _list(record, "updates")),
        flags=tuple(flag for flag in _texts(record, "flags") if flag in get_args(Flag)),  # type: ignore[misc]
        fetched=_instant(record, "fetched"),
    )


def _update(item: Mapping[str, Any]) -> LiveUpdate:
    published, precision = _moment(item, "published")
    return LiveUpdate(
        title=_text(item, "title"),
        body=_text(item, "body") or "",
        published=published,
        precision=_one_of(item, "precision", Precision) or precision,
    )


def _moment(record: Mapping[str, Any], name: str) -> tuple[datetime | date | None, Precision | None]:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise RecordError(f"{name} must be a text such as 2023-09-20T13:00:00Z, not {value!r}")
    return read_moment(value)


def _instant(record: Mapping[str, Any], name: str) -> datetime | None:
    moment = _moment(record, name)[0]
    return moment if isinstance(moment, datetime) else None


def _text(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is None or isinstance(value, str):
        return value
    raise RecordError(f"{name} must be a text, not {type(value).__name__}")


def _needed(record: Any, name: str, where: str) -> str:
    value = _text(record, name) if isinstance(record, Mapping) else None
    if not value:
        raise RecordError(f"{where} must be an object with a {name}, not {record!r}")
    return value


def _list(record: Mapping[str, Any], name: str) -> list[Any]:
    value = record.get(name) or []
    if not isinstance(value, (list, tuple)):
        raise RecordError(f"{name} must be a list, not {type(value).__name__}")
    return list(value)


def _texts(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = _list(record, name)
    if not all(isinstance(value, str) for value in values):
        raise RecordError(f"{name} must be a list of texts")
    return tuple(values)


def _one_of(record: Mapping[str, Any], name: str, literal: Any) -> Any:
    value = _text(record, name)
    if value is not None and value not in get_args(literal):
        raise RecordError(f"{name} must be one of {', '.join(get_args(literal))}, not {value!r}")
    return value
