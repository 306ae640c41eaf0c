"""
The grammar of times, zones and distances: «13:15», «01:15 م», «الواحدة والنصف ظهرا», «بتوقيت غرينتش», «منذ 3 ساعات».
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta, timezone
from typing import Any

from .date_grammar import skip
from .date_parts import Ago, Clock, Label, NamedDay, Shift, Unit, WeekdayName, ZoneName
from .date_tables import NamedZone, not_days
from .date_tokens import Term
from .numerals import number_words, ordinal_words

__all__ = ["read_ago", "read_clock", "read_label", "read_named_day", "read_weekday", "read_zone"]

Terms = Sequence[Term]

# Hours each part of the day can hold as they are (24-hour clock), and those that get twelve added.
_KEEPS_AND_ADDS = {
    "am": (range(12), range(0)),
    "pm": (range(12, 24), range(12)),
    "noon": (range(10, 16), range(1, 5)),
    "afternoon": (range(13, 19), range(1, 7)),
    "evening": (range(16, 21), range(4, 9)),
    "dawn": (range(7), range(0)),
    "forenoon": (range(6, 13), range(0)),
    "night": (range(6), range(6, 12)),
}
_NO_MARKS: frozenset[str] = frozenset()
_CUE_MARKS = frozenset(":-–،,|(")


# --- clock ----------------------------------------------------------------------------------------


def read_clock(terms: Terms, at: int) -> Clock | None:
    """Read a time of day that begins at a place: with its cue («الساعة»), and its part of day before or after."""
    if terms[at].get("midday") or terms[at].get("midnight"):
        return Clock(start=at, end=at + 1, hour=12 if terms[at].get("midday") else 0, minute=0,
                     impossible=bool(terms[at].get("midnight")))  # fmt: skip
    place = at
    period_before = terms[at].get("period") if _digits_follow(terms, at + 1) else None
    if period_before is not None:
        place = at + 1
    cue = bool(terms[place].get("hour")) and not period_before
    if cue:
        place = skip(terms, place + 1, _CUE_MARKS, "hour")
        if place < len(terms) and terms[place].get("period") and _digits_follow(terms, place + 1):
            period_before, place = terms[place].get("period"), place + 1
    if place >= len(terms):
        return None
    found = _digital(terms, place, cue=cue or bool(period_before)) or (_spoken(terms, place) if cue else None)
    if found is None:
        return None
    hour, minute, second, end, needs_period = found
    period, end = _period_after(terms, end)
    period = period or period_before
    if needs_period and period is None:
        if not cue:
            return None
        if hour <= 12:  # «الساعة الثالثة»: of the night or of the afternoon
            return Clock(start=at, end=end, hour=hour, minute=minute, impossible=True)
    return _placed(at, end, hour, minute, second, period)


def _digits_follow(terms: Terms, at: int) -> bool:
    return (
        at + 2 < len(terms)
        and terms[at].number is not None
        and terms[at + 1].text == ":"
        and terms[at + 2].number is not None
    )


def _placed(at: int, end: int, hour: int, minute: int, second: int | None, period: str | None) -> Clock:
    """Bring the hour onto the 24-hour clock by its part of day."""
    impossible = minute > 59 or (second or 0) > 59 or hour > 24 or (hour == 24 and (minute or second or period))
    if period and not impossible:
        keeps, adds = _KEEPS_AND_ADDS[period]
        if period in ("am", "dawn") and hour == 12:
            hour = 0
        elif period == "night" and hour == 12:
            impossible = True  # the midnight before this day or after it: the line does not say
        elif hour in adds:
            hour += 12
        elif hour not in keeps and not (period != "am" and 13 <= hour <= 23) and not (period == "pm" and hour == 0):
            impossible = True
    return Clock(start=at, end=end, hour=hour, minute=minute, second=second, impossible=bool(impossible))


def _digital(terms: Terms, at: int, *, cue: bool) -> tuple[int, int, int | None, int, bool] | None:
    """``13:15``, ``13:15:20.5``, ``13h15``, «الساعة 13.15», «3 مساء»: hour, minute, second, end, needs a part of day."""
    hour = terms[at].number
    if hour is None or not 1 <= len(terms[at].text) <= 2:
        return None
    if at + 1 < len(terms) and (terms[at + 1].text == ":" or (cue and terms[at + 1].text in {".", ",", "،"})):
        if at + 2 < len(terms) and terms[at + 2].number is not None and len(terms[at + 2].text) == 2:
            second, end = _seconds(terms, at + 3)
            return hour, int(terms[at + 2].text), second, end, False
        if terms[at + 1].text == ":":
            return None
    if at + 1 < len(terms) and terms[at + 1].get("hour_sign") and not terms[at + 1].after_space:
        return _with_hour_sign(terms, at, hour)
    return hour, 0, None, at + 1, True


def _seconds(terms: Terms, at: int) -> tuple[int | None, int]:
    if at + 1 >= len(terms) or terms[at].text != ":" or terms[at + 1].number is None or len(terms[at + 1].text) != 2:
        return None, at
    second, end = terms[at + 1].number, at + 2
    if end + 1 < len(terms) and terms[end].text in {".", ","} and terms[end + 1].number is not None:
        if not terms[end].after_space and not terms[end + 1].after_space:
            end += 2  # fractions of a second: smaller than what a record keeps
    return second, end


def _with_hour_sign(terms: Terms, at: int, hour: int) -> tuple[int, int, int | None, int, bool]:
    minute_at = skip(terms, at + 2, _NO_MARKS, "between")
    if minute_at < len(terms) and terms[minute_at].number is not None and len(terms[minute_at].text) == 2:
        end = skip(terms, minute_at + 1, _NO_MARKS, "minute_sign")
        return hour, int(terms[minute_at].text), None, end, False
    return hour, 0, None, at + 2, False


def _spoken(terms: Terms, at: int) -> tuple[int, int, int | None, int, bool] | None:
    """«الواحدة والنصف», «العاشرة إلا ربعا», «الثانية عشرة», «الخامسة و20 دقيقة»."""
    found = ordinal_words([term.text for term in terms[at : at + 2]])
    if found is None or found[0] > 12 or not terms[at].text.startswith("ال"):
        return None
    hour, end = found[0], at + found[1]
    minutes, end = _spoken_minutes(terms, end)
    total = (hour * 60 + minutes) % (13 * 60)
    return (12 if total < 60 else total // 60), minutes % 60, None, end, True


def _spoken_minutes(terms: Terms, at: int) -> tuple[int, int]:
    if at < len(terms) and terms[at].get("fraction") is not None:
        return int(terms[at].get("fraction")), at + 1
    number_at = at + 1 if at < len(terms) and terms[at].text == "و" else at
    if number_at + 1 < len(terms) and number_at > at and _unit_of(terms[number_at + 1])[0] == "minute":
        minutes = terms[number_at].number
        if minutes is not None and minutes < 60:
            return minutes, number_at + 2
    return 0, at


def _period_after(terms: Terms, at: int) -> tuple[str | None, int]:
    place = skip(terms, at, frozenset("-–،,("), "in_the") if at < len(terms) and terms[at].text in "-–،,(" else at
    if place < len(terms) and terms[place].get("period"):
        if place > at and len(terms[place].text) > 2 and _names_other_day(terms, place + 1):
            return None, at
        end = place + 1
        if place > at and end < len(terms) and terms[end].text == ")":
            end += 1
        return terms[place].get("period"), end
    return None, at


def _names_other_day(terms: Terms, at: int) -> bool:
    """«13:15، مساء أمس»: the part of day opens the next statement."""
    return at < len(terms) and (terms[at].get("weekday") is not None or terms[at].get("named_day") is not None)


# --- zone -----------------------------------------------------------------------------------------


def read_zone(terms: Terms, at: int) -> ZoneName | None:
    """Read a zone: a sign (GMT+3), a name after «بتوقيت», or a bare distance from UTC (+03:00)."""
    term = terms[at]
    if term.get("local"):
        return ZoneName(start=at, end=at + 1, zone=None, local=True)
    if term.get("zone"):
        return _named_zone(terms, at)
    named: NamedZone | None = term.get("zone_sign")
    if named is not None:
        return _with_offset(terms, at, at + 1, named)
    if term.text == "z" and at > 0 and terms[at - 1].number is not None and not term.after_space:
        return ZoneName(start=at, end=at + 1, zone=UTC)
    return _bare_offset(terms, at)


def _named_zone(terms: Terms, at: int) -> ZoneName | None:
    place = skip(terms, at + 1, frozenset(":("), "zone")
    if place >= len(terms):
        return None
    named: NamedZone | None = terms[place].get("place") or terms[place].get("zone_sign")
    if named is not None:
        return _with_offset(terms, at, place + 1, named)
    offset = _offset(terms, place)
    if offset is not None:
        return ZoneName(start=at, end=offset[1], zone=timezone(offset[0]))
    if terms[at].text.startswith("ب") and terms[place].text[0].isalpha():
        return ZoneName(start=at, end=place + 1, zone=None)  # «بتوقيت» a place that is not in the tables
    return None


def _with_offset(terms: Terms, at: int, end: int, named: NamedZone) -> ZoneName:
    if named.takes_offset:
        offset = _offset(terms, skip(terms, end, frozenset("(")))
        if offset is not None:
            return ZoneName(start=at, end=offset[1], zone=timezone(offset[0]))
    if end < len(terms) and terms[end].get("local"):
        end += 1
    return ZoneName(start=at, end=end, zone=named.zone)


def _offset(terms: Terms, at: int) -> tuple[timedelta, int] | None:
    """``+3``, ``+03:00``, ``-0430``, «+3:30»: the distance and the place after it."""
    if at + 1 >= len(terms) or terms[at].text not in "+-−–" or terms[at + 1].number is None:
        return None
    if terms[at].text != "+" and terms[at + 1].after_space:
        return None  # a dash between two times
    sign = 1 if terms[at].text == "+" else -1
    digits, end = terms[at + 1].text, at + 2
    hours, minutes = (
        int(digits[:-2] or 0) if len(digits) > 2 else int(digits),
        int(digits[-2:]) if len(digits) > 2 else 0,
    )
    if len(digits) <= 2 and end + 1 < len(terms) and terms[end].text == ":" and len(terms[end + 1].text) == 2:
        minutes, end = terms[end + 1].number or 0, end + 2
    if len(digits) > 4 or hours > 14 or minutes > 59:
        return None
    return sign * timedelta(hours=hours, minutes=minutes), end


def _bare_offset(terms: Terms, at: int) -> ZoneName | None:
    """``+0300`` and ``+03:00`` after a time; a minus only without a space, or it is a dash between two times."""
    if at == 0 or terms[at].text not in "+-−" or at + 1 >= len(terms) or terms[at + 1].number is None:
        return None
    offset = _offset(terms, at)
    digits = len(terms[at + 1].text)
    if offset is None or digits not in (2, 4):
        return None
    if terms[at].text != "+" and (terms[at + 1].after_space or (terms[at].after_space and digits == 2)):
        return None
    after_name = offset[1] < len(terms) and terms[offset[1]].get("zone_sign")
    named: Any = after_name
    end = offset[1] + 1 if named is not None and named.takes_offset else offset[1]
    return ZoneName(start=at, end=end, zone=timezone(offset[0]))


# --- weekdays, named days, distances, labels ------------------------------------------------------


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
    while place < len(terms):
        counted = _counted(terms, place, cue=cue)
        if counted is None:
            break
        unit, count, place = counted
        counts.append((unit, count))
        if place < len(terms) and terms[place].get("fraction") in (30, 15) and counts[-1][0] == "hour":
            counts[-1] = ("hour", count + terms[place].get("fraction") / 60)
            place += 1
        if place < len(terms) and terms[place].text in {"و", "،", ","}:
            place += 1
    if not counts or (not cue and not (place < len(terms) and terms[place].get("after_ago"))):
        return None
    if not cue or (place < len(terms) and terms[place].get("after_ago")):
        place += 1
    if terms[at].text == "قبل" and place < len(terms) and terms[place].text in {"من", "علي"}:
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
    unit, own_count = _unit_of(terms[after] if number is not None else term)
    if unit is None and cue and number is not None and terms[after].get("short_unit"):
        unit = terms[after].get("short_unit")
    if unit is None or (number is None and not own_count):
        return None
    end = after + 1 if number is not None else at + 1
    if number is None and end < len(terms) and terms[end].text in {"واحد", "واحده"}:
        end += 1
    return unit, float(own_count if number is None else number), end


def _without_and(word: str) -> str:
    return word.removeprefix("و") if not word.startswith("واحد") else word


def _unit_of(term: Term) -> tuple[Unit | None, int]:
    found = term.get("unit")
    if found is None and term.text.startswith("و"):
        return None, 0
    return found if found is not None else (None, 0)


def read_label(terms: Terms, at: int) -> Label | None:
    """Read «تاريخ النشر», «آخر تحديث»."""
    kind = terms[at].get("label")
    return Label(start=at, end=at + 1, kind=kind) if kind else None
