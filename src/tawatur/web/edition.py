"""
An edition: the site in one language, with its words, its way with dates, and its addresses.

Everything a template needs besides the records comes from here, so that a template never asks which language it is in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlencode

from babel.core import Locale, UnknownLocaleError
from markupsafe import Markup

from tawatur.model import Direction, Precision
from tawatur.web.messages import Catalogue, catalogue
from tawatur.web.moments import Moments
from tawatur.web.options import LANGUAGES, Language, SiteOptions


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses of one edition: paths, made absolute by ``Edition.absolute``."""

    #: ``""`` for the default language, ``/en`` for the other.
    prefix: str

    def front(self, cursor: str | None = None) -> str:
        return _with_cursor(f"{self.prefix}/", cursor)

    def article(self, article_id: str) -> str:
        return f"{self.prefix}/article/{_segment(article_id)}"

    def history(self, article_id: str) -> str:
        return f"{self.prefix}/history/{_segment(article_id)}"

    def sources(self) -> str:
        return f"{self.prefix}/sources"

    def source(self, source_id: str, cursor: str | None = None) -> str:
        return _with_cursor(f"{self.prefix}/source/{_segment(source_id)}", cursor)

    def feed(self, form: str, source_id: str | None = None, cursor: str | None = None) -> str:
        """Give the address of a feed: ``form`` is ``atom`` or ``json``; of a source, or of everything."""
        place = "" if source_id is None else f"/source/{_segment(source_id)}"
        return _with_cursor(f"{self.prefix}{place}/feed.{form}", cursor)

    def search(self, parameters: str = "") -> str:
        """Give the address of a search; ``parameters`` as ``finding.write_address`` writes them."""
        return f"{self.prefix}/search" + (f"?{parameters}" if parameters else "")

    def search_feed(self, form: str, parameters: str) -> str:
        return f"{self.prefix}/search/feed.{form}?{parameters}"

    def similar(self, article_id: str) -> str:
        return f"{self.prefix}/similar/{_segment(article_id)}"

    def name(self, name: str, cursor: str | None = None) -> str:
        """Give the address of a person, place or organisation."""
        return _with_cursor(f"{self.prefix}/name/{_segment(name)}", cursor)

    def latest(self, cursor: str | None = None) -> str:
        """Give the address of the list of articles by their time."""
        return _with_cursor(f"{self.prefix}/latest", cursor)

    def story(self, story_id: str) -> str:
        return f"{self.prefix}/story/{_segment(story_id)}"

    def story_feed(self, form: str, story_id: str) -> str:
        return f"{self.story(story_id)}/feed.{form}"

    def theme(self, theme_id: str) -> str:
        return f"{self.prefix}/theme/{_segment(theme_id)}"

    def theme_feed(self, form: str, theme_id: str) -> str:
        return f"{self.theme(theme_id)}/feed.{form}"

    def open_search(self) -> str:
        return f"{self.prefix}/opensearch.xml"


@dataclass(frozen=True, slots=True)
class Edition:
    """One language of the site."""

    language: Language
    options: SiteOptions
    catalogue: Catalogue
    moments: Moments
    links: Links

    @property
    def direction(self) -> Direction:
        return "rtl" if self.language == "ar" else "ltr"

    @property
    def name(self) -> str:
        return self.options.name(self.language)

    def absolute(self, path: str) -> str:
        return self.options.base_url + path

    def instant(self, instant: datetime, *, brief: bool = False) -> Markup:
        """Write an instant with its day and whose clock it is: ``الأربعاء ٢٠ سبتمبر ٢٠٢٣، ١:٠٥ م بتوقيت غرينتش``.

        ``brief`` leaves out the weekday and the clock, for lists; the foot of every page names the clock.
        """
        city, time = self.moments.zone_city(), self.moments.time(instant)
        key = "article.at_city" if city else "article.at_universal"
        clock = time if brief else self.catalogue.text(key, time=time, city=city or "")
        day = self.moments.day(self.moments.local_day(instant), weekday=not brief)
        return self.catalogue.text("article.moment", day=day, time=clock)

    def hijri(self, published: datetime | date | None, precision: Precision | None) -> Markup | None:
        """Write a day in the Umm al-Qura calendar: ``٥ ربيع الأول ١٤٤٥ هـ``; None where the site or the date has none.

        The calendar's day is the civil one: the evening, which begins the next day by the moon, stays with its morning.
        """
        if not self.options.hijri or published is None or precision in ("month", "year"):
            return None
        day = self.moments.local_day(published) if isinstance(published, datetime) else published
        written = self.moments.hijri(day)
        if written is None:
            return None
        day_of_month, month, year = written
        return self.catalogue.text("article.hijri", day=day_of_month, month=month, year=year)

    def stated(self, when: str) -> str:
        """Write the date of an event as precisely as it is stated: a year, month, day, clock time or interval."""
        first, slash, last = when.partition("/")
        if slash:
            return self.catalogue.text("found.interval", first=self.stated(first), last=self.stated(last))
        day, time = self.moments.stated(when)
        return day if time is None else self.catalogue.text("article.moment", day=day, time=time)

    def country_name(self, code: str) -> str:
        return str(self.moments.locale.territories.get(code.upper(), code))

    def language_name(self, code: str) -> str:
        """Name a language in this edition's own; the code itself when it is none that is known."""
        try:
            return Locale.parse(code, sep="-").get_display_name(self.moments.locale) or code
        except (UnknownLocaleError, ValueError):
            return code


def editions(options: SiteOptions) -> dict[Language, Edition]:
    """Give the site's editions by language, the default one first."""
    order = sorted(LANGUAGES, key=lambda language: language != options.default_language)
    return {language: _edition(language, options) for language in order}


def image_path(image_id: str) -> str:
    """Give the address of a picture, the same in every edition."""
    return f"/images/{_segment(image_id)}"


def _edition(language: Language, options: SiteOptions) -> Edition:
    prefix = "" if language == options.default_language else f"/{language}"
    return Edition(language, options, catalogue(language), Moments.of(language, options), Links(prefix))


def _segment(text: str) -> str:
    return quote(text, safe="")


def _with_cursor(path: str, cursor: str | None) -> str:
    return path if cursor is None else f"{path}?{urlencode({'older': cursor})}"
