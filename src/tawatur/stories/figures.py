"""
Figures: what was counted in a story, and how the count changed: the dead of a blast, the price of a barrel.

A number counts what a word of ``data/counted.toml`` beside it names. Of each original report the first number of a kind
is read, headline first; a reading is kept when it says another number than the one before it. Who says so is whoever
the analysis has speaking or credited in that sentence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files
from operator import itemgetter

from tawatur.model.analysis import Analysis
from tawatur.model.article import Article
from tawatur.model.story import Figure, FigureReading
from tawatur.stories.sentences_of import Said, sentences_of
from tawatur.text.letters import normalise
from tawatur.text.numerals import number_words, read_number

__all__ = ["Count", "Edited", "counts_in", "find_figures", "said_by"]

_TOKEN = re.compile(r"\d+(?:[.,\u066b\u066c ]\d{3}(?!\d))*(?:[.,\u066b]\d+)?|[^\W\d_]+")
_CLITICS = ("\u0648", "\u0641", "\u0628", "\u0644", "\u0643")
_BEFORE, _AFTER = 8, 3
_MULTIPLIERS = {
    **dict.fromkeys(("الف", "الفا", "الاف", "thousand", "тысяч", "тысячи"), 1_000),
    **dict.fromkeys(("مليون", "مليونا", "ملايين", "million", "миллионов"), 1_000_000),
    **dict.fromkeys(("مايه", "ميه"), 100),
}
_WHOLE = {"مايه": 100, "ميه": 100, "ميتي": 200, "ميتين": 200, "الفي": 2000, "الفين": 2000, "الف": 1000}
# What a number with these words after it counts is no thing of the story.
_OTHER_UNITS = frozenset(("عاما", "عام", "سنه", "سنوات", "يوما", "ايام", "ساعه", "ساعات", "دقيقه", "كيلومترا", "مترا"))
# In the headline and the first sentences of a report a figure is news; later it is background.
_PLACES_OF_NEWS = 9
# «أكثر من ٢٨ ألف نازح» above a text that counts 28,120.
_ROUNDED = 0.03


@dataclass(frozen=True, slots=True)
class Count:
    """A number in a sentence and what it counts; ``start:end`` from the number to its word, in the sentence."""

    kind: str
    value: float
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edited:
    """An article as it was first read, and since when it reads otherwise."""

    first: Article
    since: datetime


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    bare: str
    start: int
    end: int


def counts_in(sentence: str) -> tuple[Count, ...]:
    """Give what a sentence counts, in order.

    >>> [(count.kind, count.value) for count in counts_in("مقتل 20 شخصا وإصابة أكثر من 200 جريح")]
    [('dead', 20), ('wounded', 200)]
    """
    return tuple(_counts(_tokens(sentence)))


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
    for _, kind, word, reading in sorted(found, key=itemgetter(0)):
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


def _tokens(sentence: str) -> list[_Token]:
    folded = normalise(sentence, "index")
    found = []
    for match in _TOKEN.finditer(folded.text):
        start, end = folded.original_span(match.start(), match.end())
        found.append(_Token(match[0], _bare(match[0]), start, end))
    return found


def _bare(word: str) -> str:
    """Cut one clitic before a word that is counted without it."""
    words = _words()
    if word in words or word in _WHOLE or word in _MULTIPLIERS:
        return word
    return word[1:] if word[:1] in _CLITICS and len(word) > 3 else word


def _counts(tokens: list[_Token]) -> Iterator[Count]:
    at = 0
    while at < len(tokens):
        dual = _words().get(tokens[at].bare, {}).get("two")
        if dual is not None:
            yield Count(dual, 2, tokens[at].text, tokens[at].start, tokens[at].end)
        value, size = _number(tokens, at)
        if value is None:
            at += 1
            continue
        found = _counted(tokens, at, at + size)
        if found is not None:
            kind, word = found
            first, last = min(tokens[at], word, key=_place), max(tokens[at + size - 1], word, key=_place)
            yield Count(kind, value, word.text, first.start, last.end)
        at += size


def _place(token: _Token) -> int:
    return token.start


def _number(tokens: list[_Token], at: int) -> tuple[float | None, int]:
    """Read the number at a place with the words that multiply it: «97 ألفا و735», «خمسين ألف»."""
    text = tokens[at].text
    value: float | None = None
    size = 1
    if text[0].isdigit():
        value = read_number(text.replace(" ", ""))
    elif tokens[at].bare in _WHOLE:
        value = _WHOLE[tokens[at].bare]
    else:
        read = number_words([tokens[at].bare, *(token.text for token in tokens[at + 1 : at + 3])])
        value, size = (read[0], read[1]) if read is not None else (None, 1)
    if value is None:
        return None, 1
    if at + size < len(tokens) and tokens[at + size].text in _MULTIPLIERS:
        value *= _MULTIPLIERS[tokens[at + size].text]
        size += 1
        following = at + size
        if following + 1 < len(tokens) and tokens[following].text == "\u0648" and tokens[following + 1].text.isdigit():
            value += float(tokens[following + 1].text)
            size += 2
    return (int(value) if value == int(value) else value), size


def _counted(tokens: list[_Token], start: int, end: int) -> tuple[str, _Token] | None:
    """Give what the number at ``start:end`` counts: the word after it, else the nearest before it."""
    after = tokens[end : end + _AFTER]
    for token in after:
        if token.bare in _OTHER_UNITS:
            return None
        if token.text[0].isdigit() or token.text.removeprefix("\u0648") == token.bare != token.text:
            break  # «٢٠ شخصا وإصابة ٢٠٠»: what follows is of the next number
        kind = _words().get(token.bare, {}).get("after")
        if kind is not None:
            return kind, token
    for token in reversed(tokens[max(0, start - _BEFORE) : start]):
        kind = _words().get(token.bare, {}).get("before")
        if kind is not None:
            return kind, token
        if token.text[0].isdigit():
            return None
    return None


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    """Give for each word the kind it counts, by where it stands to the number."""
    table = tomllib.loads((files("tawatur.stories") / "data" / "counted.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, str]] = {}
    for kind, sides in table.items():
        for side, words in sides.items():
            for word in words:
                found.setdefault(word, {})[side] = kind
    return found
