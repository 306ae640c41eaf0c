"""Pages that feeds announced: each read once, in fair rounds, again when its own words change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tawatur.model import Article, article_id
from tawatur.store import Refusal


def offer(store, source_id, entries, now):
    return store.entries.offer(source_id, entries, now)


def urls(store, now, limit=100):
    return [page.url for page in store.entries.due(now, limit)]


def test_an_entry_comes_back_as_it_was_offered(store, make_entry, now):
    entry = make_entry(
        guid="tag:example,2023:1",
        summary="موجز",
        content_html="<p>نص <b>كامل</b></p>",
        published=datetime(2023, 9, 20, 10, 0, 1, 5, tzinfo=UTC),
        authors=("ليلى",),
        tags=("قره باغ",),
        image="https://news.example/1.jpg",
        credit="وكالة الشرق",
    )
    assert offer(store, "example", [entry], now) == 1
    [page] = store.entries.due(now, 10)
    assert page.entry == entry
    assert (page.url, page.source_id, page.attempts, page.first_seen_at) == (entry.url, "example", 0, now)


def test_what_was_said_of_a_page_is_known_after_it_was_read_too(store, make_entry, now):
    entry = make_entry(published=datetime(2023, 9, 20, 10, 0, tzinfo=UTC), summary="موجز")
    assert store.entries.get(entry.url) is None
    offer(store, "example", [entry], now)
    assert store.entries.get(entry.url) == entry
    store.articles.put(_read(entry.url), entry_url=entry.url, now=now)
    assert store.entries.get(entry.url) == entry
    later = replace(entry, summary="موجز آخر")
    offer(store, "example", [later], now)
    assert store.entries.get(entry.url) == later


def test_a_page_announced_twice_is_read_once(store, make_entry, now):
    assert offer(store, "example", [make_entry(1), make_entry(1), make_entry(2)], now) == 2
    assert offer(store, "example", [make_entry(2), make_entry(3)], now) == 1
    assert store.entries.waiting() == 3
    assert store.sources.counts()["example"].waiting == 3


def test_a_page_belongs_to_the_source_that_announced_it_first(store, make_entry, make_source, now):
    store.sources.add(make_source("first"))
    store.sources.add(make_source("second"))
    offer(store, "first", [make_entry(title="بصياغة الأول")], now)
    assert offer(store, "second", [make_entry(title="بصياغة الثاني")], now) == 0
    [page] = store.entries.due(now, 10)
    assert (page.source_id, page.entry.title) == ("first", "بصياغة الأول")


def test_a_page_of_an_aggregator_passes_to_the_outlet_that_announces_it_before_it_was_read(
    store, make_entry, make_source, now
):
    store.sources.add(make_source("gatherer", kind="aggregator"))
    store.sources.add(make_source("outlet"))
    offer(store, "gatherer", [make_entry(1), make_entry(2)], now)
    store.articles.put(_read(make_entry(2).url), entry_url=make_entry(2).url, now=now)
    assert offer(store, "outlet", [make_entry(1, title="بقلم الصحيفة"), make_entry(2)], now) == 0
    [page] = store.entries.due(now, 10)
    assert (page.source_id, page.entry.title) == ("outlet", "بقلم الصحيفة")
    counts = store.sources.counts()
    assert (counts["gatherer"].waiting, counts["outlet"].waiting) == (0, 1)
    assert offer(store, "gatherer", [make_entry(1)], now) == 0
    assert store.entries.due(now, 10)[0].source_id == "outlet"


def test_a_page_whose_words_changed_is_read_again(store, make_entry, now):
    entry = make_entry(summary="أول")
    later = now + timedelta(hours=2)
    offer(store, "example", [entry], now)
    store.articles.put(_read(entry.url), entry_url=entry.url, now=now)
    assert offer(store, "example", [entry], later) == 0
    assert store.entries.due(later, 10) == ()
    for changed in (replace(entry, summary="ثان"), replace(entry, published=now)):
        assert offer(store, "example", [changed], later) == 0
        assert [page.entry for page in store.entries.due(later, 10)] == [changed]
        assert store.sources.counts()["example"].waiting == 1
        store.articles.put(_read(entry.url), entry_url=entry.url, now=later)
    assert store.entries.waiting() == 0


def test_markup_spaces_and_marks_are_no_words(store, make_entry, now):
    entry = make_entry(content_html='<p>قال الوزير: "نعم"</p><img src="/1.jpg?token=1">')
    offer(store, "example", [entry], now)
    store.articles.put(_read(entry.url), entry_url=entry.url, now=now)
    same = replace(entry, content_html='<div>قال  الوزير: «نعم»</div><img src="/1.jpg?token=2">')
    offer(store, "example", [same], now)
    assert store.entries.waiting() == 0


def test_two_feeds_of_one_outlet_that_word_a_page_differently_do_not_have_it_read_at_every_poll(store, make_entry, now):
    wordings = [make_entry(summary="من الأولى"), make_entry(summary="من الثانية")]
    reads = 0
    for hour in range(6):
        for entry in wordings:
            offer(store, "example", [entry], now + timedelta(hours=hour))
            for page in store.entries.due(now + timedelta(hours=hour), 10):
                store.articles.put(_read(page.url), entry_url=page.url, now=now)
                reads += 1
    assert reads == 2


def test_a_source_with_many_pages_keeps_nobody_waiting(store, make_entry, now):
    offer(store, "big", [make_entry(number, "big.example") for number in range(50)], now)
    offer(store, "small", [make_entry(number, "small.example") for number in range(2)], now + timedelta(minutes=1))
    first = [page.source_id for page in store.entries.due(now + timedelta(hours=1), 6)]
    assert first == ["big", "small", "big", "small", "big", "big"]


def test_a_source_that_comes_later_begins_at_the_round_being_served(store, make_entry, now):
    offer(store, "big", [make_entry(number, "big.example") for number in range(20)], now)
    for page in store.entries.due(now, 10):
        store.articles.put(_read(page.url), entry_url=page.url, now=now)
    offer(store, "late", [make_entry(number, "late.example") for number in range(20)], now + timedelta(minutes=1))
    served = [page.source_id for page in store.entries.due(now + timedelta(hours=1), 8)]
    assert served == ["big", "late"] * 4


def test_pages_of_one_source_come_in_the_order_they_were_seen(store, make_entry, now):
    entries = [make_entry(number) for number in range(30)]
    offer(store, "example", entries[:20], now)
    offer(store, "example", entries[10:], now + timedelta(minutes=1))
    assert urls(store, now + timedelta(minutes=1)) == [entry.url for entry in entries]


def test_a_page_that_failed_waits_for_its_time_and_stands_behind_the_others(store, make_entry, now):
    entries = [make_entry(number) for number in range(3)]
    offer(store, "example", entries, now)
    store.entries.retry(entries[0].url, now + timedelta(minutes=10), "timed out after 30 s")
    assert urls(store, now) == [entries[1].url, entries[2].url]
    later = now + timedelta(minutes=10)
    pages = store.entries.due(later, 10)
    assert [(page.url, page.attempts) for page in pages] == [
        (entries[1].url, 0),
        (entries[2].url, 0),
        (entries[0].url, 1),
    ]
    assert store.entries.waiting() == 3


def test_retrying_a_page_that_does_not_wait_changes_nothing(store, now):
    store.entries.retry("https://news.example/unknown", now, "timed out")
    assert store.entries.waiting() == 0


def test_a_refused_page_is_told_with_its_reason_and_its_capture_is_kept(store, make_entry, make_capture, now):
    entry = make_entry()
    offer(store, "example", [entry], now)
    refusal = Refusal(
        url=entry.url, source_id="example", reason="consent_wall", message="refused: a cookie page", refused_at=now
    )
    capture = make_capture(entry.url)
    store.entries.refuse(refusal, capture)
    assert store.entries.refusals() == (refusal,)
    assert store.entries.refusals("other") == ()
    assert store.entries.waiting() == 0
    assert store.captures.get(entry.url) == capture
    assert (store.sources.counts()["example"].waiting, store.sources.counts()["example"].refused) == (0, 1)


def test_a_refused_page_that_is_read_after_all_is_refused_no_more(store, make_entry, now):
    entry = make_entry()
    offer(store, "example", [entry], now)
    for minute in range(2):  # refused twice is refused once
        at = now + timedelta(minutes=minute)
        store.entries.refuse(
            Refusal(url=entry.url, source_id="example", reason="no_text", message="refused", refused_at=at)
        )
    assert store.sources.counts()["example"].refused == 1
    offer(store, "example", [replace(entry, summary="جديد")], now)
    assert store.entries.waiting() == 1
    store.articles.put(_read(entry.url), entry_url=entry.url, now=now)
    assert store.entries.refusals() == ()
    assert store.sources.counts()["example"].refused == 0


def test_a_kept_page_of_a_refusal_that_a_better_reader_reads_is_refused_no_more(store, make_entry, make_capture, now):
    entry = make_entry()
    offer(store, "example", [entry], now)
    capture = make_capture("https://news.example/after-redirect", requested_url=entry.url)
    store.entries.refuse(
        Refusal(url=entry.url, source_id="example", reason="no_text", message="refused", refused_at=now), capture
    )
    offer(store, "example", [replace(entry, summary="جديد")], now)
    store.articles.put(_read(capture.url), capture=capture, now=now)
    assert store.entries.refusals() == ()
    assert store.sources.counts()["example"].refused == 0
    assert store.entries.waiting() == 1  # its new wording still asks for a visit


def test_refusals_come_newest_first_and_only_so_many(store, now):
    for minute in range(5):
        store.entries.refuse(
            Refusal(
                url=f"https://news.example/{minute}",
                source_id=None,
                reason="fetch_failed",
                message="gone",
                refused_at=now + timedelta(minutes=minute),
            )
        )
    assert [refusal.url[-1] for refusal in store.entries.refusals(limit=3)] == ["4", "3", "2"]


def test_pages_of_a_source_that_is_followed_no_more_wait_no_more(store, make_source, make_entry, now):
    store.sources.add(make_source())
    offer(store, "example", [make_entry(1), make_entry(2)], now)
    store.articles.put(_read(make_entry(1).url), entry_url=make_entry(1).url, now=now)
    offer(store, "example", [make_entry(1, title="تحديث")], now)
    offer(store, "other", [make_entry(3)], now)
    store.sources.remove("example")
    assert urls(store, now) == [make_entry(3).url]
    assert (store.entries.waiting(), store.sources.counts()["example"].waiting) == (1, 0)
    store.sources.add(make_source())
    assert offer(store, "example", [make_entry(1), make_entry(2)], now) == 1


def test_what_no_database_keeps_in_an_entry_becomes_a_replacement_character(store, make_entry, now):
    offer(store, "example", [make_entry(title="خبر\x00عاجل")], now)
    assert store.entries.due(now, 1)[0].entry.title == "خبر\ufffdعاجل"


def test_a_long_sitemap_is_taken_whole(store, make_entry, now):
    entries = [make_entry(number) for number in range(1300)]
    assert offer(store, "example", entries, now) == 1300
    assert urls(store, now, 2000) == [entry.url for entry in entries]


def _read(url):
    return Article(id=article_id(url), url=url, source="example", title="خبر", body="نص.")
