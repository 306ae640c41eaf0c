"""
Resolving: from what a line says to an instant or a day, against the moment it was read.

Nothing is made up: a time whose zone cannot be placed leaves the day alone, a line that contradicts itself
names no day, and what only a present moment can settle stays open when none is given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal

from hijridate import Gregorian, Hijri

from .date_parts import CalendarDay, Clock, Shift
from .date_statements import Statement

__all__ = ["Moment", "Now", "Precision", "resolve"]

Precision = Literal["second", "minute", "day", "month", "year"]

# A calendar line may differ by a day from the Umm al-Qura tables: months began on the sighting of the moon.
HIJRI_TOLERANCE = timedelta(days=1)

# A line of two-digit years whose other order falls this near is in doubt.
RECENT = timedelta(days=366)

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Now:
    """What a line is read against."""

    #: Aware; None when unknown.
    base: datetime | None
    zone: tzinfo
    day_first: bool = True
    #: Which year a day without one belongs to: the last one that was ("past"), or the one nearest to now.
    yearless: Literal["past", "nearest"] = "past"

    def moment(self, zone: tzinfo) -> datetime | None:
        """The present in a zone; None when unknown, or so far off that it has none there."""
        if self.base is None:
            return None
        try:
            return self.base.astimezone(zone)
        except (OverflowError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Moment:
    """A resolved statement."""

    #: An aware datetime, or the day (the first day of a month or year).
    instant: datetime | date
    precision: Precision
    zone_stated: bool
    notes: tuple[str, ...]


def resolve(statement: Statement, now: Now) -> Moment | None:
    """Resolve a statement; None when it names no day for certain."""
    stated = statement.zone.zone if statement.zone is not None else None
    zone = stated or now.zone
    notes: list[str] = []
    try:
        found = _day_of(statement, now, now.moment(zone), notes)
        if found is None:
            return None
        if isinstance(found[0], datetime):
            return Moment(found[0], found[1], stated is not None, tuple(notes))
        return _with_clock(statement, found[0], found[1], zone, notes)
    except (OverflowError, ValueError):
        return None  # beyond the years a calendar holds


def _with_clock(statement: Statement, day: date, precision: Precision, zone: tzinfo, notes: list[str]) -> Moment:
    clock = statement.clock
    named = statement.zone
    placed = named is None or named.local or named.zone is not None
    stated = named is not None and named.zone is not None
    if clock is None or precision != "day":
        return Moment(day, precision, stated, tuple(notes))
    if clock.impossible or not placed:
        notes.append("clock-unclear" if clock.impossible else "zone-unclear")
        return Moment(day, precision, stated, tuple(notes))
    return Moment(_at(day, clock, zone), "minute" if clock.second is None else "second", stated, tuple(notes))


def _at(day: date, clock: Clock, zone: tzinfo) -> datetime:
    if clock.hour == 24:
        day, clock = day + timedelta(days=1), replace(clock, hour=0)
    return datetime(day.year, day.month, day.day, clock.hour, clock.minute, clock.second or 0, tzinfo=zone)


def _day_of(statement: Statement, now: Now, moment: datetime | None, notes: list[str]) -> tuple[date, Precision] | None:
    if statement.day is not None:
        return _calendar_day(statement, now, moment, notes)
    if moment is None:
        return None
    if statement.ago is not None:
        return _ago(statement.ago.counts, moment)
    if statement.named_day is not None:
        day = moment.date() + timedelta(days=statement.named_day.days)
        _check_weekday(statement, day, notes)
        return day, "day"
    return _last_weekday(statement, now, moment)


# --- calendar days --------------------------------------------------------------------------------


def _calendar_day(
    statement: Statement, now: Now, moment: datetime | None, notes: list[str]
) -> tuple[date, Precision] | None:
    parts = [part for part in (statement.day, statement.twin) if part is not None]
    if any(part.impossible for part in parts):
        return None
    parts.sort(key=lambda part: part.calendar == "hijri")
    first = _one_day(parts[0], statement, now, moment, notes)
    if first is None:
        return None
    if len(parts) == 2 and first[1] == "day" and parts[1].year is not None:
        second = _one_day(parts[1], statement, now, moment, [])
        if second is not None and abs(second[0] - first[0]) > HIJRI_TOLERANCE:
            notes.append("calendars-disagree")
    if first[1] == "day":
        agrees = _check_weekday(statement, first[0], notes)
        if not agrees and "year-from-base" in notes:
            return None  # the weekday is evidence that it was another year
    return first


def _one_day(
    part: CalendarDay, statement: Statement, now: Now, moment: datetime | None, notes: list[str]
) -> tuple[date, Precision] | None:
    if part.year is None:
        return _without_year(part, now, moment, notes)
    if part.calendar == "hijri":
        return _hijri_day(part.year, part.month, part.day)
    if part.month is None:
        return date(part.year, 1, 1), "year"
    if part.day is None:
        return date(part.year, part.month, 1), "month"
    if part.other is not None:
        readings = (date(part.year, part.month, part.day), date(*part.other))
        likelier = _likelier(readings, statement, now, notes)
        return (likelier, "day") if not _is_recent_beside(likelier, readings, moment) else None
    return date(part.year, part.month, part.day), "day"


def _likelier(readings: tuple[date, date], statement: Statement, now: Now, notes: list[str]) -> date:
    """Choose between day first and month first: by the weekday when it decides, else by the convention."""
    usual, unusual = readings if now.day_first else readings[::-1]
    weekday = statement.weekday.weekday if statement.weekday is not None else None
    if usual.weekday() != weekday == unusual.weekday():
        notes.append("order-from-weekday")
        return unusual
    notes.append("order-by-convention")
    return usual


def _is_recent_beside(chosen: date, readings: tuple[date, date], moment: datetime | None) -> bool:
    """Tell whether ``23-09-05`` is of another decade day first and of these months year first: then nothing decides."""
    other = readings[1] if chosen == readings[0] else readings[0]
    if moment is None or other.year == chosen.year:
        return False
    today = moment.date()
    return abs(other - today) < RECENT < abs(chosen - today)


def _hijri_day(year: int, month: int | None, day: int | None) -> tuple[date, Precision] | None:
    if day is None or month is None:
        return None  # a Hijri month or year lies in two of the other calendar
    return _from_hijri(year, month, day), "day"


def _from_hijri(year: int, month: int, day: int) -> date:
    converted = Hijri(year, month, day).to_gregorian()
    return date(converted.year, converted.month, converted.day)


def _without_year(
    part: CalendarDay, now: Now, moment: datetime | None, notes: list[str]
) -> tuple[date, Precision] | None:
    if moment is None:
        return None
    if part.month is None:
        return _shifted(part, moment)
    if part.calendar == "hijri":
        return _hijri_without_year(part, moment, notes)
    year = _year_of(part, now, moment)
    if part.day is None:
        return date(year, part.month, 1), "month"
    notes.append("year-from-base" if part.month_shift is None and part.year_shift is None else "counted-from-base")
    return date(year, part.month, part.day), "day"


def _year_of(part: CalendarDay, now: Now, moment: datetime) -> int:
    """The year a day or month without one lies in."""
    today = moment.date()
    if part.year_shift is not None:
        return today.year + part.year_shift
    month = part.month or 1
    if part.month_shift is not None:
        return today.year + _years_away(month, today.month, part.month_shift)
    years = [year for year in (today.year - 1, today.year, today.year + 1) if _exists(year, month, part.day or 1)]
    if now.yearless == "nearest":
        return min(years, key=lambda year: abs(date(year, month, part.day or 1) - today))
    return max(year for year in years if date(year, month, part.day or 1) <= today + timedelta(days=1))


def _years_away(month: int, this_month: int, shift: Shift) -> int:
    if shift < 0:
        return 0 if month < this_month else -1
    if shift > 0:
        return 0 if month > this_month else 1
    return 0


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _shifted(part: CalendarDay, moment: datetime) -> tuple[date, Precision] | None:
    """«الشهر الماضي», «العام الماضي», «20 من الشهر الجاري»."""
    if part.year_shift is not None:
        return date(moment.year + part.year_shift, 1, 1), "year"
    if part.month_shift is None:
        return None
    year, month = divmod(moment.year * 12 + moment.month - 1 + part.month_shift, 12)
    if part.day is None:
        return date(year, month + 1, 1), "month"
    return date(year, month + 1, part.day), "day"


def _hijri_without_year(part: CalendarDay, moment: datetime, notes: list[str]) -> tuple[date, Precision] | None:
    if part.day is None or part.month is None or part.month_shift is not None:
        return None
    this_year = Gregorian(moment.year, moment.month, moment.day).to_hijri().year
    today = moment.date()
    days = []
    for year in (this_year - 1, this_year, this_year + 1):
        try:
            days.append(_from_hijri(year, part.month, part.day))
        except (ValueError, OverflowError):
            continue
    past = [day for day in days if day <= today + timedelta(days=1)]
    notes.append("year-from-base")
    return (max(past), "day") if past else None


# --- counted from now -----------------------------------------------------------------------------


def _ago(counts: tuple[tuple[str, float], ...], moment: datetime) -> tuple[date, Precision] | None:
    """Count back; the result is as exact as the smallest unit named, and never more."""
    units = {unit for unit, _ in counts}
    if units & {"month", "year"}:
        return _months_ago(counts, moment)
    seconds = sum(count * _SECONDS[unit] for unit, count in counts if unit in _SECONDS)
    days = sum(count * _DAYS[unit] for unit, count in counts if unit in _DAYS)
    then = moment - timedelta(days=days, seconds=seconds)
    if counts and not units & set(_SECONDS):
        return then.date(), "day"
    if "second" in units:
        return then.replace(microsecond=0), "second"
    return then.replace(second=0, microsecond=0), "minute"


def _months_ago(counts: tuple[tuple[str, float], ...], moment: datetime) -> tuple[date, Precision] | None:
    months = sum(count * (12 if unit == "year" else 1) for unit, count in counts if unit in ("month", "year"))
    year, month = divmod(moment.year * 12 + moment.month - 1 - int(months), 12)
    if any(unit == "month" for unit, _ in counts):
        return date(year, month + 1, 1), "month"
    return date(year, 1, 1), "year"


def _last_weekday(statement: Statement, now: Now, moment: datetime) -> tuple[date, Precision] | None:
    """«الثلاثاء» is the last one, today included; «الماضي» leaves today out, «المقبل» looks ahead."""
    name = statement.weekday
    if name is None:
        return None
    back = (moment.weekday() - name.weekday) % 7
    if name.shift == 1:
        return moment.date() + timedelta(days=7 - back if back else 7), "day"
    if name.shift == -1 and back == 0:
        back = 7
    day = moment.date() - timedelta(days=back)
    clock = statement.clock
    if name.shift is None and back == 0 and clock is not None and not clock.impossible:
        zone = statement.zone.zone if statement.zone is not None and statement.zone.zone is not None else now.zone
        if _at(day, clock, zone) > moment:
            day -= timedelta(days=7)
    return day, "day"


def _check_weekday(statement: Statement, day: date, notes: list[str]) -> bool:
    """Hold the weekday against the day: a wrong one is noted, and the day believed."""
    if statement.weekday is None or statement.weekday.weekday == day.weekday():
        return True
    notes.append("weekday-disagrees")
    return False
