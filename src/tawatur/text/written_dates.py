"""
Written dates: what a date line says, read as an instant or a day.

Arabic outlets write one day as «20 سبتمبر», «20 أيلول», «20 شتنبر», ``20/09/2023`` or «منذ يومين». A line is cut
into terms (``date_tokens``), the grammar finds parts (``date_grammar``, ``date_clock``, ``date_distance``), parts
that speak of one moment make a statement (``date_statements``), and a statement is resolved against the
given moment (``date_resolve``). Words and month names are data (``data/*.toml``).

The rule above all: what is not certain is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Literal

from .date_resolve import Moment, Now, Precision, resolve
from .date_statements import Statement, join_apart, read_statements, year_beside, years_in
from .date_tokens import Term, read_terms
from .letters import Normalised

__all__ = ["WrittenDate", "date_record", "find_written_dates", "read_written_date"]

# A date line is short; what is longer is text, and only its beginning can be a date line.
LONGEST_LINE = 1000


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as a text gives it."""

    #: An aware datetime in the zone the text names, else in the zone that was given; a bare date when the text
    #: tells only the day (of a month or a year: its first day, see ``precision``); None when unknown.
    instant: datetime | date | None = None
    #: The smallest unit the text gave; None when ``instant`` is.
    precision: Precision | None = None
    #: True when the text itself names the zone.
    zone_stated: bool = False
    #: Where the date stands in the text.
    start: int = 0
    end: int = 0
    #: What the text calls this date: «نشر», «آخر تحديث»; None when it does not say.
    label: Literal["published", "updated"] | None = None
    #: What a desk should know: ``weekday-disagrees``, ``calendars-disagree``, ``year-from-base``,
    #: ``counted-from-base``, ``order-by-convention``, ``order-from-weekday``, ``clock-unclear``, ``zone-unclear``.
    notes: tuple[str, ...] = ()


def read_written_date(
    text: str,
    *,
    base: datetime | None = None,
    zone: tzinfo = UTC,
    day_first: bool = True,
) -> WrittenDate:
    """Read the date a date line states; never raises.

    Where a line has several dates the published one wins over the updated one, a calendar day over a
    distance («منذ يومين»), the first over the others.

    Args:
        text: A date line, or any text that holds one.
        base: The moment the line was read, for «أمس», «منذ 3 ساعات» and days without a year; without it
            these stay unknown.
        zone: The outlet's zone, for times without one.
        day_first: How ``05/06/2023`` is read; Arabic outlets write the day first.

    >>> read_written_date("الأربعاء، 20 سبتمبر 2023 01:15 م").instant
    datetime.datetime(2023, 9, 20, 13, 15, tzinfo=datetime.timezone.utc)
    >>> read_written_date("11 شوال 1441هـ - 03 يونيو 2020م").instant
    datetime.date(2020, 6, 3)
    >>> read_written_date("31 فبراير 2023").instant is None
    True
    """
    terms, folded = read_terms(text[:LONGEST_LINE])
    statements = join_apart(terms, read_statements(terms))
    candidates = [
        statement
        for statement in statements
        if statement.names_a_day and statement.label != "other" and not _may_be_a_name(terms, statement)
    ]
    if not candidates:
        return WrittenDate()
    now = Now(_aware(base, zone), zone, day_first)
    best = year_beside(terms, min(candidates, key=_rank))
    if _is_american(terms, best):
        return WrittenDate()
    moment = resolve(best, now)
    if moment is None or _is_of_other_year(terms, best, moment) or _has_rival(terms, best, candidates, moment, now):
        return WrittenDate()
    return _written(terms, folded, best, moment)


def find_written_dates(
    text: str,
    *,
    base: datetime | None = None,
    zone: tzinfo = UTC,
    day_first: bool = True,
) -> tuple[WrittenDate, ...]:
    """Find every date in running text, in the order they stand; a day without a year is the nearest to ``base``.

    >>> [found.instant.isoformat() for found in find_written_dates("وقع في 12 مارس 2018 ثم في أيلول 2019")]
    ['2018-03-12', '2019-09-01']
    """
    terms, folded = read_terms(text)
    now = Now(_aware(base, zone), zone, day_first, yearless="nearest")
    found = []
    for statement in read_statements(terms):
        is_now = statement.ago is not None and not statement.ago.counts  # «حتى الآن» tells no moment
        moment = resolve(statement, now) if statement.names_a_day and not is_now else None
        if moment is not None:
            found.append(_written(terms, folded, statement, moment))
    return tuple(found)


def date_record(
    text: str, *, base: datetime | None = None, zone: tzinfo = UTC, day_first: bool = True
) -> dict[str, str | bool | None]:
    """Give what ``tawatur date`` prints for a line: ``input``, ``instant``, ``precision``, ``zone_stated``.

    ``instant`` is an RFC 3339 date-time with its offset, seconds always written; a bare date for a day; ``2023-09`` and
    ``2023`` (ISO 8601) for a month and a year, whose days the text does not give; None when unknown.

    >>> date_record("20 سبتمبر 2023 الساعة 13:00 بتوقيت مكة المكرمة")["instant"]
    '2023-09-20T13:00:00+03:00'
    """
    found = read_written_date(text, base=base, zone=zone, day_first=day_first)
    return {
        "input": text,
        "instant": _as_text(found),
        "precision": found.precision,
        "zone_stated": found.zone_stated,
    }


def _as_text(found: WrittenDate) -> str | None:
    if found.instant is None:
        return None
    letters = {"month": 7, "year": 4}.get(found.precision or "")
    return found.instant.isoformat()[:letters]


def _aware(base: datetime | None, zone: tzinfo) -> datetime | None:
    return base.replace(tzinfo=zone) if base is not None and base.tzinfo is None else base


def _rank(statement: Statement) -> tuple[int, int]:
    """Order the statements of a line: published before unlabelled before updated, calendar days before the others."""
    labels = {"published": 0, None: 1, "updated": 2, "other": 3}
    day = statement.day
    # A day that cannot be (33/12/2020) still outranks «الجمعة»: what the line meant to say is then unknown.
    by_calendar = day is not None and (day.year is not None or day.impossible or statement.weekday is not None)
    return labels[statement.label], 0 if by_calendar else 1


def _may_be_a_name(terms: Sequence[Term], statement: Statement) -> bool:
    """Tell whether a word for a day or for now is part of a name: «المصري اليوم», «الجمعة البيضاء», «شاهد الآن»."""
    if statement.ago is not None:
        return not statement.ago.counts and any(_is_foreign(term) for term in terms)
    if statement.day is not None or statement.clock is not None:
        return False
    before, after = terms[max(0, statement.start - 1) : statement.start], terms[statement.end : statement.end + 1]
    if statement.named_day is not None:
        return statement.named_day.days == 0 and statement.weekday is None and any(map(_is_foreign, before))
    shifted = statement.weekday is not None and statement.weekday.shift is not None
    return not shifted and any(map(_is_foreign, (*before, *after)))


def _is_foreign(term: Term) -> bool:
    """Tell whether a word has no part in a date line: unknown to the tables, or a place («مصر اليوم»)."""
    return term.number is None and not term.is_mark and (not term.tags or term.get("place") is not None)


def _has_rival(
    terms: Sequence[Term], best: Statement, candidates: Sequence[Statement], moment: Moment, now: Now
) -> bool:
    """Tell whether another day follows at once: «من 20 سبتمبر 2023 إلى 25 سبتمبر 2023», «الثلاثاء والأربعاء»."""
    if any(_opens_range(terms, statement, best) for statement in candidates):
        return True
    following = next((statement for statement in candidates if statement.start >= best.end), None)
    if following is None or following.label != best.label or _rank(following) != _rank(best):
        return False
    between = terms[best.end : following.start]
    if not all(term.is_mark or term.get("range") or term.get("between") for term in between):
        return False
    other = resolve(following, now)
    return other is None or _date_of(other) != _date_of(moment)


def _opens_range(terms: Sequence[Term], first: Statement, last: Statement) -> bool:
    """Tell whether a day without a year begins what the other ends: «28 أغسطس - 3 سبتمبر 2023»."""
    if first.day is None or last.day is None or first.day.year is not None or first.end > last.start:
        return False
    between = terms[first.end : last.start]
    joins = bool(between) and all(term.text in "-–—" or term.get("range") for term in between)
    return joins and (first.day.month, first.day.day) != (last.day.month, last.day.day)


def _is_of_other_year(terms: Sequence[Term], statement: Statement, moment: Moment) -> bool:
    """Tell whether the line holds a year other than the supposed one: «سبتمبر 20 الاثنين 2021», «20 سبتمبر 21»."""
    weekday_alone = statement.day is None and statement.weekday is not None and statement.named_day is None
    if not (statement.lacks_year or weekday_alone):
        return False
    years = years_in(terms)
    year = _date_of(moment).year
    after = terms[statement.end : statement.end + 2]
    if statement.lacks_year and after and len(after[0].text) == 2 and (len(after) == 1 or after[1].is_mark):
        return after[0].number not in (None, year % 100)
    return bool(years) and year not in years


def _date_of(moment: Moment) -> date:
    return moment.instant.date() if isinstance(moment.instant, datetime) else moment.instant


def _is_american(terms: Sequence[Term], statement: Statement) -> bool:
    """Tell whether ``9/5/2023 1:15:00 PM`` may as well be month first: what .NET prints for an American server.

    Unpadded numbers, seconds and Latin AM or PM together are no outlet's own style, so no convention decides.
    """
    day, clock = statement.day, statement.clock
    if day is None or day.other is None or clock is None or clock.second is None or statement.twin is not None:
        return False
    numbers = [term.text for term in terms[day.start : day.end] if term.number is not None]
    slashes = any(term.text == "/" for term in terms[day.start : day.end])
    latin = any(term.get("period") and term.text.isascii() for term in terms[clock.start : clock.end])
    return slashes and latin and any(len(number) == 1 for number in numbers) and statement.weekday is None


def _written(terms: Sequence[Term], folded: Normalised, statement: Statement, moment: Moment) -> WrittenDate:
    start, end = folded.original_span(terms[statement.start].start, terms[statement.end - 1].end)
    label = statement.label if statement.label != "other" else None
    return WrittenDate(
        moment.instant,
        moment.precision,
        moment.zone_stated,
        start,
        end,
        label,
        moment.notes,
    )
