"""Read also: what is of the affair, in its order, and silence where nothing fits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tawatur.model import Article
from tawatur.stories.features import sketch, text_to_embed
from tawatur.stories.related import RelatedFinder
from tawatur.text.vectors import embed

NOON = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)


def article(id_: str, title: str, body: str, *, hours: float = 0, source: str = "almadar") -> Article:
    return Article(id=id_, url=None, source=source, title=title, body=body, published=NOON + timedelta(hours=hours))


BRIDGE = article(
    "bridge",
    "انهيار جسر في مدينة سنار السودانية",
    "انهار جسر سنار على النيل الأزرق فجر الثلاثاء بعد فيضان النهر، وقطعت الطريق بين سنار والدمازين في السودان.",
)
BRIDGE_TOO = article(
    "bridge-too",
    "جسر سنار ينهار تحت ضغط فيضان النيل الأزرق",
    "قالت السلطات السودانية إن جسر سنار على النيل الأزرق انهار فجر الثلاثاء جراء الفيضان وتوقفت الحركة إلى الدمازين.",
    hours=1,
    source="sada",
)
FERRY = article(
    "ferry",
    "عبارات تنقل المسافرين بعد انهيار جسر سنار",
    "بدأت عبارات نهرية نقل المسافرين بين ضفتي النيل الأزرق قرب سنار بعد انهيار الجسر بسبب فيضان النيل الأزرق.",
    hours=26,
)
CHESS = article(
    "chess",
    "لاعبة شطرنج مغربية تفوز ببطولة العرب",
    "فازت لاعبة الشطرنج المغربية سلمى بلقاسم ببطولة العرب للسيدات بعد تعادلها في الجولة الأخيرة.",
)


@pytest.fixture(scope="module")
def finder() -> RelatedFinder:
    found = RelatedFinder()
    articles = [BRIDGE, BRIDGE_TOO, FERRY, CHESS]
    for each, vector in zip(articles, embed([text_to_embed(each) for each in articles]), strict=True):
        found.take(sketch(each, None, vector))
    return found


def test_other_reports_of_the_affair_are_shown_with_the_reason(finder: RelatedFinder) -> None:
    why = {each.other: each.why for each in finder.related("bridge")}
    assert set(why) == {"bridge-too", "ferry"}
    assert why["ferry"] in {"after", "same-affair"}


def test_an_article_of_no_affair_gets_nothing(finder: RelatedFinder) -> None:
    assert finder.related("chess") == ()


def test_a_copy_is_never_shown(finder: RelatedFinder) -> None:
    original = {"bridge-too": "bridge"}.get
    assert [each.other for each in finder.related("bridge", original)] == ["ferry"]


def test_of_two_copies_one_is_shown(finder: RelatedFinder) -> None:
    original = {"bridge-too": "bridge"}.get
    assert len(finder.related("ferry", original)) == 1


def test_an_unknown_article_gets_nothing(finder: RelatedFinder) -> None:
    assert finder.related("nowhere") == ()
