"""What was found in articles: kept with the state it was made of, asked for by name and by speaker, edited by hand."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tawatur.errors import RecordError, StoreError
from tawatur.model import Article, article_id
from tawatur.model.analysis import Analysis, Entity, Event, InformationSource, KeyPhrase, Quote
from tawatur.store import Followed, open_store
from tawatur.text.spans import Span

PUTIN = "فلاديمير بوتين"


def entity(text, canonical=None, kind="PER", country=None, start=0):
    return Entity(
        text=text, type=kind, canonical=canonical or text, spans=(Span(start, start + len(text)),), country=country
    )


def quote(text, speaker=None, start=0):
    return Quote(
        text=text,
        field="body",
        start=start,
        end=start + len(text),
        kind="direct",
        speaker=speaker,
        role=None,
        cue="قال",
        source=0,
        speaker_span=Span(0, 3),
        cue_span=Span(3, 6, "title"),
    )


@pytest.fixture
def full_analysis(make_article):
    return Analysis(
        id=make_article().id,
        made_by="entities/1 quotes/1",
        keyphrases=(KeyPhrase(text="وقف إطلاق النار", score=0.9),),
        entities=(entity("بوتين", PUTIN), entity("قره باغ", kind="LOC", country="AZ")),
        quotes=(quote("ليس بعد", "بوتين"), quote("نعم")),
        sources=(
            InformationSource(
                name="بوتين",
                kind="person",
                anonymous=False,
                via="تاس",
                hops=("تاس", "روسيا اليوم"),
                evidence="نقلا عن تاس",
                field="body",
                start=1,
                end=12,
                registry="tass",
            ),
        ),
        events=(
            Event(
                what="وقف إطلاق النار",
                when="2023-09-20T13:00",
                precision="minute",
                where=None,
                evidence="في",
                field="title",
                start=0,
                end=2,
            ),
        ),
        summary=("أعلنت السلطات",),
        summary_spans=(Span(0, 13),),
    )


def keep(store, make_article, now, *entities, number=1, quotes=(), **fields):
    article = make_article(number, **fields)
    store.articles.put(article, now=now)
    found = Analysis(id=article.id, made_by="a/1", entities=entities, quotes=quotes)
    assert store.analyses.put_many([(article, found)]) == 1
    return article.id


def named(store, **asked):
    return {(name.name, name.articles) for name in store.names.find(limit=50, **asked).names}


def test_an_analysis_comes_back_as_it_was_put(store, make_article, full_analysis, now):
    store.articles.put(make_article(), now=now)
    assert store.analyses.put_many([(make_article(), full_analysis)]) == 1
    assert store.analyses.get(full_analysis.id) == full_analysis
    assert store.analyses.put_many([(make_article(), full_analysis)]) == 0
    assert [(change.kind, change.what) for change in store.changes.since(None, 9)] == [
        ("article", "written"),
        ("analysis", "written"),
    ]


def test_an_analysis_of_a_former_state_is_neither_written_nor_given(store, make_article, full_analysis, now):
    article = make_article()
    store.articles.put(article, now=now)
    store.analyses.put_many([(article, full_analysis)])
    changed = replace(article, body="نص آخر.")
    store.articles.put(changed, now=now)
    assert store.analyses.get(article.id) is None
    assert store.analyses.put_many([(article, replace(full_analysis, made_by="entities/2"))]) == 0
    assert store.analyses.put_many([(changed, replace(full_analysis, quotes=()))]) == 1
    found = store.analyses.get(article.id)
    assert found is not None
    assert found.quotes == ()


def test_what_was_found_goes_with_its_article(store, make_article, full_analysis, now):
    store.articles.put(make_article(), now=now)
    store.analyses.put_many([(make_article(), full_analysis)])
    store.articles.remove(full_analysis.id)
    assert store.analyses.get(full_analysis.id) is None
    assert named(store) == set()
    assert store.analyses.quotes(limit=5).quotes == ()
    assert ("analysis", "removed") in [(change.kind, change.what) for change in store.changes.since(None, 9)]
    assert store.analyses.put_many([(make_article(), full_analysis)]) == 0


class TestPhrasesAreCounted:
    @pytest.fixture(autouse=True)
    def soon(self, monkeypatch):
        monkeypatch.setattr("tawatur.store.phrase_counts._FEWEST_WAIT", 4)

    def put(self, store, make_article, now, numbers, hashes=(3, 9), made_by="a/1"):
        articles = [make_article(number) for number in numbers]
        store.articles.put_many(articles, now=now)
        store.analyses.put_many(
            [(article, Analysis(id=article.id, made_by=made_by)) for article in articles],
            phrases={article.id: np.array(hashes, np.uint32) for article in articles},
        )

    def counted(self, store):
        found = store.analyses.frequencies()
        return found.articles, dict(zip(found.hashes.tolist(), found.counts.tolist(), strict=True))

    def test_now_and_then_and_stand_still_meanwhile(self, store, make_article, now):
        assert self.counted(store) == (0, {})
        self.put(store, make_article, now, range(3))
        before = store.analyses.frequencies()
        assert before.articles == 0
        self.put(store, make_article, now, range(3, 6), hashes=(9, 4_294_967_295))
        assert self.counted(store) == (6, {9: 6})
        assert store.analyses.frequencies() is store.analyses.frequencies()
        self.put(store, make_article, now, range(6, 10), hashes=(3, 4_294_967_295))
        assert self.counted(store) == (10, {3: 7, 9: 6, 4_294_967_295: 7})

    def test_an_article_once_however_often_it_is_analysed(self, store, make_article, now):
        for made_by in ("a/1", "a/2", "a/3"):
            self.put(store, make_article, now, range(4), made_by=made_by)
        assert self.counted(store) == (4, {3: 4, 9: 4})

    def test_what_was_analysed_before_they_were_counted_is_counted_when_it_is_analysed_again(
        self, store, make_article, now
    ):
        for number in range(4):
            keep(store, make_article, now, number=number)
        assert self.counted(store) == (0, {})
        self.put(store, make_article, now, range(4))
        assert self.counted(store) == (4, {3: 4, 9: 4})

    def test_what_is_taken_out_before_counts_no_more(self, store, make_article, now):
        self.put(store, make_article, now, range(3))
        store.articles.remove(make_article(0).id)
        self.put(store, make_article, now, range(3, 5))
        assert self.counted(store) == (4, {3: 4, 9: 4})

    def test_the_rarest_are_forgotten_when_there_are_too_many(self, store, make_article, now, monkeypatch):
        monkeypatch.setattr("tawatur.store.phrase_counts.MOST_PHRASES", 2)
        self.put(store, make_article, now, range(4), hashes=(1, 2))
        self.put(store, make_article, now, range(4, 9), hashes=(2, 3, 4))
        assert self.counted(store) == (9, {2: 9})


def test_only_what_another_version_made_is_outdated(store, make_article, now):
    ids = [keep(store, make_article, now, number=number) for number in range(3)]
    newer = Analysis(id=ids[1], made_by="a/2")
    store.analyses.put_many([(make_article(1), newer)])
    assert store.analyses.outdated("a/2", 10) == tuple(sorted({ids[0], ids[2]}))
    assert store.analyses.outdated("a/2", 10, after=min(ids[0], ids[2])) == (max(ids[0], ids[2]),)
    assert (store.analyses.count_outdated("a/2"), store.analyses.count()) == (2, 3)


def test_names_are_counted_by_article_the_most_borne_first(store, make_article, now):
    keep(store, make_article, now, entity("بوتين", PUTIN), entity(PUTIN), number=1)
    keep(store, make_article, now, entity("بوتين", PUTIN), entity("باكو", kind="LOC", country="AZ"), number=2)
    page = store.names.find(limit=1)
    assert [(name.name, name.articles) for name in page.names] == [(PUTIN, 2)]
    rest = store.names.find(limit=5, cursor=page.next_cursor)
    assert [(name.name, name.type, name.country, name.articles) for name in rest.names] == [("باكو", "LOC", "AZ", 1)]
    assert rest.next_cursor is None
    assert named(store, kind="LOC") == {("باكو", 1)}
    assert named(store, like="فلاديمير") == {(PUTIN, 2)}
    assert named(store, like="%") == set()
    keep(store, make_article, now, number=2, body="لا اسم هنا")
    assert named(store) == {(PUTIN, 1)}


def test_articles_that_bear_a_name_come_newest_first_and_once(store, make_article, now):
    ids = [
        keep(
            store,
            make_article,
            now,
            entity("بوتين", PUTIN),
            entity(PUTIN),
            number=number,
            published=now - timedelta(hours=number + 20),
        )
        for number in range(5)
    ]
    first = store.names.bearing(PUTIN, limit=3)
    assert first.ids == tuple(ids[:3])
    assert store.names.bearing(PUTIN, limit=3, cursor=first.next_cursor).ids == tuple(ids[3:])


def test_quotes_are_found_by_speaker_name_and_source(store, make_article, now):
    said = (quote("أولا", "بوتين"), quote("ثانيا"), quote("ثالثا", "متحدث"))
    first = keep(store, make_article, now, entity("بوتين", PUTIN), number=1, quotes=said)
    second = keep(store, make_article, now, number=2, quotes=(quote("رابعا", "متحدث"),), source="other")

    def found(**asked):
        return [item.quote.text for item in store.analyses.quotes(limit=9, **asked).quotes]

    assert found(speaker=PUTIN) == ["أولا"]
    assert sorted(found(speaker="متحدث")) == ["ثالثا", "رابعا"]
    assert found(source="other") == ["رابعا"]
    assert found(name=PUTIN) == ["أولا", "ثانيا", "ثالثا"]
    page, seen = store.analyses.quotes(limit=1), []
    while True:
        seen += [(item.article, item.place) for item in page.quotes]
        if page.next_cursor is None:
            break
        page = store.analyses.quotes(limit=1, cursor=page.next_cursor)
    assert seen == [
        (id_, place) for id_, places in sorted([(first, 3), (second, 1)], reverse=True) for place in range(places)
    ]


@pytest.mark.parametrize("ask", ["quotes", "find", "bearing"])
def test_a_cursor_of_no_list_is_refused(store, ask):
    asks = {
        "quotes": lambda: store.analyses.quotes(limit=1, cursor="zz"),
        "find": lambda: store.names.find(limit=1, cursor="zz"),
        "bearing": lambda: store.names.bearing("x", limit=1, cursor="zz"),
    }
    with pytest.raises(StoreError):
        asks[ask]()


class TestTheAuthorityFile:
    def test_a_merged_name_is_joined_in_what_is_kept_and_what_is_to_come(self, store, make_article, now):
        keep(store, make_article, now, entity("جروسي"), number=1, quotes=(quote("نعم", "جروسي"),))
        keep(store, make_article, now, entity("رافائيل غروسي"), entity("جروسي"), number=2)
        assert store.names.merge("PER", "جروسي", "رافائيل غروسي") == 2
        assert named(store) == {("رافائيل غروسي", 2)}
        assert store.names.forms("PER", "رافائيل غروسي") == ("جروسي", "رافائيل غروسي")
        assert [item.quote.text for item in store.analyses.quotes(limit=5, speaker="رافائيل غروسي").quotes] == ["نعم"]
        third = keep(store, make_article, now, entity("جروسي"), number=3)
        found = store.analyses.get(third)
        assert [entity.canonical for entity in found.entities] == ["رافائيل غروسي"]
        assert named(store) == {("رافائيل غروسي", 3)}

    def test_merges_lead_on_to_the_last_and_are_taken_back(self, store, make_article, now):
        keep(store, make_article, now, entity("جروسي"), number=1)
        keep(store, make_article, now, entity("غروسي"), number=2)
        store.names.merge("PER", "جروسي", "غروسي")
        store.names.merge("PER", "غروسي", "رافائيل غروسي")
        assert named(store) == {("رافائيل غروسي", 2)}
        assert {(rule.name, rule.into) for rule in store.names.rules()} == {
            ("جروسي", "رافائيل غروسي"),
            ("غروسي", "رافائيل غروسي"),
        }
        store.names.split("PER", "جروسي")
        assert named(store) == {("رافائيل غروسي", 1), ("جروسي", 1)}

    def test_a_form_is_parted_from_its_name_and_stays_so_when_analysed_again(self, store, make_article, now):
        id_ = keep(store, make_article, now, entity("بوتين", PUTIN), entity("إيغور بوتين", PUTIN))
        assert store.names.split("PER", PUTIN, "إيغور بوتين") == 1
        assert named(store) == {(PUTIN, 1), ("إيغور بوتين", 1)}
        again = Analysis(id=id_, made_by="a/2", entities=(entity("إيغور بوتين", PUTIN),))
        store.analyses.put_many([(make_article(), again)])
        assert [entity.canonical for entity in store.analyses.get(id_).entities] == ["إيغور بوتين"]
        assert named(store) == {("إيغور بوتين", 1)}

    def test_followers_are_told_of_the_articles_concerned(self, store, make_article, now):
        keep(store, make_article, now, entity("جروسي"))
        cursor = store.changes.since(None, 9)[-1].cursor
        store.names.merge("PER", "جروسي", "غروسي")
        assert [change.kind for change in store.changes.since(cursor, 9)] == ["analysis"]

    def test_what_cannot_be_is_refused(self, store, make_article, now):
        keep(store, make_article, now, entity("غروسي"))
        for decide in (
            lambda: store.names.merge("PER", "لا أحد", "غروسي"),
            lambda: store.names.merge("PER", "غروسي", "غروسي"),
            lambda: store.names.split("PER", "غروسي"),
            lambda: store.names.split("PER", "غروسي", "لا أحد"),
        ):
            with pytest.raises(RecordError):
                decide()


def test_a_follower_keeps_its_place(store, make_article, full_analysis, now):
    store.articles.put(make_article(), now=now)
    assert store.followers.cursor("analysis") is None
    [change] = store.changes.since(None, 9)
    store.analyses.put_many(
        [(make_article(), full_analysis)], followed=Followed(follower="analysis", cursor=change.cursor)
    )
    assert store.followers.cursor("analysis") == change.cursor
    store.followers.move(Followed(follower="analysis", cursor="x"))
    assert store.followers.cursor("analysis") == "x"
    store.followers.forget("analysis")
    assert store.followers.cursor("analysis") is None


def _analyse_until_killed(url, telling):
    with open_store(url) as store:
        cursor = store.followers.cursor("analysis")
        os.write(telling, b".")
        while changes := store.changes.since(cursor, 3):
            ids = [change.id for change in changes if change.kind == "article"]
            held = store.articles.get_many(ids)
            found = [
                (
                    article,
                    Analysis(id=id_, made_by="a/1", entities=(entity("باكو", kind="LOC"),), quotes=(quote("نعم"),)),
                )
                for id_, article in held.items()
            ]
            cursor = changes[-1].cursor
            store.analyses.put_many(found, followed=Followed(follower="analysis", cursor=cursor))
    os.write(telling, b"!")


@pytest.mark.timeout(110)
def test_a_follower_killed_at_any_moment_loses_nothing_and_counts_nothing_twice(database_url):
    number = 150
    pages = [
        Article(
            id=article_id(f"https://news.example/{n}"), url=f"https://news.example/{n}", source="example", title=str(n)
        )
        for n in range(number)
    ]
    with open_store(database_url) as store:
        store.articles.put_many(pages, now=datetime(2023, 9, 20, tzinfo=UTC))
    chance = random.Random(7)
    done = False
    kills = 0
    while not done:
        reading, writing = os.pipe()
        process = multiprocessing.get_context("fork").Process(
            target=_analyse_until_killed, args=(database_url, writing)
        )
        process.start()
        os.close(writing)
        said = os.read(reading, 1)
        time.sleep(chance.uniform(0.01, 0.1) if kills < 6 else 20)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join(20)
        said += os.read(reading, 64)
        os.close(reading)
        done = said.endswith(b"!")
        kills += 1
    with open_store(database_url) as store:
        assert store.analyses.count() == number
        assert named(store) == {("باكو", number)}
        assert len(store.analyses.quotes(limit=1000).quotes) == number
