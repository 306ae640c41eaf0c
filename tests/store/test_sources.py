"""Sources and the states of their feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from tawatur.model import FeedState, PageRules


def test_a_source_comes_back_as_it_was_added(store, make_source):
    source = make_source(
        feeds=("https://example.example/rss", "https://example.example/atom"),
        language="ar-EG",
        country="EG",
        time_zone="Africa/Cairo",
        kind="agency",
        rules=(
            PageRules(
                since=date(2023, 1, 1), body="article .text", remove=(".share", ".ad"), stamps_zone="Africa/Cairo"
            ),
            PageRules(published=".date"),
        ),
        checked=False,
    )
    assert store.sources.add(source) == "new"
    assert store.sources.get("example") == source
    assert store.sources.add(source) == "same"
    assert store.sources.add(replace(source, name="اسم آخر")) == "changed"
    assert store.sources.get("example").name == "اسم آخر"


def test_sources_are_given_by_id(store, make_source):
    for id_ in ("b", "c", "a"):
        store.sources.add(make_source(id_))
    assert [source.id for source in store.sources.all()] == ["a", "b", "c"]


def test_a_source_removed_keeps_its_articles(store, make_source, make_article, now):
    store.sources.add(make_source())
    store.articles.put(make_article(), now=now)
    assert store.sources.remove("example")
    assert not store.sources.remove("example")
    assert store.sources.get("example") is None
    assert store.sources.feeds() == ()
    assert store.articles.count() == 1


def test_new_feeds_are_due_at_once(store, make_source, now):
    store.sources.add(make_source())
    assert [state.url for state in store.sources.due_feeds(now, 10)] == ["https://example.example/rss"]
    assert store.sources.next_due() < now


def test_a_feed_state_comes_back_as_it_was_saved(store, make_source, now):
    store.sources.add(make_source())
    state = FeedState(
        source_id="example",
        url="https://example.example/rss",
        kind="rss",
        next_poll_at=now + timedelta(minutes=30),
        last_polled_at=now,
        last_success_at=now - timedelta(hours=1),
        last_new_at=now - timedelta(days=1, microseconds=1),
        etag='W/"1"',
        last_modified="Wed, 20 Sep 2023 10:00:00 GMT",
        body_digest="ab" * 32,
        interval=1234.5,
        conditional_polls=3,
        failures=2,
        last_error="could not capture https://example.example/rss: timed out",
        stopped=True,
        hub="https://hub.example/",
        hub_topic="https://example.example/rss",
        hub_secret="secret",
        hub_lease_until=now + timedelta(days=10),
        ttl_minutes=90,
        skip_hours=(0, 1, 23),
        skip_days=("friday", "saturday"),
    )
    store.sources.save_feed(state)
    assert store.sources.feeds("example") == (state,)
    assert store.sources.feeds("other") == ()
    assert store.sources.due_feeds(now + timedelta(days=1), 10) == ()
    assert store.sources.next_due() is None


def test_feeds_come_longest_due_first(store, make_source, now):
    feeds = [f"https://example.example/{number}" for number in range(4)]
    store.sources.add(make_source(feeds=tuple(feeds)))
    for url, minutes in zip(feeds, (30, -5, -60, 0), strict=True):
        store.sources.save_feed(FeedState(source_id="example", url=url, next_poll_at=now + timedelta(minutes=minutes)))
    assert [state.url for state in store.sources.due_feeds(now, 10)] == [feeds[2], feeds[1], feeds[3]]
    assert [state.url for state in store.sources.due_feeds(now, 1)] == [feeds[2]]
    assert store.sources.next_due() == now - timedelta(minutes=60)


def test_states_of_feeds_that_stay_are_kept_and_those_of_feeds_gone_forgotten(store, make_source, now):
    stays, goes, comes = (f"https://example.example/{name}" for name in ("stays", "goes", "comes"))
    store.sources.add(make_source(feeds=(stays, goes)))
    for url in (stays, goes):
        store.sources.save_feed(FeedState(source_id="example", url=url, etag="1", next_poll_at=now))
    store.sources.add(make_source(feeds=(stays, comes)))
    states = {state.url: state.etag for state in store.sources.feeds("example")}
    assert states == {stays: "1", comes: None}


def test_a_feed_that_moved_for_good_moves_in_its_source_too(store, make_source, now):
    old, new, other = (f"https://example.example/{name}" for name in ("old", "new", "other"))
    source = make_source(feeds=(old, other))
    store.sources.add(source)
    store.sources.save_feed(FeedState(source_id="example", url=new, etag="1", next_poll_at=now), url_before=old)
    assert store.sources.get("example").feeds == (new, other)
    assert {state.url: state.etag for state in store.sources.feeds()} == {new: "1", other: None}
    assert store.sources.add(replace(source, feeds=(new, other))) == "same"


def test_two_feeds_that_move_to_one_address_become_one(store, make_source, now):
    store.sources.add(make_source(feeds=("https://example.example/a", "https://example.example/b")))
    moved = FeedState(source_id="example", url="https://example.example/b", etag="1", next_poll_at=now)
    store.sources.save_feed(moved, url_before="https://example.example/a")
    assert store.sources.feeds() == (moved,)
    assert store.sources.get("example").feeds == ("https://example.example/b",)


def test_the_state_of_a_feed_followed_no_more_is_let_go(store, now):
    store.sources.save_feed(FeedState(source_id="nobody", url="https://nobody.example/rss", next_poll_at=now))
    assert store.sources.feeds() == ()


def test_the_last_article_is_the_one_shown_newest(store, make_article, now):
    at = [datetime(2023, 9, 20, hour, tzinfo=UTC) for hour in range(3)]
    articles = [make_article(hour, published=at[hour]) for hour in (1, 2, 0)]
    store.articles.put_many(articles, now=now)
    assert store.sources.counts()["example"].last_article_at == at[2]
    store.articles.put(replace(articles[1], published=at[0]), now=now)
    assert store.sources.counts()["example"].last_article_at == at[1]


def test_articles_without_a_source_are_counted_in_the_archive_and_under_no_source(store, make_article, now):
    store.articles.put(make_article(source=None), now=now)
    assert store.articles.count() == 1
    assert store.sources.counts() == {}
