"""Clocks beside a day: «الساعة 13:00»، «الساعة السابعة والنصف مساء»، «عند الساعة التاسعة من مساء أمس»."""

from __future__ import annotations

import re

from tawatur.analysis.date_text import DateText

__all__ = ["clock_before", "clock_behind"]

_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})")
_HOURS, _NOON = range(1, 25), 12
# Words between a clock and its day: «الساعة 09:05 ت غ من صباح».
_FURTHEST = 6


def clock_behind(text: DateText, last: int) -> tuple[int, str | None]:
    """Read «الساعة 13:00» behind a word; give the last word and the time."""
    place = last + 1 + (text.text(last + 1) == "،")
    place = text.skip(place, "before_a_clock")
    return _read(text, place, last) if text.tag(place, "clock") else (last, None)


def clock_before(text: DateText, at: int) -> str | None:
    """Read «الساعة 09:05 ت غ من صباح» or «11:30 مساء» before a day."""
    for place in range(at - 1, max(-1, at - _FURTHEST), -1):
        if text.tag(place, "clock"):
            return _read(text, place, place)[1]
    return None


def _read(text: DateText, at: int, last: int) -> tuple[int, str | None]:
    """Read the time behind «الساعة»: digits, or an hour in words with its half or quarter."""
    match = _CLOCK.fullmatch(text.text(at + 1))
    if match is not None:
        hour, minute, end = int(match[1]), int(match[2]), at + 1
    else:
        number = text.number(at + 1, _HOURS) or text.tag(at + 1, "ordinal") or text.tag(at + 1, "hour")
        if not number:
            return last, None
        hour, minute, end = int(number), 0, at + 1
        if text.tag(end + 1, "teen"):
            hour, end = hour + 10, end + 1
        part = text.tag(end + 1, "minutes")
        if part is not None:
            minute, end = int(part), end + 1
    side = text.skip(end + 1, "of")
    if text.tag(side, "afternoon") or text.tag(side, "afternoon_of"):
        hour, end = hour + (_NOON if hour < _NOON else 0), side
    elif text.tag(side, "forenoon") or text.tag(side, "forenoon_of"):
        end = side
    elif match is None:
        return last, None  # «الساعة السابعة» alone may be morning or evening
    return (end, f"{hour:02}:{minute:02}") if hour < 24 and minute < 60 else (last, None)
