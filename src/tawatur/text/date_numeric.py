"""
The grammar of days in numbers alone: ``20/09/2023``, ``2023-09-20``, ``20230920``, ``5/3/1445 هـ``.

Day first is the convention; the other order is kept beside it when it holds too, for the weekday to decide.
"""

from __future__ import annotations

from .date_calendars import HIJRI_YEARS, JOINING_MARKS, Terms, full_year, is_day, read_era
from .date_parts import CalendarDay
from .date_tables import Calendar

__all__ = ["read_compact_day", "read_numeric_day"]

# Without «هـ» a numeric year is Hijri only from here on (1990): 1380-1410 may as well be the Iranian solar year.
PLAIN_HIJRI_YEARS = range(1411, 1501)

# Years of the Iranian solar calendar, which Arabic pages from there print beside ours: read past.
OTHER_YEARS = range(1340, 1411)

# Numeric years of the common era, for eight digits in a row and for three numbers with marks between.
NUMERIC_YEARS = range(1900, 2101)


def read_compact_day(terms: Terms, at: int) -> CalendarDay | None:
    """``20230920``, ``20230920T131500``, ``20230920131500``: the reader of clocks takes what follows."""
    term = terms[at]
    if term.number is None or len(term.text) != 8:
        return None
    year, month, day = int(term.text[:4]), int(term.text[4:6]), int(term.text[6:])
    if year not in NUMERIC_YEARS or not is_day(year, month, day):
        return None
    return CalendarDay(start=at, end=at + 1, year=year, month=month, day=day)


def read_numeric_day(terms: Terms, at: int) -> CalendarDay | None:
    """Three numbers with the same mark between: ``20/09/2023``, ``2023-09-20``, ``20 . 9 . 23``."""
    if at + 4 >= len(terms):
        return None
    first, mark, second, other_mark, third = terms[at : at + 5]
    numbers = (first.number, second.number, third.number)
    if other_mark.text != mark.text or None in numbers:
        return None
    colons = mark.text == ":" and len(first.text) == 4 and not second.after_space  # 2023:09:20, People's Daily
    if mark.text not in JOINING_MARKS and not colons:
        return None
    if _is_tail(terms, at, mark.text) or _goes_on(terms, at + 5, mark.text):
        return None
    sizes = (len(first.text), len(second.text), len(third.text))
    era, end = read_era(terms, at + 5)
    readings = _numeric_readings(numbers, sizes, era)  # type: ignore[arg-type]
    if not readings:
        foreign = any(number in OTHER_YEARS for number in numbers)
        return CalendarDay(start=at, end=end, impossible=True) if max(sizes) == 4 and not foreign else None
    calendar, (year, month, day) = readings[0]
    other = readings[1][1] if len(readings) > 1 and readings[1][1] != (year, month, day) else None
    return CalendarDay(start=at, end=end, year=year, month=month, day=day, calendar=calendar, other=other)


def _numeric_readings(
    numbers: tuple[int, int, int], sizes: tuple[int, int, int], era: Calendar | None
) -> list[tuple[Calendar, tuple[int, int, int]]]:
    """The readings that hold, the convention's first: day first, or year first where it has four digits."""
    first, second, third = numbers
    if sizes[1] > 2 or min(sizes) < 1 or sorted(sizes)[1] > 2:
        return []
    if sizes[0] == 4 and sizes[2] <= 2:
        orders = [(first, second, third)]  # the one order that year first has
    elif sizes[2] == 4 and sizes[0] <= 2:
        orders = [(third, second, first), (third, first, second)]
    elif sizes[2] == 2:
        orders = [(full_year(third, era), second, first), (full_year(first, era), second, third)]
    else:
        return []
    found = [(_calendar_of(year, era), (year, month, day)) for year, month, day in orders]
    return [(calendar, ymd) for calendar, ymd in found if calendar and is_day(*ymd, calendar=calendar)]


def _calendar_of(year: int, era: Calendar | None) -> Calendar | None:
    """The calendar a numeric year belongs to; None when it can belong to none."""
    if era != "gregorian" and year in (HIJRI_YEARS if era == "hijri" else PLAIN_HIJRI_YEARS):
        return "hijri"
    return "gregorian" if era != "hijri" and year in NUMERIC_YEARS else None


def _is_tail(terms: Terms, at: int, mark: str) -> bool:
    """Tell whether the numbers only end a longer row: ``10.20.9.2023``, ``1/20/9/2023``."""
    after_number = at >= 2 and terms[at - 1].text == mark and terms[at - 2].number is not None
    after_time = at >= 3 and (terms[at - 3].text == ":" or bool(terms[at - 3].get("hour_sign")))  # 21:46-22-03-2022
    return after_number and not after_time and not terms[at].after_space


def _goes_on(terms: Terms, at: int, mark: str) -> bool:
    if at + 1 >= len(terms) or terms[at].text != mark or terms[at].after_space or terms[at + 1].number is None:
        return False
    opens_time = at + 2 < len(terms) and (terms[at + 2].text == ":" or terms[at + 2].get("hour_sign"))
    return not opens_time  # 20-09-2023-13:15
