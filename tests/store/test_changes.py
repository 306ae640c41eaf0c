"""The change feed: a follower misses nothing, whatever writers do at the same time."""

from __future__ import annotations

import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tawatur.errors import StoreError
from tawatur.model import Article
from tawatur.store import open_store


def follow(store, cursor=None, limit=7):
    """Read to the end as a follower does."""
    found = []
    while changes := store.changes.since(cursor, limit):
        found += changes
        cursor = changes[-1].cursor
    return found


def test_changes_come_in_order_and_go_on_after_a_cursor(store, make_article, make_source, now):
    store.sources.add(make_source())
    store.articles.put_many([make_article(number, id=f"{number:02}") for number in range(20)], now=now)
    changes = follow(store)
    assert [(change.kind, change.id) for change in changes] == [
        ("source", "example"),
        *(("article", f"{number:02}") for number in range(20)),
    ]
    assert store.changes.since(changes[9].cursor, 3) == tuple(changes[10:13])
    assert store.changes.since(changes[-1].cursor, 3) == ()


def test_what_stays_the_same_is_no_change(store, make_article, make_source, now):
    for _ in range(2):
        store.sources.add(make_source())
        store.articles.put(make_article(), now=now)
    assert len(follow(store)) == 2


def test_a_thing_that_changed_again_appears_once_at_its_newest_place(store, make_article, now):
    first, second = make_article(1, id="first"), make_article(2, id="second")
    for article in (first, second):
        store.articles.put(article, now=now)
    [seen, _] = follow(store)
    store.articles.put(replace(first, section="العالم"), now=now)
    store.articles.put(replace(first, body="غيره"), now=now)
    assert [change.id for change in follow(store)] == ["second", "first"]
    assert [change.id for change in follow(store, seen.cursor)] == ["second", "first"]


def test_what_is_removed_is_told(store, make_source, now):
    store.sources.add(make_source())
    [seen] = follow(store)
    store.sources.remove("example")
    assert [(change.what, change.id) for change in follow(store, seen.cursor)] == [("removed", "example")]


def test_what_was_rolled_back_never_appears_and_leaves_no_gap_to_wait_for(store, make_article, now):
    store.articles.put(make_article(1, id="first"), now=now)

    def broken():
        yield make_article(2, id="second")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.articles.put_many(broken(), now=now)
    store.articles.put(make_article(3, id="third"), now=now)
    assert [change.id for change in follow(store)] == ["first", "third"]


@pytest.mark.parametrize("cursor", ["", "12", "00000000.1", "zz", "١٢٣.٤"])
def test_a_cursor_of_no_store_is_refused(store, cursor):
    with pytest.raises(StoreError, match="follow again from the beginning"):
        store.changes.since(cursor, 1)


def test_a_cursor_of_another_store_or_ahead_of_this_one_is_refused(store, tmp_path, make_article, now):
    store.articles.put(make_article(), now=now)
    [change] = store.changes.since(None, 1)
    with open_store(f"sqlite:///{tmp_path / 'other'}") as other, pytest.raises(StoreError, match="follow again"):
        other.changes.since(change.cursor, 1)
    with pytest.raises(StoreError, match="follow again"):
        store.changes.since(change.cursor + "0", 1)


def test_a_follower_among_threads_that_write_sees_every_article_once_and_in_order(store, make_article, now):
    """Writers of different length overlap; the follower reads all the while from its last cursor."""
    writers, rounds = 6, 12
    finished = threading.Event()
    seen = []

    def write(writer):
        for number in range(rounds):
            some = [make_article(1, id=f"{writer}-{number}-{part}") for part in range(1 + (writer + number) % 4)]
            store.articles.put_many(some, now=now)

    def read():
        cursor = None
        while True:
            last_look = finished.is_set()
            changes = store.changes.since(cursor, 5)
            seen.extend(changes)
            if changes:
                cursor = changes[-1].cursor
            elif last_look:
                return

    with ThreadPoolExecutor(writers + 1) as pool:
        follower = pool.submit(read)
        for done in [pool.submit(write, writer) for writer in range(writers)]:
            done.result()
        finished.set()
        follower.result()
    assert sorted(change.id for change in seen) == sorted(change.id for change in follow(store))
    assert len(seen) == store.articles.count() == sum(1 + (w + n) % 4 for w in range(writers) for n in range(rounds))
    ticks = [int(change.cursor.split(".")[1]) for change in seen]
    assert ticks == sorted(set(ticks))


def test_a_change_waits_for_an_earlier_one_that_is_not_yet_committed(store, make_article, now):
    """The case that loses articles where numbers come from a sequence: the later writer commits first."""
    begun, go_on = threading.Event(), threading.Event()

    def slowly():
        yield make_article(1, id="slow")
        yield make_article(1, id="slow")  # the same id again closes the first step: its number is taken by now
        begun.set()
        go_on.wait(20)

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(store.articles.put_many, slowly(), now=now)
        assert begun.wait(20)
        quick = pool.submit(store.articles.put, make_article(2, id="quick"), now=now)
        with pytest.raises(TimeoutError):  # it cannot pass the one before
            quick.result(0.3)
        assert follow(store) == []  # readers do not wait, and see neither
        go_on.set()
        slow.result()
        quick.result()
    assert [change.id for change in follow(store)] == ["slow", "quick"]


def _write_in_a_process(url, writer, count, now):
    with open_store(url) as store:
        for number in range(count):
            store.articles.put(
                Article(id=f"{writer}-{number}", url=None, source=None, title="خبر", body=str(number)), now=now
            )
            store.articles.put(Article(id="shared", url=None, source=None, title="خبر", body="واحد"), now=now)


def test_processes_that_open_a_new_store_at_once_and_write_lose_nothing(database_url, now):
    context = multiprocessing.get_context("fork")
    processes = [
        context.Process(target=_write_in_a_process, args=(database_url, writer, 8, now)) for writer in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    with open_store(database_url) as store:
        assert store.articles.count() == 3 * 8 + 1
        assert len(store.articles.history("shared")) == 1
        assert {change.id for change in follow(store)} == {
            "shared",
            *(f"{writer}-{number}" for writer in range(3) for number in range(8)),
        }


def test_one_article_put_by_many_threads_at_once_is_one_row(store, make_article, now):
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda _: store.articles.put(make_article(), now=now), range(16)))
    assert sorted(written) == ["new", *["same"] * 15]
    assert store.articles.count() == 1
    assert store.sources.counts()["example"].articles == 1
