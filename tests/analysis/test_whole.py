"""The whole analysis: whatever an article holds, it is answered, and every finding stands in the text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bench.standing import not_in_text
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.analysis import MADE_BY, analyse, analyse_many
from tawatur.model import Article, as_json
from tawatur.press import drafts

#: What news is made of, thrown together: cues, marks, names, dates, controls, other scripts, emptiness.
_PIECES = st.sampled_from(
    [
        *("قال", "وأضاف", "بحسب", "وفقا لـ", "نقلا عن وكالة", "إن", "أن", "في بيان", "الرئيس الروسي", "فلاديمير بوتين"),
        *("وزير الخارجية", "رويترز", "(أ ف ب)", "مصادر", "أمس", "الثلاثاء", "في 20 سبتمبر 2023", "عام 2015", "مُحَمَّد"),
        *("«", "»", '"', "“", "”", "'", ":", "،", ".", "\n", " ", "(", ")", "-", "ـ", "\u200f", "\u202b", "\ufefb"),
        *("Reuters", "#قره_باغ", "👍🏽", "\U0001d400", "é", "\u0301", "12:30", "٪", "و", "ال", "\u2028", "\x00"),
    ]
)
_TEXTS = st.one_of(
    st.lists(_PIECES, max_size=60).map(" ".join), st.lists(_PIECES, max_size=60).map("".join), st.text(max_size=200)
)


def _article(title: str | None, abstract: str | None, body: str) -> Article:
    published = datetime(2023, 9, 20, 12, tzinfo=UTC)
    return Article(id="a", url=None, source="outlet", title=title, abstract=abstract, body=body, published=published)


@settings(max_examples=150)
@given(st.none() | _TEXTS, st.none() | _TEXTS, _TEXTS)
def test_any_text_is_answered_and_nothing_is_made_up(title: str | None, abstract: str | None, body: str) -> None:
    article = _article(title, abstract, body)
    analysis = analyse(article)
    assert list(not_in_text(article, analysis)) == []
    assert all(quote.source is None or quote.source < len(analysis.sources) for quote in analysis.quotes)
    assert as_json(analysis)["made_by"] == MADE_BY


def test_an_empty_article_has_no_findings() -> None:
    analysis = analyse(Article(id="a", url=None, source=None, title=None))
    for findings in (analysis.quotes, analysis.sources, analysis.entities, analysis.events, analysis.keyphrases):
        assert findings == ()


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "Harbour reopens after the storm",
            "The port reopened on 19 September 2023, TASS reported. “We are back,” Mayor Nora Hale told reporters.",
        ),
        ("Порт снова открыт", "Власти заявили во вторник об открытии порта. «Мы вернулись», — сказал мэр Иван Петров."),
        ("وزیر خارجه: مذاکرات ادامه دارد", "وزیر خارجه گفت که مذاکرات ادامه دارد. وی در تهران با همتای خود دیدار کرد."),
    ],
)
def test_of_another_language_no_names_are_guessed(title: str, body: str) -> None:
    analysis = analyse(_article(title, None, body))
    assert (analysis.entities, analysis.quotes, analysis.keyphrases) == ((), (), ())
    assert [source.name for source in analysis.sources] == (["TASS"] if "TASS" in body else [])
    assert analysis.summary


def test_an_arabic_article_may_hold_words_of_other_scripts() -> None:
    analysis = analyse(_article("Apple تفتح مكتبا في الرياض", None, "افتتحت Apple أمس مكتبا في الرياض، بحسب رويترز."))
    assert analysis.entities
    assert analysis.keyphrases


@pytest.fixture(scope="module")
def press_articles() -> list[Article]:
    return [_article(draft.title, None, "\n".join(draft.paragraphs)) for draft in drafts().values()]


def test_nothing_is_made_up_in_the_press(press_articles: list[Article]) -> None:
    for article, analysis in zip(press_articles, analyse_many(press_articles), strict=True):
        assert list(not_in_text(article, analysis)) == []


def test_articles_read_together_are_read_as_alone(press_articles: list[Article]) -> None:
    some = press_articles[:12]
    assert list(analyse_many(some)) == [analyse(article) for article in some]
