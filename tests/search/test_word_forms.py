"""The words of a text that answer a query: found by their letters, as asking each of them would."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.search.word_forms import forms_of, forms_of_all, words_having
from tawatur.text.plurals import singulars
from tawatur.text.vocabulary import load_vocabulary

NEWS = sorted({word for word in list(load_vocabulary().index)[::300] if word.isalpha()})[:100]
CLITICS = ("", "و", "ال", "بال", "لل", "ول")
ENDINGS = ("", "ه", "ها", "هم", "ون", "ات", "ين")

words = st.builds(
    lambda before, word, after: before + word + after,
    st.sampled_from(CLITICS),
    st.one_of(st.sampled_from(NEWS), st.sampled_from(sorted(singulars()))),
    st.sampled_from(ENDINGS),
)


@settings(max_examples=25)
@given(st.sets(words, min_size=1, max_size=12), words)
def test_words_that_answer_are_those_that_each_would_say(text, asked):
    forms = forms_of(asked)[1:3]
    each = dict(zip(text, forms_of_all(text), strict=True))
    assert words_having(text, forms) == {word for word in text if not {*each[word][:3]}.isdisjoint(forms)}


@pytest.mark.parametrize(
    ("asked", "printed"),
    [
        pytest.param("اسير", "والاسري", id="a broken plural"),
        pytest.param("وزير", "ووزرايهم", id="a broken plural whose hamza a pronoun moves"),
        pytest.param("مسوول", "المسيولين", id="hamza on a yeh for hamza on a waw"),
    ],
)
def test_words_that_do_not_hold_the_letters_of_their_stem_are_found(asked, printed):
    assert words_having({printed, "باكو"}, forms_of(asked)[1:3]) == {printed}


def test_many_words_have_the_forms_that_each_has():
    assert forms_of_all(NEWS) == [forms_of(word) for word in NEWS]


def test_an_empty_form_finds_nothing():
    assert words_having({"باكو"}, [""]) == set()
