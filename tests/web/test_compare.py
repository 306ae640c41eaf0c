"""What changed between two states of an article."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from tawatur.model import Article
from tawatur.store import Version
from tawatur.web.compare import REVISIONS, compare_paragraphs, compare_words, revisions

SEEN = datetime(2023, 9, 20, 12, tzinfo=UTC)
FIRST = Article(id="1", url=None, source=None, title="ارتفاع الحصيلة إلى 12", body="الأولى.\nالثانية كما هي.\nالثالثة.")

LINES = st.lists(st.text("ابتث \u00e9x.", max_size=12), max_size=8).map("\n".join)


def test_an_edited_word_is_shown_beside_what_stood_there() -> None:
    pieces = compare_words("قتل 12 شخصا في الحادث", "قتل 15 شخصا في الحادث")
    assert pieces is not None
    assert [(piece.kind, piece.text) for piece in pieces if piece.kind != "same"] == [
        ("removed", "12"),
        ("added", "15"),
    ]


def test_words_that_took_each_others_place_are_a_phrase() -> None:
    pieces = compare_words(
        "قال أمين المظالم في الإقليم أمس إن عشرات أصيبوا", "قال أمين المظالم في الإقليم أمس إن أكثر من مئة أصيبوا"
    )
    assert pieces is not None
    changed = [(piece.kind, piece.text) for piece in pieces if piece.kind != "same"]
    assert changed == [("removed", "عشرات"), ("added", "أكثر من مئة")]


def test_spaces_do_not_make_two_texts_one() -> None:
    assert compare_words("كلام قديم تماما هنا", "نص آخر لا يشبهه") is None


def test_paragraphs_with_little_in_common_are_not_mixed() -> None:
    kinds = [change.kind for change in compare_paragraphs("كلام قديم تماما هنا", "نص آخر لا يشبهه أبدا")]
    assert kinds == ["removed", "added"]


def test_paragraphs_that_stayed_are_folded_with_their_count() -> None:
    [same, added] = compare_paragraphs("أ\nب\nج", "أ\nب\nج\nد")
    assert (same.kind, same.count, added.kind) == ("same", 3, "added")


@given(LINES, LINES)
def test_a_comparison_loses_no_paragraph_and_no_word(old: str, new: str) -> None:
    changes = compare_paragraphs(old, new)
    stayed = sum(change.count for change in changes if change.kind == "same")
    before = sum(change.kind in ("removed", "edited") for change in changes) + stayed
    after = sum(change.kind in ("added", "edited") for change in changes) + stayed
    assert before == (len(old.split("\n")) if old else 0)
    assert after == (len(new.split("\n")) if new else 0)


@given(st.text("ابت  x", max_size=40), st.text("ابت  x", max_size=40))
def test_the_pieces_of_a_paragraph_make_both_its_states(old: str, new: str) -> None:
    pieces = compare_words(old, new)
    if pieces is not None:
        assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
        assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


def test_one_enormous_paragraph_is_compared_in_bounded_work() -> None:
    old, new = "كلمة " * 200_000, "لفظة " * 200_000
    assert [change.kind for change in compare_paragraphs(old, new)] == ["removed", "added"]


def test_a_page_made_to_be_slow_is_given_up_word_by_word_but_still_shown() -> None:
    words = [" ".join("ab"[(row * 7 + word * word) % 2] for word in range(490)) for row in range(100)]
    old = "\n".join(f"{line} {row}" for row, line in enumerate(words))
    new = "\n".join(f"{line} -{row}" for row, line in enumerate(words))
    kinds = {change.kind for change in compare_paragraphs(old, new)}
    assert kinds == {"edited", "removed", "added"}


def test_only_the_newest_of_very_many_states_are_compared() -> None:
    history = [Version(article=replace(FIRST, title=f"عنوان {number}"), seen_at=SEEN) for number in range(200)]
    compared = revisions(history)
    assert len(compared) == REVISIONS
    assert compared[0].article.title == "عنوان 199"


def test_revisions_come_newest_first_and_name_the_parts_that_changed() -> None:
    second = replace(FIRST, title="ارتفاع الحصيلة إلى 15", published=date(2023, 9, 20), precision="day")
    third = replace(second, body="الأولى.\nالثانية كما هي.")
    history = [Version(article=state, seen_at=SEEN) for state in (FIRST, second, third)]
    assert [[change.part for change in revision.changes] for revision in revisions(history)] == [
        ["body"],
        ["title", "published"],
    ]


def test_an_article_seen_once_has_no_revisions() -> None:
    assert revisions([Version(article=FIRST, seen_at=SEEN)]) == ()
