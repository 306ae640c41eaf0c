"""
Names in figures: distinct forms with their types, ours beside lists of names alone.

``python -m bench.entities [MARKS.json]``. The dev part of the reading gold, 50 articles, scored by the scorer beside
it. The peer takes every place of ``places_known.tsv`` and every outlet of the registry that stands in the text.

With MARKS, also canonical names: which pairs of the names that readers found in an article are one bearer. The marks
are a reader's, ``{article: {"one": [[form, …], …], "either": […]}}``; pairs under ``either`` are not scored. The peer
joins what is equal without article, ``#`` and ``_``.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

from bench.analyse import ARTICLES, GOLD, labelled_documents, score

from tawatur.analysis.canonical import canonical_names
from tawatur.analysis.document import Document
from tawatur.analysis.entities import find_entities, form_of
from tawatur.analysis.name_lists import key_of, load_name_lists
from tawatur.model.analysis import EntityType
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
            listed = [sign for sign in one if sign.startswith(("g=place", "g=media"))]
            if not listed:
                continue
            place = listed[0][-1]
            first = at if place in "1B" else first
            if place in "1E":
                start = passage.words[first].start + forms[first].cut
                text = passage.text[start : passage.words[at].end]
                found[text] = "ORG" if registry.find_by_name(text) else "LOC"
    return [{"text": text, "type": kind} for text, kind in found.items()]


def print_canonical(marks: Path) -> None:
    """Print how well forms of one bearer are joined, given the names that readers found."""
    marked = json.loads(marks.read_text(encoding="utf-8"))
    ways = {"tawatur": canonical_names, "equal strings": equal_strings}
    counts = {name: [0, 0, 0] for name in ways}
    for article, forms in gold_forms():
        one = {pair for group in marked[article]["one"] for pair in pairs(group)}
        either = {pair for group in marked[article]["either"] for pair in pairs(group)} - one
        for name, join in ways.items():
            joined = join(forms)
            same = {
                frozenset((a[0], b[0]))
                for a, b in combinations([(text, kind) for text, kind, _ in forms], 2)
                if joined[a] == joined[b] and a[0] != b[0]
            } - either
            for at, number in enumerate((len(same & one), len(same), len(one))):
                counts[name][at] += number
    for name, (right, found, gold) in counts.items():
        precision, recall = right / max(1, found), right / max(1, gold)
        f1 = 2 * right / max(1, found + gold)
        print(f"{name:14} pairs of one bearer F1 {f1:.3f}  P {precision:.3f}  R {recall:.3f}  of {gold}")


def gold_forms() -> Iterator[tuple[str, list[tuple[str, EntityType, int]]]]:
    """Give the readers' names of each article, in the order of the text, with how often each stands."""
    texts = {
        article["id"]: "\n".join(article.get(name) or "" for name in ("title", "abstract", "body"))
        for article in map(json.loads, ARTICLES.open(encoding="utf-8"))
    }
    for row in map(json.loads, (GOLD / "reading.gold.jsonl").open(encoding="utf-8")):
        text = texts[row["id"]]
        names = sorted({(one["text"], one["type"]) for one in row["entities"]}, key=lambda one: text.find(one[0]))
        yield row["id"], [(form, kind, max(1, text.count(form))) for form, kind in names]


def pairs(group: list[str]) -> Iterator[frozenset[str]]:
    yield from map(frozenset, combinations(group, 2))


def equal_strings(forms: list[tuple[str, EntityType, int]]) -> dict[tuple[str, EntityType], str]:
    return {(text, kind): key_of(text.replace("_", " ").replace("#", "")).removeprefix("ال") for text, kind, _ in forms}


def main() -> None:
    """Print the figures."""
    for marks in sys.argv[1:]:
        print_canonical(Path(marks))
    documents = labelled_documents()
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
