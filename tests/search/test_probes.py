"""The twenty probes of the design: what is typed, and what must be found by it. And pairs that must not match."""

from __future__ import annotations

import pytest

from tawatur.search import SearchQuery

PROBES = [
    ("احمد", "أحمد"),
    ("ايران", "إيران"),
    ("الاذرية", "الآذرية"),
    ("غزه", "غزة"),
    ("مصطفي", "مصطفى"),
    ("محمد", "مُحَمَّد"),
    ("محمد", "محمـــد"),
    ("كرملين في", "الکرملین فی"),
    ("«كرملين في»", "الکرملین فی"),
    ("الحكومة", "والحكومة"),
    ("بيروت", "ببيروت"),
    ("الحكومة", "للحكومة"),
    ("حكومة", "الحكومة"),
    ("الحكومة", "حكومة"),
    ("قوات", "قواتها"),
    ("أسير", "الأسرى"),
    ("صحفي", "صحفيين"),
    ("2023", "٢٠٢٣"),
    ("بوتين", "\u200fبوتين\u200f"),
    ("السلام", "\ufe8d\ufedf\ufeb4\ufefc\ufee1"),  # the same word in presentation forms
    ("الجزيرة", "«الجزيرة»"),
]
OURS = [
    ("الرئيس", "للرئيس"),
    ("قرة باغ", "قره باغ"),
    ("قره باغ", "كاراباخ"),
    ("ترمب", "ترامب"),
    ("نتنياهو", "نتانياهو"),
    ("مدينة", "المدن"),
    ("قائد", "القادة"),
    ("وزير", "وزراء"),
    ("كتاب", "كتابهم"),
    ("بغداد", "#بغداد"),
    ("قره باغ", "#قره_باغ"),
    ("bbc", "لـBBC"),
    ("سيارة", "سيارات"),
    ("معلم", "المعلمون"),
    ("شهر", "أشهر"),
    ("سكان", "سكانها"),
    ("مستشفى", "المستشفيات"),
    ("فلسطين", "وفلسطين"),
    ("مسؤول", "مسؤولين"),
    ("مسؤول", "المسئولين"),  # the hamza on a ya, as Egyptian and Saudi desks write it
    ("شؤون", "شئون"),
    ("انتخاب", "الانتخابات"),
    ("الأزمة", "الأزمات"),
    ("باشينيان", "وباشينيان"),
]
APART = [
    ("علم", "عمل"),
    ("بوتين", "بوتفليقة"),
    ("ليبيا", "لبنان"),
    ("وليد", "ليدا"),
    ("فلسطين", "سطوة"),
    ("كرملين", "رمل"),
    ("قطر", "قطار"),
    ("مصر", "مصير"),
    ("بيروت", "روت"),
    ("أسير", "سير"),
    ('"مجلس الأمن"', "أمن مجلس"),
]


@pytest.mark.parametrize(("query", "text"), PROBES + OURS)
def test_a_query_finds_the_text_and_says_why(query, text, index_of, document):
    index = index_of([document("there", f"قال شاهد إن {text} أمس"), document("other", "طقس مشمس غدا")])
    results = index.search(SearchQuery(text=query))
    assert [hit.id for hit in results.hits] == ["there"]
    assert results.hits[0].why
    assert all(why.matched in text for why in results.hits[0].why)
    for start, end in results.hits[0].highlights:
        assert results.hits[0].snippet[start:end] in text


@pytest.mark.parametrize(("query", "text"), APART)
def test_a_query_does_not_find_another_word(query, text, index_of, document):
    index = index_of([document("there", f"قال شاهد هذا: {text}")])
    assert index.search(SearchQuery(text=query)).hits == ()


@pytest.mark.parametrize(("query", "text"), [("الحكومة", "والحكومة"), ("أسير", "الأسرى"), ("ترمب", "ترامب")])
def test_strict_matches_letters_only(query, text, index_of, document):
    index = index_of([document("there", f"قال شاهد {text} أمس"), document("same", f"قال {query} أمس")])
    assert [hit.id for hit in index.search(SearchQuery(text=query, strict=True)).hits] == ["same"]


@pytest.mark.parametrize(
    ("query", "text", "reason"),
    [
        ("غزه", "غزة", "letters"),
        ("الحكومة", "للحكومة", "clitic"),
        ("قوات", "قواتها", "clitic"),
        ("أسير", "الأسرى", "plural"),
        ("انتخاب", "الانتخابات", "stem"),
        ("قره باغ", "كاراباخ", "alias"),
        ("حكوم*", "حكومات", "prefix"),
        ("hgvzds", "الرئيس", "keyboard"),
        ("الرئيش", "الرئيس", "typo"),
    ],
)
def test_each_hit_says_why_it_matched(query, text, reason, index_of, document):
    index = index_of([document(str(n), f"قال شاهد {text} أمس") for n in range(4)])
    assert {why.reason for why in index.search(SearchQuery(text=query)).hits[0].why} == {reason}
