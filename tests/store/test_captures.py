"""Fetched pages: compressed, the newest of each address, gone through a few at a time."""

from __future__ import annotations

import random
from datetime import timedelta

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
