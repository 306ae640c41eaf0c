"""Source files: read strictly, written back the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.errors import ConfigError
from tawatur.model import PageRules, Source
from tawatur.sources import load_source, source_to_toml

WHOLE = Source(
    id="madina",
    name='صحيفة "المدينة"',
    home="https://example.org/",
    feeds=("https://example.org/feed/", "https://example.org/sport/feed/"),
    language="ar-SA",
    country="SA",
    time_zone="Asia/Riyadh",
    kind="agency",
    rules=(
        PageRules(body="div.article"),
        PageRules(since=date(2024, 5, 1), remove=("div.related", "p.ad"), published="time", stamps_zone="Asia/Riyadh"),
    ),
    checked=False,
)
LEAST = 'id = "a"\nname = "ن"\nhome = "https://example.org"\n'


def test_a_source_with_every_field_is_written_and_read_back() -> None:
    assert load_source(source_to_toml(WHOLE), "madina.toml") == WHOLE


def test_the_least_source_has_the_defaults() -> None:
    assert load_source(LEAST.encode(), "a.toml") == Source(id="a", name="ن", home="https://example.org/")


def test_addresses_are_kept_in_canonical_form_and_once() -> None:
    text = LEAST + 'feeds = ["HTTP://Example.org/أ?utm_source=x", "http://example.org/%d8%a3"]\n'
    assert load_source(text, "a.toml").feeds == ("http://example.org/%D8%A3",)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id = ", "a.toml is no TOML"),
        ("id = 'a'", "a.toml has no name"),
        (LEAST + 'colour = "red"', "unknown field colour; allowed: id, name, home"),
        (LEAST + 'kind = "paper"', "kind is 'paper'; allowed: outlet, agency, aggregator, official"),
        (LEAST + 'country = "Egypt"', "country is 'Egypt'; write it as ISO 3166-1"),
        (LEAST + 'time_zone = "Mecca"', "time_zone is 'Mecca'; write a zone"),
        (LEAST + 'time_zone = "../../etc/passwd"', "write a zone"),
        (LEAST + 'language = "Arabic!"', "language is 'Arabic!'; write it as BCP 47"),
        (LEAST + 'feeds = "https://example.org/feed"', "feeds must be a list"),
        (LEAST + 'feeds = ["ftp://example.org/feed"]', "feeds: 'ftp://example.org/feed' is no http"),
        (LEAST + "checked = 1", "checked is 1; allowed: true, false"),
        (LEAST + '[[rules]]\nbodie = "x"', "unknown field bodie; allowed: since, body"),
        (LEAST + '[[rules]]\nsince = "2024"', "rules.since is '2024'; write a day"),
        (LEAST + 'rules = ["x"]', "rules must be tables"),
        (LEAST.replace('"a"', '"A b"'), "id is 'A b'; write it as small Latin letters"),
        (LEAST.replace('"ن"', '"  "'), "name must be a text that is not empty"),
        (b"\xff\xfe", "a.toml is no TOML"),
    ],
)
def test_a_file_that_does_not_hold_is_refused_with_file_field_and_what_would_do(text, says) -> None:
    with pytest.raises(ConfigError) as caught:
        load_source(text, "a.toml")
    assert says in str(caught.value)
    assert "a.toml" in str(caught.value)


@given(st.text(min_size=1), st.lists(st.text(min_size=1), max_size=3))
def test_any_text_in_a_source_survives_the_file(name, selectors) -> None:
    texts = [text.strip() for text in (name, *selectors)]
    if not all(texts) or any("\ud800" <= letter <= "\udfff" for text in texts for letter in text):
        return
    source = Source(id="a", name=texts[0], home="https://e.org/", rules=(PageRules(remove=tuple(texts[1:])),))
    assert load_source(source_to_toml(source), "a.toml") == source


@given(st.text())
def test_any_text_is_a_source_or_a_config_error(text) -> None:
    with pytest.raises(ConfigError):
        load_source(text, "a.toml")
