"""Stems: what joins the forms of a word, and what must not be joined."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.text import stems
from tawatur.text.letters import normalised_text
from tawatur.text.stems import index_terms, learn, light_stem, stem

PROBES = [
    *(("احمد", "أحمد"), ("ايران", "إيران"), ("الاذرية", "الآذرية"), ("غزه", "غزة"), ("مصطفي", "مصطفى")),
    *(("محمد", "مُحَمَّد"), ("محمد", "محـــمد"), ("كرملين", "الکرملین"), ("الحكومة", "والحكومة"), ("بيروت", "ببيروت")),
    *(("الحكومة", "للحكومة"), ("حكومة", "الحكومة"), ("قوات", "قواتها"), ("أسير", "الأسرى"), ("صحفي", "صحفيين")),
    *(("2023", "٢٠٢٣"), ("بوتين", "\u200fبوتين\u200f"), ("السلام", "ﺍﻟﺴﻼﻡ"), ("وزير", "ووزرائهم"), ("كتيبة", "كتائب")),
]
DIFFERENT = [
    *(("كتاب", "كتائب"), ("مصر", "مصرف"), ("عام", "عالم"), ("سلام", "إسلام"), ("بوتين", "وتين"), ("وليد", "ليد")),
    *(("غزة", "غزو"), ("قطر", "قطار"), ("لبنان", "بنان"), ("علي", "عالي"), ("حماس", "حمص"), ("عمان", "عمال")),
]


def terms(word: str) -> set[str]:
    return {term.text for term in index_terms(word)}


@pytest.mark.parametrize(("query", "found"), PROBES)
def test_a_word_is_found_in_its_other_forms(query, found):
    assert terms(query) & terms(found)


@pytest.mark.parametrize(("query", "other"), DIFFERENT)
def test_a_word_is_not_found_in_another(query, other):
    assert not terms(query) & terms(other)


@pytest.mark.parametrize(
    "name", ["بوتين", "فلسطين", "وليد", "كرملين", "لبنان", "ويتكوف", "لاتشين", "باشينيان", "السيسي"]
)
def test_a_name_keeps_its_letters(name):
    assert stem(name) == normalised_text(name).removeprefix("ال")


@pytest.mark.parametrize(
    ("word", "name"), [("ولبنان", "لبنان"), ("للبنان", "لبنان"), ("ببغداد", "بغداد"), ("وباشينيان", "باشينيان")]
)
def test_a_name_loses_the_clitics_before_it(word, name):
    assert stem(word) == name


def test_each_term_says_why_it_is_there():
    reasons = {term.text: term.reason for term in index_terms("والأسرى")}
    assert reasons["والاسري"] == "letters"
    assert reasons["اسري"] == "clitic"
    assert reasons["اسير"] == "plural"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ابتجحدرزسشصعفقكلمنهويءآأؤإئىة", max_size=12))
def test_a_stem_depends_on_the_folded_letters_alone(word):
    assert stem(normalised_text(word, "index")) == stem(word)
    assert light_stem(normalised_text(word, "match")) == light_stem(word)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20))
def test_any_text_has_terms(text):
    assert all(term.text for term in index_terms(text))


def test_new_forms_learnt_together_have_the_stems_they_have_alone():
    new = ["وبالزنفليطات", "فليستقطنها", "لخنفشارهم", "المتشعبطين", "كالطرطبيسة", "وسيدحرجونها", "زنفلوط"]
    alone = [(stem(word), light_stem(word)) for word in new]
    stems._taken_apart.cache_clear()
    stems._segmented.clear()
    learn(new)
    assert set(stems._segmented)  # the segmenter was asked
    assert [(stem(word), light_stem(word)) for word in new] == alone
