"""Stories of a stream of articles."""

from datetime import UTC, datetime, timedelta
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model import Article
from tawatur.model.analysis import Analysis, Entity
from tawatur.stories.features import sketch, text_to_embed
from tawatur.stories.grouping import Grouper, GroupingOptions
from tawatur.stories.linking import link
from tawatur.stories.register import Register
from tawatur.text.spans import Span
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


def test_ids_that_lead_on_are_forgotten_with_the_articles():
    register = Register(2)
    for number in range(6):
        register.name([[f"{number}a"], [f"{number}b"]])
        register.name([[f"{number}a", f"{number}b"]])
    assert register.story("5b") == "5a"
    assert register.story("0b") == "0b"


def test_one_odd_pair_joins_nothing():
    odds = np.full((4, 4), -6.0)
    odds[0, 1] = odds[1, 0] = odds[2, 3] = odds[3, 2] = 3.0
    odds[1, 2] = odds[2, 1] = 1.0
    assert link(odds, np.zeros((4, 4)), -1.5) == [[0, 1], [2, 3]]


def test_what_two_groups_have_in_common_as_wholes_counts():
    odds = np.full((4, 4), -1.9)
    odds[0, 1] = odds[1, 0] = odds[2, 3] = odds[3, 2] = 3.0
    apart, alike = np.zeros((4, 4)), np.full((4, 4), 0.5)
    assert link(odds, apart, -1.25) == [[0, 1], [2, 3]]
    assert link(odds, alike, -1.25) == [[0, 1, 2, 3]]


@given(st.permutations(range(6)), st.integers(0, 2**31))
def test_linking_does_not_hang_on_the_order_of_its_items(order, seed):
    chance = np.random.default_rng(seed)
    odds, texts = chance.uniform(-7, 4, (6, 6)), chance.uniform(0, 1, (6, 6))
    odds, texts = (odds + odds.T) / 2, (texts + texts.T) / 2
    among = np.ix_(order, order)
    found = {frozenset(order[at] for at in group) for group in link(odds[among], texts[among], -1.25)}
    assert found == {frozenset(group) for group in link(odds, texts, -1.25)}


MATCHES = [
    ("الهلال يهزم النصر بثلاثية في ديربي الرياض", "فاز الهلال على النصر بثلاثة أهداف لهدف في ديربي الرياض مساء السبت."),
    (
        "الهلال يكتسح النصر في الديربي",
        "اكتسح الهلال غريمه النصر بثلاثة أهداف لهدف في ديربي الرياض مساء السبت في الدوري.",
    ),
    ("الأهلي يتعادل مع الاتحاد في ديربي جدة", "تعادل الأهلي مع الاتحاد بهدف لمثله في ديربي جدة مساء السبت."),
    ("تعادل الأهلي والاتحاد في جدة", "انتهى ديربي جدة بين الأهلي والاتحاد بالتعادل بهدف لمثله مساء السبت في الدوري."),
]


def test_two_matches_are_two_stories_and_one_match_of_two_outlets_is_one():
    stream = [
        Article(id=str(at), url=None, source=f"outlet-{at}", title=title, body=body, published=NOON, precision="second")
        for at, (title, body) in enumerate(MATCHES)
    ]
    assert grouped(stream) == {frozenset({"0", "1"}), frozenset({"2", "3"})}


CONGRATULATED = [
    ("مالطا", "جورج فيلا", "الوطني"),
    ("كندا", "جاستن ترودو", "الوطني"),
    ("الأرجنتين", "ألبرتو فرنانديز", "الوطني"),
]


def named(article: Article, name: str, kind: Literal["LOC", "PER"]) -> Entity:
    start = article.body.index(name)
    return Entity(text=name, type=kind, canonical=name, spans=(Span(start, start + len(name)),))


def test_one_form_with_other_names_is_another_story():
    stream = [
        Article(
            id=country,
            url=None,
            source="وكالة",
            title=f"الأمير يهنئ رئيس {country} باليوم {day} لبلاده",
            body=f"بعث سمو الأمير ببرقية تهنئة إلى رئيس جمهورية {country} {person} عبر فيها عن خالص تهانيه بمناسبة "
            f"اليوم {day} لبلاده، متمنيا لفخامته موفور الصحة والعافية ولشعب بلاده الصديق المزيد من التقدم والازدهار.",
            published=NOON,
            precision="second",
        )
        for country, person, day in CONGRATULATED
    ]
    grouper = Grouper()
    for article, (country, person, _), vector in zip(
        stream, CONGRATULATED, embed([text_to_embed(article) for article in stream]), strict=True
    ):
        names = (named(article, country, "LOC"), named(article, person, "PER"))
        grouper.add(article, Analysis(id=article.id, made_by="test", entities=names), vector)
    assert len({grouper.story_of(article.id) for article in stream}) == len(stream)


FOREIGN = {
    "en": ("Powerful earthquake hits Al Haouz in Morocco, 296 dead", "A powerful earthquake hit Morocco's Al Haouz."),
    "ru": (
        "Мощное землетрясение в Марокко: 296 погибших",
        "Мощное землетрясение произошло в Марокко, погибли 296 человек.",
    ),
    "en-oil": (
        "Oil climbs above 90 dollars a barrel",
        "Brent crude passed 90 dollars after output cuts were extended.",
    ),
}


def test_articles_in_other_languages_stand_in_the_arabic_story():
    stream = articles() + [
        Article(id=name, url=None, source=name, title=title, body=body, published=NOON, precision="second")
        for name, (title, body) in FOREIGN.items()
    ]
    expected = {frozenset({"quake-a", "quake-b", "en", "ru"}), frozenset({"match"}), frozenset({"oil", "en-oil"})}
    assert grouped(stream) == grouped(stream[::-1]) == expected


def test_articles_that_the_window_left_keep_their_stories():
    grouper = Grouper(GroupingOptions(least_live=4, hours_live=1.0))
    stream = articles()
    for late in range(6):
        body = f"خبر منفرد رقم {late} عن أمر لا صلة له بغيره"
        stream.append(
            Article(
                id=f"late-{late}",
                url=None,
                source="outlet",
                title=body,
                body=body,
                published=NOON + timedelta(hours=90 + 5 * late),
                precision="second",
            )
        )
    for article in stream:
        grouper.add(article, None, embed([text_to_embed(article)])[0])
    assert grouper.story_of("quake-a") == grouper.story_of("quake-b") is not None
    assert grouper.story_of("late-5") is not None


@pytest.mark.parametrize(
    ("headline", "explains"),
    [
        ("من هو رئيس الوزراء الجديد؟", True),
        ("إنفوغرافيك.. أبرز الزلازل", True),
        ("استقالة رئيس الوزراء", False),
        ("", False),
    ],
)
def test_a_headline_that_explains_is_told_from_one_that_reports(headline, explains):
    article = Article(id="1", url=None, source=None, title=headline, body="نص")
    assert sketch(article, None, np.zeros(512, np.float32)).explains is explains
