"""
Quotes in figures: how many are found, and with the right speaker, beside a plain way.

``python -m bench.quotes [gold] [speed]`` (both when nothing is named).

``gold`` scores the reading gold with the scorer beside it. The plain way: every pair of quotation marks is a direct
quote, every «إن» or «أن» behind a verb of saying opens an indirect one that ends with its sentence, and the speaker is
the nearest run of words tagged as names. ``speed`` times the finder of statements over the same articles, one core,
words read before. The cross-validated figures of docs/quotes.md come from ``python -m training.statements
--cross-validate``.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from typing import Any

from bench.analyse import MARKS, labelled_documents, score

from tawatur.analysis.document import Document, Passage
from tawatur.analysis.entities import find_entities
from tawatur.analysis.quotes import quotes_of
from tawatur.analysis.statements import find_statements

_SAID = re.compile(r"\b[وف]?(?:قال|قالت|أضاف|أضافت|أكد|أكدت|أعلن|أعلنت|ذكر|ذكرت|أوضح)\b[^.\n]{0,80}?\s[إأ]ن\s([^.\n]+)")
_FIGURES = ("quotes", "speaker_right", "speaker_in_full")


def ours(document: Document) -> dict[str, Any]:
    """What the finder says, as a line for the scorer."""
    quotes = quotes_of(document, find_statements(document, find_entities(document)), {})
    found = [{"text": one.text, "kind": one.kind, "speaker": one.speaker} for one in quotes]
    return {"id": document.article.id, "quotes": found}


def plain_way(document: Document) -> dict[str, Any]:
    """Marks, a few verbs, and the nearest name."""
    found = []
    for passage in document.passages:
        for pattern, kind in ((MARKS, "direct"), (_SAID, "indirect")):
            found += [
                {"text": match[1], "kind": kind, "speaker": _nearest_name(passage, match.start())}
                for match in pattern.finditer(passage.text)
            ]
    return {"id": document.article.id, "quotes": found}


def _nearest_name(passage: Passage, at: int) -> str | None:
    runs: list[tuple[int, str]] = []
    end = -2
    for place, word in enumerate(passage.words):
        if word.segments and word.segments[-1].pos == "PROPN":
            if end == place - 1:
                runs[-1] = (runs[-1][0], passage.text[runs[-1][0] : word.end])
            else:
                runs.append((word.start, word.text))
            end = place
    return min(runs, key=lambda run: abs(run[0] - at), default=(0, None))[1]


def print_gold(documents: list[Document]) -> None:
    found, plain = score(map(ours, documents)), score(map(plain_way, documents))
    print(f"{'reading gold, 50 articles':32}{'ours':>8}{'plain':>8}")
    for kind in ("direct", "indirect"):
        for figure in _FIGURES:
            name = f"{kind}_{figure}"
            pair = [told[name]["f1"] if isinstance(told[name], dict) else told[name] for told in (found, plain)]
            print(f"{name:32}{pair[0]:>8.3f}{pair[1]:>8.3f}")
    print(f"{'made up or misplaced':32}{found['made_up_count'] + found['offsets_wrong_count']:>8}")


def print_speed(documents: list[Document]) -> None:
    times = []
    for document in documents * 2:
        words = sum(len(passage.words) for passage in document.passages)
        start = time.process_time()
        find_statements(document, ())
        times.append(200_000 * (time.process_time() - start) / max(1, words))
    print(f"{'statements of 200 words':32}{statistics.median(times[len(documents) :]):>8.2f} ms, median")


def main() -> int:
    asked = sys.argv[1:] or ["gold", "speed"]
    documents = labelled_documents()
    if "gold" in asked:
        print_gold(documents)
    if "speed" in asked:
        print_speed(documents)
    return 0


if __name__ == "__main__":
    sys.exit(main())
