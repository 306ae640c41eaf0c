"""
The press's calendar: days counted from the day the Karabakh affair began, written as each outlet writes them.

Texts name days by template, so that the whole press can be moved to another day and still tell the right dates:

=================== ========================= =============================
template            names                      for an outlet of the Gulf
=================== ========================= =============================
``{weekday:1}``     the day after the opening  ``الأربعاء``
``{day:1}``         the same                   ``20 سبتمبر``
``{date:1}``        the same                   ``20 سبتمبر 2023``
``{month:1}``       its month                  ``سبتمبر``
``{hijri:1}``       the same                   ``5 ربيع الأول 1445``
``{on:2020-11-10}`` a day of history, kept     ``10 نوفمبر 2020``
``{in:2020-09}``    a month of history, kept   ``سبتمبر 2020``
``{newyear}``       the New Year's Day after   ``1 يناير 2024``
=================== ========================= =============================

Month names come from CLDR by way of babel: ``gulf`` is ar-AE (as Egypt), ``levantine`` ar-LB, ``maghrebi`` ar-MA,
``algerian`` ar-DZ; ``twinned`` prints two side by side (``أيلول/سبتمبر``), as Beirut and many agencies do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Literal

from babel import Locale
from babel.dates import format_date
from hijridate import Gregorian

from tawatur.errors import RecordError

MonthNames = Literal["gulf", "levantine", "twinned", "maghrebi", "algerian"]

_LOCALES = {"gulf": "ar_AE", "levantine": "ar_LB", "maghrebi": "ar_MA", "algerian": "ar_DZ"}
_TEMPLATE = re.compile(r"\{([a-z]+)(?::([^{}]+))?\}")
_OFFSET = re.compile(r"([+-]?\d+) (\d\d):(\d\d)")

#: The decree dissolving the Karabakh republic is of this day of the affair; the New Year after it is the one it names.
DECREE_DAY = 9


@dataclass(frozen=True, slots=True)
class Offset:
    """A moment of the press, as days from the opening day and a time of day in UTC."""

    day: int
    minutes: int

    @classmethod
    def read(cls, text: str) -> Offset:
        """Read ``+1 09:30``: half past nine UTC on the day after the opening.

        Raises:
            RecordError: The text is of another form.
        """
        match = _OFFSET.fullmatch(text)
        if match is None:
            raise RecordError(f"{text!r} is no moment of the press: write a day and a time in UTC such as '+1 09:30'")
        return cls(int(match[1]), int(match[2]) * 60 + int(match[3]))


@dataclass(frozen=True, slots=True)
class Almanac:
    """The days of the press, once its opening day is chosen."""

    #: The day on which the Karabakh affair begins.
    opening: date

    def instant(self, offset: Offset) -> datetime:
        """The moment in UTC."""
        midnight = datetime(self.opening.year, self.opening.month, self.opening.day, tzinfo=UTC)
        return midnight + timedelta(days=offset.day, minutes=offset.minutes)

    def day(self, number: int) -> date:
        """The day so many days after the opening."""
        return self.opening + timedelta(days=number)

    def fill(self, text: str, months: MonthNames, language: str = "ar") -> str:
        """Write the days that a text names by template.

        Raises:
            RecordError: The text holds a template that is none of the above.

        >>> Almanac(date(2023, 9, 19)).fill("في {day:1} وليلة {on:2020-11-10}", "levantine")
        'في 20 أيلول وليلة 10 تشرين الثاني 2020'
        """
        return _TEMPLATE.sub(lambda match: self._name(match[1], match[2], months, language), text)

    def _name(self, kind: str, value: str | None, months: MonthNames, language: str) -> str:
        writers: dict[str, Callable[[date], str]] = {
            "weekday": lambda day: _format(day, "EEEE", language),
            "day": lambda day: write_day(day, months, language),
            "date": lambda day: f"{write_day(day, months, language)} {day.year}",
            "month": lambda day: write_month(day, months, language),
            "hijri": write_hijri,
            "on": lambda day: f"{write_day(day, months, language)} {day.year}",
            "in": lambda day: f"{write_month(day, months, language)} {day.year}",
            "newyear": lambda day: f"{write_day(day, months, language)} {day.year}",
        }
        if kind not in writers:
            raise RecordError(f"{{{kind}}} is no template of the press: {', '.join(writers)} are")
        return writers[kind](self._day_named(kind, value))

    def _day_named(self, kind: str, value: str | None) -> date:
        if kind == "newyear":
            return date(self.day(DECREE_DAY).year + 1, 1, 1)
        if value is None:
            raise RecordError(f"{{{kind}}} names no day: write {{{kind}:1}}")
        if kind == "on":
            return date.fromisoformat(value)
        if kind == "in":
            return date.fromisoformat(f"{value}-01")
        return self.day(int(value))


def write_day(day: date, months: MonthNames, language: str = "ar") -> str:
    """Write a day and its month, without the year: ``20 أيلول``."""
    if language == "en":
        return f"{day.day} {write_month(day, months, language)}"
    return f"{day.day} {_month_in_date(day, months, language)}"


def write_month(day: date, months: MonthNames, language: str = "ar") -> str:
    """Write the name of a day's month as the outlet does: ``أيلول/سبتمبر``."""
    if language != "ar":
        return _format(day, "LLLL", language)
    if months == "twinned":
        return f"{_month_names('levantine')[day.month]}/{_month_names('gulf')[day.month]}"
    return _month_names(months)[day.month]


def write_hijri(day: date) -> str:
    """Write a day of the Umm al-Qura calendar: ``5 ربيع الأول 1445``."""
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    return f"{hijri.day} {hijri.month_name('ar')} {hijri.year}"


def _month_in_date(day: date, months: MonthNames, language: str) -> str:
    if language == "ru":  # сентября: the genitive a day takes
        return _format(day, "d MMMM", language).split(" ", 1)[1]
    return write_month(day, months, language)


def _format(day: date, form: str, language: str) -> str:
    return str(format_date(day, format=form, locale=language))


@cache
def _month_names(months: str) -> dict[int, str]:
    return {number: str(name) for number, name in Locale.parse(_LOCALES[months]).months["format"]["wide"].items()}
