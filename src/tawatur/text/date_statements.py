"""
Statements: the parts of a line that speak of one moment, brought together.

«الأربعاء، 20 سبتمبر 2023 - 13:15 بتوقيت القاهرة» is a weekday, a calendar day, a time and a zone; only marks and
small words stand between. A second calendar day of the same calendar, a second time, or a label («آخر تحديث») opens
the next statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .date_clock import read_clock, read_zone
from .date_distance import read_ago, read_label, read_named_day, read_weekday
from .date_grammar import read_calendar_day
from .date_parts import Ago, CalendarDay, Clock, Label, NamedDay, Part, WeekdayName, ZoneName
from .date_tokens import Term

__all__ = ["Statement", "join_apart", "read_statements", "year_beside", "years_in"]

# More marks and small words than this between two parts and they belong to different statements.
WIDEST_GAP = 6

# How many unknown words may stand between a day and its time in a date line («20 سبتمبر 2023 | القاهرة | 13:15»).
WIDEST_ASIDE = 3

# Four digits that a date line may mean as its year, where they stand apart from day and month.
LINE_YEARS = range(1900, 2101)

_LIGHT = ("between", "period", "hour", "of", "ordinal_sign", "hijri", "gregorian", "year", "minute_sign")


@dataclass(slots=True)
class Statement:
    """What a line says of one moment; built up part by part, then resolved."""

    start: int
    end: int
    label: Literal["published", "updated", "other"] | None = None
    day: CalendarDay | None = None
    #: The same day in the other calendar.
    twin: CalendarDay | None = None
    named_day: NamedDay | None = None
    weekday: WeekdayName | None = None
    clock: Clock | None = None
    zone: ZoneName | None = None
    ago: Ago | None = None

    @property
    def names_a_day(self) -> bool:
        """True when the statement can stand by itself."""
        alone = self.weekday is not None and self.weekday.stands_alone
        return bool(self.day or self.named_day or self.ago or alone)

    @property
    def lacks_year(self) -> bool:
        """True when a day of our calendar is named without its year."""
        day = self.day
        return day is not None and day.year is None and day.calendar == "gregorian" and self.twin is None


def read_statements(terms: Sequence[Term]) -> list[Statement]:
    """Find the statements of a line, in the order they stand."""
    parts = list(_parts(terms))
    statements: list[Statement] = []
    label: Literal["published", "updated", "other"] | None = None
    for index, part in enumerate(parts):
        if isinstance(part, Label):
            label = part.kind
            statements.append(Statement(part.end, part.end, label))
            continue
        current = statements[-1] if statements else None
        if current is None or not _is_light(terms, current.end, part.start) or not _takes(current, part):
            zoned = current is not None and _is_same_moment(terms, current, parts, index)
            if not zoned or current is None:
                keeps_label = current is not None and current.label is not None and not _has_parts(current)
                current = Statement(part.start, part.end, label if keeps_label else None)
                statements.append(current)
        _put(current, part)
    return [statement for statement in statements if _has_parts(statement)]


def join_apart(terms: Sequence[Term], statements: Sequence[Statement]) -> list[Statement]:
    """Give a day the time that stands apart from it in the same date line.

    A time after a label («20 سبتمبر 2023، آخر تحديث 14:00») is taken when the day has no other; one that a few unknown
    words part from its day is taken too.
    """
    joined: list[Statement] = []
    for statement in statements:
        previous = joined[-1] if joined else None
        dated = _before_distance(joined)
        if dated is not None and _is_its_time(terms, dated, statement):
            dated.clock, dated.zone = statement.clock, statement.zone or dated.zone
            dated.end = statement.end
        elif previous is not None and _is_its_time(terms, statement, previous, before=True):
            statement.clock, statement.zone = previous.clock, previous.zone or statement.zone
            statement.start = previous.start
            statement.label = statement.label or previous.label
            joined[-1] = statement
        else:
            joined.append(statement)
    return joined


def year_beside(terms: Sequence[Term], statement: Statement) -> Statement:
    """Give a day the year that its time, its weekday or a mark parts from it.

    «20 سبتمبر 14:35 2021», ``Wed Sep 20 14:35:00 UTC 2023``, «2021، 20 سبتمبر», «20 سبتمبر (2021)».
    """
    day = statement.day
    if day is None or not statement.lacks_year or day.month_shift is not None or day.year_shift is not None:
        return statement
    after, before = statement.end, statement.start - 1
    while after < len(terms) and (terms[after].is_mark or terms[after].get("weekday") is not None):
        after += 1
    while before >= 0 and terms[before].is_mark:
        before -= 1
    for at in (after, before):
        if _is_line_year(terms, at) and not _counts_something(terms, at):
            return replace(statement, day=replace(day, year=terms[at].number))
    return statement


def years_in(terms: Sequence[Term]) -> set[int | None]:
    """The numbers of a line that may be a year."""
    return {term.number for at, term in enumerate(terms) if _is_line_year(terms, at)}


def _is_line_year(terms: Sequence[Term], at: int) -> bool:
    return 0 <= at < len(terms) and len(terms[at].text) == 4 and terms[at].number in LINE_YEARS


def _counts_something(terms: Sequence[Term], at: int) -> bool:
    """Tell whether a number stands before a word: «20 سبتمبر | 2021 مشاهدة»."""
    following = terms[at + 1] if at + 1 < len(terms) else None
    return following is not None and following.number is None and not following.is_mark and not following.tags


def _before_distance(joined: Sequence[Statement]) -> Statement | None:
    """The last statement, or the one before where a distance repeats it: «18 سبتمبر 2023 (منذ يومين) - 21:40»."""
    if len(joined) > 1 and joined[-1].ago is not None and joined[-1].label is None:
        return joined[-2]
    return joined[-1] if joined else None


def _is_its_time(terms: Sequence[Term], dated: Statement, timed: Statement, *, before: bool = False) -> bool:
    if not dated.names_a_day or dated.ago or dated.clock or timed.names_a_day or not timed.clock:
        return False
    if timed.label not in (None, dated.label) and (before or timed.label == "other" or dated.label is not None):
        return False  # «نشر في 20/09/2023 • آخر تحديث 15:40» leaves open when that day it was published
    first, second = (timed, dated) if before else (dated, timed)
    unknown = [term for term in terms[first.end : second.start] if not term.is_mark and not term.tags]
    return len(unknown) <= WIDEST_ASIDE


def _parts(terms: Sequence[Term]) -> Iterator[Part]:
    at = 0
    while at < len(terms):
        part = _part_at(terms, at)
        if part is None:
            at += 1
        else:
            yield part
            at = part.end


def _part_at(terms: Sequence[Term], at: int) -> Part | None:
    term = terms[at]
    if term.number is None and not term.tags and term.text not in "+-−z":
        ordinal = term.text.startswith("ال") or term.text.isalpha()
        return read_calendar_day(terms, at) if ordinal and _before_of(terms, at) else None
    return (
        read_label(terms, at)
        or read_ago(terms, at)
        or read_calendar_day(terms, at)
        or read_zone(terms, at)
        or read_clock(terms, at)
        or read_named_day(terms, at)
        or read_weekday(terms, at)
    )


def _before_of(terms: Sequence[Term], at: int) -> bool:
    """«العشرين من»: only there can an unknown word begin a day."""
    return any(term.get("of") for term in terms[at + 1 : at + 3])


def _is_light(terms: Sequence[Term], start: int, end: int) -> bool:
    gap = terms[start:end]
    return len(gap) <= WIDEST_GAP and all(
        term.is_mark or any(term.get(tag) for tag in _LIGHT) or term.text == "t" for term in gap
    )


def _takes(statement: Statement, part: Part) -> bool:
    """Tell whether a statement still lacks such a part."""
    weekday = statement.weekday
    match part:
        case _ if statement.ago is not None:
            lacks = False
        case CalendarDay():
            lacks = _takes_day(statement, part)
        case Clock():
            lacks = statement.clock is None
        case ZoneName():
            lacks = statement.zone is None
        case WeekdayName():
            lacks = weekday is None or weekday.weekday == part.weekday
        case NamedDay():
            lacks = statement.named_day is None and statement.day is None
        case _:
            lacks = not _has_parts(statement)
    return lacks


def _takes_day(statement: Statement, part: CalendarDay) -> bool:
    """A second calendar day must be of the other calendar, or the same day again."""
    if statement.day is None:
        return statement.named_day is None or part.year is not None
    other_calendar = statement.twin is None and statement.day.calendar != part.calendar
    return other_calendar or _same_day(statement.day, part)


def _same_day(first: CalendarDay, second: CalendarDay) -> bool:
    return (first.year, first.month, first.day) == (second.year, second.month, second.day)


def _is_same_moment(terms: Sequence[Term], statement: Statement, parts: Sequence[Part], index: int) -> bool:
    """«الساعة 16:00 (13:00 بتوقيت غرينتش)»: the second time, with its zone, says the same and says it better."""
    part = parts[index]
    following = parts[index + 1] if index + 1 < len(parts) else None
    return (
        isinstance(part, Clock)
        and statement.clock is not None
        and (statement.zone is None or statement.zone.local)
        and statement.names_a_day
        and isinstance(following, ZoneName)
        and following.start == part.end
        and any(term.text == "(" for term in terms[statement.end : part.start])
        and _is_light(terms, statement.end, part.start)
    )


def _has_parts(statement: Statement) -> bool:
    return any(
        part is not None
        for part in (
            statement.day,
            statement.named_day,
            statement.weekday,
            statement.clock,
            statement.zone,
            statement.ago,
        )
    )


def _put(statement: Statement, part: Part) -> None:
    if not _has_parts(statement):
        statement.start = part.start
    statement.end = part.end
    match part:
        case CalendarDay():
            if statement.day is None:
                statement.day = part
            elif part.calendar != statement.day.calendar:
                statement.twin = part
        case Clock():
            statement.clock = part
        case ZoneName():
            statement.zone = part
        case WeekdayName():
            statement.weekday = part
        case NamedDay():
            statement.named_day = part
        case Ago():
            statement.ago = part
