"""Marks in a text: whatever spans there are, the text stays itself and what is shown is well-formed."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tawatur.web.marks import Mark, mark_paragraphs, mark_text

TEXTS = st.text(alphabet="اب <>&\"'\n\u0629x", max_size=40)
SPANS = st.lists(st.tuples(st.integers(-2, 42), st.integers(-2, 42)), max_size=8)


def marks_of(spans: list[tuple[int, int]]) -> list[Mark]:
    return [
        Mark(
            start=start,
            end=end,
            kind="name",
            anchor=f"name-{number}",
            told_by="said" if number % 2 else None,
            rank=number % 3,
        )
        for number, (start, end) in enumerate(spans)
    ]


def text_of(markup: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", markup))


@given(TEXTS, SPANS)
def test_the_text_stays_itself_and_every_mark_that_is_a_place_in_it_is_there_once(
    text: str, spans: list[tuple[int, int]]
) -> None:
    marks = marks_of(spans)
    written = mark_text(text, marks)
    assert text_of(written) == text
    root = etree.fromstring(f"<p>{written}</p>")
    standing = {str(mark.anchor) for mark in marks if 0 <= mark.start < mark.end <= len(text)}
    ids = [str(element.get("id")) for element in root.iter("mark") if element.get("id")]
    assert sorted(ids) == sorted(standing)
    assert len(root.xpath("//*[@tabindex]")) == sum(
        mark.told_by is not None for mark in marks if mark.anchor in standing
    )


@given(TEXTS, SPANS)
def test_paragraphs_are_those_of_the_text_and_carry_what_stands_in_them(
    text: str, spans: list[tuple[int, int]]
) -> None:
    marks = marks_of(spans)
    written = mark_paragraphs(text, marks)
    assert [text_of(paragraph) for paragraph in written] == [line for line in text.split("\n") if line.strip()]
    ids = [
        element.get("id")
        for paragraph in written
        for element in etree.fromstring(f"<p>{paragraph}</p>").iter("mark")
        if element.get("id")
    ]
    assert len(ids) == len(set(ids))
    for mark in marks:
        if 0 <= mark.start < mark.end <= len(text) and text[mark.start : mark.end].strip():
            assert mark.anchor in ids


def test_a_mark_within_another_is_nested_and_one_that_overlaps_is_parted() -> None:
    within = mark_text("قال بوتين أمس", [Mark(start=4, end=9, kind="name"), Mark(start=0, end=9, kind="quote")])
    assert within == '<mark class="quote">قال <mark class="name">بوتين</mark></mark> أمس'
    across = mark_text("abcd", [Mark(start=0, end=2, kind="x", anchor="x"), Mark(start=1, end=3, kind="y", anchor="y")])
    assert across == ('<mark class="x" id="x">a<mark class="y" id="y">b</mark></mark><mark class="y">c</mark>d')


def test_a_mark_of_less_weight_is_parted_by_one_of_more() -> None:
    written = mark_text(
        "abcd", [Mark(start=0, end=2, kind="x", anchor="x", rank=1), Mark(start=1, end=3, kind="y", anchor="y")]
    )
    assert written == '<mark class="x" id="x">a</mark><mark class="y" id="y"><mark class="x">b</mark>c</mark>d'


def test_words_of_a_speaker_bring_no_markup() -> None:
    written = mark_text("نعم", [Mark(start=0, end=3, kind="quote", says='"><script>', told_by="said-1")])
    assert "<script>" not in written
    assert etree.fromstring(f"<p>{written}</p>")[0].get("data-says") == '"><script>'
