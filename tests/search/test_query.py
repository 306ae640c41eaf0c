"""The query language: what is typed is always read."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tawatur.search import SearchQuery
from tawatur.search.days import day_number, read_days
from tawatur.search.query import (
    Between,
    Either,
    FieldValue,
    InTitle,
    Phrase,
    Prefix,
    Together,
    Word,
    read_query,
)

PIECES = st.sampled_from(
    (
        *(
            "قره",
            "باغ",
            '"',
            "«",
            "»",
            "(",
            ")",
            "AND",
            "OR",
            "NOT",
            "-",
            "|",
            "*",
            ":",
            "source:",
            "after:",
            "in:title",
        ),
        *(" ", "٢٠٢٣-٠٩", "x*", "title:", "speaker:بوتين", "\u200f", "ـ", "\ud800", "\x00", "😀"),
    )
)


def kinds(text):
    return {note.kind for note in read_query(text).notes}


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)))
@example("(" * 300)
@example("NOT NOT NOT")
@example("a OR OR b AND")
def test_whatever_is_typed_is_read(text):
    read_query(text)


def test_quotes_of_all_kinds_make_phrases():
    for text in ('"قره باغ"', "«قره باغ»", "“قره باغ”"):
        assert read_query(text).root == Phrase(("قره", "باغ"))


def test_operators_are_capital_latin_words_and_signs():
    assert read_query("باكو OR يريفان").root == Either((Word("باكو"), Word("يريفان")))
    assert read_query("باكو | يريفان").root == Either((Word("باكو"), Word("يريفان")))
    assert read_query("باكو AND يريفان").root == Together(required=(Word("باكو"), Word("يريفان")))
    assert read_query("باكو -يريفان").root == Together((Word("باكو"),), (), (Word("يريفان"),))
    assert read_query("باكو NOT يريفان").root == Together((Word("باكو"),), (), (Word("يريفان"),))
    assert read_query("باكو or يريفان").root == Together((Word("باكو"), Word("or"), Word("يريفان")))


def test_a_hyphen_inside_a_word_is_no_operator():
    assert read_query("سو-27").root == Together((Word("سو"), Word("27")))


def test_fields_are_read_in_english_and_arabic():
    assert read_query("source:bbc").root == FieldValue("source", "bbc")
    assert read_query("مصدر:الجزيرة").root == FieldValue("source", "الجزيرة")
    assert read_query("after:2023-09-19").root == Between(19619, None)
    assert read_query("title:باكو").root == InTitle(Word("باكو"))
    assert read_query("حكوم*").root == Prefix("حكوم")
    assert read_query("باكو in:title").title_only
    assert read_query("speaker:بوتين").root == FieldValue("speaker", "بوتين")


def test_what_cannot_be_read_is_told():
    assert kinds("mood:sad") == {"unknown-field"}
    assert kinds("after:soon باكو") == {"bad-date"}
    assert kinds("؟!") == {"nothing-asked"}
    assert kinds("كلمة " * 900) == {"too-long"}


def test_days_are_days_months_and_years():
    assert read_days("2023-02") == (day_number(read("2023-02-01")), day_number(read("2023-02-28")))
    assert read_days("٢٠٢٣/٠٩/١٩") == (19619, 19619)
    assert read_days("2023-13") is None
    assert read_days("2d", today=read("2023-09-20")) == (19618, 19620)


def read(text):
    from datetime import date

    return date.fromisoformat(text)


TYPED = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=10).map("".join))


def test_a_search_never_raises_and_its_spans_hold(index_of, document):
    index = index_of(
        [document(str(n), f"قره باغ {n} source الأرمینیة مُحَمَّد ـــ 😀", title="after: باغ") for n in range(3)]
    )

    @settings(max_examples=60, deadline=None)
    @given(TYPED, st.sampled_from(["relevance", "fresh", "newest", "oldest"]), st.booleans(), st.text(max_size=12))
    def ask(text, sort, strict, cursor):
        query = SearchQuery(text=text, sort=sort, strict=strict, facets=True, limit=2, cursor=cursor or None)
        results = index.search(query)
        for hit in results.hits:
            ends = [0]
            for start, end in hit.highlights:
                assert ends[-1] <= start < end <= len(hit.snippet)
                ends.append(end)

    ask()
