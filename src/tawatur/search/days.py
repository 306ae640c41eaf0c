"""Days in a query: a day, a month or a year in digits of any script, or days counted back."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from tawatur.text import ascii_digits, normalised_text

__all__ = ["day_number", "read_days"]

_EPOCH = date(1970, 1, 1)
_WRITTEN = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_BACK = re.compile(r"(\d{1,4})([dwmy])")
_DAYS_OF = {"d": 1, "w": 7, "m": 30, "y": 365}
_BY_NAME = {"today": 0, "اليوم": 0, "yesterday": 1, "امس": 1}


def day_number(day: date) -> int:
    """Count days from 1970.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return (day - _EPOCH).days


def read_days(text: str, *, today: date | None = None) -> tuple[int, int] | None:
    """Give the first and last day that a text names, counted from 1970; None when it names none.

    ``2023``, ``2023-09``, ``2023-09-19``, ``today``, ``أمس``, ``7d`` (the last seven days).

    >>> read_days("١٩٧٠-٠١")
    (0, 30)
    """
    text = normalised_text(ascii_digits(text.strip()), "index")
    now = today or datetime.now(UTC).date()
    if text in _BY_NAME:
        day = day_number(now - timedelta(days=_BY_NAME[text]))
        return day, day
    back = _BACK.fullmatch(text)
    if back:
        return day_number(now) - int(back[1]) * _DAYS_OF[back[2]], day_number(now)
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    year, month, day_of_month = (int(part) if part else None for part in written.groups())
    try:
        first = date(year or 0, month or 1, day_of_month or 1)
        if day_of_month:
            return day_number(first), day_number(first)
        following = date(first.year + 1, 1, 1) if month in (None, 12) else date(first.year, (month or 0) + 1, 1)
    except ValueError:
        return None
    return day_number(first), day_number(following) - 1
