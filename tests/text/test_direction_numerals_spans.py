"""Which way a text runs, what its numbers are, and where its words stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.text import Span, ascii_digits, isolate, read_number, strip_controls, text_direction
from tawatur.text.numerals import number_words, ordinal_words


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        pytest.param("BBC: بوتين يلتقي علييف", "rtl", id="a Latin name first"),
        pytest.param("The word «خبر» means news", "ltr", id="an Arabic word inside"),
        pytest.param("שלום", "rtl", id="Hebrew"),
        pytest.param("Привет, мир", "ltr", id="Cyrillic"),
        pytest.param("2023 - 09", "rtl", id="no letters"),
    ],
)
def test_the_majority_of_letters_gives_the_direction(text: str, direction: str) -> None:
    assert text_direction(text) == direction


def test_without_letters_the_default_holds() -> None:
    assert text_direction("123", default="ltr") == "ltr"


@given(st.text())
def test_an_isolated_text_cannot_turn_what_follows(text: str) -> None:
    isolated = isolate(text)
    assert isolated[0] == "\u2068"
    assert isolated[-1] == "\u2069"
    assert strip_controls(isolated) == strip_controls(text) == isolated[1:-1]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("١٬٢٣٤٫٥", 1234.5),
        ("٢٠٢٣", 2023),
        ("۱۲", 12),
        ("12,500", 12500),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1.234.567", 1234567),
        ("3,5", 3.5),
        ("-7", -7),
        ("12 شخصا", None),
        ("", None),
    ],
)
def test_numbers_are_read_with_the_separators_of_each_region(text: str, number: float | None) -> None:
    assert read_number(text) == number


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    number = read_number(text)
    assert number is None or isinstance(number, (int, float))
    assert len(ascii_digits(text)) == len(text)


@pytest.mark.parametrize(
    ("phrase", "number"),
    [("ثلاثه ايام", (3, 1)), ("احد عشر يوما", (11, 2)), ("خمس وعشرين", (25, 2)), ("عشرون", (20, 1)), ("كتاب", None)],
)
def test_counts_written_out_are_read(phrase: str, number: tuple[int, int] | None) -> None:
    assert number_words(phrase.split()) == number


def test_ordinals_written_out_are_read() -> None:
    assert ordinal_words(["الحادي", "والعشرين"]) == (21, 2)
    assert ordinal_words(["الثانيه", "عشره"]) == (12, 2)
    assert ordinal_words([]) is None


def test_a_span_is_the_words_it_names() -> None:
    text = "قال بوتين أمس"
    name = Span(4, 9)
    assert name.of(text) == "بوتين"
    assert Span(0, 9).covers(name)
    assert name.overlaps(Span(8, 12))
    assert not name.overlaps(Span(4, 9, "title"))
