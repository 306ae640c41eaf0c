"""How fast search answers and indexes: latency with a date filter and facets, on one core."""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date, datetime
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
            began, done = time.process_time(), 0
            gathered = list(documents(options.articles))
            making, began = time.process_time() - began, time.process_time()
            for start in range(0, len(gathered), STEP):
                writer.put_many(gathered[start : start + STEP])
                done = min(start + STEP, len(gathered))
                if done % (10 * STEP) == 0:
                    writer.commit(None)
                if done <= len(gathered) // 2:
                    half, half_done = time.process_time(), done
            writer.commit("whole")
            ended = time.process_time()
            print(f"| making the archive, articles/s of processor | {done / max(making, 1e-9):,.0f} |")
            print(f"| indexing, cold to warm, articles/s of processor | {done / (ended - began):,.0f} |")
            print(f"| indexing the second half, articles/s of processor | {(done - half_done) / (ended - half):,.0f} |")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"| bytes of index an article (texts kept in it) | {size / options.articles:,.0f} |")
    index = SearchIndex.open(folder)
    for name, queries in query_sets().items():
        for kept in (False, True):
            print(
                f"| {name}, {'facets and date' if kept else 'plain'}: p50 / p95 ms | {latency(index, queries, kept)} |"
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
