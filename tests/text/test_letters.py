"""One spelling for each letter, and the way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.text import fold_letters, normalise, normalised_text
from tawatur.text.letters import Level

LEVELS: list[Level] = ["display", "match", "index"]
AWKWARD = st.text(
    st.sampled_from(
        [chr(code) for code in range(0x600, 0x700)]
        + list("\u200f\u200c\u200b\ufeff\u00ad\u0301\u0327\u1100\u1161\u11a8\u3099eaİßΣﬁ½ ﷲﷺﻻﹰﹱﹼﯾﭖ")
    )
)
ANY = st.text() | AWKWARD


@given(ANY, st.sampled_from(LEVELS))
def test_twice_is_the_same_as_once(text: str, level: Level) -> None:
    once = normalise(text, level).text
    assert normalise(once, level).text == once
    assert normalised_text(text, level) == once
    assert unicodedata.is_normalized("NFC", once)


@given(ANY, st.sampled_from(LEVELS))
def test_every_letter_leads_back_to_the_letters_it_came_from(text: str, level: Level) -> None:
    normalised = normalise(text, level)
    last = 0
    for position in range(len(normalised.text)):
        start, end = normalised.original_span(position, position + 1)
        assert last <= start < end <= len(text)
        assert normalised.text[position] in normalised_text(text[start:end], level)
        last = start


@given(
    st.lists(
        st.sampled_from(["مُحَمَّد", "الأرمینیة", "ﷲ", "ﻻعب", "كـــتاب", "\u200fBBC\u200f", "٢٠٢٣", "«قال»"]), min_size=1
    )
)
def test_a_word_found_is_the_word_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    folded = normalise(text)
    at = 0
    for word in words:
        needle = normalised_text(word)
        at = folded.text.index(needle, at)
        start, end = folded.original_span(at, at + len(needle))
        assert text[start:end] == word.strip("\u200f")
        at += len(needle)


@given(ANY)
def test_folded_text_keeps_its_length(text: str) -> None:
    assert len(fold_letters(text)) == len(text)
    assert fold_letters(fold_letters(text)) == fold_letters(text)


@pytest.mark.parametrize(
    ("written", "matched"),
    [
        pytest.param("أحمد إيران آذار ٱلله", "احمد ايران اذار الله", id="alefs"),
        pytest.param("مصطفى غزة", "مصطفي غزه", id="alef maqsura and teh marbuta"),
        pytest.param("مُحَمَّدٌ محـــمد", "محمد محمد", id="vowel marks and tatweel"),
        pytest.param("الکرملین فی", "الكرملين في", id="Persian keyboard"),
        pytest.param("پوتین چین ژان گوگل ڤيينا", "بوتين جين زان كوكل فيينا", id="letters Arabic lacks"),
        pytest.param("ھ ہ ۀ ۃ ە ے", "ه ه ه ه ه ي", id="Urdu and Kurdish heh and yeh"),
        pytest.param("٢٠٢٣ ۱۴۰۲", "2023 1402", id="digits"),
        pytest.param("\u200fبوتين\u200f", "بوتين", id="direction marks"),
        pytest.param("ﺍﻟﺴﻼﻡ", "السلام", id="presentation forms"),
        pytest.param("ﷲ ﷺ ﻻ", "الله صلي الله عليه وسلم لا", id="ligatures"),
        pytest.param("شكراﹰ", "شكرا", id="a mark on a space of its own"),
        pytest.param("می\u200cشود", "ميشود", id="the joiner"),
        pytest.param("RT\u00a0News", "rt news", id="case and spaces"),
        pytest.param("سؤال رئيس", "سؤال رئيس", id="hamza carriers stay"),
    ],
)
def test_what_readers_take_for_the_same_matches(written: str, matched: str) -> None:
    assert normalised_text(written, "match") == matched


def test_the_index_joins_hamza_carriers_and_accents() -> None:
    assert normalised_text("شؤون الرئيس Café", "index") == "شوون الرييس cafe"


def test_readers_still_see_marks_digits_and_tatweel() -> None:
    text = "قال مُحَمَّد: «كـــلا» في ٢٠٢٣"
    assert normalised_text(text, "display") == text
    assert normalised_text(f"\u200f{text}\u200b", "display") == text
