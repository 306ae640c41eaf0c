"""
An article as the finders see it: each published text read into words and sentences, once.

Finders put marks on these texts and never copy them. A word is known by its place in ``Passage.words``; a sentence is
a run of such places.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import cast

from tawatur.model.article import Article
from tawatur.text.sentences import Sentence, find_sentences
from tawatur.text.spans import Field, Span
from tawatur.text.words import Word, read_many

__all__ = ["Document", "Passage", "read_document", "read_documents"]

_FIELDS: tuple[Field, ...] = ("title", "abstract", "body")


@dataclass(frozen=True, slots=True)
class Passage:
    """One published text of an article, read."""

    field: Field
    text: str
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]

    def word_range(self, start: int, end: int) -> range:
        """Give the places in ``words`` of the words that begin in ``start:end`` of the text."""
        first = bisect_left(self.words, start, key=lambda word: word.start)
        return range(first, bisect_left(self.words, end, key=lambda word: word.start))

    def span(self, start: int, end: int) -> Span:
        """Give a place in this text."""
        return Span(start, end, self.field)


@dataclass(frozen=True, slots=True)
class Document:
    """An article and its texts that are not empty, in the order title, abstract, body."""

    article: Article
    passages: tuple[Passage, ...]
    #: The outlet's own zone: «أمس» is counted from the day it was there. UTC when nobody told.
    zone: tzinfo = UTC

    def passage(self, field: Field) -> Passage | None:
        """Give one text; None when the article has none."""
        return next((passage for passage in self.passages if passage.field == field), None)

    def slice(self, span: Span) -> str:
        """Give the words at a place."""
        passage = self.passage(span.field)
        return span.of(passage.text) if passage else ""


def read_document(article: Article, zone: tzinfo = UTC) -> Document:
    """Read one article."""
    return read_documents(((article, zone),))[0]


def read_documents(articles: Iterable[tuple[Article, tzinfo]]) -> list[Document]:
    """Read many articles at once, each with its outlet's zone, which is faster than one by one; in the order given."""
    articles = list(articles)
    fields = [[(field, text) for field in _FIELDS if (text := _text(article, field))] for article, _ in articles]
    read = iter(read_many([text for of_article in fields for _, text in of_article]))
    return [
        Document(
            article,
            tuple(Passage(field, text, next(read), find_sentences(text)) for field, text in of_article),
            zone,
        )
        for (article, zone), of_article in zip(articles, fields, strict=True)
    ]


def _text(article: Article, field: Field) -> str:
    return cast("str | None", getattr(article, field)) or ""
