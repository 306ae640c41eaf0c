"""
Dates in running text: what moment a clause speaks of, as ISO 8601 in the outlet's own zone.

Unlike a date line, a clause leaves much unsaid: «في يوليو» is the July nearest to the writer, «الثلاثاء» the last one
unless something lies ahead, «منتصف أبريل» a month, «الأسبوع الماضي» seven days. What only says how long («منذ 20 عاما»)
or roughly when («خلال السنوات الأخيرة») is no date.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tawatur.analysis.date_days import read_calendar, read_month_week, read_numeric
from tawatur.analysis.date_terms import date_words
from tawatur.analysis.date_text import YEARS, DateMention, DateText
from tawatur.analysis.date_units import (
    read_ago,
    read_decade,
    read_first_months,
    read_same_time,
    read_season,
    read_unit,
    read_year,
)
from tawatur.analysis.document import Passage

__all__ = ["find_date_mentions"]

_WAYS = (
    *(read_numeric, read_ago, read_month_week, read_first_months, read_same_time, read_unit),
    *(read_season, read_decade, read_calendar, read_year),
)
_DAY = len("2018-03-12")
# Words between the ends of an interval: «وحتى»، «إلى العام».
_BETWEEN_ENDS = 2


def find_date_mentions(passage: Passage, today: date) -> list[DateMention]:
    """Find the dates in a passage, in order; no word is in two of them."""
    text = DateText(passage, today)
    found: list[DateMention] = []
    at = 0
    while at < len(text.terms):
        mention = _read(text, at) if text.terms[at] is not None or passage.words[at].kind == "date" else None
        if mention is None:
            at += 1
            continue
        interval = _joined(text, found[-1], mention) if found else None
        if interval is None:
            found.append(mention)
        else:
            found[-1] = interval
        text.told = mention.when
        if mention.kind == "unit" and mention.precision == "year" and text.tag(mention.first - 1, "within"):
            text.year_told = mention.last, int(mention.when)
        at = mention.last + 1
    return [mention for mention in found if not _is_a_habit(text, mention)]


def _is_a_habit(text: DateText, mention: DateMention) -> bool:
    """Tell whether a weekday is any of its name: «أيام الجمعة»."""
    return (
        mention.kind == "weekday" and not mention.sure and text.folded(mention.first - 1) in date_words().several_days
    )


def _read(text: DateText, at: int) -> DateMention | None:
    for way in _WAYS:
        mention = way(text, at)
        if mention is not None:
            return mention
    return None


def _joined(text: DateText, first: DateMention, second: DateMention) -> DateMention | None:
    return _interval(text, first, second) or _twice(text, first, second) or _days_on_end(text, first, second)


def _days_on_end(text: DateText, begin: DateMention, end: DateMention) -> DateMention | None:
    """Join «يومي السبت والأحد المقبلين»، «أيام الجمعة والسبت والأحد»: the last of them tells of which week they are."""
    is_led = (
        text.folded(begin.first) in date_words().several_days
        or text.folded(begin.first - 1) in date_words().several_days
    )
    is_led = is_led or text.folded(end.last) in date_words().of_two
    if not (
        is_led and end.kind == "weekday" and end.first == begin.last + 1 and text.folded(end.first).startswith("و")
    ):
        return None
    first, _, last = begin.when.partition("/")
    if len(first) != _DAY or len(end.when) != _DAY:
        return None
    days = (date.fromisoformat(one) for one in (first, last or first, end.when))
    opening, closing, after = days
    if (after - closing).days % 7 != 1:
        return None
    opening = after - timedelta(days=1) - (closing - opening)
    return DateMention(begin.first, end.last, "span", f"{opening.isoformat()}/{end.when}", "interval", sure=True)


def _in_year_of(text: DateText, begin: DateMention, end: DateMention) -> DateMention:
    """Give a beginning that tells no year the year that its end tells: «من 14 يونيو إلى 15 يوليو 2018»."""
    told = text.year_told
    if told is None or not end.first <= told[0] <= end.last or begin.kind not in ("day", "month"):
        return begin
    if any(text.number(place, YEARS) for place in range(begin.first, begin.last + 1)):
        return begin
    year = told[1] - (begin.when[5:] > end.when[5 : len(begin.when)])
    return replace(begin, when=f"{year:04}{begin.when[4:]}")


def _twice(text: DateText, first: DateMention, second: DateMention) -> DateMention | None:
    """Join two tellings of one day: «الثلاثاء بتاريخ 19/10/1436هـ الموافق 04/08/2015م»."""
    between = range(first.last + 1, second.first)
    if first.when[:10] != second.when[:10] or len(first.when) < len("2018-03-12") or len(between) > _BETWEEN_ENDS:
        return None
    if not all(text.text(place) in date_words().same_day for place in between):
        return None
    fuller = max(first, second, key=lambda one: len(one.when))
    return replace(fuller, first=first.first, last=second.last, sure=True)


def _interval(text: DateText, begin: DateMention, end: DateMention) -> DateMention | None:
    """Join «من … إلى …» and «بين … و…» into one interval."""
    begin = _in_year_of(text, begin, end)
    between = range(begin.last + 1, end.first)
    if "/" in begin.when + end.when or begin.when[:10] >= end.when[:10] or len(between) > _BETWEEN_ENDS:
        return None
    lead = range(begin.first - 3, begin.first)
    opens = any(text.tag(place, "opens_a_span") for place in lead)
    to = any(text.tag(place, "to") for place in between)
    and_joins = any(text.text(place) == "و" for place in between) or text.text(end.first).startswith("و")
    if (opens and to) or (and_joins and any(text.tag(place, "between") for place in lead)):
        return DateMention(begin.first, end.last, "span", f"{begin.when}/{end.when}", "interval", sure=True)
    return None
