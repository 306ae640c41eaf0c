"""
Instants and days as they are kept, the same in every database.

An instant is microseconds since 1970 in UTC: it orders, indexes and subtracts alike everywhere, and no driver's time
zone touches it. A moment that a page stated is kept as text, so that a day stays a day (``2023-09-20``) and an
instant an instant (``2023-09-20T13:00:00Z``); its precision stands beside it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

from tawatur.errors import RecordError
from tawatur.model import write_moment

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)
_DAY_LENGTH = 10


def microseconds(instant: datetime) -> int:
    """Count the microseconds from 1970 to an instant.

    Raises:
        RecordError: The instant has no time zone.
    """
    if instant.tzinfo is None:
        raise RecordError(f"instant {instant.isoformat()} has no time zone; give it one")
    return (instant - _EPOCH) // _MICROSECOND


def instant_at(count: int) -> datetime:
    """Give the instant so many microseconds from 1970; one outside years 1 to 9999 becomes the nearest inside."""
    try:
        return _EPOCH + count * _MICROSECOND
    except OverflowError:
        return _FIRST if count < 0 else _LAST


def moment_text(moment: datetime | date | None) -> str | None:
    """Write an instant or a day, whole."""
    try:
        return write_moment(moment)
    except OverflowError as error:
        raise RecordError(f"instant {moment} lies outside the calendar in UTC") from error


def read_moment_text(text: str | None) -> datetime | date | None:
    """Read what ``moment_text`` wrote."""
    if text is None:
        return None
    return date.fromisoformat(text) if len(text) == _DAY_LENGTH else datetime.fromisoformat(text)


def shown_at(published: datetime | date | None, fetched: int, zone: str | None) -> int:
    """Give the time an article is shown under, in microseconds.

    A bare day counts as its noon in ``zone`` (UTC when there is none), which is nearest to all its hours; nothing is
    shown later than it was fetched, and what has no date is shown by its fetch.
    """
    if published is None:
        return fetched
    if not isinstance(published, datetime):
        published = datetime.combine(published, time(12), tzinfo=_zone(zone or "UTC"))
    return min(microseconds(published), fetched)


def check_zone(zone: str) -> None:
    """Refuse a name that is no IANA time zone.

    Raises:
        RecordError: It is none.
    """
    try:
        _zone(zone)
    except (ValueError, OSError, LookupError) as error:  # ZoneInfo gives all three, by the kind of nonsense
        raise RecordError(f"time zone {zone!r} is not known: write an IANA name such as Asia/Riyadh") from error


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


class Instant(TypeDecorator[datetime]):
    """An instant as microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else instant_at(value)


class Moment(TypeDecorator[date]):
    """An instant or a day, as the page stated it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:  # noqa: ARG002
        return read_moment_text(value)
