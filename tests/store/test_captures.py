"""Fetched pages: compressed, the newest of each address, gone through a few at a time."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from tawatur.store import Refusal


def put(store, make_article, capture, now, number=1, source="example"):
    store.articles.put(make_article(number, source=source), capture=capture, now=now)


def test_a_capture_comes_back_as_it_was_kept(store, make_article, make_capture, now):
    capture = make_capture(
        "https://news.example/after",
        requested_url="https://news.example/before",
        body=random.Random(1).randbytes(70_000) + bytes(range(256)),
        etag='"1"',
        last_modified="Wed, 20 Sep 2023 10:00:00 GMT",
        moved_to="https://news.example/after",
        max_age=60.5,
        links=(("hub", "https://hub.example/"), ("self", "https://news.example/rss")),
    )
    put(store, make_article, capture, now)
    assert store.captures.get(capture.url) == capture


def test_a_capture_is_found_by_what_answered_what_was_asked_and_what_the_page_calls_itself(
    store, make_article, make_capture, now
):
    capture = make_capture("https://m.news.example/1?x", requested_url="https://news.example/?p=1")
    put(store, make_article, capture, now)
    for url in (capture.url, capture.requested_url, make_article().url):
        assert store.captures.get(url) == capture
    assert store.captures.get("https://news.example/other") is None


def test_an_empty_body_is_kept(store, make_article, make_capture, now):
    capture = make_capture(body=b"")
    put(store, make_article, capture, now)
    assert store.captures.get(capture.url) == capture


def test_the_newest_capture_of_an_address_is_kept(store, make_article, make_capture, now):
    new = make_capture(body=b"new")
    old = make_capture(body=b"old", fetched_at=new.fetched_at - timedelta(hours=1))
    newest = make_capture(body=b"newest", fetched_at=new.fetched_at + timedelta(hours=1))
    for capture, kept in ((new, new), (old, new), (newest, newest)):
        put(store, make_article, capture, now)
        assert store.captures.get(new.url) == kept
    assert store.captures.count() == 1


def test_an_answer_without_a_body_does_not_take_the_page_s_place(store, make_article, make_capture, now):
    page = make_capture()
    put(store, make_article, page, now)
    put(store, make_article, make_capture(status=304, body=b"", fetched_at=page.fetched_at + timedelta(hours=1)), now)
    assert store.captures.get(page.url) == page


def test_each_goes_through_all_once_with_their_sources_refused_ones_too(store, make_article, make_capture, now):
    kept = {}
    for number in range(40):
        source = "ab"[number % 2]
        capture = make_capture(f"https://news.example/{number}", body=b"%d" % number)
        put(store, make_article, capture, now, number, source)
        kept[capture.url] = (capture, source)
    refused = make_capture("https://news.example/refused")
    store.entries.refuse(
        Refusal(url=refused.url, source_id="a", reason="no_text", message="refused", refused_at=now), refused
    )
    kept[refused.url] = (refused, "a")
    found = list(store.captures.each())
    assert len(found) == 41
    assert {capture.url: (capture, source) for capture, source in found} == kept
    assert list(store.captures.each()) == found
    assert [item for item in found if item[1] == "a"] == list(store.captures.each("a"))


def test_captures_that_come_in_while_going_through_disturb_nothing(store, make_article, make_capture, now):
    for number in range(40):
        put(store, make_article, make_capture(f"https://news.example/{number}"), now, number)
    going = store.captures.each()
    seen = [next(going)[0].url for _ in range(5)]
    for number in range(40, 60):
        put(store, make_article, make_capture(f"https://news.example/{number}"), now, number)
    seen += [capture.url for capture, _ in going]
    assert len(seen) == len(set(seen))
    assert {f"https://news.example/{number}" for number in range(40)} <= set(seen)


def test_the_size_of_captures_is_kept_through_replacing_passing_on_and_removing(store, make_article, make_capture, now):
    def sizes():
        counts = store.sources.counts()
        return {id_: (counts[id_].captures, counts[id_].capture_bytes) for id_ in counts}

    article = make_article()
    first = make_capture(article.url, body=b"a" * 1000)
    store.articles.put(article, capture=first, now=now)
    assert sizes() == {"example": (1, 1000)}
    assert 0 < store.sources.counts()["example"].stored_bytes < 100
    longer = make_capture(article.url, body=b"b" * 3000, fetched_at=first.fetched_at + timedelta(hours=1))
    store.articles.put(make_article(source="other"), capture=longer, now=now)
    assert sizes() == {"example": (0, 0), "other": (1, 3000)}
    store.articles.remove(article.id)
    assert sizes() == {"example": (0, 0), "other": (0, 0)}
    assert {counts.stored_bytes for counts in store.sources.counts().values()} == {0}


class TestAnArticleOnSeveralPages:
    FIRST = "https://news.example/karabakh/1"
    SECOND = "https://news.example/karabakh/1?page=2"

    @pytest.fixture
    def pages(self, store, make_article, make_capture, now):
        """Keep an article and the page it goes on in, as its reader does: the following page first."""
        first, second = make_capture(self.FIRST, body=b"first"), make_capture(self.SECOND, body=b"second")
        store.captures.put(second, "example", follows=first.url)
        store.articles.put(make_article(1), capture=first, now=now)
        return first, second

    def test_the_following_page_is_found_but_not_met_as_a_page_of_its_own(self, store, pages):
        first, second = pages
        assert store.captures.get(self.SECOND) == second
        assert list(store.captures.each()) == list(store.captures.each("example")) == [(first, "example")]
        assert store.captures.count() == 1
        assert store.sources.counts()["example"].captures == 2

    def test_it_goes_with_the_article(self, store, make_article, pages):
        store.articles.remove(make_article(1).id)
        assert store.captures.get(self.SECOND) is None
        assert (store.sources.counts()["example"].captures, store.sources.counts()["example"].capture_bytes) == (0, 0)

    def test_it_stays_when_the_first_page_is_captured_again(self, store, make_article, make_capture, pages, now):
        first, second = pages
        again = make_capture(self.FIRST, body=b"again", fetched_at=first.fetched_at + timedelta(hours=1))
        put(store, make_article, again, now)
        assert store.captures.get(self.SECOND) == second
        assert list(store.captures.each()) == [(again, "example")]

    @pytest.mark.parametrize("hours", [-1, 0, 1])
    def test_a_following_page_read_as_an_article_stands_on_its_own_from_then_on(
        self, store, make_article, make_capture, pages, now, hours
    ):
        at = pages[1].fetched_at
        put(store, make_article, make_capture(self.SECOND, fetched_at=at + timedelta(hours=hours)), now, 2)
        for _ in range(2):
            assert {capture.url for capture, _ in store.captures.each()} == {self.FIRST, self.SECOND}
            store.captures.put(make_capture(self.SECOND, fetched_at=at), "example", follows=self.FIRST)
        store.articles.remove(make_article(1).id)
        assert store.captures.get(self.SECOND) is not None

    def test_a_next_page_that_leads_back_to_the_first_leaves_it_on_its_own(self, store, make_capture, pages):
        back = make_capture(self.FIRST, requested_url=self.SECOND, fetched_at=pages[0].fetched_at + timedelta(hours=1))
        store.captures.put(back, "example", follows=self.FIRST)
        assert list(store.captures.each()) == [(back, "example")]


def test_a_page_may_be_kept_without_an_article(store, make_capture):
    capture = make_capture()
    store.captures.put(capture, None)
    assert list(store.captures.each()) == [(capture, None)]
