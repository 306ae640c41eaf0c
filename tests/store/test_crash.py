"""``kill -9`` at any moment: what was answered is there and whole, and nothing is there in half."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest

from tawatur.model import Article, Capture, Entry, article_id
from tawatur.store import open_store

NOW = datetime(2023, 9, 20, 12, tzinfo=UTC)
KILLS = 8
BODY_LETTERS = 20_000  # some pages of the database each: a torn write would show


def _body(number: int) -> str:
    return f"{number} " + "نص المقال " * (BODY_LETTERS // 10) + f" {number}"


def _page(url: str) -> bytes:
    return (url * 2000).encode()


def _write_until_killed(url, first, answered):
    with open_store(url) as store:
        for number in range(first, first + 100_000):
            address = f"https://news.example/{number}"
            store.entries.offer("example", [Entry(url=address, title=str(number))], NOW)
            article = Article(
                id=article_id(address),
                url=address,
                source="example",
                title=str(number),
                body=_body(number),
                fetched=NOW,
            )
            capture = Capture(
                url=address,
                requested_url=address,
                fetched_at=NOW,
                status=200,
                body=_page(address),
                media_type="text/html",
            )
            store.articles.put(article, capture=capture, entry_url=address, now=NOW)
            os.write(answered, f"{number}\n".encode())


@pytest.mark.timeout(110)
def test_a_kill_at_any_moment_loses_no_answered_article_and_leaves_no_half_one(database_url, tmp_path):
    context = multiprocessing.get_context("fork")
    chance = random.Random(2023)
    answered: set[int] = set()
    open_store(database_url).close()
    for kill in range(KILLS):
        answered |= _run_and_kill(context, database_url, kill * 100_000, chance.uniform(0.02, 0.35))
    assert answered
    with open_store(database_url) as store:
        changes = store.changes.since(None, 1_000_000)
        numbers = set()
        for change in changes:
            article = store.articles.get(change.id)
            assert article is not None
            assert article.url is not None
            number = int(article.title or "")
            numbers.add(number)
            assert article.body == _body(number)
            capture = store.captures.get(article.url)
            assert capture is not None
            assert capture.body == _page(article.url)
            assert len(store.articles.history(change.id)) == 1
        assert answered <= numbers
        # Beyond what was answered, each kill may have met one commit before its answer was out.
        assert len(numbers - answered) <= KILLS
        counts = store.sources.counts()["example"]
        assert counts.articles == counts.captures == len(changes) == store.articles.count() == len(numbers)
        waiting = store.entries.due(NOW + timedelta(days=1), 1000)
        assert counts.waiting == len(waiting) == store.entries.waiting() <= KILLS
        assert not {page.url for page in waiting} & {f"https://news.example/{number}" for number in numbers}


def _run_and_kill(context, url, first, seconds):
    reading, writing = os.pipe()
    process = context.Process(target=_write_until_killed, args=(url, first, writing))
    process.start()
    os.close(writing)
    said = os.read(reading, 64)  # it has begun: the first answer is out
    time.sleep(seconds)
    os.kill(process.pid, signal.SIGKILL)
    process.join(20)
    while more := os.read(reading, 65536):
        said += more
    os.close(reading)
    # A line cut in half by the kill was no answer.
    return {int(line) for line in said.decode().rpartition("\n")[0].splitlines()}
