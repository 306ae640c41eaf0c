"""Names in many spellings, stop words, languages, and the tables behind them."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.text.language import identify
from tawatur.text.names import canonical_name, name_aliases, name_key, same_name
from tawatur.text.plurals import singular_of
from tawatur.text.stop_words import is_stop_word


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("غروسي", "جروسي"),
        ("نتنياهو", "نتانياهو"),
        ("ترمب", "ترامب"),
        ("طوكيو", "توكيو"),
        ("كاراباخ", "قره باغ"),
        ("داعش", "تنظيم الدولة"),
    ],
)
def test_spellings_of_one_name_are_joined(first, second):
    assert same_name(first, second)


@pytest.mark.parametrize(
    ("first", "second"), [("محمد", "محمود"), ("حسن", "حسين"), ("سلمان", "سليمان"), ("قاسم", "جاسم"), ("باريس", "برلين")]
)
def test_two_names_are_not_joined(first, second):
    assert not same_name(first, second)


def test_an_alias_leads_to_the_printed_name_and_back():
    assert canonical_name("بنيامين نتانياهو") == "نتنياهو"
    assert "داعش" in name_aliases("تنظيم الدولة الإسلامية")
    assert name_aliases("زيد") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("وزير الخارجية المصري يصل إلى باريس", "ar"),
        ("شو هاد اللي صار مبارح بالبلد", "ar"),
        ("وزیر خارجه ایران به بغداد سفر کرد", "fa"),
        ("وزیراعظم نے قوم سے خطاب کیا", "ur"),
        ("سەرۆکی هەرێمی کوردستان سەردانی بەغدا دەکات", "ckb"),
        ("The minister arrived in Paris on Monday", "en"),
        ("Министр прибыл в Париж с визитом", "ru"),
        ("Le ministre est arrivé à Paris lundi", "fr"),
        ("Bakan pazartesi günü Paris'e gitti", "tr"),
        ("El ministro llegó a París el lunes", "es"),
        ("٢٠٢٣ - 50%", "und"),
    ],
)
def test_a_headline_tells_its_language(text, code):
    assert identify(text).code == code


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_a_language_a_key_and_no_error(text):
    assert 0 <= identify(text).confidence <= 1
    assert name_key(text) == name_key(text + " ")
    is_stop_word(text)
    singular_of(text)


@pytest.mark.parametrize("name", ["broken_plurals.tsv", "aliases.tsv"])
def test_a_table_has_two_columns_and_each_name_once(name):
    text = (files("tawatur.text") / "data" / name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert all(len(row) == 2 and all(row) for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
