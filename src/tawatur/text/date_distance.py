"""The grammar of days counted from now, and of labels: «أمس», «الثلاثاء الماضي», «منذ 3 ساعات», «آخر تحديث»."""

from __future__ import annotations

from collections.abc import Sequence

from .date_calendars import skip
from .date_parts import Ago, Label, NamedDay, Shift, WeekdayName
from .date_tables import not_days
from .date_tokens import Term, Unit, unit_of
from .numerals import number_words

__all__ = ["read_ago", "read_label", "read_named_day", "read_weekday"]

Terms = Sequence[Term]


def read_weekday(terms: Terms, at: int) -> WeekdayName | None:
    """Read a weekday with «الماضي» or «المقبل» after it."""
    weekday = terms[at].get("weekday")
    if weekday is None:
        return None
    shift: Shift | None = None
    end = at + 1
    if end < len(terms):
        for tag, value in (("last", -1), ("next", 1), ("this", 0)):
            if terms[end].get(tag):
                shift, end = value, end + 1  # type: ignore[assignment]
                break
    alone = terms[at].text.startswith("ال") or (terms[at].text.isascii() and len(terms[at].text) > 4)
    return WeekdayName(start=at, end=end, weekday=weekday, shift=shift, stands_alone=alone)


def read_named_day(terms: Terms, at: int) -> NamedDay | None:
    """Read «اليوم», «أمس»; not «اليوم السابع», which is a newspaper."""
    days = terms[at].get("named_day")
    if days is None:
        return None
    if days == 0 and at + 1 < len(terms) and terms[at + 1].text in not_days():
        return None
    return NamedDay(start=at, end=at + 1, days=days)


def read_ago(terms: Terms, at: int) -> Ago | None:
    """Read «منذ 3 ساعات و20 دقيقة», «قبل ساعتين», ``3 hours ago``; not «قبل يومين من الانتخابات»."""
    if terms[at].get("now"):
        return Ago(start=at, end=at + 1, counts=())
    cue = bool(terms[at].get("ago"))
    place = skip(terms, at + 1, frozenset(":"), "about") if cue else at
    counts: list[tuple[Unit, float]] = []
    end = place
    while place < len(terms):
        counted = _counted(terms, place, cue=cue)
        if counted is None:
            break
        unit, count, place = counted
        counts.append((unit, count))
        if place < len(terms) and terms[place].get("fraction") in (30, 15) and counts[-1][0] == "hour":
            counts[-1] = ("hour", count + terms[place].get("fraction") / 60)
            place += 1
        end = place
        if place < len(terms) and terms[place].text in {"و", "،", ","}:
            place += 1
    place = end
    if not counts or (not cue and not (place < len(terms) and terms[place].get("after_ago"))):
        return None
    if not cue or (place < len(terms) and terms[place].get("after_ago")):
        place += 1
    if place + 1 < len(terms) and terms[place].text == "من" and terms[place + 1].get("now"):
        place += 2
    elif terms[at].text == "قبل" and place < len(terms) and terms[place].text in {"من", "علي"}:
        return None
    return Ago(start=at, end=place, counts=tuple(counts))


def _counted(terms: Terms, at: int, *, cue: bool) -> tuple[Unit, float, int] | None:
    """«3 ساعات», «ثلاث ساعات», «ساعتين», «نصف ساعة», «ساعة واحدة», «3 س»."""
    term = terms[at]
    part = 0.5 if term.get("half") else 0.25 if term.get("quarter") else None
    number: float | None = term.number if term.number is not None else part
    after = at + 1
    if number is None:
        words = number_words(
            [_without_and(other.text) if i == 0 else other.text for i, other in enumerate(terms[at : at + 2])]
        )
        if words is not None:
            number, after = words[0], at + words[1]
    if after >= len(terms) and number is not None:
        return None
    unit, own_count = unit_of(terms[after] if number is not None else term)
    if unit is None and cue and number is not None and terms[after].get("short_unit"):
        unit = terms[after].get("short_unit")
    if unit is None or (number is None and not own_count):
        return None
    end = after + 1 if number is not None else at + 1
    if unit == "year" and number is None and end < len(terms) and len(terms[end].text) == 4 and terms[end].number:
        return None  # «منذ عام 2009»
    if number is None and end < len(terms) and terms[end].text in {"واحد", "واحده"}:
        end += 1
    return unit, float(own_count if number is None else number), end


def _without_and(word: str) -> str:
    return word.removeprefix("و") if not word.startswith("واحد") else word


def read_label(terms: Terms, at: int) -> Label | None:
    """Read «تاريخ النشر», «آخر تحديث»."""
    kind = terms[at].get("label")
    return Label(start=at, end=at + 1, kind=kind) if kind else None
