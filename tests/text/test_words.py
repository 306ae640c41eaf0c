"""Words of a text: their places, their segments, their stems."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawatur.cli import main
from tawatur.text.sentences import find_sentences
from tawatur.text.tokens import find_tokens
from tawatur.text.words import read_many, read_words

ARABIC = (
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةپچگڤیکہ\u0640\u064b\u064e\u0651\u0652\ufefb\ufee0\u200f\u200c٠١٢٣،؛؟«»_#.:/ \n"
)
any_text = st.one_of(st.text(max_size=40), st.text(alphabet=ARABIC + "aZ9", max_size=40))
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@few
@given(any_text)
def test_spans_slice_the_text_and_segments_join_to_the_word(text):
    words = read_words(text)
    for word in words:
        assert text[word.start : word.end] == word.text
        assert "".join(segment.text for segment in word.segments) == word.text
        assert all(segment.text and segment.pos for segment in word.segments)
    covered = {at for word in words for at in range(word.start, word.end)}
    assert all(at in covered or letter.isspace() for at, letter in enumerate(text))


@few
@given(any_text)
def test_tokens_hold_every_character_that_is_no_space_once(text):
    places = [at for token in find_tokens(text) for at in range(token.start, token.end)]
    assert len(places) == len(set(places))
    assert set(places) >= {at for at, letter in enumerate(text) if not letter.isspace()}


@few
@given(any_text)
def test_sentences_hold_every_character_that_is_no_space(text):
    held = {at for sentence in find_sentences(text) for at in range(sentence.start, sentence.end)}
    assert held >= {at for at, letter in enumerate(text) if not letter.isspace()}


def test_a_mark_that_was_never_closed_joins_no_sentences():
    text = 'قال إن "القوات تقدمت. وأوضح: "نريد السلام". ولم يذكر "سالم" شيئا. وغادر.'
    assert [sentence.text for sentence in find_sentences(text)] == [
        'قال إن "القوات تقدمت.',
        'وأوضح: "نريد السلام".',
        'ولم يذكر "سالم" شيئا.',
        "وغادر.",
    ]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("وقال", ["و", "قال"], id="a conjunction comes off"),
        pytest.param("قواتها", ["قوات", "ها"], id="a pronoun comes off"),
        pytest.param("الحكومة", ["الحكومة"], id="the article stays on its noun"),
        pytest.param("وليد", ["وليد"], id="a name that opens like a conjunction stays whole"),
        *(pytest.param(name, [name], id=f"{name} is a name of the list") for name in ("لينا", "كمال", "بيليه", "قره")),
        pytest.param("باسم", ["ب", "اسم"], id="a name that is mostly none comes apart"),
        pytest.param("نسلّمهـــا", ["نسلّم", "هـــا"], id="marks and tatweel stay in the surface"),
    ],
)
def test_a_word_is_cut_at_its_clitics(text, pieces):
    (word,) = read_words(text)
    assert [segment.text for segment in word.segments] == pieces


def test_persian_letters_are_read_as_arabic_ones_and_printed_as_they_were():
    plain, persian = read_words("قال في الكرملين"), read_words("قال فی الکرملین")
    assert [[s.pos for s in word.segments] for word in plain] == [[s.pos for s in word.segments] for word in persian]
    assert [word.stem for word in plain] == [word.stem for word in persian]
    assert persian[2].segments[0].text == "الکرملین"


def test_what_is_no_word_has_the_tag_of_its_kind():
    words = read_words("بلغت 1,5٪ يوم 20/9/2023: https://example.org/a @desk")
    tags = {word.text: word.segments[0].pos for word in words}
    assert tags["1,5"] == tags["20/9/2023"] == "NUM"
    assert tags["٪"] == "SYM"
    assert tags[":"] == "PUNCT"
    assert tags["https://example.org/a"] == tags["@desk"] == "X"


def test_a_hashtag_is_one_word_of_several_segments():
    hashtag = read_words("تصدر #وقف_إطلاق_النار القائمة")[1]
    assert hashtag.kind == "hashtag"
    assert [s.text for s in hashtag.segments if s.pos != "SYM"] == ["وقف", "إطلاق", "النار"]
    assert "_" in hashtag.stem


def test_a_tatweel_printed_for_a_dash_is_no_part_of_a_word():
    assert [token.text for token in find_tokens("ارتفع الإنتاجـ كما قيل ـوهذا أكيد")][:3] == ["ارتفع", "الإنتاج", "ـ"]
    assert [token.text for token in find_tokens("لـBBC والـ84 محـــمد")] == ["لـ", "BBC", "والـ", "84", "محـــمد"]


def test_many_texts_are_read_as_each_by_itself():
    texts = ["وصل الوزير إلى باكو.", "", "أكدت وزارة الدفاع، أمس، مقتل جندي. وقالت إنه كان في إجازة."]
    assert [[w.text for w in words] for words in read_many(texts)] == [[w.text for w in read_words(t)] for t in texts]


def test_the_command_writes_a_record_a_line():
    result = CliRunner().invoke(main, ["words", "-", "--json"], input="وقال بوتين\n\n")
    first, second = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert first["tokens"][1] == {
        "text": "بوتين",
        "start": 5,
        "end": 10,
        "stem": "بوتين",
        "segments": [{"text": "بوتين", "pos": "PROPN"}],
    }
    assert second == {"tokens": []}
