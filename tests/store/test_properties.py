"""Whatever is written comes back equal; whatever comes in between, paging repeats nothing and loses nothing."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawatur.errors import StoreError
from tawatur.model import Article, Credit, Entry, LiveUpdate, ReadAlso
from tawatur.store.cursors import read_cursor, write_cursor
from tawatur.store.moments import instant_at, microseconds, moment_text, read_moment_text
from tawatur.store.texts import clean, words_of

NOW = datetime(2023, 9, 21, tzinfo=UTC)

# One store serves all examples of a test: they use ids of their own, or empty it themselves.
with_a_store = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

anything = st.text(st.characters(), max_size=40)
kept = anything.map(clean)
arabic = st.text(
    st.characters(min_codepoint=0x600, max_codepoint=0x6FF) | st.sampled_from(" \n\u200f\u200d\U0001f600"), max_size=60
)
texts = kept | arabic
instants = st.datetimes(timezones=st.just(UTC))
moments = instants | st.dates()
precisions = st.sampled_from(["second", "minute", "day", "month", "year"])
keys = st.text(string.ascii_letters + string.digits + "-_.ابج", min_size=1, max_size=60)
maybe = lambda strategy: st.none() | strategy  # noqa: E731

articles = st.builds(
    Article,
    id=keys,
    url=maybe(st.builds("https://news.example/{}".format, keys)),
    source=maybe(keys),
    title=maybe(texts),
    abstract=maybe(texts),
    published=maybe(moments),
    precision=maybe(precisions),
    found_in=maybe(st.sampled_from(["json-ld", "text", "record"])),
    modified=maybe(moments),
    authors=st.lists(texts, max_size=3).map(tuple),
    dateline=maybe(texts),
    body=texts,
    language=maybe(st.sampled_from(["ar", "fa"])),
    direction=st.sampled_from(["rtl", "ltr"]),
    image=maybe(texts),
    section=maybe(texts),
    tags=st.lists(texts, max_size=3).map(tuple),
    credit=maybe(st.builds(Credit, name=texts, url=maybe(texts))),
    read_also=st.lists(st.builds(ReadAlso, title=texts, url=maybe(texts)), max_size=2).map(tuple),
    updates=st.lists(
        st.builds(LiveUpdate, title=maybe(texts), body=texts, published=maybe(moments), precision=maybe(precisions)),
        max_size=2,
    ).map(tuple),
    flags=st.lists(st.sampled_from(["live", "truncated"]), max_size=2).map(tuple),
    fetched=maybe(instants),
)


@with_a_store
@given(article=articles)
def test_any_article_comes_back_equal_and_is_the_same_again(store, article):
    store.articles.remove(article.id)
    assert store.articles.put(article, now=NOW) == "new"
    assert store.articles.get(article.id) == article
    assert store.articles.put(article, now=NOW) == "same"
    assert [version.article for version in store.articles.history(article.id)] == [article]


@with_a_store
@given(
    article=st.builds(Article, id=st.just("any"), url=st.none(), source=st.none(), title=anything, body=anything),
    other=anything,
)
def test_any_text_is_kept_in_its_length_and_is_the_same_again(store, article, other):
    store.articles.remove("any")
    store.articles.put(article, now=NOW)
    found = store.articles.get("any")
    assert (len(found.title), len(found.body)) == (len(article.title), len(article.body))
    assert store.articles.put(article, now=NOW) == "same"
    assert store.articles.same_text("https://news.example/1", other) == ()
    assert store.articles.get(other or "x") is None or other == "any"


@with_a_store
@given(
    entry=st.builds(
        Entry,
        url=st.just("https://news.example/1"),
        guid=maybe(texts),
        title=maybe(texts),
        summary=maybe(texts),
        content_html=maybe(texts),
        published=maybe(instants),
        authors=st.lists(texts, max_size=2).map(tuple),
        tags=st.lists(texts, max_size=2).map(tuple),
    )
)
def test_any_entry_comes_back_equal_and_is_offered_once(store, make_source, entry):
    store.sources.add(make_source())
    assert store.entries.offer("example", [entry, entry], NOW) == 1
    assert store.entries.offer("example", [entry], NOW) == 0
    assert [page.entry for page in store.entries.due(NOW, 10)] == [entry]
    store.sources.remove("example")


@with_a_store
@given(
    numbers=st.lists(st.integers(0, 12), min_size=1, max_size=40),
    steps=st.lists(st.tuples(st.integers(1, 4), st.lists(st.integers(0, 14), max_size=4)), min_size=1, max_size=30),
)
def test_paging_repeats_nothing_and_loses_nothing_while_articles_come_in(store, numbers, steps):
    """Minutes are drawn from few, so that many articles are shown at one time."""
    for change in store.changes.since(None, 1000):
        if change.what == "written":
            store.articles.remove(change.id)
    start = datetime(2023, 9, 20, tzinfo=UTC)

    def come_in(minutes, name):
        store.articles.put_many(
            [
                Article(
                    id=f"{name}-{place}",
                    url=None,
                    source=None,
                    title=None,
                    published=start + timedelta(minutes=minute),
                    fetched=NOW,
                )
                for place, minute in enumerate(minutes)
            ],
            now=NOW,
        )

    come_in(numbers, "first")
    seen, cursor = [], None
    for round_, (limit, minutes) in enumerate([*steps, *[(50, [])] * 4]):
        page = store.articles.newest(limit=limit, cursor=cursor)
        seen += page.articles
        cursor = page.next_cursor
        if cursor is None:
            break
        come_in(minutes, f"later{round_}")
    ids = [article.id for article in seen]
    assert len(ids) == len(set(ids))
    assert {f"first-{place}" for place in range(len(numbers))} <= set(ids)
    order = [(article.published, article.id) for article in seen]
    assert order == sorted(order, reverse=True)


@given(instants)
def test_an_instant_comes_back_to_the_microsecond(instant):
    assert instant_at(microseconds(instant)) == instant


@given(moments)
def test_a_day_stays_a_day_and_an_instant_an_instant(moment):
    found = read_moment_text(moment_text(moment))
    assert found == moment
    assert isinstance(found, datetime) == isinstance(moment, datetime)
    assert isinstance(found, date)


@given(st.integers(-(2**62), 2**62), keys)
def test_a_cursor_comes_back(shown_at, id_):
    assert read_cursor(write_cursor(shown_at, id_)) == (shown_at, id_)


@given(st.text(max_size=60) | st.text(string.ascii_letters + string.digits + "-_", max_size=60))
def test_any_text_is_a_cursor_or_is_refused(text):
    try:
        place = read_cursor(text)
    except StoreError:
        return
    assert read_cursor(write_cursor(*place)) == place


@given(anything)
def test_words_of_any_text_are_letters_and_digits(text):
    assert words_of(text) == "" or words_of(text).isalnum()
