"""How fast search answers and indexes: latency with a date filter and facets, on one core."""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from bench.make_archive import make_archive
from bench.search_sets import articles

from tawatur.search import Document, IndexWriter, SearchIndex, SearchQuery
from tawatur.search.function_words import FUNCTION_WORDS
from tawatur.search.terms import words_of

QUERIES = 150
#: Articles taken in at once, as ``pipeline.indexing`` does.
STEP = 200


def documents(count: int) -> Iterator[Document]:
    for article in make_archive(count):
        yield Document(
            id=article["id"],
            title=article["title"],
            body=article["body"],
            shown_at=datetime.fromisoformat(article["published"]),
            url=article["url"],
            source=article["source"],
            section=article["section"],
            language="ar",
        )


def speed(options: argparse.Namespace) -> None:
    folder = Path(options.folder or tempfile.mkdtemp()) / f"archive-{options.articles}"
    with IndexWriter(folder) as writer:
        if writer.cursor is None:
            build(writer, options.articles)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"| bytes of index an article (texts kept in it) | {size / options.articles:,.0f} |")
    index = SearchIndex.open(folder)
    for name, queries in query_sets().items():
        for kept in (False, True):
            print(
                f"| {name}, {'facets and date' if kept else 'plain'}: p50 / p95 ms | {latency(index, queries, kept)} |"
            )


def build(writer: IndexWriter, count: int) -> None:
    """Index an archive as it is made, and print how fast the first and the last tenth went in."""
    made = documents(count)
    indexing, done = 0.0, 0
    seconds = [(0, 0.0)]
    while gathered := list(islice(made, STEP)):
        began = time.process_time()
        writer.put_many(gathered)
        done += len(gathered)
        if done % (50 * STEP) == 0:
            writer.commit(None)
        indexing += time.process_time() - began
        seconds.append((done, indexing))
    began = time.process_time()
    writer.commit("whole")
    indexing += time.process_time() - began
    for name, part in (("first", seconds[: len(seconds) // 10 + 1]), ("last", seconds[-len(seconds) // 10 - 1 :])):
        rate = (part[-1][0] - part[0][0]) / max(part[-1][1] - part[0][1], 1e-9)
        print(f"| indexing the {name} tenth, articles/s of processor | {rate:,.0f} |")
    print(
        f"| indexing all {done:,}, from cold and with commits, articles/s of processor | {done / indexing:,.0f} |",
        flush=True,
    )


def query_sets() -> dict[str, list[str]]:
    chance = random.Random(5)
    one, three, phrase = [], [], []
    for article in articles()[:QUERIES]:
        words = [word for word in words_of(article["title"]) if word not in FUNCTION_WORDS and len(word) > 2]
        if len(words) >= 3:
            one.append(chance.choice(words))
            three.append(" ".join(words[:3]))
            phrase.append('"' + " ".join(words_of(article["title"])[:2]) + '"')
    return {"1 word": one, "3 words": three, "phrase": phrase}


def latency(index: SearchIndex, queries: list[str], kept: bool) -> str:
    after = date(2018, 6, 1) if kept else None
    times = []
    for query in queries:
        asked = SearchQuery(text=query, facets=kept, after=after, across_languages=False)
        began = time.process_time()
        index.search(asked)
        times.append(1000 * (time.process_time() - began))
    cuts = statistics.quantiles(times, n=20)
    return f"{statistics.median(times):.1f} / {cuts[-1]:.1f}"
