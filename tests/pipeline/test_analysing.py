"""What is found in articles follows the archive: each once, whatever ends the process, and a bad text costs itself."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from tawatur.model import Article, article_id
from tawatur.model.analysis import Analysis
from tawatur.pipeline.analysing import FOLLOWER, Analyst, follow_analyses, reanalyse
from tawatur.pipeline.options import ReadingOptions
from tawatur.pipeline.workshop import Workshop
from tawatur.store import open_store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OPTIONS = ReadingOptions(workers=1)

# A stage of the test's own: quick, tells which version it is, and falls over a text that says so.
FINDER = """
import os
import numpy as np
import tawatur.pipeline.stages as stages
from tawatur.model.analysis import Analysis

def analyse(dated, archive):
    if any("انهيار" in article.body for article, zone in dated):
        os.abort()
    return [
        (Analysis(id=article.id, made_by="test/1", summary=(article.body, str(zone), str(archive.articles))),
         np.array([7], np.uint32))
        for article, zone in dated
    ]

stages.analyse_articles = analyse
stages.STAGES = {**stages.STAGES, "analyse": "tawatur.pipeline.stages:analyse_articles"}
"""


@pytest.fixture
def finder(monkeypatch, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(FINDER)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("tawatur.analysis.MADE_BY", "test/1")


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}") as opened:
        yield opened


def article(number, **fields):
    url = f"https://paper.example/{number}"
    return Article(
        **{
            "id": article_id(url),
            "url": url,
            "source": "paper",
            "title": f"خبر {number}",
            "body": f"نص الخبر {number}.",
            "published": NOW - timedelta(hours=number),
            **fields,
        }
    )


async def catch_up(store, workshop):
    analyst = Analyst(store, workshop)
    return [count async for count in _steps(analyst)]


async def _steps(analyst):
    while count := await analyst.step():
        yield count


async def test_articles_are_analysed_as_they_come_and_again_when_they_change(store, finder):
    store.articles.put_many([article(number) for number in range(20)], now=NOW)
    async with Workshop(OPTIONS) as workshop:
        assert await catch_up(store, workshop) == [16, 4]
        assert await catch_up(store, workshop) == []
        store.articles.put(article(3, body="نص آخر."), now=NOW)
        assert await catch_up(store, workshop) == [1]
    assert store.analyses.count() == 20
    assert store.analyses.get(article(3).id).summary[0] == "نص آخر."


async def test_an_article_that_fells_the_worker_costs_itself_only(store, finder):
    store.articles.put_many([article(1), article(2, body="انهيار"), article(3)], now=NOW)
    async with Workshop(OPTIONS) as workshop:
        assert await catch_up(store, workshop) == [3]
    assert store.analyses.get(article(2).id) is None
    assert store.analyses.count() == 2


async def test_only_what_another_version_made_is_done_again(store, finder):
    articles = [article(number) for number in range(5)]
    store.articles.put_many(articles, now=NOW)
    old = [(item, Analysis(id=item.id, made_by="test/0")) for item in articles[:3]]
    store.analyses.put_many([*old, (articles[3], Analysis(id=articles[3].id, made_by="test/1"))])
    told: list[int] = []
    async with Workshop(OPTIONS) as workshop:
        assert await reanalyse(store, workshop, told.append) == 3
        assert await reanalyse(store, workshop, told.append) == 0
        assert sum(told) == 3
        assert store.analyses.get(articles[3].id).summary == ()
        assert store.analyses.get(articles[4].id) is None
        assert await reanalyse(store, workshop, told.append, missing_too=True) == 1
    assert store.analyses.get(articles[4].id).made_by == "test/1"
    assert store.followers.cursor(FOLLOWER) is None


async def test_what_the_archive_counted_is_given_to_the_finders_and_each_article_counts_once(
    store, finder, monkeypatch
):
    monkeypatch.setattr("tawatur.store.phrase_counts._FEWEST_WAIT", 4)
    store.articles.put_many([article(number) for number in range(20)], now=NOW)
    async with Workshop(OPTIONS) as workshop:
        await catch_up(store, workshop)
        assert {store.analyses.get(article(n).id).summary[2] for n in range(20)} == {"0", "16"}
        for number in range(20):
            store.articles.put(article(number, body="نص آخر."), now=NOW)
        await catch_up(store, workshop)
    counted = store.analyses.frequencies()
    assert (counted.articles, counted.hashes.tolist(), counted.counts.tolist()) == (20, [7], [20])


async def test_the_real_finders_are_reached_and_the_follower_ends_when_told(store):
    store.articles.put(article(1, body="قال الوزير إن العمل مستمر."), now=NOW)
    stop = asyncio.Event()
    following = asyncio.create_task(follow_analyses(store, OPTIONS, stop))
    async with asyncio.timeout(60):
        while store.analyses.get(article(1).id) is None:  # noqa: ASYNC110 - the store has no event for it
            await asyncio.sleep(0.05)
        stop.set()
        await following
