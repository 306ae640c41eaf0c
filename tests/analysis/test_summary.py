"""A summary is made of the article's own sentences, the lead first, nothing told twice."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tawatur.analysis.document import Document, read_document
from tawatur.analysis.summary import find_summary
from tawatur.model import article_from_json
from tawatur.model.analysis import KeyPhrase

LEAD = "افتتح وزير النقل في مرفأ صفاقس أمس رصيفا جديدا لسفن الحاويات."
LEANS = "وأضاف أن العمل سيستمر ليلا ونهارا في كل أجزاء المرفأ القديم."
BACKGROUND = "وكانت شركة أمواج للملاحة وقعت عقد توسعة المرفأ مع البنك الأفريقي للتنمية قبل عامين."


def document(body: str, **fields: str) -> Document:
    return read_document(article_from_json({"id": "x", "body": body, **fields}))


def summary(body: str, *phrases: str, **fields: str) -> list[str]:
    read = document(body, **fields)
    found = find_summary(read, tuple(KeyPhrase(text=phrase, score=0.5) for phrase in phrases))
    return [read.slice(span) for span in found]


def test_the_lead_tells_a_short_report() -> None:
    assert summary(f"{LEAD}\n{LEANS}", "وزير النقل", "مرفأ صفاقس") == [LEAD]


def test_a_report_that_goes_on_gets_the_sentence_with_most_news() -> None:
    filler = "\n".join(
        f"ثم تحدث عدد من الحاضرين عن شؤون أخرى كثيرة رقم {number} لا صلة لها بما سبق." for number in range(8)
    )
    body = f"{LEAD}\n{LEANS}\n{filler}\n{BACKGROUND}"
    assert summary(body, "وزير النقل", "البنك الأفريقي للتنمية", "شركة أمواج للملاحة") == [LEAD, BACKGROUND]


def test_a_lead_told_twice_is_summed_up_once() -> None:
    body = "\n".join([LEAD] * 20)
    assert summary(body, "وزير النقل", "مرفأ صفاقس") == [LEAD]


def test_a_sentence_that_leans_on_another_does_not_lead() -> None:
    assert summary(f"{LEANS}\n{LEAD}")[0] == LEAD


def test_what_leans_says_again_or_heads_another_report_stays_out() -> None:
    phrases = ("وزير النقل", "البنك الأفريقي للتنمية", "شركة أمواج للملاحة")
    filler = "\n".join(f"ثم تحدث عدد من الحاضرين عن شؤون كثيرة رقم {number} لا صلة لها بذلك." for number in range(9))
    again = "وكان وزير النقل افتتح رصيفا جديدا لسفن الحاويات في مرفأ صفاقس، مع البنك الأفريقي للتنمية."
    participle = "لافتا إلى أن شركة أمواج للملاحة والبنك الأفريقي للتنمية وقعا عقد التوسعة قبل عامين."
    headline = "شركة أمواج للملاحة والبنك الأفريقي للتنمية يوقعان عقد توسعة المرفأ"
    for other in (again, participle, headline):
        assert summary(f"{LEAD}\n{other}\n{filler}\n{BACKGROUND}", *phrases) == [LEAD, BACKGROUND]


def test_without_a_body_the_abstract_tells() -> None:
    assert summary("", abstract=LEAD, title="رصيف جديد") == [LEAD]


def test_nothing_is_summed_up_of_nothing() -> None:
    assert summary("") == []


@given(st.text(st.sampled_from('قالوزيرأن.!؟\n «»"،abc12'), max_size=300), st.lists(st.text(max_size=8), max_size=4))
def test_one_to_three_sentences_stand_in_order_as_printed(body: str, phrases: list[str]) -> None:
    read = document(body)
    spans = find_summary(read, tuple(KeyPhrase(text=phrase, score=0.3) for phrase in phrases))
    assert len(spans) <= 3
    assert list(spans) == sorted(set(spans))
    assert all(span.of(body) == read.slice(span) and read.slice(span).strip() for span in spans)
