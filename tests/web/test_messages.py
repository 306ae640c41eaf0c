"""The site's own words: complete in both languages, with the plurals Arabic has."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import get_args

import pytest
from babel.core import Locale

from tawatur.errors import RefusalReason
from tawatur.model import FeedKind, Flag, FoundIn, Precision, SourceKind
from tawatur.model.analysis import EntityType
from tawatur.model.story import CopyChange, RelatedReason
from tawatur.search.records import NoteKind, Reason, Sort
from tawatur.web.compare import Part
from tawatur.web.messages import catalogue, placeholders
from tawatur.web.options import LANGUAGES

ARABIC, ENGLISH = catalogue("ar"), catalogue("en")


def test_both_languages_say_the_same_things() -> None:
    assert ARABIC.messages.keys() == ENGLISH.messages.keys()


@pytest.mark.parametrize("key", sorted(ARABIC.messages))
def test_a_message_asks_for_the_same_values_in_both_languages(key: str) -> None:
    assert placeholders(ARABIC.messages[key]) == placeholders(ENGLISH.messages[key])


@pytest.mark.parametrize(
    ("section", "values"),
    [
        ("flag", get_args(Flag)),
        ("refusal", (*get_args(RefusalReason), "fetch_failed")),
        ("precision", get_args(Precision)),
        ("found_in", get_args(FoundIn)),
        ("source_kind", get_args(SourceKind)),
        ("feed_kind", get_args(FeedKind)),
        ("part", get_args(Part)),
        ("search.note", get_args(NoteKind)),
        ("search.reason", get_args(Reason)),
        ("search.sort", get_args(Sort)),
        ("name_type", get_args(EntityType)),
        ("copy_change", get_args(CopyChange)),
        ("related", get_args(RelatedReason)),
    ],
)
def test_every_value_of_a_record_has_its_words(section: str, values: tuple[str, ...]) -> None:
    assert [value for value in values if not ARABIC.has(f"{section}.{value}")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plural_has_every_form_its_language_has(language: str) -> None:
    words = catalogue(language)
    categories = Locale.parse(language).plural_form.tags | {"other"}
    plurals = {key: set(forms) for key, forms in words.messages.items() if not isinstance(forms, str)}
    assert plurals
    assert {key: forms for key, forms in plurals.items() if forms != categories} == {}


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "لا أخبار"),
        (1, "خبر واحد"),
        (2, "خبران"),
        (3, "3 أخبار"),
        (10, "10 أخبار"),
        (11, "11 خبرًا"),
        (100, "100 خبر"),
    ],
)
def test_arabic_counts_articles_as_arabic_does(number: int, said: str) -> None:
    assert ARABIC.plural("count.articles", number, n=number) == said


def test_a_value_put_into_a_message_brings_no_markup() -> None:
    assert "<b>" not in ARABIC.text("article.copyright", source="<b>x</b>")


def test_templates_ask_for_messages_that_exist() -> None:
    folder = files("tawatur.web").joinpath("templates")
    asked = {
        key
        for item in folder.iterdir()
        for key in re.findall(r'\bt[n]?\("([a-z_.]+[a-z_])"[,)]', item.read_text("utf-8"))
    }
    assert asked
    assert {key for key in asked if not ARABIC.has(key)} == set()
