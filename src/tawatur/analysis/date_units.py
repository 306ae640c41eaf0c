"""
Dates that count from the writer: «الأسبوع الماضي»، «نهاية العام الجاري»، «قبل ثلاثة أيام»، «النصف الأول من 2019»، «صيف
2017».
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tawatur.analysis.date_terms import Term
from tawatur.analysis.date_text import (
    HIJRI_YEARS,
    YEARS,
    DateMention,
    DateText,
    between,
    month_of,
    week_of,
)
from tawatur.model.analysis import EventPrecision

__all__ = [
    "read_ago",
    "read_decade",
    "read_first_months",
    "read_same_time",
    "read_season",
    "read_unit",
    "read_year",
]

_MONTHS_IN = {"half": 6, "quarter": 3}
# «قبل عامين ونصف» is told to the month.
_HALVES = {"year": (12, "month")}
# The leagues rest in summer: «الموسم الماضي» is over in June, «الموسم المقبل» begins in September at the latest.
_LEAGUES_REST = range(6, 9)
# How long a Hijri year is in ours, and where they begin. One that begins within a fifth of a year of one of ours is
# that year; any other lies in two.
_HIJRI_YEAR, _HIJRI_EPOCH = 0.970224, 621.5774
_A_FIFTH = 0.2
# First and last year of a part of ten.
_PARTS_OF_DECADES = {"first": (0, 3), "middle": (4, 6), "last": (7, 9)}
_MONTHS = range(2, 12)
# Egypt's, the only one whose halves and quarters the archive tells of (38 times).
_FISCAL_MONTH = 7
_JOINS_YEARS = frozenset("-–ـ/—")
_FURTHEST_YEARS = range(1, 3000)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit with what stands around it."""

    first: int
    last: int
    name: str
    turn: int
    #: How many, «الأيام الثلاثة الماضية»; None when not told.
    count: int | None
    part: str | None
    #: Of a half or a quarter: which.
    number: int


def read_ago(text: DateText, at: int) -> DateMention | None:
    """Read «قبل ثلاثة أيام»، «منذ نحو شهر».

    «منذ 23 عاما» tells how long and not when; «قبل أسبوعين من سقوط المدينة» counts from something else.
    """
    if not text.tag(at, "ago"):
        return None
    place = text.skip(at + 1, "about")
    count = None
    term = text.term(place)
    if term and (term.is_number or term.tags.get("count")):
        count, place = term.number, place + 1
    unit, term = text.tag(place, "unit"), text.term(place)
    if unit is None or term is None or term.bare.startswith("ال"):
        return None
    if count is None:
        if term.tags.get("plurals"):
            return None
        count = 2 if term.tags.get("duals") else 1
    tells_how_long = text.tag(at, "since") and unit in ("month", "year")
    names_a_year = text.number(place + 1, YEARS) or text.number(place + 1, HIJRI_YEARS)
    counts_from_another = text.text(text.skip(place + 1, "only")) == "من"
    if tells_how_long or names_a_year or counts_from_another:
        return None
    if unit in _HALVES and text.folded(place + 1) == "ونصف":
        size, smaller = _HALVES[unit]
        count, unit, place = count * size + size // 2, smaller, place + 1
    moment = _back(text.today, count, unit)
    return DateMention(at, place, "ago", *moment, sure=not text.tag(at, "since")) if moment else None


def read_unit(text: DateText, at: int) -> DateMention | None:
    """Read «الأسبوع الماضي»، «هذا العام»، «النصف الأول من 2019»، «نهاية العام الماضي»، «الأيام الثلاثة الماضية»."""
    part, place, number = text.tag(at, "part"), at, 1
    if part in _MONTHS_IN:
        name = at + 1 + bool(text.tag(at + 1, "fiscal"))  # «الربع المالي الثاني»
        number, place = text.tag(name, "ordinal"), name + 1
        if number is None:
            return None
    elif part:
        place = at + 1
    place = text.skip(place, "of")
    if part in _MONTHS_IN and (fiscal := _fiscal_year(text, place)) is not None:
        return _part_of_months(at, fiscal[0], _MONTHS_IN[part], number, (fiscal[1], _FISCAL_MONTH))
    if part and (year := _year_after(text, place)) is not None:
        return _part_of_year(at, year[0], part, number, year[1])
    if part == "first" and text.tag(place, "unit") == "week" and text.tag(place + 1, "turn") is None:
        unit: _Unit | None = _Unit(at, place, "week", 0, None, part, number)  # «مطلع الأسبوع»: the weekend before it
    else:
        unit = _unit(text, at, place, part, number)
    if unit is None:
        return _quarter(text, at, place, number) if part == "quarter" else None
    return _counted(text.today, unit) if unit.count else _moment_of(text.today, unit)


def _quarter(text: DateText, at: int, behind: int, number: int) -> DateMention | None:
    """Read «في الربع الثاني» of no year: the last that has begun; not «الربع الثاني من المباراة»."""
    if not text.tag(at - 1, "within") or number not in range(1, 5) or text.tag(behind - 1, "of"):
        return None
    size = _MONTHS_IN["quarter"]
    year = text.today.year - (text.today.month <= (number - 1) * size)
    return _part_of_months(at, behind - 1, size, number, (year, 1))


def read_first_months(text: DateText, at: int) -> DateMention | None:
    """Read «الأشهر التسعة الأولى من العام الحالي»، «التسعة أشهر الأولى»، «أول سبعة أشهر من 2018»."""
    if text.folded(at) == "اول":
        unit, counted = at + 2, at + 1
    elif text.tag(at + 2, "ordinal") == 1:
        unit, counted = (at, at + 1) if text.tag(at, "unit") else (at + 1, at)
    else:
        return None
    count = text.number(counted, _MONTHS) or text.tag(counted, "count")
    if not count or text.tag(unit, "unit") != "month":
        return None
    place = text.skip(at + 3, "of")
    if (fiscal := _fiscal_year(text, place)) is not None:
        return _part_of_months(at, fiscal[0], count, 1, (fiscal[1], _FISCAL_MONTH))
    year = _year_told(text, place)
    if year is None:
        return None
    return DateMention(at, year[0], "span", f"{year[1]:04}-01/{year[1]:04}-{count:02}", "interval", sure=True)


def read_same_time(text: DateText, at: int) -> DateMention | None:
    """Read «الفترة نفسها من العام الماضي»، «نفس اليوم من عام 1947»: the date told before, in another year."""
    same_first = text.tag(at, "same_as") is not None
    place = at + same_first + (same_first and text.folded(at + 1) == "هذا")
    if not text.tag(place, "period") or not (same_first or text.tag(place + 1, "same") or text.tag(place + 1, "alike")):
        return None
    place_of_year = text.skip(place + 1 + (not same_first), "of")
    year = _fiscal_year(text, place_of_year) or _year_told(text, place_of_year)
    if year is None:
        return None
    if text.tag(place, "named_day") == 0 or text.tag(place, "unit") == "day":
        told = text.told if len(text.told) == len("2018-03-12") else text.today.isoformat()
        return DateMention(at, year[0], "day", f"{year[1]:04}{told[4:]}", "day", sure=True)
    begin, _, end = text.told.partition("/")
    if "-" not in begin or "-" not in end:
        return None
    turned = year[1] - int(begin[:4])
    when = "/".join(f"{int(one[:4]) + turned:04}{one[4:]}" for one in (begin, end))
    return DateMention(at, year[0], "span", when, "interval", sure=True)


def _year_told(text: DateText, at: int) -> tuple[int, int] | None:
    """Read «2019»، «عام 2019»، «العام الماضي»; give its last word and the year."""
    found = _year_after(text, at)
    last = text.skip(at + 1, "kind_of_year", most=1)
    turn = text.tag(last, "turn")
    if found is None and text.tag(at, "unit") == "year" and turn is not None:
        return last, text.today.year + int(turn)
    return found


def _year_after(text: DateText, at: int) -> tuple[int, int] | None:
    """Read «2019» or «عام 2019» behind a part; give its place and the year."""
    place = at + 1 if text.tag(at, "year_words") or text.tag(at, "unit") == "year" else at
    place = text.skip(place, "kind_of_year")
    year = text.number(place, YEARS)
    return None if year is None else (place, year)


def _unit(text: DateText, at: int, place: int, part: str | None, number: int) -> _Unit | None:
    is_this = text.tag(place, "turn") == 0 and text.tag(place + 1, "unit")
    place += bool(is_this)
    term = text.term(place)
    if term is None or "unit" not in term.tags:
        return None
    turned = (place, 0, None) if is_this else _turn_behind(text, place, term)
    if turned is None:
        return None
    last, turn, count = turned
    count = 2 if count is None and term.tags.get("duals") else count
    if term.tags.get("plurals") and not count:
        return None
    return _Unit(at, last, str(term.tags["unit"]), turn, count, part, number)


def _turn_behind(text: DateText, place: int, term: Term) -> tuple[int, int, int | None] | None:
    """Read «الماضي», «قبل الماضي», «الثلاثة الماضية» behind a unit: the last word, which one, and how many."""
    count = None
    for last in range(place, place + 3):
        further = text.further_turn(last + 1)
        if further is not None:
            return last + 2, further, count
        following = text.term(last + 1)
        if following is None:
            return None
        if following.tags.get("turn") is not None and not following.bare.startswith("هذ"):
            return last + 1, int(following.tags["turn"]), count
        if following.tags.get("count") and term.tags.get("plurals"):
            count = following.number
        elif not following.tags.get("kind_of_year"):
            return None
    return None


def _moment_of(today: date, unit: _Unit) -> DateMention | None:
    first, last, turn = unit.first, unit.last, unit.turn
    match unit.name:
        case "week":
            return _week(today, unit)
        case "month":
            year, month = month_of(today, turn)
            return DateMention(first, last, "unit", f"{year:04}-{month:02}", "month", sure=True)
        case "season_of_sport" if turn < 0:
            begins = today.year - (1 if today.month >= _LEAGUES_REST.start else 2)
            return DateMention(first, last, "unit", f"{begins:04}/{begins + 1:04}", "interval", sure=True)
        case "year":
            if unit.part:
                return _part_of_year(first, last, unit.part, unit.number, today.year + turn)
            return DateMention(first, last, "unit", f"{today.year + turn:04}", "year", sure=turn != 0)
    return None


def _counted(today: date, unit: _Unit) -> DateMention | None:
    """Give «اليومين الماضيين», which end or begin today."""
    count = unit.count or 1
    moment = _back(today, count if unit.turn < 0 else -count, unit.name)
    if moment is None or unit.turn == 0:
        return None
    begin, end = sorted((moment[0], today.isoformat()[: len(moment[0])]))
    return DateMention(unit.first, unit.last, "span", f"{begin}/{end}", "interval", sure=True)


def _week(today: date, unit: _Unit) -> DateMention:
    sunday = week_of(today, unit.turn)
    if unit.part:  # «مطلع الأسبوع»، «نهاية الأسبوع الماضي»: a weekend
        saturday = sunday + timedelta(days=6 if unit.turn else -1)
        return between(unit.first, unit.last, saturday, saturday + timedelta(days=1))
    return between(unit.first, unit.last, sunday, sunday + timedelta(days=6))


def _part_of_year(first: int, last: int, part: str, number: int, year: int) -> DateMention | None:
    if part in _MONTHS_IN:
        return _part_of_months(first, last, _MONTHS_IN[part], number, (year, 1))
    if part == "middle":
        return DateMention(first, last, "unit", f"{year:04}", "year", sure=True)
    month = 1 if part == "first" else 12
    return DateMention(first, last, "unit", f"{year:04}-{month:02}", "month", sure=True)


def _part_of_months(first: int, last: int, size: int, number: int, begins: tuple[int, int]) -> DateMention | None:
    """Give a half or a quarter of the twelve months from a year and month on."""
    if number * size > 12:
        return None
    opening = date(*begins, 1)
    begin, after = (date(*month_of(opening, months), 1) for months in ((number - 1) * size, number * size))
    return between(first, last, begin, after - timedelta(days=1))


def _fiscal_year(text: DateText, at: int) -> tuple[int, int] | None:
    """Read «العام المالي الجاري»، «السنة المالية 2017/2018»، «عام 2017/2018»; give its last word and first year."""
    if text.tag(at, "unit") != "year":
        return None
    fiscal = bool(text.tag(at + 1, "fiscal"))
    place = at + 1 + fiscal
    turn = text.tag(place, "turn")
    place += turn is not None
    years = text.number(place, YEARS), text.number(place + 2, YEARS)
    if years[0] and years[1] and abs(years[0] - years[1]) == 1 and text.text(place + 1) in _JOINS_YEARS:
        return place + 2, min(years[0], years[1])
    if turn is None or not fiscal:
        return None
    return place - 1, text.today.year - (text.today.month < _FISCAL_MONTH) + int(turn)


def read_season(text: DateText, at: int) -> DateMention | None:
    """Read «صيف 2017»، «الصيف الماضي»."""
    months = text.tag(at, "season")
    if months is None:
        return None
    place = text.skip(at + 1, "year_words", most=1)
    year = text.number(place, YEARS)
    if year is not None:
        return DateMention(at, place, "year", f"{year:04}", "year", sure=True)
    turn = text.tag(at + 1, "turn")
    if turn is None:
        return None
    begin, end = months
    year = text.today.year
    if turn < 0:
        year -= begin >= text.today.month
    elif turn > 0:
        year += begin <= text.today.month
    until = year + (end < begin)
    return DateMention(at, at + 1, "span", f"{year:04}-{begin:02}/{until:04}-{end:02}", "interval", sure=True)


def read_decade(text: DateText, at: int) -> DateMention | None:
    """Read «الستينيات من القرن الماضي»، «أواخر الثمانينيات», and not the fifties of a life."""
    begin, end = _PARTS_OF_DECADES.get(text.tag(at, "part"), (0, 9))
    place = at + (end < 9 or begin > 0)
    decade = text.tag(place, "decade")
    of_a_century = text.tag(place + 2, "century")
    if not decade or text.tag(place + 2, "of_a_life"):
        return None
    if not of_a_century and (place > at or not text.tag(at - 1, "before_a_year")):
        return None  # «في منتصف الأربعينات» alone is an age
    last = place + 2 if of_a_century else place
    return DateMention(at, last, "span", f"{decade + begin}/{decade + end}", "interval")


def read_year(text: DateText, at: int) -> DateMention | None:
    """Read «عام 2015»، «في 1964»، «موسم 2002 - 2003»، «سنة 1308هـ»."""
    named = bool(text.tag(at, "year_words") or text.tag(at, "season_word"))
    place = text.skip(at + 1, "kind_of_year", most=1) if named else at
    year = text.number(place, YEARS)
    if year is None:
        return _hijri_year(text, at, place)
    if not named and (text.text(at + 1) in ("%", "٪") or text.tag(at + 1, "counted")):
        return None
    second = text.number(place + 2, YEARS) if text.text(place + 1) in _JOINS_YEARS else None
    if second is not None:
        low, high = sorted((year, second))
        return DateMention(at, place + 2, "span", f"{low:04}/{high:04}", "interval", sure=True)
    last = text.era(place)
    sure = named or last > place or bool(text.tag(at - 1, "before_a_year"))
    return DateMention(at, last, "year" if sure else "bare_year", f"{year:04}", "year", sure=sure)


def _hijri_year(text: DateText, at: int, place: int) -> DateMention | None:
    year, last = text.number(place, HIJRI_YEARS), text.era(place)
    if year is None or (last == place and place == at):
        return None
    begins = year * _HIJRI_YEAR + _HIJRI_EPOCH
    if _A_FIFTH < begins % 1 < 1 - _A_FIFTH:
        return DateMention(at, last, "span", f"{int(begins)}/{int(begins) + 1}", "interval", sure=True)
    return DateMention(at, last, "year", f"{round(begins)}", "year", sure=True)


def _back(today: date, count: int, unit: str) -> tuple[str, EventPrecision] | None:
    """Go ``count`` units back, or ahead when negative."""
    if unit in ("day", "week"):
        try:
            return (today - timedelta(days=count * (7 if unit == "week" else 1))).isoformat(), "day"
        except OverflowError:
            return None
    if unit == "month":
        year, month = month_of(today, -count)
        return (f"{year:04}-{month:02}", "month") if year in _FURTHEST_YEARS else None
    if unit == "year" and today.year - count in _FURTHEST_YEARS:
        return f"{today.year - count:04}", "year"
    return None
