"""Accounts that cannot both be right stand side by side with who gives them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model import Article
from tawatur.stories.disputes import find_disputes
from tawatur.stories.figures import find_figures

NOON = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)


def article(id_: str, body: str, *, hours: float = 0, source: str = "almadar") -> Article:
    return Article(id=id_, url=None, source=source, title="خبر", body=body, published=NOON + timedelta(hours=hours))


def disputes(*articles: Article) -> list[list[tuple[str | None, str]]]:
    found = find_disputes(articles, {}, {}, find_figures(articles, {}, {}))
    by_id = {one.id: one for one in articles}
    for dispute in found:
        for claim in dispute.claims:
            assert getattr(by_id[claim.article], claim.field)[claim.start : claim.end] == claim.text
    return [[(claim.who, claim.text) for claim in dispute.claims] for dispute in found]


@pytest.mark.parametrize(
    ("body", "claim", "who", "denial"),
    [
        (
            "اتهمت بلدية الميناء شركة الكهرباء بقطع التيار عن المضخات، ونفت إدارة الشركة ذلك نفيا قاطعا.",
            "اتهمت بلدية الميناء شركة الكهرباء بقطع التيار عن المضخات",
            "إدارة الشركة",
            "ونفت إدارة الشركة ذلك نفيا قاطعا.",
        ),
        (
            "قال النائب سالم الحداد إن العقد وقع من دون مناقصة. ورفض وزير النقل الاتهام.",
            "قال النائب سالم الحداد إن العقد وقع من دون مناقصة.",
            "وزير النقل",
            "ورفض وزير النقل الاتهام.",
        ),
        (
            "ويبلغ عدد سكان الوادي وفق البلدية نحو 90 ألفا، وهو رقم تشكك فيه الوزارة التي تقول إنه أقل.",
            "ويبلغ عدد سكان الوادي وفق البلدية نحو 90 ألفا",
            "الوزارة",
            "وهو رقم تشكك فيه الوزارة التي تقول إنه أقل.",
        ),
    ],
)
def test_a_denial_stands_beside_what_it_points_back_to(body: str, claim: str, who: str, denial: str) -> None:
    [[(_, said), (denier, denied)]] = disputes(article("a", body))
    assert (said, denier, denied) == (claim, who, denial)


def test_a_denial_that_says_what_it_denies_needs_nothing_beside_it() -> None:
    assert disputes(article("a", "نفت الوزارة وجود نية لرفع الأسعار خلال العام الحالي أو الذي يليه.")) == []


def test_a_count_of_the_dead_that_somebody_else_gives_lower_is_disputed() -> None:
    one = article("a", "ارتفع عدد قتلى السيول إلى 11300 بحسب الهلال الأحمر.")
    other = article("b", "خفض مكتب الأمم المتحدة حصيلة القتلى إلى 3958 قتيلا.", hours=30, source="sada")
    [[(_, first), (_, second)]] = disputes(one, other)
    assert (first, second) == (one.body, other.body)


def test_a_count_that_rises_is_a_figure_brought_up_to_date() -> None:
    one = article("a", "ارتفع عدد قتلى السيول إلى 20 شخصا.")
    assert disputes(one, article("b", "ارتفع عدد قتلى السيول إلى 68 شخصا.", hours=3, source="sada")) == []


@given(st.text("نفت ذلك الاتهام، و.\n شكوى", max_size=120))
def test_any_text_is_answered(body: str) -> None:
    disputes(article("a", body))
