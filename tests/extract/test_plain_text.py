"""Articles as plain text: the aggregator's form, and what other such pages do to it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tawatur.errors import ExtractionError
from tawatur.extract import read_document, read_plain_text

TITLE = "مجلس المدينة يقر خطة جديدة للنقل العام"
TEXT = (
    "أقر مجلس المدينة في جلسته أمس خطة جديدة للنقل العام تشمل ثلاثين حافلة كهربائية ومسارين للدراجات.\n"
    "وقال رئيس المجلس إن الخطة تبدأ مطلع العام المقبل وتستمر خمس سنوات.\n"
    "وأضاف أن التذاكر ستبقى على حالها في السنة الأولى."
)


def test_the_aggregators_form_is_read_whole() -> None:
    article = read_plain_text(
        f"{TITLE}\nتاريخ النشر: 3rd, May 2024 GMT\n{TEXT}\nالمصدر: صوت الميناء\nكلمات دلالية: نقل حافلات مدينة\n"
        "إقرأ أيضاً:\nافتتاح محطة القطار الشمالية\nافتتحت اليوم محطة القطار الشمالية بحضور الوزير وعدد من النواب.\n"
        "وقال الوزير إن المحطة تخدم أربعين ألف راكب"
    ).article
    assert article.title == TITLE
    assert article.body == TEXT
    assert (article.published, article.precision) == (date(2024, 5, 3), "day")
    assert article.credit is not None
    assert article.credit.name == "صوت الميناء"
    assert article.tags == ("نقل حافلات مدينة",)
    assert [link.title for link in article.read_also] == ["افتتاح محطة القطار الشمالية"]
    assert article.url is None
    assert len(article.id) == 16


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(f"{TITLE}\n{TEXT}", id="no label at all"),
        pytest.param(f"{TITLE}\nالمصدر: صوت الميناء\n{TEXT}", id="credit over the text"),
        pytest.param(
            f"{TITLE}\n\n{TEXT}\n\nكلمات مفتاحية:\nنقل، حافلات\nالمصدر:\nصوت الميناء", id="labels alone on their lines"
        ),
        pytest.param(
            f"تاريخ الخبر: 2024/05/03\n{TITLE}\n{TEXT}\nشارك الخبر\nتابعونا على فيسبوك", id="date first, calls last"
        ),
        pytest.param(
            f"{TITLE}\n{TEXT}\nقد يعجبك أيضا\nخبر آخر عن حافلات المدينة\nخبر ثالث عن الدراجات", id="several others"
        ),
        pytest.param(f"{TITLE}\n{TITLE}\n{TEXT}", id="headline printed twice"),
    ],
)
def test_labels_may_be_missing_or_in_another_order(page: str) -> None:
    article = read_plain_text(page).article
    assert article.title == TITLE
    assert article.body == TEXT


def test_several_related_titles_are_kept_apart() -> None:
    article = read_plain_text(f"{TITLE}\n{TEXT}\nاقرأ أيضا\nخبر آخر عن حافلات المدينة\nخبر ثالث عن الدراجات").article
    assert [link.title for link in article.read_also] == ["خبر آخر عن حافلات المدينة", "خبر ثالث عن الدراجات"]


def test_a_relative_date_without_a_fetch_is_unknown() -> None:
    assert read_plain_text(f"{TITLE}\nنشر منذ ٣ ساعات\n{TEXT}").article.published is None


def test_a_relative_date_counts_from_the_fetch() -> None:
    fetched = datetime(2024, 5, 3, 12, tzinfo=UTC)
    article = read_plain_text(f"{TITLE}\nنشر منذ ٣ ساعات\n{TEXT}", fetched=fetched).article
    assert article.published == datetime(2024, 5, 3, 9, tzinfo=UTC)


def test_a_sentence_that_begins_like_a_label_stays() -> None:
    body = "المصدر الأول للقلق هو ارتفاع الأسعار الذي يعاني منه سكان الأحياء القديمة منذ أشهر طويلة."
    assert read_plain_text(f"{TITLE}\n{body}").article.body == body


@pytest.mark.parametrize(("text", "reason"), [("", "no_text"), ("عنوان", "no_text"), (f"{TITLE}\nقريبا", "too_short")])
def test_a_text_without_an_article_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ExtractionError) as refused:
        read_plain_text(text)
    assert refused.value.reason == reason


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"PK\x03\x04"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(ExtractionError) as refused:
        read_document(data)
    assert refused.value.reason == "not_html"


def test_the_reference_page_is_read_without_a_flaw(pytestconfig: pytest.Config) -> None:
    seed = pytestconfig.rootpath.parent / "shared" / "seed"
    if not seed.is_dir():
        pytest.skip("the reference page is not here")
    article = read_document(next(Path(seed).glob("*.txt")).read_bytes()).article
    assert (article.published, article.precision) == (date(2023, 9, 20), "day")
    assert article.body.startswith("أعرب الرئيس")
    assert article.body.endswith("لاتشين.")
    assert article.credit is not None
    assert article.credit.name == "البوابة نيوز"
    assert len(article.tags) == 1
    assert len(article.read_also) == 1
