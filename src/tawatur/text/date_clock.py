"""The grammar of times and zones: «13:15», «01:15 م», «الواحدة والنصف ظهرا», «بتوقيت غرينتش», ``+03:00``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone

from .date_calendars import skip
from .date_grammar import read_calendar_day
from .date_parts import Clock, ZoneName
from .date_tables import NamedZone
from .date_tokens import Term, unit_of
from .numerals import ordinal_words

__all__ = ["read_clock", "read_zone"]

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
    "midnight": (range(1), range(0)),  # «12:00 منتصف الليل» does not say which of two
}
_MARKS_AFTER_CUE = frozenset({".", ",", "،"})
_NO_MARKS: frozenset[str] = frozenset()
_CUE_MARKS = frozenset(":-–،,|(")


@dataclass(frozen=True, slots=True)
class _Time:
    """Digits or words of a time, before its part of day is known."""

    hour: int
    minute: int
    second: int | None
    end: int
    #: True when only a part of day or «الساعة» makes it a time at all.
    vague: bool = False


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
    period, end = _period_after(terms, found.end)
    period = period or period_before
    if found.vague and period is None and not cue:
        return None
    # «الساعة الثالثة» may be of the night or of the afternoon
    unclear = found.vague and period is None and found.hour <= 12
    return _placed(at, end, found, period, unclear=unclear)


def _digits_follow(terms: Terms, at: int) -> bool:
    return (
        at + 2 < len(terms)
        and terms[at].number is not None
        and terms[at + 1].text == ":"
        and terms[at + 2].number is not None
    )


def _placed(at: int, end: int, time: _Time, period: str | None, *, unclear: bool) -> Clock:
    """Bring the hour onto the 24-hour clock by its part of day."""
    hour, ends_day = time.hour, time.hour == 24 and not (time.minute or time.second or period)
    impossible = unclear or time.minute > 59 or (time.second or 0) > 59 or (hour > 23 and not ends_day)
    if period and not impossible:
        keeps, adds = _KEEPS_AND_ADDS[period]
        if hour in adds:
            hour += 12
        elif hour == 12 and period in ("am", "dawn"):
            hour = 0
        else:
            # «14:30 م» is the 24-hour clock with a word too many; «14:30 ص» contradicts itself, and
            # «12 ليلا» does not say which of two midnights it is.
            impossible = hour not in keeps and not (period != "am" and 13 <= hour <= 23)
    return Clock(start=at, end=end, hour=hour, minute=time.minute, second=time.second, impossible=impossible)


def _digital(terms: Terms, at: int, *, cue: bool) -> _Time | None:
    """``13:15``, ``13:15:20.5``, ``13h15``, «الساعة 13.15», «3 مساء»."""
    hour = terms[at].number
    if hour is None:
        return None
    if len(terms[at].text) > 2:
        return _compact(terms, at)
    following = terms[at + 1] if at + 1 < len(terms) else None
    if following is None:
        return _Time(hour, 0, None, at + 1, vague=True)
    if following.text == ":" or (following.text in _MARKS_AFTER_CUE and (cue or _shows_time(terms, at + 3))):
        marked = _with_mark(terms, at, hour)
        if marked is not None or following.text == ":":
            return marked
    if following.get("hour_sign") and not following.after_space:
        return _with_hour_sign(terms, at, hour)
    worded = _minutes_in_words(terms, at + 1) if cue else None
    return _Time(hour, worded[0], None, worded[1]) if worded else _Time(hour, 0, None, at + 1, vague=True)


def _shows_time(terms: Terms, at: int) -> bool:
    """AFP prints «11.30 ت غ», others «9.20 ص»: the zone or the part of day alone shows that it is a time."""
    shown = ("zone_sign", "zone", "period")
    return at < len(terms) and any(terms[at].get(tag) for tag in shown)


def _with_mark(terms: Terms, at: int, hour: int) -> _Time | None:
    if at + 2 >= len(terms) or terms[at + 2].number is None or len(terms[at + 2].text) != 2:
        return None
    second, end = _seconds(terms, at + 3)
    return _Time(hour, int(terms[at + 2].text), second, end)


def _compact(terms: Terms, at: int) -> _Time | None:
    """``20230920T143500``: four or six digits after the T of eight."""
    digits = terms[at].text
    if len(digits) not in (4, 6) or at < 2 or terms[at - 1].text != "t" or len(terms[at - 2].text) != 8:
        return None
    return _Time(int(digits[:2]), int(digits[2:4]), int(digits[4:]) if len(digits) == 6 else None, at + 1)


def _minutes_in_words(terms: Terms, at: int) -> tuple[int, int] | None:
    """«11 و20 دقيقة»."""
    if at + 2 >= len(terms) or terms[at].text != "و":
        return None
    minutes = terms[at + 1].number
    named = unit_of(terms[at + 2])[0] == "minute" or terms[at + 2].get("minute_sign")
    if minutes is None or minutes > 59 or not named:
        return None
    return minutes, at + 3


def _seconds(terms: Terms, at: int) -> tuple[int | None, int]:
    if at + 1 >= len(terms) or terms[at].text != ":" or terms[at + 1].number is None or len(terms[at + 1].text) != 2:
        return None, at
    second, end = terms[at + 1].number, at + 2
    fraction = terms[end + 1] if end + 1 < len(terms) and terms[end].text in {".", ","} else None
    if fraction is not None and fraction.number is not None and not (terms[end].after_space or fraction.after_space):
        end += 2  # smaller than what a record keeps
    return second, end


def _with_hour_sign(terms: Terms, at: int, hour: int) -> _Time:
    minute_at = skip(terms, at + 2, _NO_MARKS, "between")
    if minute_at < len(terms) and terms[minute_at].number is not None and len(terms[minute_at].text) == 2:
        end = skip(terms, minute_at + 1, _NO_MARKS, "minute_sign")
        return _Time(hour, int(terms[minute_at].text), None, end)
    return _Time(hour, 0, None, at + 2)


def _spoken(terms: Terms, at: int) -> _Time | None:
    """«الواحدة والنصف», «العاشرة إلا ربعا», «الثانية عشرة», «الخامسة و20 دقيقة»."""
    found = ordinal_words([term.text for term in terms[at : at + 2]])
    if found is None or found[0] > 12 or not terms[at].text.startswith("ال"):
        return None
    hour, end = found[0], at + found[1]
    minutes, end = _spoken_minutes(terms, end)
    total = (hour * 60 + minutes) % (13 * 60)
    return _Time(12 if total < 60 else total // 60, minutes % 60, None, end, vague=True)


def _spoken_minutes(terms: Terms, at: int) -> tuple[int, int]:
    if at < len(terms) and terms[at].get("fraction") is not None:
        return int(terms[at].get("fraction")), at + 1
    return _minutes_in_words(terms, at) or (0, at)


def _period_after(terms: Terms, at: int) -> tuple[str | None, int]:
    place = skip(terms, at, frozenset("-–،,(")) if at < len(terms) and terms[at].text in "-–،,(" else at
    period = _period_at(terms, place)
    if period is None:
        return None, at
    if place > at and len(terms[place].text) > 2 and _names_other_day(terms, place + 1):
        return None, at
    end = place + 1
    if place > at and end < len(terms) and terms[end].text == ")":
        end += 1
    return period, end


def _period_at(terms: Terms, at: int) -> str | None:
    if at >= len(terms):
        return None
    period: str | None = terms[at].get("period")
    return period or ("midnight" if terms[at].get("midnight") else None)


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
    if term.get("place") and term.text.startswith("مكه") and _after_time_or_bracket(terms, at):
        return ZoneName(start=at, end=at + 1, zone=term.get("place").zone)  # Al Jazeera: «07:15 م (مكة المكرمة)»
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


def _after_time_or_bracket(terms: Terms, at: int) -> bool:
    after_period = at > 1 and terms[at - 1].get("period") is not None and terms[at - 2].number is not None
    return after_period or _ends_time(terms, at) or (at > 1 and terms[at - 1].text == "(")


def _ends_time(terms: Terms, at: int) -> bool:
    """Tell whether a time stands right before: after a day, a dash opens the time (``20/09/2023-13:15``)."""
    before = [term.text for term in terms[max(0, at - 4) : at]]
    has_fraction = len(before) == 4 and before[0] == ":" and before[2] in {".", ","}
    return len(before) > 1 and (before[-2] in {":", "t"} or has_fraction)


def _bare_offset(terms: Terms, at: int) -> ZoneName | None:
    """``+0300`` and ``+03:00`` after a time; a minus only without a space, or it is a dash between two times."""
    if at == 0 or terms[at].text not in "+-−" or at + 1 >= len(terms) or terms[at + 1].number is None:
        return None
    offset = _offset(terms, at)
    digits = len(terms[at + 1].text)
    if offset is None or (terms[at].text != "+" and read_calendar_day(terms, at + 1) is not None):
        return None  # Asharq Al-Awsat: «14:35-05 سبتمبر 2023»
    named: NamedZone | None = terms[offset[1]].get("zone_sign") if offset[1] < len(terms) else None
    if named is not None and named.takes_offset and (terms[at].text == "+" or _ends_time(terms, at)):
        return ZoneName(start=at, end=offset[1] + 1, zone=timezone(offset[0]))
    if digits not in (2, 4):
        return None
    if terms[at].text != "+" and not (_ends_time(terms, at) and (digits == 4 or not terms[at].after_space)):
        return None
    return ZoneName(start=at, end=offset[1], zone=timezone(offset[0]))
