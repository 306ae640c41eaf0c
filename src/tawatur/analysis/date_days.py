"""
Days and months of the calendar in running text: «الثلاثاء»، «أمس الأول»، «18 من شباط/فبراير الماضي»، «مطلع مايو»،
``20/09/2023`` with «الساعة 13:00» behind or before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

from tawatur.analysis.date_clocks import clock_before, clock_behind
from tawatur.analysis.date_tenses import NEAREST_MONTHS, is_told_of_the_day, lies_ahead, year_of_month
from tawatur.analysis.date_terms import Term, date_words
from tawatur.analysis.date_text import HIJRI_YEARS, YEARS, DateKind, DateMention, DateText, between, day_of, month_of
from tawatur.text.date_tables import MonthName

__all__ = ["read_calendar", "read_month_week", "read_numeric"]

_NUMERIC_DATE = re.compile(r"(\d{1,4})[/\-.](\d{1,2})[/\-.](\d{1,4})")
_DAYS = range(1, 32)
_DASHES = frozenset("/-–—ـ")
# Since a weekday that is the day after the stamp's: what went out near midnight, or in another zone.
_DAYS_TO_NEXT = 6
_TWIN_SIGNS = _DASHES | {"("}
_NOTHING = Term("", "")
_LAST = "الاخير"
# Days passed before, and days in, a part of a Hijri month; as with our months it is told to the month where it can be.
_TENS = {"first": (0, 10), "middle": (10, 10), "last": (20, 10)}


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a run of words says of a day."""

    named: int | None = None
    weekday: int | None = None
    day: int | None = None
    #: The last of several days: «16 و17 و18 مارس».
    until: int | None = None
    month: MonthName | None = None
    year: int | None = None
    hijri: bool = False
    turn: int | None = None
    #: Of a month: «مطلع».
    part: str | None = None


_NO_PARTS = _Parts()


def read_numeric(text: DateText, at: int) -> DateMention | None:
    """Read ``20/09/2023`` or ``1 / 10 / 1436 هـ``."""
    last, match = at, _NUMERIC_DATE.fullmatch(text.text(at))
    if match is None:
        joined = [text.text(place) for place in range(at, at + 5)]
        if joined[1::2] not in (["/", "/"], ["-", "-"]):
            return None
        last, match = at + 4, _NUMERIC_DATE.fullmatch("".join(joined))
    if match is None:
        return None
    first, month, third = (int(part) for part in match.groups())
    day, year = (third, first) if first not in _DAYS else (first, third)
    if year not in YEARS and year not in HIJRI_YEARS:
        return None
    found = day_of(year, month, day, hijri=year in HIJRI_YEARS)
    if found is None:
        return None
    last, clock = clock_behind(text, text.era(last))
    return _mention(at, last, "day", found, clock, sure=True)


def read_calendar(text: DateText, at: int) -> DateMention | None:
    """Read a named day, a weekday, a day of a month or a month, with what stands beside it."""
    place = text.skip(text.skip(at, "parts_of_day", "day_word", most=1), "day_word", most=1)
    parts, last = _weekday(text, place)
    if last < place:
        parts, last = _day_of_month(text, place)
    elif (night := _end_of_night(text, at, last, parts)) is not None:
        last = night
    else:
        glue = last + 1 + (text.text(last + 1) in ("،", "؛", "الموافق", "("))
        beside, end = _day_of_month(text, glue)
        if beside.day is not None:
            parts, last = beside, end
        elif (numeric := read_numeric(text, glue)) is not None:
            return replace(numeric, first=at)
    if last < place:
        return None
    end, clock = clock_behind(text, last)
    return _resolve(text, at, end, parts, clock or clock_before(text, at))


def _end_of_night(text: DateText, at: int, last: int, parts: _Parts) -> int | None:
    """Give the second day of «ليل الأربعاء الخميس»، «ليلة الأربعاء-الخميس»: one night, of the day it began on."""
    if not text.tag(at, "night") or parts.weekday is None:
        return None
    place = last + 1 + (text.text(last + 1) in _DASHES or bool(text.tag(last + 1, "to")))
    return place if text.weekday(place) == (parts.weekday + 1) % 7 else None


def read_month_week(text: DateText, at: int) -> DateMention | None:
    """Read «الأسبوع الأول من يونيو»، «الأسبوع الأخير من شهر رمضان»، «اليوم الأخير من فبراير»."""
    number, is_last = text.tag(at + 1, "ordinal"), text.folded(at + 1) == _LAST
    length = {"week": 7, "day": 1}.get(text.tag(at, "unit"))
    if length is None or not (number in range(1, 5) or is_last) or not text.tag(at + 2, "of"):
        return None
    place = text.skip(at + 3, "of")
    parts, last = _day_of_month(text, place)
    month = _resolve(text, place, last, parts, None) if parts.month and parts.day is None else None
    if month is None:
        return None
    begin, after = _days_of(month.when)
    begin = after - timedelta(days=length) if is_last else begin + timedelta(days=length * (number - 1))
    if length == 1:
        return _mention(at, last, "day", begin, None, sure=True)
    return between(at, last, begin, begin + timedelta(days=length - 1))


def _days_of(month: str) -> tuple[date, date]:
    """Give the first day of a month, ours or a Hijri one told from day to day, and the first of the next."""
    begin, _, end = month.partition("/")
    if end:
        return date.fromisoformat(begin), date.fromisoformat(end) + timedelta(days=1)
    first = date.fromisoformat(f"{month}-01")
    return first, date(*month_of(first, 1), 1)


# ---- weekdays and named days


def _weekday(text: DateText, at: int) -> tuple[_Parts, int]:
    """Read «أمس»، «أمس الأحد»، «الثلاثاء الماضي»; the last word is before ``at`` when there is none."""
    named, last = _named_day(text, at)
    place = last + 1
    if named is not None:
        place += text.text(place) == "(" and text.weekday(place + 1) is not None
        place = text.skip(place, "day_word", most=1)
    weekday = text.weekday(place)
    if weekday is None or (named is None and _is_name_of_a_thing(text, place)):
        return _Parts(named=named), last
    further = text.further_turn(place + 1)
    if further is not None:
        return _Parts(named=named, weekday=weekday, turn=further), place + 2
    turn = text.tag(place + 1, "turn")
    if turn:
        return _Parts(named=named, weekday=weekday, turn=turn), place + 1
    return _Parts(named=named, weekday=weekday), place


def _is_name_of_a_thing(text: DateText, at: int) -> bool:
    """Tell whether a weekday is part of a name: «سوق الثلاثاء»، «صلاة الجمعة»."""
    return text.folded(at - 1) in date_words().not_weekdays


def _named_day(text: DateText, at: int) -> tuple[int | None, int]:
    term = text.term(at)
    if term is None or "named_day" not in term.tags or _is_name(text, at, term):
        return None, at - 1
    named = int(term.tags["named_day"])
    if named == -1 and text.folded(at + 1) in ("الاول", "الاولي"):
        return -2, at + 1
    if named == -1 and text.tag(at - 1 - (text.text(at - 1) == "من"), "before_yesterday"):
        return -2, at
    if named == 1 and text.tag(at - 1, "after_tomorrow"):
        return 2, at
    return named, at


def _is_name(text: DateText, at: int, term: Term) -> bool:
    """Tell whether «اليوم» or «الغد» is no day: a paper, a party, «in our time»."""
    words, before, after = date_words(), text.folded(at - 1), text.folded(at + 1)
    if term.tags["named_day"] == 1:
        return before in words.not_tomorrow or (term.bare == "غد" and not text.tag(at - 1, "after_tomorrow"))
    if term.tags["named_day"] == 0:
        return before in words.not_today_before or after in words.not_today_after or after == "من"
    return False


# ---- days of a month


def _day_of_month(text: DateText, at: int) -> tuple[_Parts, int]:
    """Read «18 من شباط/فبراير 2018»، «العاشر من يوليو تموز»، «19 من الشهر الجاري»، «مطلع مايو»."""
    day, until, place = _day_number(text, at)
    part = text.tag(at, "part") if day is None else None
    if part in _TENS:
        place = at + 1
    of_place = text.skip(place, "of")
    dashed = day is not None and text.text(place) in _DASHES
    of_place += dashed  # 29 - شعبان 1436هـ
    if day is not None and (same := _same_month(text, of_place, day)) is not None:
        return replace(same[0], until=until), same[1]
    month, last = _month(text, of_place, strict=dashed or (day is None and of_place == place))
    if month is None:
        return _NO_PARTS, at - 1
    return _year_or_turn(text, _closed(text, last), _Parts(day=day, until=until, month=month, part=part))


def _day_number(text: DateText, at: int) -> tuple[int | None, int | None, int]:
    """Give the day, the last of several, and the place behind."""
    day, place = text.number(at, _DAYS), at + 1
    if day is not None:
        until = None
        while _adds_a_day(text, place) and text.number(place + 1, range(day + 1, 32)):
            until, place = text.number(place + 1, _DAYS), place + 2
        return day, until, place
    ordinal = text.tag(at, "ordinal")
    if not ordinal:
        return None, None, at
    tens = text.term(place) or _NOTHING
    if tens.folded.startswith("و") and tens.tags.get("ordinal") in (20, 30):
        ordinal, place = ordinal + tens.tags["ordinal"], place + 1
    elif tens.tags.get("teen"):
        ordinal, place = ordinal + 10, place + 1
    of_place = text.skip(place, "of")
    if of_place == place:
        return None, None, at
    if _month(text, of_place, strict=False)[0] is None and _same_month(text, of_place, ordinal) is None:
        return None, None, at
    return ordinal, None, place


def _adds_a_day(text: DateText, at: int) -> bool:
    """Tell whether «16 و17» or «21 إلى 23» goes on."""
    return text.text(at) in ("و", "-") or bool(text.tag(at, "to"))


def _same_month(text: DateText, at: int, day: int) -> tuple[_Parts, int] | None:
    """Read «من الشهر الجاري»، «من الشهر ذاته»، «منه» behind a day."""
    turn, of_it = text.tag(at + 1, "turn"), bool(text.tag(at, "of_it"))
    same = of_it or bool(text.tag(at + 1, "same"))
    if not of_it and (text.tag(at, "unit") != "month" or not (same or turn is not None)):
        return None
    months = len(text.told) >= len("2018-03") and text.told[4] == "-"  # «2015/2016» names none
    told = text.told if same and months else text.today.isoformat()
    year, month = month_of(date(int(told[:4]), int(told[5:7]), 1), int(turn or 0))
    return _Parts(day=day, month=MonthName("gregorian", month), year=year), at + (not of_it)


def _month(text: DateText, at: int, *, strict: bool) -> tuple[MonthName | None, int]:
    """Read a month's name, in one naming or two; ``strict`` where nothing else says that it is one."""
    month, last = _month_name(text, at)
    half_named = month is None and text.text(at) in ("تشرين", "كانون")  # «10 تشرين نوفمبر»
    if half_named:
        last = at
    elif month is None:
        return None, at
    twin, end = _month_name(text, last + 1 + (text.text(last + 1) in _TWIN_SIGNS))
    if twin is not None and (month is None or twin.number == month.number):
        return twin, _closed(text, end)
    term = text.term(at)
    is_doubtful = (term is not None and term.doubtful) or _is_a_verb(text, at)
    if month is None or (strict and is_doubtful and not _is_surely_a_month(text, at, last)):
        return None, at
    return month, last


def _is_a_verb(text: DateText, at: int) -> bool:
    """Tell whether a month's name is a verb: «ومارس المحتجون الضغط»."""
    return any(segment.pos == "VERB" for segment in text.words[at].segments)


def _is_surely_a_month(text: DateText, at: int, last: int) -> bool:
    following = text.term(last + 1) or _NOTHING
    return bool(
        following.tags.get("turn") is not None
        or following.tags.get("year_words")
        or text.number(last + 1, YEARS)
        or text.number(last + 1, HIJRI_YEARS)
        or text.tag(at - 1, "months_name")
    )


def _month_name(text: DateText, at: int) -> tuple[MonthName | None, int]:
    term = text.term(at)
    for phrase, month in term.months if term else ():
        if all(text.folded(at + number) == word for number, word in enumerate(phrase[1:], 1)):
            return month, at + len(phrase) - 1
    return None, at


def _closed(text: DateText, last: int) -> int:
    return last + 1 if text.text(last + 1) in (")", "/") else last


def _year_or_turn(text: DateText, last: int, parts: _Parts) -> tuple[_Parts, int]:
    turn = text.tag(last + 1, "turn")
    if turn is not None:
        return replace(parts, turn=int(turn)), last + 1
    place = last + 1 + (text.text(last + 1) == "،")
    place = text.skip(place, "of", "year_words")
    for years in (YEARS, HIJRI_YEARS):
        year = text.number(place, years)
        if year is not None:
            if years is YEARS:
                text.year_told = (place, year)
            return replace(parts, year=year, hijri=years is HIJRI_YEARS), text.era(place)
    unit = place - (text.tag(place - 1, "unit") == "year")
    turn = text.tag(unit + 1, "turn")
    if text.tag(unit, "unit") == "year" and turn is not None:  # «في أكتوبر من العام الماضي»
        return replace(parts, year=text.today.year + int(turn)), unit + 1
    of_same = unit if text.tag(unit + 1, "same") else unit + 1 if text.tag(unit, "same_as") else None
    if of_same is not None and text.tag(of_same, "unit") == "year" and text.told:  # «من العام ذاته»، «من ذات العام»
        return replace(parts, year=int(text.told[:4])), unit + 1
    return parts, last


# ---- what it means


def _mention(first: int, last: int, kind: DateKind, day: date, clock: str | None, *, sure: bool) -> DateMention:
    if clock is not None:
        return DateMention(first, last, kind, f"{day.isoformat()}T{clock}", "minute", sure=True)
    return DateMention(first, last, kind, day.isoformat(), "day", sure=sure)


def _resolve(text: DateText, first: int, last: int, parts: _Parts, clock: str | None) -> DateMention | None:
    if parts.month is not None:
        if parts.month.calendar == "hijri":
            return _resolve_hijri(text, first, last, parts, parts.month.number)
        return _resolve_month(text, first, last, parts, parts.month.number, clock)
    if parts.named is not None:
        day = text.today + timedelta(days=parts.named)
        if parts.weekday is not None:
            day = _weekday_of_stamp(day, parts.weekday)
        named = _mention(first, last, "named", day, clock, sure=parts.weekday is not None)
        return named if parts.weekday is None else replace(named, written=day - timedelta(days=parts.named))
    if parts.weekday is None:
        return None
    back = (text.today.weekday() - parts.weekday) % 7
    day = text.today - timedelta(days=back)
    if parts.turn is not None and parts.turn < 0:
        day += timedelta(days=7 * (parts.turn + (back > 0)))
    elif parts.turn or (parts.turn is None and lies_ahead(text, first, last, back)):
        day += timedelta(days=7 * (parts.turn or 1))
    found = _mention(first, last, "weekday", day, clock, sure=parts.turn is not None)
    tomorrow = text.today + timedelta(days=1)
    if parts.turn is None and day.weekday() == tomorrow.weekday() and is_told_of_the_day(text, first, last):
        return replace(found, written=tomorrow)
    return found


def _weekday_of_stamp(day: date, weekday: int) -> date:
    """Give the writer's day, whose weekday the text tells: that of the stamp, the next, or else one before it."""
    back = (day.weekday() - weekday) % 7
    return day - timedelta(days=back) if back < _DAYS_TO_NEXT else day + timedelta(days=7 - back)


def _resolve_month(
    text: DateText, first: int, last: int, parts: _Parts, month: int, clock: str | None
) -> DateMention | None:
    year = (
        parts.year
        if parts.year is not None and not parts.hijri
        else year_of_month(text, first, last, parts.turn, month, parts.day)
    )
    if parts.day is None:
        sure = parts.year is not None or parts.turn is not None
        return DateMention(first, last, "month", f"{year:04}-{month:02}", "month", sure=sure)
    day = day_of(year, month, parts.day)
    until = day_of(year, month, parts.until) if parts.until else None
    if day is None:
        return None
    return between(first, last, day, until) if until else _mention(first, last, "day", day, clock, sure=True)


def _resolve_hijri(text: DateText, first: int, last: int, parts: _Parts, month: int) -> DateMention | None:
    year = parts.year if parts.hijri and parts.year else _hijri_year_of(text.today, parts.turn, month)
    begin = day_of(year, month, parts.day or 1, hijri=True) if year else None
    if begin is None or year is None:
        return None
    if parts.day is not None:
        return _mention(first, last, "day", begin, None, sure=True)
    end = begin + timedelta(days=Hijri(year, month, 1).month_length() - 1)
    if parts.part is None or parts.part not in _TENS:
        return between(first, last, begin, end)
    skipped, length = _TENS[parts.part]
    begin += timedelta(days=skipped)
    end = min(end, begin + timedelta(days=length - 1))
    if (begin.year, begin.month) != (end.year, end.month):
        return between(first, last, begin, end)
    return DateMention(first, last, "month", f"{begin.year:04}-{begin.month:02}", "month", sure=True)


def _hijri_year_of(today: date, turn: int | None, month: int) -> int | None:
    try:
        now = Gregorian(today.year, today.month, today.day).to_hijri()
    except (ValueError, OverflowError):
        return None
    if turn is None:
        months = month - now.month
        return int(now.year + (months < NEAREST_MONTHS.start) - (months > NEAREST_MONTHS.stop))
    return int(now.year - (turn < 0 and month >= now.month) + (turn > 0 and month <= now.month))
