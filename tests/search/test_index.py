"""The index: what is in it, how it is paged through, counted, and kept whole."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest

from tawatur.errors import StoreError
from tawatur.search import IndexWriter, SearchIndex, SearchQuery


@pytest.fixture
def affair(document):
    words = ["باكو", "يريفان", "الحدود", "السلام", "القوات", "المعبر", "النازحون"]
    chance = random.Random(3)

    def many(count, first=0):
        return [
            document(
                f"a{n}",
                f"قال شاهد إن {' '.join(chance.choices(words, k=6))} في الإقليم",
                title=f"خبر عن {chance.choice(words)}",
                day=1 + n % 28,
                source=f"outlet{n % 3}",
                section="العالم" if n % 2 else "سياسة",
            )
            for n in range(first, first + count)
        ]

    return many


@pytest.mark.parametrize("sort", ["relevance", "fresh", "newest", "oldest"])
def test_pages_hold_everything_once_while_articles_come_in(sort, affair, index_of):
    index = index_of(affair(60))
    query = SearchQuery(text="شاهد الإقليم", limit=7, sort=sort)
    page = index.search(query)
    assert page.total == 60
    seen = [hit.id for hit in page.hits]
    step = 60
    while page.next_cursor:
        index = index_of(affair(5, step))  # new ones at every page
        step += 5
        page = index.search(SearchQuery(text="شاهد الإقليم", limit=7, sort=sort, cursor=page.next_cursor))
        seen += [hit.id for hit in page.hits]
    assert sorted(seen) == sorted(f"a{n}" for n in range(60))


def test_pages_by_date_are_in_order(affair, index_of):
    index = index_of(affair(40))
    dates, cursor = [], None
    while True:
        page = index.search(SearchQuery(text="شاهد", limit=9, sort="newest", cursor=cursor))
        dates += [hit.shown_at for hit in page.hits]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 40


def test_scores_fall_and_the_same_question_has_the_same_answer(affair, index_of):
    index = index_of(affair(60))
    first = index.search(SearchQuery(text="باكو الحدود"))
    assert [hit.score for hit in first.hits] == sorted((hit.score for hit in first.hits), reverse=True)
    assert index.search(SearchQuery(text="باكو الحدود")) == first


def test_a_cursor_of_another_query_gives_the_first_page_and_says_so(affair, index_of):
    index = index_of(affair(30))
    cursor = index.search(SearchQuery(text="شاهد", limit=5)).next_cursor
    page = index.search(SearchQuery(text="باكو", limit=5, cursor=cursor))
    assert page.notes[0].kind == "cursor-expired"
    assert page.hits == index.search(SearchQuery(text="باكو", limit=5)).hits


def test_a_changed_article_takes_the_place_of_the_old(document, index_of):
    index = index_of([document("one", "باكو"), document("two", "باكو")])
    index = index_of([document("one", "يريفان")], remove=["two"])
    assert index.count() == 1
    assert not index.search(SearchQuery(text="باكو")).hits
    assert index.search(SearchQuery(text="يريفان")).hits[0].id == "one"


def test_facets_count_everything_found_and_filters_narrow_it(affair, index_of):
    index = index_of(affair(60))
    results = index.search(SearchQuery(text="شاهد", limit=3, facets=True))
    assert results.facets is not None
    assert {facet.value: facet.count for facet in results.facets.sources} == dict.fromkeys(
        ("outlet0", "outlet1", "outlet2"), 20
    )
    assert sum(facet.count for facet in results.facets.days) == 60
    assert results.facets.days[0].value == "2023-09-01"
    assert index.search(SearchQuery(text="شاهد", sources=("outlet1",), sections=("سياسة",))).total == 10
    assert index.search(SearchQuery(text="شاهد source:outlet1")).total == 20
    assert index.search(SearchQuery(text="شاهد after:2023-09-10 before:2023-09-12")).total == 6
    assert index.search(SearchQuery(text="شاهد", after=date(2023, 9, 10), before=date(2023, 9, 12))).total == 6
    assert index.search(SearchQuery(text="source:outlet2")).total == 20
    assert index.search(SearchQuery(text="-باكو")).total == 60 - index.search(SearchQuery(text='"باكو"')).total


def test_headlines_weigh_more_and_can_be_asked_alone(document, index_of):
    index = index_of([document("body", "زار باكو أمس", title="جولة"), document("head", "جولة أمس", title="زار باكو")])
    assert [hit.id for hit in index.search(SearchQuery(text="باكو")).hits] == ["head", "body"]
    assert [hit.id for hit in index.search(SearchQuery(text="باكو in:title")).hits] == ["head"]


def test_a_few_words_too_many_still_find(document, index_of):
    index = index_of([document("one", "محادثات السلام في باكو")])
    results = index.search(SearchQuery(text="محادثات يريفان تبليسي طهران"))
    assert results.hits[0].id == "one"
    assert results.notes[0].kind == "some-words"


def test_a_typing_slip_is_corrected_only_where_nothing_is_found(document, index_of):
    index = index_of([*(document(str(n), "انتخابات في أذربيجان") for n in range(5)), document("rare", "أذربيجام")])
    slip = index.search(SearchQuery(text="انتخبات"))
    assert slip.total == 5
    assert slip.did_you_mean == "انتخابات" or slip.hits[0].why[0].reason != "typo"
    assert index.search(SearchQuery(text="أذربيجام")).hits[0].id == "rare"


def test_suggestions_go_on_from_what_is_typed(document, index_of):
    titles = ["وقف إطلاق النار في الإقليم", "وقف إطلاق النار", "أذربيجان تعلن", "أذربيجان وأرمينيا"]
    index = index_of([document(str(n), "نص", title=title) for n, title in enumerate(titles)])
    assert index.suggest("أذر")[0].text == "أذربيجان"
    assert index.suggest("وقف إط")[0].text == "وقف إطلاق"
    assert index.suggest("") == ()


def test_highlights_are_the_words_themselves(document, index_of):
    body = "مقدمة طويلة. " * 40 + "ثم زار وفد الأُمَم المتحدة الأرمینیة مدينة باكو." + " خاتمة." * 40
    hit = index_of([document("one", body)]).search(SearchQuery(text="الامم باكو")).hits[0]
    assert [hit.snippet[start:end] for start, end in hit.highlights] == ["الأُمَم", "باكو"]
    assert hit.snippet.startswith("…")
    assert hit.snippet.endswith("…")
    assert {why.term for why in hit.why} == {"الامم", "باكو"}


def test_two_writers_do_not_write_one_index(tmp_path):
    with IndexWriter(tmp_path), pytest.raises(StoreError, match="another process"):
        IndexWriter(tmp_path)


def test_what_was_not_committed_is_not_there(document, tmp_path):
    with IndexWriter(tmp_path) as writer:
        writer.put_many([document("one", "باكو")])
        writer.commit("1")
        writer.put_many([document("two", "باكو")])
    index = SearchIndex.open(tmp_path)
    assert index.count() == 1
    with IndexWriter(tmp_path) as writer:
        assert writer.cursor == "1"


def test_the_old_index_answers_until_a_new_one_is_whole(document, tmp_path):
    with IndexWriter(tmp_path) as writer:
        writer.put_many([document("old", "باكو")])
        writer.commit("1")
    index = SearchIndex.open(tmp_path)
    with IndexWriter(tmp_path, anew=True) as writer:
        writer.put_many([document("new", "باكو")])
        writer.commit("2")
        assert [hit.id for hit in index.search(SearchQuery(text="باكو")).hits] == ["old"]
        writer.publish()
        assert [hit.id for hit in index.search(SearchQuery(text="باكو")).hits] == ["new"]
    assert SearchIndex.open(tmp_path).count() == 1


def test_an_index_of_another_analysis_is_begun_anew(document, tmp_path):
    with IndexWriter(tmp_path) as writer:
        writer.put_many([document("one", "باكو")])
        writer.commit("1")
    current = tmp_path / "current"
    current.write_text(current.read_text().replace('"stamp": "', '"stamp": "0.'))
    assert SearchIndex.open(tmp_path).search(SearchQuery(text="باكو")).hits == ()
    with IndexWriter(tmp_path) as writer:
        assert writer.cursor is None


def test_times_before_1970_and_far_away_are_kept(document, index_of):
    times = [datetime(1, 1, 1, tzinfo=UTC), datetime(1955, 5, 5, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)]
    index = index_of([document(str(n), "باكو", shown_at=time) for n, time in enumerate(times)])
    found = index.search(SearchQuery(text="باكو", sort="oldest", facets=True))
    assert [hit.shown_at for hit in found.hits] == times
