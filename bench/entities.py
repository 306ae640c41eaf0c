"""
Names in figures: distinct forms with their types, ours beside lists of names alone.

``python -m bench.entities``. The dev part of the reading gold, 50 articles, scored by the scorer beside it. The peer
takes every place of ``places_known.tsv`` and every outlet of the registry that stands in the text.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from bench.analyse import ARTICLES, score

from tawatur.analysis.document import Document, read_documents
from tawatur.analysis.entities import find_entities, form_of
from tawatur.analysis.name_lists import load_name_lists
from tawatur.cli.analysing import dated_article_lines
from tawatur.cli.common import Refused
from tawatur.sources import load_registry

Names = list[dict[str, str]]


def ours(document: Document) -> Names:
    return [{"text": entity.text, "type": entity.type} for entity in find_entities(document)]


def listed(document: Document) -> Names:
    """The names that a list holds, longest first."""
    lists, registry = load_name_lists(), load_registry()
    found: dict[str, str] = {}
    for passage in document.passages:
        forms = [form_of(word) for word in passage.words]
        evidence = lists.evidence([form.core for form in forms])
        first = 0
        for at, one in enumerate(evidence):
            if not one:
                continue
            place = one[0][-1]
            first = at if place in "1B" else first
            if place in "1E":
                start = passage.words[first].start + forms[first].cut
                text = passage.text[start : passage.words[at].end]
                found[text] = "ORG" if registry.find_by_name(text) else "LOC"
    return [{"text": text, "type": kind} for text, kind in found.items()]


def main() -> None:
    """Print the figures."""
    documents = read_documents(dated_article_lines(str(ARTICLES), Refused()))
    words = sum(len(passage.words) for document in documents for passage in document.passages)
    finders: dict[str, Callable[[Document], Names]] = {"tawatur": ours, "lists alone": listed}
    for name, find in finders.items():
        for document in documents:
            find(document)
        started = time.process_time()
        answers = [{"id": document.article.id, "entities": find(document)} for document in documents]
        cost = (time.process_time() - started) / words * 200_000
        figures = score(answers)["entities"]
        print(f"{name:12} F1 {figures['f1']:.3f}  P {figures['p']:.3f}  R {figures['r']:.3f}  {cost:.1f} ms/200 words")


if __name__ == "__main__":
    main()
