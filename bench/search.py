"""
How well search finds, beside its peers: ``python -m bench.search`` and what is named behind it.

``quality``    questions to their paragraph, headlines and words of headlines to their article (MRR@10 / recall@10)
(the probes and pairs that must not match are tests: ``tests/search/test_probes.py``)
``languages``  questions in other languages to Arabic paragraphs, and the reverse
``speed``      latency and indexing at --articles (100,000)

Parameters were chosen on the even questions and headlines; ``kept aside`` are the odd ones.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.search_sets import Case, case_sets, halves, texts

from tawatur.search import Document, IndexWriter, SearchIndex, SearchQuery
from tawatur.search.compiling import Weights

NOW = datetime(2023, 9, 20, tzinfo=UTC)
Rank = Callable[[str], list[str]]


def score(rank: Rank, cases: list[Case]) -> tuple[float, float]:
    """Give MRR@10 and recall@10."""
    reciprocal = found = 0.0
    for case in cases:
        ids = rank(case.query)[:10]
        if case.answer in ids:
            reciprocal += 1 / (1 + ids.index(case.answer))
            found += 1
    return reciprocal / len(cases), found / len(cases)


def build(folder: Path) -> SearchIndex:
    """Index the texts, once a folder."""
    with IndexWriter(folder) as writer:
        if writer.cursor is None:
            began = time.perf_counter()
            everything = texts()
            documents = [
                Document(id=id_, title="", body=text, shown_at=NOW, language="ar") for id_, text in everything.items()
            ]
            for start in range(0, len(documents), 200):
                writer.put_many(documents[start : start + 200])
            writer.commit("whole")
            print(f"indexed {len(everything) / (time.perf_counter() - began):,.0f} texts/s, cold", file=sys.stderr)
    return SearchIndex.open(folder)


def ours(index: SearchIndex) -> Rank:
    def rank(query: str) -> list[str]:
        found = index.ranking(SearchQuery(text=plain(query), limit=10, across_languages=False))
        return [id_ for id_, _ in found]

    return rank


def plain(query: str) -> str:
    """A headline is words: its quotation marks and dashes are no language here."""
    return " ".join(query.replace('"', " ").replace("-", " ").replace("«", " ").replace("»", " ").split())


def quality(options: argparse.Namespace) -> None:
    from bench.search_peers import Bm25, fts5, light10, postgresql, snowball

    sets = {name: halves(cases)[1] for name, cases in case_sets().items()}
    if options.some:
        sets = {name: cases[: options.some] for name, cases in sets.items()}
    folder = options.folder or Path(tempfile.mkdtemp())
    rows: dict[str, Rank] = {"Tawatur": ours(build(folder))}
    everything = texts()
    rows["Snowball BM25"] = Bm25(everything, snowball()).rank
    rows["Light10 BM25"] = Bm25(everything, light10()).rank
    rows["SQLite FTS5 unicode61"] = fts5(everything)
    print("| kept aside: MRR@10 / recall@10 | " + " | ".join(f"{n} ({len(c)})" for n, c in sets.items()) + " |")
    print("| --- |" + " ---: |" * len(sets))
    for name, rank in rows.items():
        print_row(name, rank, sets)
    if options.postgresql:
        rank, close = postgresql(everything)
        fewer = {name: cases[: options.postgresql] for name, cases in sets.items()}
        print_row(f"PostgreSQL arabic (first {options.postgresql} of each)", rank, fewer)
        close()


def print_row(name: str, rank: Rank, sets: dict[str, list[Case]]) -> None:
    cells = ["{:.3f} / {:.3f}".format(*score(rank, cases)) for cases in sets.values()]
    print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def choose(options: argparse.Namespace) -> None:
    """Try weights on the halves they are chosen on."""
    folder = options.folder or Path(tempfile.mkdtemp())
    build(folder)
    sets = {name: halves(cases)[0][: options.some or None] for name, cases in case_sets().items()}
    for change in options.weights or ["", "grams=0.5", "near=0", "lead=0,opening=0", "window=100"]:
        values = dict(pair.split("=") for pair in change.split(",") if pair)
        weights = Weights(**{name: type(getattr(Weights(), name))(float(value)) for name, value in values.items()})
        index = SearchIndex.open(folder, weights=weights)
        print_row(change or "as they are", ours(index), sets)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["quality"])
    parser.add_argument("--some", type=int, default=0, help="only so many cases of each set")
    parser.add_argument("--postgresql", type=int, default=200, help="cases of each set asked of PostgreSQL")
    parser.add_argument("--folder", type=Path, help="keep the index here between runs")
    parser.add_argument("--weights", nargs="*", help="for `choose`: name=value,…")
    parser.add_argument("--articles", type=int, default=100_000)
    options = parser.parse_args()
    for part in options.parts:
        PARTS[part](options)


def speed_part(options: argparse.Namespace) -> None:
    from bench.search_speed import speed

    speed(options)


def languages(options: argparse.Namespace) -> None:
    from bench.search_languages import languages as measure

    measure(options)


PARTS: dict[str, Callable[[argparse.Namespace], None]] = {
    "quality": quality,
    "choose": choose,
    "languages": languages,
    "speed": speed_part,
}

if __name__ == "__main__":
    main()
