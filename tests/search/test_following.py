"""The index follows the store: after ``kill -9`` anywhere it goes on, and holds what the store holds."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import random
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from tawatur.cli import main
from tawatur.model import Article, article_id
from tawatur.model.analysis import Analysis, Entity, Quote
from tawatur.pipeline.indexing import bring_up_to_date, follow_index, reindex
from tawatur.search import SearchIndex, SearchQuery
from tawatur.store import open_store
from tawatur.text import Span

NOW = datetime(2023, 9, 20, 12, tzinfo=UTC)
KILLS = 4


def article(number, word="باكو"):
    url = f"https://news.example/{number}"
    return Article(
        id=article_id(url), url=url, source="example", title=f"خبر {number}", body=f"{word} رقم{number}", fetched=NOW
    )


def _write_and_follow(url, folder, first, began):
    """Write articles, change and remove some, and follow, without end."""
    chance = random.Random(first)
    with open_store(url) as store:
        bring_up_to_date(store, folder)
        for number in range(first, first + 100_000):
            store.articles.put(article(number), now=NOW)
            if number == first:  # on a busy machine a moment counted from the start would come before it
                os.write(began, b"x")
            if number % 3 == 0:
                store.articles.put(article(chance.randrange(first, number + 1), "يريفان"), now=NOW)
            if number % 5 == 0:
                store.articles.remove(article(chance.randrange(first, number + 1)).id)
            if number % 4 == 0:
                bring_up_to_date(store, folder)


def words_in(index, ids):
    return {id_: document.body for id_, document in index.documents(ids).items()}


@pytest.mark.timeout(110)
def test_index_equals_store_after_a_kill_at_any_moment(database_url, tmp_path):
    context = multiprocessing.get_context("fork")
    chance = random.Random(7)
    folder = tmp_path / "search"
    open_store(database_url).close()
    for kill in range(KILLS):
        reading, writing = os.pipe()
        process = context.Process(target=_write_and_follow, args=(database_url, folder, kill * 100_000, writing))
        process.start()
        os.close(writing)
        assert os.read(reading, 1) == b"x"
        time.sleep(chance.uniform(0.05, 0.6))
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join(20)
        os.close(reading)
    with open_store(database_url) as store:
        for _ in range(5):  # a server may still be doing what the killed process asked of it last
            bring_up_to_date(store, folder)
            changes = store.changes.since(None, 1_000_000)
            kept = store.articles.get_many([change.id for change in changes])
            index = SearchIndex.open(folder)
            if index.count() == len(kept):
                break
            time.sleep(0.5)
        assert index.count() == store.articles.count() == len(kept) > 0
        assert words_in(index, list(kept)) == {id_: article.body for id_, article in kept.items()}
        for word in ("باكو", "يريفان"):
            expected = sum(article.body.startswith(word) for article in kept.values())
            assert index.search(SearchQuery(text=word, strict=True)).total == expected


def test_what_a_kill_left_of_a_commit_does_not_stand_in_the_way_of_the_next(tmp_path):
    folder = tmp_path / "search"
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        for number in range(4):
            store.articles.put(article(number), now=NOW)
        bring_up_to_date(store, folder)
        [made_visible] = folder.glob("*/meta.json")
        before = made_visible.read_bytes()
        store.articles.remove(article(2).id)
        bring_up_to_date(store, folder)
        # All files of the commit were written, when the process was killed before the last step.
        made_visible.write_bytes(before)
        bring_up_to_date(store, folder)
        assert SearchIndex.open(folder).count() == store.articles.count() == 3
        assert list(folder.glob("*/meta.json")) == [made_visible]


def test_an_index_of_another_store_is_begun_anew(tmp_path):
    for name in ("one", "two"):
        with open_store(f"sqlite:///{tmp_path / name}.db") as store:
            store.articles.put(article(name), now=NOW)
            assert bring_up_to_date(store, tmp_path / "search")
    index = SearchIndex.open(tmp_path / "search")
    assert index.count() == 1
    assert index.search(SearchQuery(text="رقمtwo")).total == 1


def test_a_running_follower_makes_what_is_written_findable(sqlite_url, tmp_path):
    async def run(store):
        stop = asyncio.Event()
        following = asyncio.create_task(follow_index(store, tmp_path / "search", stop))
        index = SearchIndex.open(tmp_path / "search")
        await asyncio.to_thread(store.articles.put, article(1), now=NOW)
        found = 0
        for _ in range(300):
            found = (await asyncio.to_thread(index.search, SearchQuery(text="باكو"))).total
            if found:
                break
            await asyncio.sleep(0.1)
        stop.set()
        await following
        return found

    with open_store(sqlite_url) as store:
        assert asyncio.run(run(store)) == 1


def test_reindex_gives_what_following_gave(sqlite_url, tmp_path):
    with open_store(sqlite_url) as store:
        store.articles.put_many([article(number) for number in range(9)], now=NOW)
        bring_up_to_date(store, tmp_path)
        before = SearchIndex.open(tmp_path).search(SearchQuery(text="باكو", limit=9, sort="newest"))
        reindex(store, tmp_path)
        after = SearchIndex.open(tmp_path).search(SearchQuery(text="باكو", limit=9, sort="newest"))
    assert before.hits == after.hits
    assert before.total == 9


def test_the_command_line_prints_a_line_a_hit(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    with open_store(f"sqlite:///{home / 'tawatur.db'}") as store:
        store.articles.put_many([article(number) for number in range(5)], now=NOW)
    run = CliRunner().invoke(main, ["search", "باكو", "--json", "--limit", "2", "--home", str(home)])
    assert run.exit_code == 0, run.output
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(lines) == 2
    assert {"id", "score", "title", "snippet", "highlights", "why"} <= lines[0].keys()
    start, end = lines[0]["highlights"][0]
    assert lines[0]["snippet"][start:end] == "باكو"
    cursor = run.stderr.split("--cursor ")[1].strip()
    rest = CliRunner().invoke(
        main, ["search", "باكو", "--json", "--limit", "9", "--home", str(home), f"--cursor={cursor}"]
    )
    assert len(rest.stdout.splitlines()) == 3
    strict = CliRunner().invoke(main, ["search", "والباكو", "--strict", "--json", "--home", str(home)])
    assert strict.exit_code == 0
    assert strict.stdout == ""
    assert CliRunner().invoke(main, ["reindex", "--home", str(home)]).exit_code == 0


def test_an_analysed_article_is_found_by_who_speaks_and_counted_by_whom_it_names(database_url, tmp_path):
    folder = tmp_path / "search"
    told = replace(article(1), body="قال وزير الدفاع سيرغي لافي إن المعبر في باكو مفتوح")
    with open_store(database_url) as store:
        for each in (told, article(2, "المعبر")):
            store.articles.put(each, now=NOW)
        bring_up_to_date(store, folder)
        index = SearchIndex.open(folder)
        assert not index.search(SearchQuery(text="speaker:لافي")).hits
        quote = Quote(
            text="المعبر في باكو مفتوح", field="body", start=30, end=50, kind="indirect",
            speaker="سيرغي لافي", role="وزير الدفاع", cue="قال", source=None,
        )  # fmt: skip
        names = (
            Entity(text="سيرغي لافي", type="PER", canonical="سيرغي لافي", spans=(Span(16, 26),)),
            Entity(text="باكو", type="LOC", canonical="باكو", spans=(Span(40, 44),), country="AZ"),
        )
        store.analyses.put_many([(told, Analysis(id=told.id, made_by="test/1", quotes=(quote,), entities=names))])
        bring_up_to_date(store, folder)
        for typed in ("speaker:لافي", 'speaker:"سيرغي لافي"', "المتحدث:لافي معبر", "person:لافي", "place:باكو"):
            assert [hit.id for hit in index.search(SearchQuery(text=typed)).hits] == [told.id], typed
        assert not index.search(SearchQuery(text="speaker:باكو")).hits
        for chosen, ids in (
            ({"people": ("سيرغي لافي",)}, [told.id]),
            ({"places": ("باكو", "غزة")}, [told.id]),
            ({"people": ("سيرغي لافي",), "places": ("غزة",)}, []),
        ):
            assert [hit.id for hit in index.search(SearchQuery(text="المعبر", **chosen)).hits] == ids, chosen
        facets = index.search(SearchQuery(text="المعبر", facets=True)).facets
        assert facets is not None
        assert [(each.value, each.count) for each in facets.people] == [("سيرغي لافي", 1)]
        assert [(each.value, each.count) for each in facets.places] == [("باكو", 1)]
