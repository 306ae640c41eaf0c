"""A passage as the readers of dates see it: its words, what each does in a date, and the day it was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from hijridate import Hijri

from tawatur.analysis.date_terms import Term, read_terms
from tawatur.analysis.document import Passage
from tawatur.model.analysis import EventPrecision
from tawatur.text.letters import normalised_text

__all__ = ["HIJRI_YEARS", "YEARS", "DateKind", "DateMention", "DateText", "between", "day_of", "month_of"]

DateKind = Literal["named", "weekday", "day", "month", "year", "bare_year", "unit", "ago", "span"]

#: Numbers that can be years.
YEARS = range(1700, 2101)
HIJRI_YEARS = range(1250, 1500)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a passage: ``first`` to ``last`` of its words."""

    first: int
    last: int
    kind: DateKind
    #: ISO 8601: a year, a month, a day, a minute, or an interval of two.
    when: str
    precision: EventPrecision
    #: True where a second sign (a year, «الماضي», a weekday beside «أمس») leaves no doubt that it is a date.
    sure: bool = False
    #: The writer's own day where the text tells it: «اليوم الأربعاء», «أمس (الثلاثاء)»; None elsewhere.
    written: date | None = None


class DateText:
    """A passage with the terms of its words."""

    def __init__(self, passage: Passage, today: date) -> None:
        self.words = passage.words
        self.field = passage.field
        self._passage = passage
        self.terms = read_terms(passage.words)
        self.today = today
        #: The date before the one being read: «الشهر ذاته» is its month.
        self.told = ""
        #: Where a year was told last, and which.
        self.year_told: tuple[int, int] | None = None

    def term(self, at: int) -> Term | None:
        """Give what a word does in a date; None for nothing, and beyond the ends."""
        return self.terms[at] if 0 <= at < len(self.terms) else None

    def tag(self, at: int, tag: str) -> Any:
        """Give what a word means by a tag; None when it has none."""
        term = self.term(at)
        return term.tags.get(tag) if term else None

    def text(self, at: int) -> str:
        """Give a word as printed; empty beyond the ends."""
        return self.words[at].text if 0 <= at < len(self.words) else ""

    def folded(self, at: int) -> str:
        """Give a word with its letters folded."""
        term = self.term(at)
        return term.folded if term is not None else normalised_text(self.text(at))

    def number(self, at: int, among: range) -> int | None:
        """Give a number written in digits, when it is among some."""
        term = self.term(at)
        return term.number if term and term.is_number and term.number is not None and term.number in among else None

    def ends_line(self, at: int) -> bool:
        """Tell whether a word is the last of its paragraph."""
        return at + 1 < len(self.words) and "\n" in self._passage.text[self.words[at].end : self.words[at + 1].start]

    def opens_a_quotation(self, at: int) -> bool:
        """Tell whether a word is a mark that stands against what is behind it and apart from what is before."""
        words = self.words
        if words[at].text not in ("«", "“", '"') or at + 1 >= len(words) or words[at].end != words[at + 1].start:
            return False
        return at == 0 or words[at - 1].end < words[at].start

    def weekday(self, at: int) -> int | None:
        """Give the weekday a word names, Monday 0."""
        term = self.term(at)
        return term.weekday if term else None

    def further_turn(self, at: int) -> int | None:
        """Read «قبل الماضي» (-2) and «بعد المقبل» (2), two words."""
        turn = {"قبل": -1, "بعد": 1}.get(self.folded(at))
        return 2 * turn if turn and self.tag(at + 1, "turn") == turn else None

    def skip(self, at: int, *tags: str, most: int = 3) -> int:
        """Pass words that carry one of some tags."""
        end = at + most
        while at < end and any(self.tag(at, tag) for tag in tags):
            at += 1
        return at

    def era(self, last: int) -> int:
        """Pass «م» or «هـ» behind a year."""
        if self.text(last + 1) in ("م", "هـ"):
            return last + 1
        if self.text(last + 1) == "ه":
            return last + 2 if self.text(last + 2) == "ـ" else last + 1
        return last


def day_of(year: int, month: int, day: int, *, hijri: bool = False) -> date | None:
    """Give a day of a calendar; None for one that does not exist.

    >>> day_of(2023, 2, 30) is None, day_of(1436, 9, 26, hijri=True)
    (True, datetime.date(2015, 7, 13))
    """
    try:
        return date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal()) if hijri else date(year, month, day)
    except (ValueError, OverflowError):
        return None


def month_of(today: date, months: int) -> tuple[int, int]:
    """Give the year and the month so many months from a day.

    >>> month_of(date(2018, 1, 31), -1)
    (2017, 12)
    """
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return year, month + 1


def between(first: int, last: int, begin: date, end: date) -> DateMention:
    """Give the days from one to another."""
    return DateMention(first, last, "span", f"{begin.isoformat()}/{end.isoformat()}", "interval", sure=True)


def week_of(today: date, weeks: int) -> date:
    """Give the Sunday that begins the week so many weeks from a day's."""
    return today - timedelta(days=(today.weekday() + 1) % 7) + timedelta(days=7 * weeks)
