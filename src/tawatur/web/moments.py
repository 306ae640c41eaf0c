"""
Dates and numbers as a reader of one language expects them.

Names and order come from CLDR through babel; babel leaves the digits of a formatted date Latin, so they are set here.
A day is shown as a day: a precision that the page did not give is never shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_time, get_timezone_location
from hijridate import Gregorian

from tawatur.model import Article, Precision, write_moment
from tawatur.web.options import Language, SiteOptions

_ARABIC_INDIC = {ord("0") + value: 0x0660 + value for value in range(10)}  # ARABIC-INDIC DIGIT ZERO onwards

# The countries whose CLDR locale holds each set of month names, for «أيلول/سبتمبر».
_TWIN_REGIONS = ("SY", "EG")

_STATED = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)\S*)?)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moments:
    """How one edition writes days, times and numbers."""

    locale: Locale
    zone: ZoneInfo
    arabic_digits: bool
    twin_months: bool

    @classmethod
    def of(cls, language: Language, options: SiteOptions) -> Moments:
        locale = Locale("ar", territory=options.region) if language == "ar" else Locale("en", territory="GB")
        digits = locale.default_numbering_system if options.digits == "locale" else options.digits
        is_arabic = language == "ar"
        return cls(
            locale, ZoneInfo(options.time_zone), is_arabic and digits == "arab", is_arabic and options.twin_months
        )

    def number(self, value: int) -> str:
        """Write a count, thousands apart: ``١٬٢٣٤``."""
        if self.arabic_digits:
            return f"{value:,}".replace(",", "\u066c").translate(_ARABIC_INDIC)  # ARABIC THOUSANDS SEPARATOR
        return f"{value:,}"

    def figure(self, value: float) -> str:
        """Write a figure of the news, with as many decimals as it has: ``٨٧٫٥``."""
        if value == int(value):
            return self.number(int(value))
        written = f"{value:,.6f}".rstrip("0")
        if not self.arabic_digits:
            return written
        return written.translate(_ARABIC_INDIC | {ord(","): "\u066c", ord("."): "\u066b"})

    def day(self, day: date, *, weekday: bool = True) -> str:
        """Write a day: ``الأربعاء ٢٠ سبتمبر ٢٠٢٣``."""
        words = [
            format_date(day, "d", locale=self.locale),
            self._month_name(day),
            format_date(day, "y", locale=self.locale),
        ]
        if weekday:
            words.insert(0, format_date(day, "EEEE", locale=self.locale))
        return self._digits(" ".join(words))

    def month(self, day: date) -> str:
        return self._digits(f"{self._month_name(day)} {day.year}")

    def year(self, day: date) -> str:
        return self._digits(str(day.year))

    def time(self, instant: datetime) -> str:
        """Write the clock time in the site's zone: ``١:٠٥ م``."""
        text = format_time(instant.astimezone(self.zone), "short", locale=self.locale)
        # CLDR puts U+200F before «ص/م» in some versions; inside our own isolate it only breaks selection.
        # The time and its «ص» stay on one line.
        return self._digits(text.replace("\u200f", "").replace(" ", "\u00a0"))

    def zone_city(self) -> str | None:
        """Name the city whose clock is shown; None for universal time."""
        if self.zone.key in ("UTC", "Etc/UTC", "GMT", "Etc/GMT"):
            return None
        return get_timezone_location(self.zone, locale=self.locale, return_city=True)

    def local_day(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()

    def bare(self, day: date, precision: Precision | None) -> str:
        """Write a date without a time as precisely as the page gave it, and no more."""
        if precision == "year":
            return self.year(day)
        if precision == "month":
            return self.month(day)
        return self.day(day)

    def stated(self, when: str) -> tuple[str, str | None]:
        """Write an ISO 8601 date in the words of its own zone, its clock time apart: nothing moves to another clock.

        A text that is none is written as it is.
        """
        moment = _STATED.fullmatch(when)
        if moment is None:
            return when, None
        year, month, day, time = moment.groups()
        try:
            stands = date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            return when, None
        precision: Precision = "day" if day else "month" if month else "year"
        return self.bare(stands, precision), self._digits(time) if time else None

    def hijri(self, day: date) -> tuple[str, str, str] | None:
        """Give day, month name and year of a day in the Umm al-Qura calendar; None outside 1343–1500 AH."""
        try:
            hijri = Gregorian.fromdate(day).to_hijri()
        except (OverflowError, ValueError):
            return None
        month = hijri.month_name("ar" if self.locale.language == "ar" else "en")
        return self._digits(str(hijri.day)), month, self._digits(str(hijri.year))

    def _month_name(self, day: date) -> str:
        if not self.twin_months:
            return format_date(day, "MMMM", locale=self.locale)
        names = (format_date(day, "MMMM", locale=Locale("ar", territory=region)) for region in _TWIN_REGIONS)
        return "/".join(names)

    def _digits(self, text: str) -> str:
        return text.translate(_ARABIC_INDIC) if self.arabic_digits else text


def machine_moment(moment: datetime | date, precision: Precision | None = None) -> str:
    """Write a moment for the ``datetime`` attribute of ``<time>``: no more precise than it is known."""
    return write_moment(moment, precision) or ""


def shown_at(article: Article) -> datetime | None:
    """Give the instant an article stands under in lists, by the store's rule; None for one without any date.

    The stated instant, but never later than the fetch; a bare day by its noon; an undated article by its fetch.
    """
    stated = article.published
    if stated is None:
        return article.fetched
    if not isinstance(stated, datetime):
        stated = datetime(stated.year, stated.month, stated.day, 12, tzinfo=UTC)
    return min(stated, article.fetched) if article.fetched else stated
