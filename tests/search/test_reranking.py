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


def test_a_question_is_not_answered_by_the_words_it_is_put_in(ranked):
    asking = f"{FILLING} ما اسم هذا وما عدد الأسماء {FILLING}"
    answer = f"{FILLING} الدوحة عاصمة قطر {FILLING}"
    assert ranked("ما اسم عاصمة قطر؟", asking=asking, answer=answer) == ["answer"]


def test_an_answer_need_not_hold_every_word_of_a_question(ranked):
    answer = f"{FILLING} افتتح الجسر المعلق عام 1998 {FILLING}"
    others = {f"near{n}": f"{FILLING} شيد المهندسون الجسر المعلق الكبير {n} {FILLING}" for n in range(4)}
    assert "answer" in ranked("متى شيد المهندسون الجسر المعلق", answer=answer, **others)


def test_by_date_an_article_holds_nearly_all_of_the_words(index_of, document):
    held = [document(f"all{n}", "شيد المهندسون الجسر المعلق الكبير") for n in range(4)]
    index = index_of([*held, document("two", "افتتح الجسر المعلق", day=9)])
    query = "المهندسون الجسر المعلق الكبير"
    assert index.search(SearchQuery(text=query)).total == 5
    assert index.search(SearchQuery(text=query, sort="newest")).total == 4


def test_a_short_question_is_answered_by_one_of_its_words(ranked):
    answer = f"{FILLING} شيده المهندسون قرب الميناء {FILLING}"
    others = {f"both{n}": f"{FILLING} بنى المهندسون الجسر {n} {FILLING}" for n in range(4)}
    assert "answer" in ranked("متى بنى المهندسون", answer=answer, **others)
