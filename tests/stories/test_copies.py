"""Copies: what is a reprint, what is template news, and which of two texts came first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model import Article, Credit
from tawatur.press.almanac import Almanac
from tawatur.press.edition import Edition
from tawatur.press.texts import drafts
from tawatur.press.truth import COPY_SHARE, read_truth
from tawatur.stories.copies import CopyFinder, CopyOptions

NOON = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)
BODY = """أعلنت بلدية المدينة الساحلية إغلاق الطريق الدائري أسبوعا كاملا بعد انهيار جزء من الجسر القديم فجر الثلاثاء.
وقال رئيس البلدية سالم الحداد إن فرق الهندسة فحصت الأعمدة المتبقية ووجدت شقوقا عميقة في اثنين منها.
وأضاف أن حركة المرور ستحول إلى الطريق الصحراوي حتى انتهاء أعمال التدعيم التي تتولاها شركة محلية.
ولم تسجل إصابات بين السائقين، غير أن شاحنة محملة بالأسمنت سقطت في مجرى الوادي بعد أن قفز سائقها منها.
وطالب سكان الأحياء المجاورة بتعويضات عن الأضرار التي لحقت بمنازلهم جراء الاهتزازات المتكررة."""


def article(id_: str, body: str = BODY, *, hours: float = 0, **fields: object) -> Article:
    given_ = {"url": None, "source": "almadar", "title": "انهيار جزء من الجسر القديم", **fields}
    return Article(id=id_, body=body, published=NOON + timedelta(hours=hours), **given_)  # type: ignore[arg-type]


def test_the_same_text_is_a_copy_of_the_first() -> None:
    finder = CopyFinder()
    assert finder.find(article("a")) is None
    assert finder.find(article("b", source="sada", hours=1)) == "a"


def test_a_cut_tail_and_another_lead_leave_a_copy() -> None:
    paragraphs = BODY.split("\n")
    reprint = "\n".join(["شهدت المدينة فجر اليوم حادثا لم تعرفه منذ عقود.", *paragraphs[1:4]])
    finder = CopyFinder()
    finder.find(article("a"))
    assert finder.find(article("b", reprint, source="sada", hours=2, title="حادث الجسر")) == "a"
    copies = finder.copies_of("a")
    assert copies is not None
    assert {"headline", "tail-cut"} <= set(copies.reprints[0].changed)


def test_marks_and_keyboards_make_no_other_text() -> None:
    finder = CopyFinder()
    finder.find(article("a"))
    assert finder.find(article("b", BODY.replace("ي", "\u06cc").replace("قال", "قَالَ"), source="sada", hours=2)) == "a"


def test_the_agency_is_the_original_even_when_its_text_comes_in_later() -> None:
    finder = CopyFinder()
    finder.find(article("a", source="sada", credit=Credit(name="واس")))
    finder.find(article("b", source="spa", hours=1))
    assert finder.original_of("a") == "b"
    assert finder.original_of("b") is None


def test_the_earlier_text_is_the_original_in_any_order_of_arrival() -> None:
    finder = CopyFinder()
    for id_, hours in (("c", 5), ("a", 0), ("b", 2)):
        finder.find(article(id_, source=id_, hours=hours))
    assert [finder.original_of(id_) for id_ in "abc"] == [None, "a", "a"]


def test_the_same_address_again_is_a_copy_of_the_first() -> None:
    finder = CopyFinder()
    finder.find(article("a", url="https://example.org/1"))
    assert finder.find(article("b", "نص آخر تماما.", url="https://example.org/1", hours=3)) == "a"


CONGRATULATION = (
    "بعث أمير البلاد ببرقية تهنئة إلى رئيس جمهورية {} عبر فيها عن خالص تهانيه بمناسبة ذكرى اليوم الوطني لبلاده، "
    "متمنيا له موفور الصحة والعافية ولجمهورية {} وشعبها الصديق المزيد من التقدم والازدهار."
)


@pytest.mark.parametrize(("one", "other"), [("بوليفيا", "جامايكا"), ("مالي", "مالطا"), ("سويسرا", "كوت ديفوار")])
def test_congratulations_to_two_countries_are_no_copies(one: str, other: str) -> None:
    finder = CopyFinder()
    finder.find(article("a", CONGRATULATION.format(one, one), title=f"الأمير يهنئ رئيس {one}"))
    found = finder.find(article("b", CONGRATULATION.format(other, other), title=f"الأمير يهنئ رئيس {other}", hours=24))
    assert found is None


def test_an_empty_article_is_a_copy_of_nothing() -> None:
    finder = CopyFinder()
    finder.find(article("a", ""))
    assert finder.find(article("b", "")) is None


def test_the_window_lets_old_texts_go() -> None:
    finder = CopyFinder(CopyOptions(most_live=2048))
    finder.find(article("first"))
    for number in range(3 * 2048):
        finder.find(Article(id=str(number), url=None, source="x", title=None, body=""))
    assert finder.find(article("again", hours=1)) is None


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_is_answered(bodies: list[str]) -> None:
    finder = CopyFinder()
    for number, body in enumerate(bodies):
        finder.find(article(str(number), body))
    for number in range(len(bodies)):
        finder.copies_of(str(number))


def press_articles() -> dict[str, Article]:
    edition = Edition(Almanac(date(2023, 9, 19)))
    found = {}
    for draft in sorted(drafts().values(), key=edition.published):
        version = edition.version(draft.id, edition.published(draft))
        if version is not None:
            found[draft.id] = replace(edition.article(version, f"https://{draft.outlet}.example"), id=draft.id)
    return found


def test_the_press_has_the_copies_its_truth_tells_of() -> None:
    finder = CopyFinder()
    articles = press_articles()
    for each in articles.values():
        finder.find(each)
    want = {each.article: each.of for each in read_truth().reprints if each.share >= COPY_SHARE}
    got = {id_: original for id_ in articles if (original := finder.original_of(id_)) is not None}
    assert got == want


SENTENCE = (
    "أصدرت المحكمة الجزائية حكمها على {} {} الجنسية، بعد أن ضبط وهو يهرب كمية كبيرة من المواد المحظورة عبر المنفذ "
    "البري، وأسفر التحقيق معه عن توجيه الاتهام إليه بما نسب إليه، وبإحالته إلى المحكمة صدر بحقه صك يقضي بثبوت ما نسب "
    "إليه شرعا، وصدق الحكم من محكمة الاستئناف ومن المحكمة العليا، وصدر أمر بإنفاذ ما تقرر، والوزارة إذ تعلن ذلك تؤكد "
    "حرصها على مكافحة المخدرات بأنواعها لما تسببه من أضرار جسيمة على الفرد والمجتمع، وتحذر كل من يقدم على ذلك بأن "
    "العقاب سيكون مصيره."
)


def test_sentences_on_two_people_in_one_formula_are_no_copies() -> None:
    finder = CopyFinder()
    first, second = SENTENCE.format("قاسم محمد الهلال", "سوري"), SENTENCE.format("فيصل عظيم شاه", "باكستاني")
    finder.find(article("a", first, title="الحكم على مهرب سوري"))
    assert finder.find(article("b", second, title="الحكم على مهرب باكستاني", source="sada", hours=9)) is None


def test_a_sentence_on_one_person_is_a_copy_in_another_spelling() -> None:
    finder = CopyFinder()
    text = SENTENCE.format("قاسم محمد الهلال", "سوري")
    finder.find(article("a", text, title="الحكم على مهرب سوري"))
    assert finder.find(article("b", text.replace("أ", "ا"), title="الحكم على مهرب", source="sada", hours=9)) == "a"


def test_a_formula_of_a_week_before_is_no_original() -> None:
    formula = (
        "أصدرت دائرة الطرق بيانا فيما يلي نصه: حرصا على سلامة العابرين، واستنادا إلى نظام الطرق وما جاء في لائحته من "
        "وجوب إغلاق كل جسر يثبت ضعفه، وبعد الاطلاع على تقرير لجنة الفحص التي تشكلت لهذا الغرض وأنهت عملها في مدة "
        "شهر، تقرر {} حتى إشعار آخر. والدائرة إذ تعلن ذلك تؤكد حرصها على سلامتهم، وتهيب بهم التعاون مع رجال المرور."
    )
    first = formula.format(
        "إغلاق الجسر الواقع عند مدخل نجران أمام الشاحنات التي يزيد وزنها على ما تحتمله أعمدته الأربعة"
    )
    second = formula.format("منع الحافلات من عبور القنطرة القديمة في حي الدباغين بعدما ظهرت شقوق في سقفها وسقط منه حجر")
    finder = CopyFinder()
    finder.find(article("a", first, title="إغلاق جسر أمام الشاحنات"))
    assert finder.find(article("b", second, title="منع الحافلات من عبور قنطرة", source="sada", hours=200)) is None
    assert finder.find(article("c", first, title="إغلاق جسر", source="sada", hours=200)) == "a"
    other_place = first.replace("نجران", "جازان")
    assert finder.find(article("d", other_place, title="إغلاق جسر", source="sada", hours=400)) is None


def test_one_name_written_as_two_words_is_no_other_name() -> None:
    text = (
        "فاز طلال أبوغزالة بجائزة المعرض، وتسلمها أبوغزالة من يد العمدة أمام 12,500 زائر حضروا حفل الختام الذي أقيم في "
        "القاعة الكبرى، ثم ألقى كلمة قصيرة شكر فيها أسرته والذين علموه صناعة الخزف منذ صغره."
    )
    other = text.replace("أبوغزالة", "أبو غزالة").replace("12,500", "12500")
    finder = CopyFinder()
    finder.find(article("a", text, title="أبوغزالة يفوز بجائزة المعرض"))
    assert finder.find(article("b", other, title="أبو غزالة يفوز بجائزة المعرض", source="sada", hours=20)) == "a"
