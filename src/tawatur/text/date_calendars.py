"""Date calendars: which days and years there are, in our calendar and in the Hijri one, and the marks around them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hijridate import Hijri

from .date_tables import Calendar
from .date_tokens import Term

__all__ = ["HIJRI_YEARS", "JOINING_MARKS", "LOOSE_MARKS", "Terms", "full_year", "is_day", "read_era", "skip"]

Terms = Sequence[Term]

#: What hijridate converts: 1343-1500 AH is 1924-2077.
HIJRI_YEARS = range(1343, 1501)

#: Marks that stand anywhere between the parts of a date, and those that join its numbers.
LOOSE_MARKS = frozenset("-–—/.,،:|'’٬\\_")
JOINING_MARKS = frozenset("-–—/.\\")


def skip(terms: Terms, at: int, marks: frozenset[str] = LOOSE_MARKS, *tags: str) -> int:
    """Pass marks and the words that carry one of the tags."""
    while at < len(terms) and (terms[at].text in marks or any(terms[at].get(tag) for tag in tags)):
        at += 1
    return at


def read_era(terms: Terms, at: int) -> tuple[Calendar | None, int]:
    """Read «هـ» or «م» after a year."""
    if at < len(terms):
        for calendar in ("hijri", "gregorian"):
            if terms[at].get(calendar):
                return calendar, at + 1
    return None, at


def full_year(year: int, era: Calendar | None) -> int:
    """Two digits of a year: 00-68 is 2000-2068, as POSIX has it; of a Hijri year 1400-1499."""
    if era == "hijri":
        return 1400 + year
    return year + (2000 if year < 69 else 1900)


def is_day(year: int, month: int, day: int, *, calendar: Calendar = "gregorian", known_year: bool = True) -> bool:
    """Tell whether the calendar has such a day (29 February only in its years, 30 Safar only in some)."""
    try:
        if calendar == "gregorian":
            date(year, month, day)
        elif known_year:
            Hijri(year, month, day)
        else:
            return 1 <= day <= 30
    except (ValueError, OverflowError):
        return False
    return True
