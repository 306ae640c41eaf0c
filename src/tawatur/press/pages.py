"""
The pages of the press: ten designs, each a template of ``designs/`` with the furniture of its kind.

A design decides what a page says around the article and how it writes the date; the words of the article itself come
from the edition.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tawatur.model import as_json
from tawatur.press.almanac import write_day, write_hijri
from tawatur.press.edition import Edition, Version
from tawatur.press.outlets import Outlet

_EASTERN_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWriter:
    """Writes the pages of one outlet at one moment."""

    edition: Edition
    outlet: Outlet
    #: The outlet's address, without a slash at its end.
    home: str
    moment: datetime

    def article(self, version: Version, page: int = 1) -> str:
        """Write an article's page; of one on several pages the numbered one."""
        first = version.draft.first_page
        paragraphs = version.paragraphs
        if first:
            paragraphs = paragraphs[:first] if page == 1 else paragraphs[first:]
        article = self.edition.article(version, self.home)
        return self._render(
            f"{self.outlet.design}.html",
            version=version,
            draft=version.draft,
            article=article,
            url=self.home + version.path,
            paragraphs=paragraphs,
            date=DateLines(version.published, self.outlet),
            changed=DateLines(version.modified, self.outlet) if version.modified else None,
            updates=[(update, DateLines(update.published, self.outlet)) for update in version.updates],  # type: ignore[arg-type]
            page=page,
            pages=2 if first else 1,
            next_page=self._second_page(version) if first else None,
            structured=Markup(_structured(article, self.outlet, self.home)),  # noqa: S704 - written by json.dumps
        )

    def front(self) -> str:
        """Write the front page: every article that stands, newest first."""
        return self._render("front.html")

    def consent(self) -> str:
        """Write the page that stands before an article until cookies are accepted."""
        return self._render("consent.html")

    def missing(self) -> str:
        """Write the page that says there is nothing here."""
        return self._render("missing.html")

    def _second_page(self, version: Version) -> str:
        return f"{self.home}{version.path}{'&' if '?' in version.path else '?'}page=2"

    def _render(self, template: str, **context: Any) -> str:
        standing = self.edition.standing(self.outlet.id, self.moment)
        return (
            _templates()
            .get_template(template)
            .render(
                outlet=self.outlet,
                home=self.home,
                latest=[
                    (other.title, self.home + other.path, DateLines(other.published, self.outlet)) for other in standing
                ],
                **context,
            )
        )


@dataclass(frozen=True, slots=True)
class DateLines:
    """One instant in the manners of the press."""

    instant: datetime
    outlet: Outlet

    @property
    def local(self) -> datetime:
        return self.instant.astimezone(self.outlet.zone)

    @property
    def iso(self) -> str:
        return self.local.isoformat()

    @property
    def clock(self) -> str:
        """``14:05``."""
        return f"{self.local:%H:%M}"

    @property
    def half_day_clock(self) -> str:
        """``02:05 م``."""
        return f"{self.local:%I:%M} {'ص' if self.local.hour < 12 else 'م'}"

    @property
    def weekday(self) -> str:
        return str(format_date(self.local.date(), "EEEE", locale=self.outlet.language))

    @property
    def day(self) -> str:
        """``20 شتنبر 2023``."""
        return f"{write_day(self.local.date(), self.outlet.months, self.outlet.language)} {self.local.year}"

    @property
    def hijri(self) -> str:
        return write_hijri(self.local.date())

    @property
    def english_ordinal(self) -> str:
        """``20th, September 2023 GMT``: as the aggregator of our reference page writes a day."""
        day = self.local.day
        month = format_date(self.local.date(), "MMMM", locale="en")
        return f"{day}{_ORDINALS.get(day, 'th')}, {month} {self.local.year} GMT"

    @staticmethod
    def eastern(text: str) -> str:
        """The same with Arabic-Indic digits."""
        return text.translate(_EASTERN_DIGITS)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("tawatur.press", "designs"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _structured(article: Any, outlet: Outlet, home: str) -> str:
    """schema.org's NewsArticle as JSON-LD; ``<`` is escaped so that no text ends the script."""
    told = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting" if article.updates else "NewsArticle",
        "mainEntityOfPage": article.url,
        "headline": article.title,
        "description": article.abstract,
        "datePublished": article.published.astimezone(outlet.zone).isoformat() if _is_instant(article) else None,
        "dateModified": as_json(article.modified) if article.modified else None,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "image": article.image,
        "articleSection": article.section,
        "keywords": list(article.tags),
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name, "url": f"{home}/"},
    }
    return json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False).replace("<", "\\u003c")


def _is_instant(article: Any) -> bool:
    return isinstance(article.published, datetime)
