"""
Stamps: dates as machines write them into a page (ISO 8601, RFC 5322), with the zone as far as it is told.

Whether a stamp's zone can be believed is another matter: ``published.py`` holds it against the visible line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from tawatur.model import Precision

_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<mark>[-/.]?)(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"(?:(?:T|\s+|\s*[|,]\s*)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<half>[AaPp][Mm]\b)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?(?!\d)",
)
_EARLIEST_YEAR = 1990


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as written."""

    #: The clock and calendar as written, without a zone; a ``date`` when no time of day is written.
    wall: datetime | date
    #: The zone as written; None when none is.
    zone: tzinfo | None = None
    #: The smallest unit written, where that is not what the clock's digits show.
    unit: Precision | None = None

    @property
    def day(self) -> date:
        return self.wall.date() if isinstance(self.wall, datetime) else self.wall

    @property
    def clock(self) -> time | None:
        return self.wall.time() if isinstance(self.wall, datetime) else None

    @property
    def says_utc(self) -> bool:
        return self.zone is not None and self.zone.utcoffset(None) == timedelta(0)

    @property
    def precision(self) -> Precision:
        if self.unit is not None:
            return self.unit
        if not isinstance(self.wall, datetime):
            return "day"
        return "second" if self.wall.second else "minute"

    def at(self, zone: tzinfo) -> datetime:
        """Give the instant, the clock being that of ``zone``; midnight when no time is written."""
        wall = self.wall if isinstance(self.wall, datetime) else datetime.combine(self.wall, time())
        return wall.replace(tzinfo=zone).astimezone(UTC)


def read_stamp(text: str) -> Stamp | None:
    """Read a stamp; None for anything that is not written by a machine.

    >>> read_stamp("2020-06-03T03:01+0400").wall
    datetime.datetime(2020, 6, 3, 3, 1)
    >>> read_stamp("2020-11-09")
    Stamp(wall=datetime.date(2020, 11, 9), zone=None, unit=None)
    >>> read_stamp("الأربعاء، 07 أكتوبر 2020")
    """
    text = text.strip().strip("\"'")
    found = _ISO.match(text)
    if found is None:
        return _read_mail_date(text)
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        if day.year < _EARLIEST_YEAR:
            return None
        if found["hour"] is None:
            # Something else than a time after the day: not a stamp, perhaps a line to be read by the date grammar.
            return Stamp(day) if not text[found.end() :].strip() else None
        return Stamp(datetime.combine(day, _clock(found)), _zone(found["zone"]))
    except ValueError:
        return None


def _clock(found: re.Match[str]) -> time:
    hour = int(found["hour"])
    if half := found["half"]:
        hour = hour % 12 + (12 if half.lower() == "pm" else 0)
    return time(hour, int(found["minute"]), min(int(found["second"] or 0), 59))


def _zone(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    if text in ("Z", "UTC", "GMT"):
        return UTC
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(sign * offset) if offset <= timedelta(hours=14) else None


def _read_mail_date(text: str) -> Stamp | None:
    if not re.match(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} ", text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return Stamp(moment.replace(tzinfo=None), moment.tzinfo) if moment.year >= _EARLIEST_YEAR else None
