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


@pytest.mark.parametrize(
    "body",
    [
        # The speaker himself denies what stands before.
        'نقلت الوكالة بيان السفارة وجاء فيه: "لم نشارك في الاجتماع قط، وتنفي السفارة هذه الاتهامات جملة".',
        # A refusal is no denial.
        "طالب سكان الحي البلدية بفتح الطريق الدائري قبل العيد. ورفضت البلدية ذلك.",
        # What it denies stands after it.
        "قال النائب إن العقد وقع من دون مناقصة. ونفى الوزير استشارته في الأمر.",
    ],
)
def test_what_only_looks_like_a_denial_is_none(body: str) -> None:
    assert disputes(article("a", body)) == []


def test_who_turns_against_what_stood_before_is_the_denier() -> None:
    body = "قال النائب سالم الحداد إن العقد وقع من دون مناقصة. لكن الوزير، الذي يرأس اللجنة، نفى هذه الاتهامات."
    [[(_, claim), (_, denial)]] = disputes(article("a", body))
    assert (claim, denial) == tuple(f"{sentence}." for sentence in body.removesuffix(".").split(". "))


def test_the_dead_of_a_day_are_no_lower_count_of_the_dead_of_years() -> None:
    one = article("a", "ارتفع عدد قتلى السيول إلى 2500 شخص.")
    assert disputes(one, article("b", "قتل عشرة أشخاص في السيول الاثنين.", hours=30, source="sada")) == []


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
