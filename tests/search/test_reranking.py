"""What lifts one candidate above another that holds the same words."""

from __future__ import annotations

import pytest

from tawatur.search import SearchQuery

FILLING = "وكان الطقس معتدلا في سائر الأيام ولم يحدث ما يستحق الذكر بين الناس هناك "


@pytest.fixture
def ranked(document, index_of):
    def rank(query, **bodies):
        others = [document(f"other{n}", f"{FILLING} {n}") for n in range(8)]
        index = index_of([*(document(id_, body) for id_, body in bodies.items()), *others])
        return [hit.id for hit in index.search(SearchQuery(text=query)).hits]

    return rank


def test_words_near_each_other_come_before_words_far_apart(ranked):
    far = f"{FILLING} المعبر {FILLING * 4} الحدودي {FILLING}"
    near = f"{FILLING} {FILLING * 4} المعبر الحدودي {FILLING}"
    assert ranked("المعبر الحدودي", far=far, near=near) == ["near", "far"]


def test_what_an_article_opens_with_comes_before_what_it_ends_with(ranked):
    opening = f"المعبر {FILLING * 8}"
    ending = f"{FILLING * 8} المعبر"
    assert ranked("المعبر", ending=ending, opening=opening) == ["opening", "ending"]


def test_words_in_the_order_asked_come_before_the_same_words_turned_round(ranked):
    asked = f"{FILLING * 8} مجلس الوزراء {FILLING}"
    turned = f"{FILLING * 8} الوزراء مجلس {FILLING}"
    assert ranked("مجلس الوزراء", turned=turned, asked=asked) == ["asked", "turned"]


def test_a_word_as_typed_comes_before_another_form_of_it(ranked):
    typed = f"{FILLING * 8} الانتخابات {FILLING}"
    other = f"{FILLING * 8} انتخابهم {FILLING}"
    assert ranked("الانتخابات", other=other, typed=typed) == ["typed", "other"]


def test_a_name_is_read_under_its_other_name(ranked):
    assert ranked("داعش", named="هاجم تنظيم الدولة الإسلامية القرية", plain=FILLING) == ["named"]
