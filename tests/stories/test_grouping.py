"""Stories of a stream of articles."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tawatur.model import Article
from tawatur.stories.features import text_to_embed
from tawatur.stories.grouping import Grouper
from tawatur.stories.linking import link
from tawatur.stories.register import Register
from tawatur.text.vectors import embed

NOON = datetime(2023, 9, 9, 12, tzinfo=UTC)
TEXTS = {
    "quake-a": (
        "زلزال قوي يضرب الحوز في المغرب",
        "ضرب زلزال بقوة 6.8 درجات إقليم الحوز في المغرب وأودى بحياة 296 شخصا.",
    ),
    "match": ("الهلال يفوز على النصر في ديربي الرياض", "فاز الهلال على النصر بهدفين لهدف في ديربي الرياض مساء السبت."),
    "quake-b": (
        "296 قتيلا في زلزال الحوز بالمغرب",
        "أودى زلزال بقوة 6.8 درجات ضرب إقليم الحوز في المغرب بحياة 296 شخصا.",
    ),
    "oil": ("النفط يتجاوز تسعين دولارا للبرميل", "تجاوز سعر خام برنت تسعين دولارا للبرميل بعد تمديد خفض الإنتاج."),
}


def articles() -> list[Article]:
    return [
        Article(
            id=name,
            url=None,
            source=f"outlet-{at}",
            title=title,
            body=body,
            published=NOON + timedelta(hours=at),
            precision="second",
        )
        for at, (name, (title, body)) in enumerate(TEXTS.items())
    ]


def grouped(stream: list[Article]) -> set[frozenset[str]]:
    grouper = Grouper()
    for article, vector in zip(stream, embed([text_to_embed(article) for article in stream]), strict=True):
        grouper.add(article, None, vector)
    found: dict[str | None, set[str]] = {}
    for article in stream:
        found.setdefault(grouper.story_of(article.id), set()).add(article.id)
    return {frozenset(group) for group in found.values()}


def test_one_happening_by_two_outlets_is_one_story_and_others_stand_alone():
    assert grouped(articles()) == {frozenset({"quake-a", "quake-b"}), frozenset({"match"}), frozenset({"oil"})}


def test_the_order_of_arrival_changes_no_story():
    assert grouped(articles()[::-1]) == grouped(articles())


@pytest.mark.parametrize(
    "body", ["", "Only Latin text", "\u202e\ufdfa" * 50, "كلمة " * 50_000], ids=["empty", "latin", "signs", "long"]
)
def test_any_article_gets_a_story(body):
    article = Article(id="1", url=None, source=None, title=None, body=body)
    assert grouped([article]) == {frozenset({"1"})}


def test_a_copy_stands_in_its_originals_story():
    grouper = Grouper()
    first, *_ = articles()
    copy = Article(id="copy", url=None, source="other", title="نص آخر تماما", body="كلام آخر")
    vector = np.zeros(512, np.float32)
    grouper.add(first, None, vector)
    (placement,) = grouper.add(copy, None, vector, copy_of=first.id)
    assert (placement.story, placement.copy_of) == (grouper.story_of(first.id), first.id)
    assert grouper.story_of("copy") == grouper.story_of(first.id)


def test_an_id_that_came_before_is_left_alone():
    grouper = Grouper()
    first, *_ = articles()
    grouper.add(first, None, np.zeros(512, np.float32))
    assert grouper.add(first, None, np.zeros(512, np.float32)) == ()


def test_a_merged_story_leads_on_and_the_larger_part_keeps_its_id():
    register = Register(100)
    register.name([["a", "b"], ["c"]])
    register.name([["a", "b", "c"]])
    assert register.story_of("c") == "a"
    assert register.story("c") == "a"
    register.name([["a"], ["b", "c"]])
    assert register.story_of("b") == register.story_of("c") == "a"
    assert register.story_of("a") not in (None, "a", "c")


def test_one_odd_pair_joins_nothing():
    odds = np.full((4, 4), -6.0)
    odds[0, 1] = odds[1, 0] = odds[2, 3] = odds[3, 2] = 3.0
    odds[1, 2] = odds[2, 1] = 1.0
    assert link(odds, -1.5) == [[0, 1], [2, 3]]
