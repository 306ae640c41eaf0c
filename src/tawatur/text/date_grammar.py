"""
The grammar of calendar days: «20 سبتمبر 2023», ``20/09/2023``, ``Sep 20, 2023``, «5 ربيع الأول 1445 هـ».

Each reader takes the terms and a place, and gives a part and the place after it, or None. No reader
looks back, except to see that a number is not the tail of a longer one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from hijridate import Hijri

from .date_parts import CalendarDay, Shift
from .date_tables import Calendar, MonthName
from .date_tokens import Term
from .numerals import ordinal_words

__all__ = ["HIJRI_YEARS", "Reader", "read_calendar_day", "skip"]

Terms = Sequence[Term]
Reader = Callable[[Terms, int], CalendarDay | None]

#: What hijridate converts: 1343-1500 AH is 1924-2077.
HIJRI_YEARS = range(1343, 1501)

# Numbers that stand for a year without a word that says so. Texts tell of 1453 and plan for 2130.
WRITTEN_YEARS = range(1000, 2200)

# Without «هـ» a numeric year is Hijri only from here on (1990): 1380-1410 may as well be the Iranian solar year.
PLAIN_HIJRI_YEARS = range(1411, 1501)

# Years of the Iranian solar calendar, which Arabic pages from there print beside ours: read past.
OTHER_YEARS = range(1340, 1411)

# Numeric years of the common era, for eight digits in a row and for three numbers with marks between.
NUMERIC_YEARS = range(1900, 2101)

_LOOSE = frozenset("-–—/.,،:|'’٬\\_")
_JOINING = frozenset("-–—/.\\")
_JOINING_OR_COMMA = _JOINING | {"،", ","}
_LOOSE_BUT_COLON = _LOOSE - {":", "|"}
_BETWEEN_NAMES = frozenset("/(-–\\|[،,.*_")


def skip(terms: Terms, at: int, marks: frozenset[str] = _LOOSE, *tags: str) -> int:
    """Pass marks and the words that carry one of the tags."""
    while at < len(terms) and (terms[at].text in marks or any(terms[at].get(tag) for tag in tags)):
        at += 1
    return at


def read_calendar_day(terms: Terms, at: int) -> CalendarDay | None:
    """Read a day, month or year that begins at a place."""
    for reader in (_compact, _numeric, _day_month, _year_month_day, _month_first, _shifted_month, _year_alone):
        part = reader(terms, at)
        if part is not None:
            return part
    return None


# --- numeric --------------------------------------------------------------------------------------


def _compact(terms: Terms, at: int) -> CalendarDay | None:
    """``20230920``, ``20230920T131500``, ``20230920131500``: the reader of clocks takes what follows."""
    term = terms[at]
    if term.number is None or len(term.text) != 8:
        return None
    year, month, day = int(term.text[:4]), int(term.text[4:6]), int(term.text[6:])
    if year not in NUMERIC_YEARS or not _is_day(year, month, day):
        return None
    return CalendarDay(start=at, end=at + 1, year=year, month=month, day=day)


def _numeric(terms: Terms, at: int) -> CalendarDay | None:
    """Three numbers with the same mark between: ``20/09/2023``, ``2023-09-20``, ``20 . 9 . 23``."""
    if at + 4 >= len(terms):
        return None
    first, mark, second, other_mark, third = terms[at : at + 5]
    numbers = (first.number, second.number, third.number)
    if other_mark.text != mark.text or None in numbers:
        return None
    colons = mark.text == ":" and len(first.text) == 4 and not second.after_space  # 2023:09:20, People's Daily
    if mark.text not in _JOINING and not colons:
        return None
    if _is_tail(terms, at, mark.text) or _goes_on(terms, at + 5, mark.text):
        return None
    sizes = (len(first.text), len(second.text), len(third.text))
    era, end = _era(terms, at + 5)
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
        orders = [(_full_year(third, era), second, first), (_full_year(first, era), second, third)]
    else:
        return []
    found = [(_calendar_of(year, era), (year, month, day)) for year, month, day in orders]
    return [(calendar, ymd) for calendar, ymd in found if calendar and _is_day(*ymd, calendar=calendar)]


def _calendar_of(year: int, era: Calendar | None) -> Calendar | None:
    """The calendar a numeric year belongs to; None when it can belong to none."""
    if era != "gregorian" and year in (HIJRI_YEARS if era == "hijri" else PLAIN_HIJRI_YEARS):
        return "hijri"
    return "gregorian" if era != "hijri" and year in NUMERIC_YEARS else None


def _full_year(year: int, era: Calendar | None) -> int:
    """Two digits of a year: 00-68 is 2000-2068, as POSIX has it; of a Hijri year 1400-1499."""
    if era == "hijri":
        return 1400 + year
    return year + (2000 if year < 69 else 1900)


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
    year, end = _year_after(terms, end, joined=terms[after].text in _JOINING if after < len(terms) else False)
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
    if len(term.text) == 2 and (apostrophe or (joined and terms[year_at - 1].text in _JOINING)):
        return _full_year(int(term.text), None), year_at + 1
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
        year, after = _year_after(terms, after, joined=terms[day_at - 1].text in _JOINING)
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
    era, end = _era(terms, end) if year is not None else (None, end)
    before_era = end < len(terms) and bool(terms[end].get("before_era"))
    shift, year_shift = None, None
    if year is None:
        shift, year_shift, end = _shift_after(terms, end)
    impossible = contradicts or before_era or (era is not None and era != month.calendar)
    if not impossible and day is not None:
        impossible = not _is_day(year or 2000, month.number, day, calendar=month.calendar, known_year=year is not None)
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


def _era(terms: Terms, at: int) -> tuple[Calendar | None, int]:
    """Read «هـ» or «م» after a year."""
    if at < len(terms):
        for calendar in ("hijri", "gregorian"):
            if terms[at].get(calendar):
                return calendar, at + 1
    return None, at


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
    era, end = _era(terms, at + 2)
    if end < len(terms) and terms[end].get("before_era"):
        return None
    calendar: Calendar = era or "gregorian"
    impossible = (calendar == "hijri") != (term.number in HIJRI_YEARS) if era else term.number in HIJRI_YEARS
    return CalendarDay(start=at, end=end, year=term.number, calendar=calendar, impossible=impossible)


def _is_day(year: int, month: int, day: int, *, calendar: Calendar = "gregorian", known_year: bool = True) -> bool:
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
