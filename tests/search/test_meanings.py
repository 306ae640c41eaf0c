"""Searching across languages, and articles like an article."""

from __future__ import annotations

import pytest

from tawatur.search import SearchIndex, SearchQuery
from tawatur.search.meaning_log import MeaningLog
from tawatur.search.meanings import is_arabic, lead_of
from tawatur.search.sounds import skeleton
from tawatur.text.vectors import embed

NEWS = {
    "quake": ("زلزال يضرب جنوب المغرب", "قتل أكثر من ألفي شخص في زلزال ضرب جبال الأطلس ليلة الجمعة."),
    "quake-aid": ("فرق الإنقاذ تبحث عن ناجين بعد الزلزال", "وصلت فرق إنقاذ أجنبية إلى القرى المنكوبة في الأطلس."),
    "match": ("فوز المنتخب في كرة القدم", "سجل المهاجم هدفين في المباراة النهائية للبطولة."),
    "bank": ("البنك المركزي يرفع سعر الفائدة", "قرر البنك رفع الفائدة نصف نقطة لمواجهة التضخم."),
    "putin": ("بوتين يلتقي أردوغان في سوتشي", "بحث الرئيسان اتفاق تصدير الحبوب عبر البحر الأسود."),
}


@pytest.fixture
def index(index_of, document, tmp_path):
    index = index_of([document(id_, body, title=title) for id_, (title, body) in NEWS.items()])
    with MeaningLog(tmp_path / "search" / "meanings") as log:
        texts = {id_: lead_of(*news) for id_, news in NEWS.items()}
        for (id_, text), vector in zip(texts.items(), embed(list(texts.values())), strict=True):
            log.put(id_, vector, is_arabic=is_arabic(text))
        log.commit("here")
    return index


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("earthquake in Morocco", "quake"),
        ("Who did Putin meet in Sochi?", "putin"),
        ("центральный банк повышает ставку", "bank"),
        ("partido de fútbol", "match"),
        ("merkez bankası faiz artırdı", "bank"),
    ],
)
def test_a_question_in_another_language_finds_an_arabic_article(query, answer, index):
    results = index.search(SearchQuery(text=query))
    assert results.hits[0].id == answer
    assert results.hits[0].why[0].reason == "meaning"
    assert any(note.kind == "meaning" for note in results.notes)


def test_a_few_words_quoted_do_not_stand_for_a_question_in_their_language(index, index_of, document):
    index_of([document(f"song{n}", "غنى المطرب أغنية La vida en de Rosa في الحفل") for n in range(4)])
    results = index.search(SearchQuery(text="¿Cuál es la ciudad de Marruecos en que hubo un terremoto?"))
    assert results.hits[0].id in {"quake", "quake-aid"}


def test_meaning_is_left_out_when_asked_or_in_strict_mode(index):
    assert not index.search(SearchQuery(text="earthquake in Morocco", across_languages=False)).hits
    assert not index.search(SearchQuery(text="earthquake in Morocco", strict=True)).hits


def test_plain_arabic_is_answered_alike_with_meanings_and_without(index):
    for text in ("زلزال", "البنك المركزي", "بوتين سوتشي", "الفائدة التضخم"):
        with_meanings = index.search(SearchQuery(text=text))
        without = index.search(SearchQuery(text=text, across_languages=False))
        assert [hit.id for hit in with_meanings.hits] == [hit.id for hit in without.hits]
        assert with_meanings.hits


def test_similar_articles_are_those_of_one_affair(index):
    assert index.similar("quake", 2)[0].id == "quake-aid"
    assert index.similar("nothing", 2) == ()


def test_pages_by_meaning_hold_each_article_once(index):
    seen: list[str] = []
    cursor = None
    for _ in range(9):
        page = index.search(SearchQuery(text="earthquake in Morocco", limit=2, cursor=cursor))
        seen += [hit.id for hit in page.hits]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert sorted(seen) == sorted(NEWS)


def test_a_log_cut_anywhere_holds_its_whole_commits(tmp_path):
    vectors = embed(["زلزال", "فوز"])
    with MeaningLog(tmp_path) as log:
        log.put("a", vectors[0], is_arabic=True)
        log.commit("1")
        whole = (tmp_path / "log").stat().st_size
        log.put("b", vectors[1], is_arabic=True)
        log.commit("2")
    data = (tmp_path / "log").read_bytes()
    for cut in range(whole, len(data), 37):
        (tmp_path / "log").write_bytes(data[:cut])
        with MeaningLog(tmp_path) as log:
            assert log.cursor == "1"
            log.put("b", vectors[1], is_arabic=True)
            log.commit("2")
        with MeaningLog(tmp_path) as log:
            assert log.cursor == "2"
    assert SearchIndex.open(tmp_path.parent / "nowhere").count() == 0


@pytest.mark.parametrize(
    "spellings", [("Putin", "Путин", "بوتين"), ("Moscow", "موسكو"), ("Karabakh", "كاراباخ", "Карабах")]
)
def test_a_name_sounds_alike_in_every_alphabet(spellings):
    assert len({skeleton(spelling) for spelling in spellings}) == 1
