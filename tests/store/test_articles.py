"""Articles: written once and whole, updated with history, given newest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tawatur.errors import RecordError, StoreError
from tawatur.model import Credit, ReadAlso, Source


def test_an_article_comes_back_as_it_was_put(store, full_article, now):
    assert store.articles.put(full_article, now=now) == "new"
    assert store.articles.get(full_article.id) == full_article
    assert store.articles.count() == 1


def test_an_article_of_bare_fields_comes_back_as_it_was_put(store, make_article, now):
    bare = make_article(
        id="a-1", url=None, source=None, title=None, body="", published=None, precision=None, fetched=None
    )
    store.articles.put(bare, now=now)
    assert store.articles.get("a-1") == bare


def test_an_article_that_is_not_there_is_none(store):
    assert store.articles.get("0123456789abcdef") is None
    assert store.articles.get("no\x00where") is None
    assert store.articles.history("0123456789abcdef") == ()


def test_the_same_article_again_is_no_second_row_and_no_history(store, full_article, now):
    store.articles.put(full_article, now=now)
    assert store.articles.put(full_article, now=now + timedelta(hours=1)) == "same"
    assert store.articles.count() == 1
    assert [version.seen_at for version in store.articles.history(full_article.id)] == [now]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "عنوان آخر"},
        {"abstract": None},
        {"body": "متن آخر."},
        {"published": datetime(2023, 9, 20, 10, 5, tzinfo=UTC), "precision": "minute"},
        {"precision": "month"},
        {"modified": None},
        {"authors": ()},
        {"credit": Credit(name="وكالة أخرى")},
        {"tags": ("قره باغ",)},
        {"updates": ()},
    ],
    ids="+".join,
)
def test_other_words_or_dates_make_a_new_state(store, full_article, now, change):
    later = now + timedelta(hours=1)
    changed = replace(full_article, **change)
    store.articles.put(full_article, now=now)
    assert store.articles.put(changed, now=later) == "changed"
    assert store.articles.get(full_article.id) == changed
    assert [(version.article, version.seen_at) for version in store.articles.history(full_article.id)] == [
        (full_article, now),
        (changed, later),
    ]
    assert store.articles.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"read_also": (ReadAlso(title="رابط اليوم"),)},
        {"image": "https://news.example/pictures/8.jpg"},
        {"section": None},
        {"language": None},
        {"flags": ()},
        {"fetched": datetime(2023, 9, 21, tzinfo=UTC)},
    ],
    ids="+".join,
)
def test_what_stands_around_an_article_is_brought_up_to_date_in_place(store, full_article, now, change):
    changed = replace(full_article, **change)
    store.articles.put(full_article, now=now)
    assert store.articles.put(changed, now=now) == "same"
    assert store.articles.get(full_article.id) == changed
    assert len(store.articles.history(full_article.id)) == 1


def test_three_states_stand_in_the_history_oldest_first(store, make_article, now):
    for hour, body in enumerate(["أول", "ثان", "ثالث"]):
        store.articles.put(make_article(body=body), now=now + timedelta(hours=hour))
    history = store.articles.history(make_article().id)
    assert [version.article.body for version in history] == ["أول", "ثان", "ثالث"]
    assert [version.seen_at.hour for version in history] == [6, 7, 8]


def test_many_are_kept_in_one_go_and_counted(store, make_article, now):
    first = [make_article(number) for number in range(1200)]
    assert store.articles.put_many(first, now=now) == {"new": 1200, "changed": 0, "same": 0}
    again = [
        *first[:10],
        replace(first[10], title="غيره"),
        make_article(5000),
        make_article(5000),
        make_article(5000, body=""),
    ]
    assert store.articles.put_many(again, now=now) == {"new": 1, "changed": 2, "same": 11}
    assert store.articles.count() == 1201
    assert store.sources.counts()["example"].articles == 1201


def test_many_are_kept_all_or_not_at_all(store, make_article, now):
    with pytest.raises(RecordError, match="key"):
        store.articles.put_many([make_article(1), make_article(2, id="")], now=now)
    assert store.articles.count() == 0
    assert store.changes.since(None, 10) == ()


@pytest.mark.parametrize(
    "bad", [{"id": "a\x00b"}, {"id": "ا" * 300}, {"source": ""}, {"url": "https://a.example/\x00"}]
)
def test_a_key_that_cannot_be_kept_is_refused(store, make_article, now, bad):
    with pytest.raises(RecordError):
        store.articles.put(make_article(**{"id": "a", **bad}), now=now)


def test_an_instant_without_a_zone_is_refused(store, make_article, now):
    for naive in ({"published": datetime(2023, 9, 20)}, {"fetched": datetime(2023, 9, 20)}):  # noqa: DTZ001
        with pytest.raises(RecordError, match="time zone"):
            store.articles.put(make_article(**naive), now=now)


def test_an_address_that_is_none_is_kept_as_it_is(store, make_article, now):
    article = make_article(url="http://[x")
    store.articles.put(article, now=now)
    assert store.articles.get(article.id) == article
    assert store.articles.same_text("http://[x", article.body) == ()


def test_an_instant_of_the_caller_s_without_a_zone_is_refused_too(store, make_article, make_entry, make_capture):
    naive = datetime(2023, 9, 20)  # noqa: DTZ001
    with pytest.raises(RecordError, match="time zone"):
        store.articles.put(make_article(), now=naive)
    with pytest.raises(RecordError, match="time zone"):
        store.entries.offer("example", [make_entry()], naive)
    assert (store.articles.count(), store.entries.waiting()) == (0, 0)


def test_what_no_database_keeps_in_a_text_becomes_a_replacement_character_and_is_the_same_again(
    store, make_article, now
):
    article = make_article(title="قره\x00باغ", body="نص\ud800", tags=("\x00",), read_also=(ReadAlso(title="\x00"),))
    store.articles.put(article, now=now)
    kept = store.articles.get(article.id)
    assert (kept.title, kept.body, kept.tags) == ("قره\ufffdباغ", "نص\ufffd", ("\ufffd",))
    assert store.articles.put(article, now=now) == "same"


def test_a_long_address_is_kept(store, make_article, make_entry, make_capture, now):
    url = "https://news.example/" + "".join(f"%D8%{number:02X}" for number in range(256)) * 8
    store.entries.offer("example", [make_entry(url=url)], now)
    article = make_article(url=url, image=url + ".jpg")
    store.articles.put(article, capture=make_capture(url), entry_url=url, now=now)
    assert store.articles.get(article.id) == article
    assert store.captures.get(url).url == url
    assert store.images.wanted(1, now) == (url + ".jpg",)


def test_the_entry_is_settled_and_the_capture_kept_with_the_article(store, make_article, make_entry, make_capture, now):
    entry = make_entry()
    store.entries.offer("example", [entry], now)
    capture = make_capture(entry.url)
    store.articles.put(make_article(), capture=capture, entry_url=entry.url, now=now)
    assert store.entries.waiting() == 0
    assert store.entries.due(now, 10) == ()
    assert store.captures.get(entry.url) == capture


def test_nothing_is_kept_of_an_article_that_is_refused(store, make_article, make_entry, make_capture, now):
    entry = make_entry()
    store.entries.offer("example", [entry], now)
    with pytest.raises(RecordError):
        store.articles.put(make_article(id=""), capture=make_capture(entry.url), entry_url=entry.url, now=now)
    assert store.captures.count() == 0
    assert store.entries.waiting() == 1


def test_a_removed_article_leaves_neither_history_nor_capture(store, make_article, make_capture, now):
    article = make_article()
    store.articles.put(article, capture=make_capture(article.url), now=now)
    store.articles.put(replace(article, body="ثان"), now=now)
    assert store.articles.remove(article.id)
    assert not store.articles.remove(article.id)
    assert store.articles.get(article.id) is None
    assert store.articles.history(article.id) == ()
    assert store.captures.count() == 0
    assert store.sources.counts()["example"].articles == 0
    assert store.sources.counts()["example"].last_article_at is None
    assert [(change.what, change.id) for change in store.changes.since(None, 10)] == [("removed", article.id)]


def test_counts_follow_an_article_to_another_source(store, make_article, now):
    article = make_article()
    store.articles.put(article, now=now)
    store.articles.put(replace(article, source="other"), now=now)
    counts = store.sources.counts()
    assert (counts["example"].articles, counts["other"].articles) == (0, 1)
    assert counts["other"].last_article_at == article.published
    assert counts["example"].last_article_at is None


class TestNewestFirst:
    def order(self, store, **options) -> list[str]:
        return [article.id for article in store.articles.newest(limit=100, **options).articles]

    def test_a_stamp_in_the_future_does_not_lead_the_page(self, store, make_article, now):
        fetched = datetime(2023, 9, 20, 12, tzinfo=UTC)
        store.articles.put(
            make_article(1, id="future", published=datetime(2030, 1, 1, tzinfo=UTC), fetched=fetched), now=now
        )
        store.articles.put(make_article(2, id="after", published=fetched + timedelta(minutes=1), fetched=now), now=now)
        assert self.order(store) == ["after", "future"]

    def test_a_bare_day_counts_as_its_noon_where_the_source_is(self, store, make_article, make_source, now):
        store.sources.add(make_source(time_zone="Asia/Riyadh"))  # noon is 09:00 UTC
        store.articles.put(make_article(1, id="day", published=date(2023, 9, 20), precision="day"), now=now)
        for id_, minute in (("before", 59), ("after", 61)):
            published = datetime(2023, 9, 20, 8, tzinfo=UTC) + timedelta(minutes=minute)
            store.articles.put(make_article(2, id=id_, published=published), now=now)
        assert self.order(store) == ["after", "day", "before"]

    def test_an_article_without_a_date_counts_by_its_first_fetch_however_often_it_is_read(
        self, store, make_article, now
    ):
        fetched = datetime(2023, 9, 20, 12, tzinfo=UTC)
        undated = make_article(1, id="undated", published=None, precision=None, fetched=fetched)
        store.articles.put(undated, now=now)
        store.articles.put(make_article(2, id="later", published=fetched + timedelta(hours=1), fetched=now), now=now)
        store.articles.put(replace(undated, body="غيره", fetched=fetched + timedelta(hours=9)), now=now)
        assert self.order(store) == ["later", "undated"]

    def test_source_since_and_until_choose(self, store, make_article, now):
        for hour in range(6):
            published = datetime(2023, 9, 20, hour, tzinfo=UTC)
            store.articles.put(make_article(hour, id=str(hour), published=published, source="ab"[hour % 2]), now=now)
        at = [datetime(2023, 9, 20, hour, tzinfo=UTC) for hour in range(6)]
        assert self.order(store, source="a") == ["4", "2", "0"]
        assert self.order(store, since=at[2], until=at[5]) == ["4", "3", "2"]
        assert self.order(store, source="b", since=at[2]) == ["5", "3"]
        assert self.order(store, source="nobody") == []

    def test_pages_follow_one_another_through_ties_to_the_end(self, store, make_article, now):
        ids = [f"{number:02}" for number in range(25)]
        store.articles.put_many([make_article(1, id=id_) for id_ in ids], now=now)
        pages, cursor = [], None
        while True:
            page = store.articles.newest(limit=10, cursor=cursor)
            pages.append([article.id for article in page.articles])
            cursor = page.next_cursor
            if cursor is None:
                break
        assert [len(page) for page in pages] == [10, 10, 5]
        assert [id_ for page in pages for id_ in page] == ids[::-1]

    @pytest.mark.parametrize("cursor", ["", "x", "WzEsImEiXQ", "ﺀ", "a" * 4000, "AAAAAA=="])
    def test_a_cursor_that_is_none_of_ours_is_refused(self, store, cursor):
        with pytest.raises(StoreError, match="cursor"):
            store.articles.newest(limit=5, cursor=cursor)

    def test_ids_order_by_their_bytes_in_every_database(self, store, make_article, now):
        ids = ["B", "a", "é", "z", "ا", "Z", "-", "_", "9"]
        store.articles.put_many([make_article(1, id=id_) for id_ in ids], now=now)
        assert self.order(store) == sorted(ids, key=str.encode, reverse=True)


class TestTheSameText:
    def test_it_is_found_on_other_addresses_of_the_host_whatever_its_marks(self, store, make_article, now):
        store.articles.put(make_article(1, body="يرجى قبول مِلفات الارتباط."), now=now)
        store.articles.put(make_article(2, body="يرجى قبول ملفات  الارتباط"), now=now)
        store.articles.put(make_article(3, url="https://other.example/3", body="يرجى قبول ملفات الارتباط"), now=now)
        found = store.articles.same_text("https://www.news.example/9", "يرجى قبول ملفات\nالارتباط")
        assert sorted(found) == [make_article(1).url, make_article(2).url]
        assert store.articles.same_text(make_article(1).url, "يرجى قبول ملفات الارتباط") == (make_article(2).url,)

    def test_an_empty_text_is_the_same_as_none(self, store, make_article, now):
        store.articles.put(make_article(1, body=""), now=now)
        assert store.articles.same_text(make_article(2).url, "…") == ()


def test_many_are_given_in_the_order_asked(store, make_article, now):
    store.articles.put_many([make_article(1, id=f"{number:04}") for number in range(700)], now=now)
    asked = [f"{number:04}" for number in range(699, -1, -1)]
    assert list(store.articles.get_many([*asked, "nowhere", asked[0]])) == asked


def test_a_source_with_a_time_zone_that_is_none_is_refused(store):
    for zone in ("Asia/Nowhere", "", "../etc/passwd", "\x00"):
        with pytest.raises(RecordError, match="time zone"):
            store.sources.add(Source(id="a", name="ا", home="https://a.example", time_zone=zone))
