"""
How fast the next pages are found when many wait, on SQLite and on a real PostgreSQL.

``python -m bench.backlog [--waiting 50000] [--settled 200000]`` prints a table: sources of very different sizes, most
pages read long ago, and the states a follower meets: a fresh backlog, one in the middle of being worked off, and a
network that was away, so that every page waits for another attempt.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import sqlalchemy as sa
from bench.store import START, percentiles, postgresql

from tawatur.model import Entry, Source
from tawatur.store import Store, open_store
from tawatur.store.addresses import read_address
from tawatur.store.engine import Database
from tawatur.store.tables import entries

SOURCES = 200
#: What a newsroom with its default options asks for at once.
LIMIT = 64
WORDS = "أعلنت السلطات قبول وقف إطلاق النار " * 12


def entry(source: int, number: int) -> Entry:
    url = f"https://outlet{source}.example/news/2023/09/20/{number}"
    return Entry(url=url, title=f"خبر {number}", summary=WORDS)


def fill(store: Store, waiting: int, settled: int) -> None:
    """A tenth of the sources hold half of what waits."""
    for source in range(SOURCES):
        share = 5 if source < SOURCES // 10 else 5 / 9
        store.sources.add(Source(id=f"outlet{source}", name="ا", home="https://outlet.example", feeds=()))
        number = int(waiting / SOURCES * share)
        store.entries.offer(f"outlet{source}", [entry(source, each) for each in range(number)], START)
        old = [entry(source, 1_000_000 + each) for each in range(settled // SOURCES)]
        store.entries.offer(f"archive{source}", old, START - timedelta(days=30))


def settle_archive(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(
            sa.update(entries)
            .where(entries.c.source_id.like("archive%"))
            .values(waiting=False, settled_at=START - timedelta(days=29))
        )


def let_all_wait(database: Database) -> None:
    """As after an hour without a network: every page was tried once and waits for its time."""
    with database.writing() as connection:
        connection.execute(
            sa.update(entries).where(entries.c.waiting).values(attempts=1, due_at=START + timedelta(hours=5))
        )


def measure(url: str, waiting: int, settled: int) -> dict[str, str]:
    figures: dict[str, str] = {}
    database = Database(read_address(url))
    with open_store(url) as store:
        fill(store, waiting, settled)
        settle_archive(database)
        now = START + timedelta(hours=1)
        figures |= measure_state(store, "fresh", now)
        for page in store.entries.due(now, waiting // 5):
            store.entries.retry(page.url, now + timedelta(minutes=10), "timed out")
        figures |= measure_state(store, "a fifth to be tried again", now)
        let_all_wait(database)
        figures |= measure_state(store, "all to be tried again later", now)
        figures |= measure_state(store, "all to be tried again now", now + timedelta(hours=10))
    database.close()
    return figures


def measure_state(store: Store, state: str, now: datetime) -> dict[str, str]:
    number, later = count(2_000_000), now + timedelta(hours=9)
    asked = [page.url for page in store.entries.due(now + timedelta(days=1), 1000)]
    ways: dict[str, Callable[[], object]] = {
        f"due, {LIMIT}": lambda: store.entries.due(now, LIMIT),
        "retry": lambda: store.entries.retry(asked.pop(), now + timedelta(hours=6), "timed out"),
        "offer of one new page": lambda: store.entries.offer("outlet3", [entry(3, next(number))], later),
    }
    return {f"{state}: {name}": percentiles(way) for name, way in ways.items()}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--waiting", type=int, default=50_000)
    options.add_argument("--settled", type=int, default=200_000)
    given = options.parse_args()
    columns: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        columns["SQLite"] = measure(f"sqlite:///{Path(folder) / 'tawatur.sqlite3'}", given.waiting, given.settled)
    with postgresql() as url:
        columns["PostgreSQL"] = measure(url, given.waiting, given.settled)
    print(f"| {given.waiting:,} waiting pages, p50 / p95 ms | " + " | ".join(columns) + " |")
    print("| --- |" + " ---: |" * len(columns))
    for name in columns["SQLite"]:
        print(f"| {name} | " + " | ".join(figures[name] for figures in columns.values()) + " |")


if __name__ == "__main__":
    main()
