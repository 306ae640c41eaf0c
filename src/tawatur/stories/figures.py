"""
Figures: what was counted in a story, and how the count changed: the dead of a blast, the price of a barrel.

A number counts what a word of ``data/counted.toml`` beside it names (``counting``). Of each original report the first
number of a kind is read, headline first; a reading is kept when it says another number than the one before it. A kind
is followed when one report gives it in its headline or first sentences, or as a toll: what else is told further down is
background. Who says so is whoever the analysis has speaking or credited in that sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from operator import itemgetter

from tawatur.model.analysis import Analysis
from tawatur.model.article import Article
from tawatur.model.story import Figure, FigureReading
from tawatur.stories.counting import Count, counts_in, is_toll
from tawatur.stories.sentences_of import Said, sentences_of

__all__ = ["Edited", "find_figures", "said_by"]

# In the headline and the first sentences of a report a figure is news; later it is background.
_PLACES_OF_NEWS = 9
# A kind that no report gives before this place is background of the story.
_PLACES_OF_LEAD = 4
# «أكثر من ٢٨ ألف نازح» above a text that counts 28,120.
_ROUNDED = 0.03


@dataclass(frozen=True, slots=True)
class Edited:
    """An article as it was first read, and since when it reads otherwise."""

    first: Article
    since: datetime


def find_figures(
    articles: Sequence[Article],
    analyses: Mapping[str, Analysis],
    copy_of: Mapping[str, str | None],
    edited: Mapping[str, Edited] | None = None,
) -> tuple[Figure, ...]:
    """Follow the figures of a story; those most often told first.

    Args:
        articles: Of the story, oldest first.
        analyses: What was found in them.
        copy_of: The original of each article that is a copy: copies are not read.
        edited: What articles said at first that say something else now: a figure put in later counts from then on.
    """
    readings: dict[str, list[FigureReading]] = {}
    names: dict[str, str] = {}
    originals = [article for article in articles if copy_of.get(article.id) is None]
    found = [each for article in originals for each in _readings(article, analyses, (edited or {}).get(article.id))]
    followed = {kind for article in originals for kind in _news_of(article)}
    for _, kind, word, reading in sorted(found, key=itemgetter(0)):
        if kind not in followed:
            continue
        names.setdefault(kind, word)
        kept = readings.setdefault(kind, [])
        if not kept or kept[-1].value != reading.value:
            kept.append(reading)
    order = sorted(readings, key=lambda kind: -len(readings[kind]))
    return tuple(Figure(name=names[kind], readings=tuple(readings[kind]), kind=kind) for kind in order)


def _readings(
    article: Article, analyses: Mapping[str, Analysis], edited: Edited | None
) -> Iterator[tuple[str, str, str, FigureReading]]:
    """Give the readings of an article, each with what it is ordered by, its kind and what it counts."""
    at_first = _first_of_each(edited.first) if edited is not None else {}
    for kind, (sentence, count) in _first_of_each(article).items():
        reading = _reading(article, analyses.get(article.id), sentence, count)
        if edited is not None and (kind not in at_first or at_first[kind][1].value != count.value):
            reading = replace(reading, when=edited.since)
        yield _order(reading.when), kind, count.word, reading


def _order(when: datetime | date | None) -> str:
    """Order readings; one that tells its day alone is the last of that day, one without a date the last of all."""
    if when is None:
        return "9"
    return when.astimezone(UTC).isoformat() if isinstance(when, datetime) else f"{when.isoformat()}T24"


def said_by(analysis: Analysis | None, sentence: Said) -> str | None:
    """Give who says a sentence: its speaker, else whom it credits; None when nobody is named."""
    if analysis is None:
        return None
    for quote in analysis.quotes:
        if (
            quote.speaker
            and quote.field == sentence.field
            and quote.start < sentence.end
            and sentence.start < quote.end
        ):
            return quote.speaker
    for source in analysis.sources:
        if source.field == sentence.field and source.start < sentence.end and sentence.start < source.end:
            return source.name
    return None


def _first_of_each(article: Article) -> dict[str, tuple[Said, Count]]:
    """Give the first figure of each kind; one of the body rather than the headline's, whose sentence is in full."""
    found: dict[str, tuple[Said, Count]] = {}
    for sentence in sentences_of(article)[:_PLACES_OF_NEWS]:
        for count in counts_in(sentence.text):
            known = found.get(count.kind)
            if known is None or (known[0].field == "title" and _is_rounded(known[1].value, count.value)):
                found[count.kind] = sentence, count
    return found


def _is_rounded(headline: float, value: float) -> bool:
    """Tell whether a headline gives a number of the text, perhaps in round figures."""
    return abs(headline - value) <= _ROUNDED * value


def _news_of(article: Article) -> set[str]:
    """Give the kinds of figures that are news in an article."""
    return {
        kind
        for kind, (sentence, _) in _first_of_each(article).items()
        if sentence.place < _PLACES_OF_LEAD or is_toll(sentence.text)
    }


def _reading(article: Article, analysis: Analysis | None, sentence: Said, count: Count) -> FigureReading:
    return FigureReading(
        when=article.published,
        value=count.value,
        said_by=said_by(analysis, sentence),
        evidence=sentence.text[count.start : count.end],
        article=article.id,
        field=sentence.field,
        start=sentence.start + count.start,
        end=sentence.start + count.end,
    )
