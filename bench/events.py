"""
Dated events in figures: found, and their dates right, ours beside dateparser's search.

``python -m bench.events``. The dev part of the reading gold, 50 articles, scored by the scorer beside it. dateparser
(``dateparser.search``, Arabic, the same day of publication, past preferred) finds dates; the sentence of each is its
evidence, and dates that it finds twice in one sentence count once.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from bench.analyse import labelled_documents, score
from bench.dates import DATA

from tawatur.analysis.document import Document
from tawatur.analysis.entities import find_entities
from tawatur.analysis.events import find_events
from tawatur.model import as_json
from tawatur.model.analysis import Entity

_NAMES: dict[str, tuple[Entity, ...]] = {}


def ours(document: Document) -> list[dict[str, Any]]:
    return [as_json(event) for event in find_events(document, names_of(document))]


def names_of(document: Document) -> tuple[Entity, ...]:
    """The names of an article, found once: another finder's work, not timed here."""
    if document.article.id not in _NAMES:
        _NAMES[document.article.id] = find_entities(document)
    return _NAMES[document.article.id]


def of_dateparser(document: Document) -> list[dict[str, Any]]:
    from dateparser.search import search_dates

    published = document.article.published
    base = published.astimezone(document.zone) if isinstance(published, datetime) else published
    settings: dict[str, Any] = {"PREFER_DATES_FROM": "past"}
    if isinstance(base, date):
        settings["RELATIVE_BASE"] = datetime(base.year, base.month, base.day)  # noqa: DTZ001  # dateparser's own terms
    return [
        {"when": when, "evidence": sentence, "field": field, "start": start, "end": start + len(sentence)}
        for field, start, sentence in _sentences(document)
        for when in dict.fromkeys(
            found.date().isoformat() for _, found in search_dates(sentence, languages=["ar"], settings=settings) or ()
        )
    ]


def _sentences(document: Document) -> Iterator[tuple[str, int, str]]:
    for passage in document.passages:
        for sentence in passage.sentences:
            yield passage.field, sentence.start, sentence.text


def main() -> int:
    if not DATA.is_dir():
        print(f"the real news is not at {DATA}; set TAWATUR_DATA", file=sys.stderr)
        return 1
    documents = labelled_documents()
    words = sum(len(passage.words) for document in documents for passage in document.passages)
    columns = ("F1", "precision", "recall", "date right", "ms/200 words")
    print(f"{'50 articles':20}" + "".join(f"{column:>14}" for column in columns))
    for name, way in (("ours", ours), ("dateparser.search", of_dateparser)):
        for document in documents:  # caches warm, names found
            names_of(document)
        way(documents[0])
        start = time.process_time()
        records = [{"id": document.article.id, "events": way(document)} for document in documents]
        spent = 1000 * (time.process_time() - start) * 200 / words
        told = score(records)
        found, right = told["events"], told["event_dates_right"]
        print(f"{name:20}{found['f1']:>14.3f}{found['p']:>14.3f}{found['r']:>14.3f}{right:>14.3f}{spent:>14.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
