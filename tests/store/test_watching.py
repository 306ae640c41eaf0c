"""Pages that are looked at again: when each is due, and which are gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tawatur.model import Article, Capture, article_id
from tawatur.model.story import Placement, Story
from tawatur.store import Store, WatchedPage, open_store

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://nahr.example/1"
ID = article_id(URL)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with open_store(database_url) as opened:
        yield opened


def put(store: Store, *, body: str = "نص", watch_at: datetime | None = NOON + HOUR) -> None:
    capture = Capture(
        url=URL, requested_url=URL, fetched_at=NOON, status=200, media_type="text/html", charset=None, body=b"x"
    )
    article = Article(id=ID, url=URL, source="nahr", title="خبر", body=body)
    store.articles.put(article, capture=capture, watch_at=watch_at, now=NOON)


def test_a_new_page_is_due_when_its_first_look_is_and_not_before(store: Store) -> None:
    put(store)
    assert store.watches.due(NOON, 5) == ()
    assert store.watches.due(NOON + HOUR, 5) == (WatchedPage(article=ID, url=URL, source_id="nahr", looks=0, misses=0),)


def test_a_page_that_is_written_again_keeps_its_looks(store: Store) -> None:
    put(store)
    put(store, body="نص آخر", watch_at=NOON + 9 * HOUR)
    assert [page.looks for page in store.watches.due(NOON + HOUR, 5)] == [0]


def test_after_the_last_look_a_page_is_let_go(store: Store) -> None:
    put(store)
    store.watches.stood(ID, NOON + 5 * HOUR)
    assert [page.looks for page in store.watches.due(NOON + 5 * HOUR, 5)] == [1]
    store.watches.stood(ID, None)
    assert store.watches.due(NOON + 1000 * HOUR, 5) == ()


def test_a_page_is_withdrawn_once_that_is_sure(store: Store) -> None:
    put(store)
    store.watches.missed(ID, 404, NOON + HOUR, NOON + 2 * HOUR, is_gone=False)
    assert store.watches.withdrawals([ID]) == {}
    store.watches.missed(ID, 404, NOON + 2 * HOUR, None, is_gone=True)
    gone = store.watches.withdrawals([ID])[ID]
    assert (gone.missed_at, gone.status) == (NOON + HOUR, 404)
    assert store.watches.due(NOON + 1000 * HOUR, 5) == ()


def test_a_page_that_comes_back_is_withdrawn_no_more(store: Store) -> None:
    put(store)
    store.watches.missed(ID, 410, NOON + HOUR, NOON + 5 * HOUR, is_gone=True)
    store.watches.stood(ID, None)
    assert store.watches.withdrawals([ID]) == {}


def test_a_withdrawal_lets_the_story_be_told_anew(store: Store) -> None:
    put(store)
    store.stories.place([Placement(article=ID, story=ID)])
    assert store.stories.tell(Story(id=ID, title="خبر", articles=(ID,)), outlets=1)
    assert store.stories.untold(5) == ()
    store.watches.missed(ID, 410, NOON + HOUR, None, is_gone=True)
    assert store.stories.untold(5) == (ID,)


def test_a_look_that_told_nothing_is_had_all_the_same(store: Store) -> None:
    put(store)
    store.watches.postpone(ID, NOON + 5 * HOUR)
    assert [page.looks for page in store.watches.due(NOON + 5 * HOUR, 5)] == [1]
    store.watches.postpone(ID, None)
    assert store.watches.due(NOON + 1000 * HOUR, 5) == ()


def test_an_article_that_is_taken_out_is_watched_no_more(store: Store) -> None:
    put(store)
    store.articles.remove(ID)
    assert store.watches.due(NOON + HOUR, 5) == ()
