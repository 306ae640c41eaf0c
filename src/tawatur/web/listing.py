"""
Lists of articles as the site shows them: each with its source, its picture and its lead, gathered by day.

The store gives them in order; here they are only dressed. One query for the pictures of a page, none an article.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tawatur.model import Article, Source
from tawatur.store.protocol import Store
from tawatur.web.moments import Moments, shown_at

# A lead in a list: two to three lines on a phone. Longer ones push the next headline off the screen.
STANDFIRST_LETTERS = 220
# A headline longer than this is a fault of its page, such as a whole text between title tags.
HEADLINE_LETTERS = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An article in a list."""

    article: Article
    #: None when the source is not (or no longer) followed: then only ``article.source`` names it.
    source: Source | None
    #: Our id of its picture; None when it has none or we do not hold it.
    image_id: str | None
    headline: str | None
    standfirst: str | None

    @property
    def source_name(self) -> str | None:
        return self.source.name if self.source else self.article.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Articles that stand under one date, as precise as the date is known."""

    #: None for articles without any date at all.
    day: date | None
    #: How much of ``day`` is known.
    precision: str
    rows: tuple[Row, ...]


def rows(store: Store, articles: Sequence[Article], sources: Mapping[str, Source]) -> tuple[Row, ...]:
    """Dress articles for a list, order kept."""
    images = store.images.ids_for([article.image for article in articles if article.image])
    return tuple(
        Row(
            article=article,
            source=sources.get(article.source or ""),
            image_id=images.get(article.image or ""),
            headline=clipped(article.title, HEADLINE_LETTERS),
            standfirst=clipped(article.abstract or article.body.partition("\n")[0], STANDFIRST_LETTERS),
        )
        for article in articles
    )


def by_day(listed: Iterable[Row], moments: Moments) -> tuple[Day, ...]:
    """Gather rows under their dates, order kept; a date is written once even where two clocks disagree by hours."""
    days: list[tuple[date | None, str, list[Row]]] = []
    for row in listed:
        day, precision = _stands_under(row.article, moments)
        if days and (days[-1][:2] == (day, precision) or _is_later(day, days[-1][0])):
            days[-1][2].append(row)
        else:
            days.append((day, precision, [row]))
    return tuple(Day(day=day, precision=precision, rows=tuple(items)) for day, precision, items in days)


def clipped(text: str | None, letters: int) -> str | None:
    """Cut a text to at most so many letters, at a space where there is one; None for an empty one.

    >>> clipped("أعرب الرئيس عن أمله", 12)
    'أعرب الرئيس…'
    """
    text = " ".join((text or "")[: letters * 4].split())
    if len(text) <= letters:
        return text or None
    head, _, _ = text[: letters + 1].rpartition(" ")
    return (head or text[:letters]).rstrip(" ،,:;-–—") + "…"


def _stands_under(article: Article, moments: Moments) -> tuple[date | None, str]:
    stated = article.published
    at = shown_at(article)
    if at is None:
        return None, "none"
    if (
        stated is None
        or isinstance(stated, datetime)
        or (article.fetched and stated > moments.local_day(article.fetched))
    ):
        return moments.local_day(at), "day"
    return stated, article.precision if article.precision in ("month", "year") else "day"


def _is_later(day: date | None, than: date | None) -> bool:
    return day is not None and than is not None and day > than
