"""Questions in one language, paragraphs in another: MRR@10 of the way a search goes, beside vectors alone."""

from __future__ import annotations

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from bench.search_sets import Case, halves, xquad

from tawatur.search import Document
from tawatur.search.meaning_log import MeaningLog
from tawatur.search.meanings import MeaningIndex, is_arabic, lead_of
from tawatur.text.vectors import embed

NOW = datetime(2023, 9, 20, tzinfo=UTC)
OTHERS = ("en", "es", "ru", "tr")


def languages(options: argparse.Namespace) -> None:
    print("| questions kept aside -> paragraphs | vectors alone | Tawatur |\n| --- | ---: | ---: |")
    means: dict[str, list[float]] = {}
    for asked, held in [(other, "ar") for other in OTHERS] + [("ar", other) for other in OTHERS]:
        cases = halves(xquad(asked)[1])[1]
        cases = cases[:: max(1, len(cases) // (options.some or len(cases)))]
        paragraphs = xquad(held)[0]
        index = _index(paragraphs)
        alone, ours = _alone(paragraphs, cases), _ours(index, cases)
        means.setdefault("-> ar" if held == "ar" else "ar ->", []).append(ours)
        print(f"| {asked} -> {held} ({len(cases)}) | {alone:.3f} | {ours:.3f} |", flush=True)
    for way, figures in means.items():
        print(f"| mean {way} | | {sum(figures) / len(figures):.3f} |")


def _index(paragraphs: dict[str, str]) -> MeaningIndex:
    folder = Path(tempfile.mkdtemp())
    with MeaningLog(folder) as log:
        texts = [lead_of("", text) for text in paragraphs.values()]
        for id_, text, vector in zip(paragraphs, texts, embed(texts), strict=True):
            log.put(id_, vector, is_arabic=is_arabic(text))
        log.commit("whole")
    documents = {id_: Document(id=id_, title="", body=text, shown_at=NOW) for id_, text in paragraphs.items()}
    return MeaningIndex(folder, lambda ids: {id_: documents[id_] for id_ in ids})


def _alone(paragraphs: dict[str, str], cases: list[Case]) -> float:
    ids = list(paragraphs)
    likeness = embed([case.query for case in cases]) @ embed(list(paragraphs.values())).T
    total = 0.0
    for case, row in zip(cases, likeness, strict=True):
        best = [ids[at] for at in np.argsort(-row)[:10]]
        total += 1 / (1 + best.index(case.answer)) if case.answer in best else 0.0
    return total / len(cases)


def _ours(index: MeaningIndex, cases: list[Case]) -> float:
    total = 0.0
    for case in cases:
        best = [id_ for id_, _, _ in index.answers(case.query, 10)]
        total += 1 / (1 + best.index(case.answer)) if case.answer in best else 0.0
    return total / len(cases)
