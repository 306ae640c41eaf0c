"""
The grammar of calendar days: «20 سبتمبر 2023», ``Sep 20, 2023``, «5 ربيع الأول 1445 هـ», «الشهر الماضي».

Each reader takes the terms and a place, and gives a part and the place after it, or None. No reader
looks back, except to see that a number is not the tail of a longer one. Days in numbers alone: ``date_numeric``.
"""

from __future__ import annotations

from .date_calendars import HIJRI_YEARS, JOINING_MARKS, LOOSE_MARKS, Terms, full_year, is_day, read_era, skip
from .date_numeric import read_compact_day, read_numeric_day
from .date_parts import CalendarDay, Shift
from .date_tables import Calendar, MonthName
from .date_tokens import Term
from .numerals import ordinal_words

__all__ = ["read_calendar_day"]

# Numbers that stand for a year without a word that says so. Texts tell of 1453 and plan for 2130.
WRITTEN_YEARS = range(1000, 2200)

_JOINING_OR_COMMA = JOINING_MARKS | {"،", ","}
_LOOSE_BUT_COLON = LOOSE_MARKS - {":", "|"}
_BETWEEN_NAMES = frozenset("/(-–\\|[،,.*_")


def read_calendar_day(terms: Terms, at: int) -> CalendarDay | None:
    """Read a day, month or year that begins at a place."""
    for reader in (
        read_compact_day,
        read_numeric_day,
        _day_month,
        _year_month_day,
        _month_first,
        _shifted_month,
        _year_alone,
    ):
        part = reader(terms, at)
        if part is not None:
            return part
    return None


# --- names of months ------------------------------------------------------------------------------


def _day_month(terms: Terms, at: int) -> CalendarDay | None:
    """«20 سبتمبر 2023», «20 نيسان / أبريل 2020», «العشرين من سبتمبر عام 2023», «20 من الشهر الجاري»."""
    day, after = _day_number(terms, at)
    if day is None:
        return None
    name_at = skip(terms, after, _LOOSE_BUT_COLON, "of", "ordinal_sign")
    shifted = _this_month(terms, at, day, after)
    if shifted is not None:
        return shifted
    named = _month_name(terms, name_at)
    if named is None:
        return None
    month, end, agrees = named
    year, end = _year_after(terms, end, joined=terms[after].text in JOINING_MARKS if after < len(terms) else False)
    if month.only_with_year and year is None:
        return None
    doubtful = not agrees or _is_range(terms, at, day) or (year is None and _is_odd_year(terms, end))
    return _finished(terms, at, end, month, year, day, contradicts=doubtful)


def _day_number(terms: Terms, at: int) -> tuple[int | None, int]:
    term = terms[at]
    if term.get("first") and not term.get("month"):
        return 1, at + 1
    if term.number is not None:
        if not 1 <= len(term.text) <= 2:
            return None, at
        return term.number, skip(terms, at + 1, frozenset(), "ordinal_sign")
    found = ordinal_words([other.text for other in terms[at : at + 2]])
    if found and at + found[1] < len(terms) and terms[at + found[1]].get("of"):
        return found[0], at + found[1]
    return None, at


def _is_range(terms: Terms, at: int, day: int) -> bool:
    """Tell whether the day is the end of «20 - 22 سبتمبر» or «من 20 إلى 22 سبتمبر»."""
    if at < 2 or not (terms[at - 1].text in "-–—" or terms[at - 1].get("range")):
        return False
    before = terms[at - 2].number
    if before is None or not 0 < before < day:
        return False
    return at < 3 or not (terms[at - 3].text in {":", ".", "/", "-"} or terms[at - 3].get("hour_sign"))


def _month_name(terms: Terms, at: int) -> tuple[MonthName, int, bool] | None:
    """Read a month and, where it is doubled («أيلول/سبتمبر», «شباط (فبراير)»), its second name.

    Returns:
        The month, the place after it, and whether both names say the same.
    """
    month = terms[at].get("month") if at < len(terms) else None
    if month is None:
        return None
    end = at + 1
    agrees, doubled = True, False
    while True:
        twin_at = skip(terms, end, _BETWEEN_NAMES)
        twin = terms[twin_at].get("month") if twin_at < len(terms) and twin_at > end else None
        if twin is None:
            twin_at, twin = end, _same_month(terms, end, month)  # «أيار مايو», no mark between
        if twin is None or twin.calendar != month.calendar or twin.only_with_year:
            break
        agrees, doubled = agrees and twin.number == month.number, True
        end = skip(terms, twin_at + 1, frozenset(")]"))
    if not doubled and end < len(terms) and terms[end].text == "." and len(terms[at].text) <= 4:
        end += 1
    return month, end, agrees


def _same_month(terms: Terms, at: int, month: MonthName) -> MonthName | None:
    """Read the month's other name right after it; another month there is a list («يونيو يوليو»), not a twin."""
    twin = terms[at].get("month") if at < len(terms) else None
    return twin if twin is not None and twin.number == month.number else None


def _year_after(terms: Terms, at: int, *, joined: bool) -> tuple[int | None, int]:
    """Read the year that follows a month; ``joined`` lets a year of two digits stand (``20-Sep-23``)."""
    year_at = skip(terms, at, _LOOSE_BUT_COLON, "year", "of")
    if year_at >= len(terms) or terms[year_at].number is None or _is_clock(terms, year_at):
        return None, at
    term = terms[year_at]
    if _is_year(term):
        return term.number, year_at + 1
    apostrophe = terms[year_at - 1].text in "'’"
    if len(term.text) == 2 and (apostrophe or (joined and terms[year_at - 1].text in JOINING_MARKS)):
        return full_year(int(term.text), None), year_at + 1
    return None, at


def _is_year(term: Term) -> bool:
    return term.number is not None and len(term.text) == 4 and term.number in WRITTEN_YEARS


def _is_odd_year(terms: Terms, at: int) -> bool:
    """Tell whether something stands in the year's place that is none: ``20233``, «300 ق.م»."""
    if at >= len(terms) or terms[at].number is None:
        return False
    before_era = at + 1 < len(terms) and bool(terms[at + 1].get("before_era"))
    return before_era or (len(terms[at].text) > 4 and not _is_clock(terms, at))


def _is_clock(terms: Terms, at: int) -> bool:
    return len(terms[at].text) <= 2 and at + 1 < len(terms) and terms[at + 1].text == ":"


def _year_month_day(terms: Terms, at: int) -> CalendarDay | None:
    """«2023 سبتمبر 20», ``2023-Sep-20``."""
    term = terms[at]
    if not _is_year(term):
        return None
    named = _month_name(terms, skip(terms, at + 1, _JOINING_OR_COMMA))
    if named is None:
        return None
    month, end, agrees = named
    day_at = skip(terms, end, _JOINING_OR_COMMA)
    day = terms[day_at].number if day_at < len(terms) and len(terms[day_at].text) <= 2 else None
    if day is None or month.only_with_year or _is_clock(terms, day_at):
        return None
    return _finished(terms, at, day_at + 1, month, term.number, day, contradicts=not agrees)


def _month_first(terms: Terms, at: int) -> CalendarDay | None:
    """«سبتمبر 20, 2023», ``September 20th, 2023``, and a month with its year alone: «أيلول 2023»."""
    named = _month_name(terms, at)
    if named is None or named[0].only_with_year:
        return None
    month, end, agrees = named
    day_at = skip(terms, end, frozenset("-/.,،"))
    term = terms[day_at] if day_at < len(terms) else None
    if term is not None and term.number is not None and len(term.text) <= 2 and not _is_clock(terms, day_at):
        after = skip(terms, day_at + 1, frozenset(), "ordinal_sign")
        year, after = _year_after(terms, after, joined=terms[day_at - 1].text in JOINING_MARKS)
        if year is None and not terms[at].text.isascii():
            return None  # «مارس 20 لاعبا»: a verb and a count, not the 20th of March
        return _finished(terms, at, after, month, year, term.number, contradicts=not agrees)
    year, end = _year_after(terms, end, joined=False)
    if year is not None:
        return _finished(terms, at, end, month, year, None, contradicts=not agrees)
    return None


def _finished(
    terms: Terms,
    at: int,
    end: int,
    month: MonthName,
    year: int | None,
    day: int | None,
    *,
    contradicts: bool,
) -> CalendarDay:
    """Add era and shift, and see whether such a day exists."""
    era, end = read_era(terms, end) if year is not None else (None, end)
    before_era = end < len(terms) and bool(terms[end].get("before_era"))
    shift, year_shift = None, None
    if year is None:
        shift, year_shift, end = _shift_after(terms, end)
    impossible = contradicts or before_era or (era is not None and era != month.calendar)
    if not impossible and day is not None:
        impossible = not is_day(year or 2000, month.number, day, calendar=month.calendar, known_year=year is not None)
    return CalendarDay(
        start=at,
        end=end,
        year=year,
        month=month.number,
        day=day,
        calendar=month.calendar,
        month_shift=shift,
        year_shift=year_shift,
        impossible=impossible,
    )


# --- counted from now -----------------------------------------------------------------------------


def _shift_of(terms: Terms, at: int) -> Shift | None:
    if at >= len(terms):
        return None
    for tag, shift in (("last", -1), ("next", 1), ("this", 0)):
        if terms[at].get(tag):
            return shift  # type: ignore[return-value]
    return None


def _shift_after(terms: Terms, at: int) -> tuple[Shift | None, Shift | None, int]:
    """Read «الماضي» (of the month) or «من العام الماضي» after a month without a year."""
    shift = _shift_of(terms, at)
    if shift is not None:
        return shift, None, at + 1
    if at < len(terms):
        for tag, year_shift in (("last_year", -1), ("this_year", 0), ("next_year", 1)):
            if terms[at].get(tag):
                return None, year_shift, at + 1  # type: ignore[return-value]
    return None, None, at


def _this_month(terms: Terms, at: int, day: int, after: int) -> CalendarDay | None:
    """«20 من الشهر الجاري», «15 الجاري»."""
    shift_at = after + 1 if after < len(terms) and terms[after].get("month_word") else after
    shift = _shift_of(terms, shift_at)
    if shift is None or not 1 <= day <= 31 or (shift_at == after and shift != 0):
        return None
    return CalendarDay(start=at, end=shift_at + 1, day=day, month_shift=shift)


def _shifted_month(terms: Terms, at: int) -> CalendarDay | None:
    """«سبتمبر الماضي», «الشهر الماضي», «العام الماضي»."""
    named = _month_name(terms, at)
    if named is not None and not named[0].only_with_year:
        shift, year_shift, end = _shift_after(terms, named[1])
        if shift is not None or year_shift is not None:
            return CalendarDay(
                start=at,
                end=end,
                month=named[0].number,
                calendar=named[0].calendar,
                month_shift=shift,
                year_shift=year_shift,
                impossible=not named[2],
            )
    _, year_shift, end = _shift_after(terms, at)
    if year_shift is not None:
        return CalendarDay(start=at, end=end, year_shift=year_shift)
    shift = _shift_of(terms, at + 1) if terms[at].get("month_word") and terms[at].text.startswith("ال") else None
    return CalendarDay(start=at, end=at + 2, month_shift=shift) if shift is not None else None


def _year_alone(terms: Terms, at: int) -> CalendarDay | None:
    """«عام 2018», «سنة 1445 هـ»: four digits alone may be any number, so a word must say that it is a year."""
    if not terms[at].get("year") or at + 1 >= len(terms):
        return None
    term = terms[at + 1]
    if not _is_year(term):
        return None
    era, end = read_era(terms, at + 2)
    if end < len(terms) and terms[end].get("before_era"):
        return None
    calendar: Calendar = era or "gregorian"
    impossible = (calendar == "hijri") != (term.number in HIJRI_YEARS) if era else term.number in HIJRI_YEARS
    return CalendarDay(start=at, end=end, year=term.number, calendar=calendar, impossible=impossible)
