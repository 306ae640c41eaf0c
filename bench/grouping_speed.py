"""
How many analysed articles are grouped a second as the store grows, vectors included.

``python -m bench.grouping_speed [--articles 5000] [--stores 10000,100000]`` fills SQLite stores with articles that
each stand in a story of their own, and has the desk of ``pipeline.grouping`` place the same analysed articles in each:
vectors, copies, stories, neighbours, chains and what is written. Wanted: 100 a second on one core, and in the largest
store at most 1.2 times the time an article takes in the smallest.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from bench.make_archive import make_archive

from tawatur.analysis.analysing import analyse_many
from tawatur.model import Article, article_from_json
from tawatur.model.analysis import Analysis
from tawatur.model.story import Placement
from tawatur.pipeline.grouping import Desk
from tawatur.store import Store, open_store

NOW = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE = 16
STEP = 1_000


def fill(store: Store, count: int, skip: int) -> None:
    """Put so many older articles in, each in a story of its own."""
    made = (article_from_json(record) for record in islice(make_archive(skip + count), skip, None))
    while part := list(islice(made, STEP)):
        store.articles.put_many(part, now=NOW)
        store.stories.place([Placement(article=article.id, story=article.id) for article in part])


def measure(folder: Path, size: int, new: Sequence[tuple[Article, Analysis]]) -> float:
    """Give the milliseconds of processor that an article takes in a store of a size."""
    with open_store(f"sqlite:///{folder}/{size}.db") as store:
        fill(store, size, len(new))
        desk = Desk(store)
        store.articles.put_many([article for article, _ in new], now=NOW)
        store.analyses.put_many(new)
        spent = 0.0
        for start in range(0, len(new), AT_ONCE):
            ids = [article.id for article, _ in new[start : start + AT_ONCE]]
            began = time.process_time()
            desk.place(ids)
            spent += time.process_time() - began
    return 1000 * spent / len(new)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what an article costs in each store."""
    parser = argparse.ArgumentParser(prog="bench grouping_speed", description=__doc__)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--stores", default="10000,100000")
    chosen = parser.parse_args(arguments)
    articles = [article_from_json(record) for record in make_archive(chosen.articles)]
    articles.sort(key=lambda article: (str(article.published), article.id))
    new = list(zip(articles, analyse_many(articles), strict=True))
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, chosen.stores.split(",")):
            taken = measure(Path(folder), size, new)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"store of {size:,}: {taken:.1f} ms an article, {1000 / taken:.0f} a second, at most {peak:.0f} MB")


if __name__ == "__main__":
    main()
