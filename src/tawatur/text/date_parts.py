"""
Date parts: what the grammar finds in a line before it is resolved.

A part says one thing: a calendar day, a time of day, a zone, a weekday, a distance from now, a label. Its
``start`` and ``end`` are indexes of terms. Nothing here knows the present moment; ``date_resolve`` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from typing import Literal

from .date_tables import Calendar
from .date_tokens import Unit

__all__ = [
    "Ago",
    "CalendarDay",
    "Clock",
    "Label",
    "NamedDay",
    "Part",
    "Shift",
    "WeekdayName",
    "ZoneName",
]

#: last («الماضي»), this («الجاري»), next («المقبل»).
Shift = Literal[-1, 0, 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Where a part stands among the terms."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay(Part):
    """A day, a month or a year as written; what the line leaves out is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    calendar: Calendar = "gregorian"
    #: The other reading of a numeric date (month first, or year first), when it holds too.
    other: tuple[int, int, int] | None = None
    #: «سبتمبر الماضي», «من العام الماضي»: which month or year, counted from now.
    month_shift: Shift | None = None
    year_shift: Shift | None = None
    #: True when the line contradicts itself (31 فبراير، نيسان/مايو، 2023 هـ) or is half of a range: it names no day.
    impossible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Part):
    """A time of day on the 24-hour clock."""

    #: 24 means the midnight that ends the day.
    hour: int
    minute: int
    second: int | None = None
    #: True when hour and part of day contradict each other (14:30 ص), or cannot be (25:70), or midnight has no side.
    impossible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneName(Part):
    """A zone that was named; ``zone`` is None when the name is unknown or means several."""

    zone: tzinfo | None
    #: True for «بالتوقيت المحلي»: the line says only that it is the place's own time.
    local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekdayName(Part):
    """A day of the week, Monday 0."""

    weekday: int
    shift: Shift | None = None
    #: False for a name without its article, which may be a man's (خميس) or a number (اثنين).
    stands_alone: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDay(Part):
    """A day counted from today: «أمس» is -1."""

    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ago(Part):
    """A distance back from now, as written: counts of units, the largest first."""

    counts: tuple[tuple[Unit, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label(Part):
    """What the line says of the date after it."""

    kind: Literal["published", "updated", "other"]
