"""The sentences of a story's articles, each with its place and the terms it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tawatur.model.article import Article
from tawatur.stories.terms import rarity, terms_of
from tawatur.text.sentences import find_sentences
from tawatur.text.spans import Field

__all__ = ["Said", "in_common", "sentences_of", "weight_of"]

# What a news text tells stands in its first thirty sentences; what follows is background and related links.
_MOST_SENTENCES = 60
# «دبي، الإمارات العربية المتحدة (CNN)-- أعلنت …»: where and by whom it was written is no part of what is told.
_DATELINE = re.compile(r"\A[^.:\n\u00ab\"]{0,60}\([^()\n]{2,24}\)\s*[-\u2013\u2014]+\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of an article: the slice ``start:end`` of its field."""

    article: str
    field: Field
    start: int
    end: int
    text: str
    terms: frozenset[str]
    #: Its place in the article; the headline is 0.
    place: int


def sentences_of(article: Article) -> tuple[Said, ...]:
    """Give the sentences of an article: the headline, then the standfirst, then the body."""
    return tuple(_numbered(article))[:_MOST_SENTENCES]


def _numbered(article: Article) -> Iterator[Said]:
    place = 0
    texts: tuple[tuple[Field, str | None], ...] = (
        ("title", article.title),
        ("abstract", article.abstract),
        ("body", article.body),
    )
    for field, text in texts:
        for sentence in find_sentences(text or ""):
            dateline = _DATELINE.match(sentence.text) if field == "body" and sentence.start == 0 else None
            start = dateline.end() if dateline else 0
            told = sentence.text[start:]
            terms = frozenset(terms_of(told))
            yield Said(article.id, field, sentence.start + start, sentence.end, told, terms, place)
            place += 1


def weight_of(terms: Iterable[str]) -> float:
    """Give how much terms tell: the sum of their rarities."""
    return sum(map(rarity, terms))


def in_common(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the share of the lesser sentence's weight that the other has too, 0 to 1."""
    least = min(weight_of(one), weight_of(other))
    return weight_of(one & other) / least if least else 0.0
