"""The registry: who is who, under any spelling."""

from __future__ import annotations

import re

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from tawatur.model import canonical_url
from tawatur.sources import load_registry


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("أ ف ب", "afp"),
        ("(أ.ف.ب)", "afp"),
        ("«ا ف ب»", "afp"),
        ("فرانس برس", "afp"),
        ("وكالة الصحافة الفرنسية", "afp"),
        ("وكالة رويترز", "reuters"),
        ("REUTERS", "reuters"),
        ("د.ب.أ", "dpa"),
        ("أ ش أ", "mena"),
        ("وكالة انباء الشرق الاوسط", "mena"),
        ("واس", "spa"),
        ("وكالة الأنباء السعوديّة", "spa"),
        ("وام", "wam"),
        ("سبوتنیك", "sputnik"),
        ("وكالة تاس", "tass"),
        ("الاناضول", "aa"),
        ("أسوشیتد برس", "ap"),
        ("صحيفة «نيويورك تايمز»", "nytimes"),
        ("قناة الجزيرة", "aljazeera"),
        ("البوابة نيوز", "albawabhnews"),
        ("روسيا اليوم", "rt"),
        ("بي.بي.سي", "bbc"),
        ("موقع تويتر", "x"),
    ],
)
def test_an_agency_or_outlet_is_known_by_its_spellings(name, identifier) -> None:
    found = load_registry().find_by_name(name)
    assert found is not None
    assert found.id == identifier


def test_a_name_that_several_bear_is_told_apart_by_country() -> None:
    registry = load_registry()
    assert registry.find_by_name("الوطن") is None
    assert len(registry.named("صحيفة الوطن")) > 3
    found = registry.find_by_name("الوطن", country="EG")
    assert found is not None
    assert found.id == "elwatannews"


def test_an_unknown_name_is_nobody() -> None:
    assert load_registry().find_by_name("وكالة أنباء المريخ") is None
    assert load_registry().find_by_name("") is None


@pytest.mark.parametrize(
    ("address", "identifier"),
    [
        ("https://arabic.rt.com/world/1", "rt"),
        ("www.spa.gov.sa", "spa"),
        ("feeds.bbci.co.uk", "bbc"),
        ("https://news.un.org/ar/", "un-news"),
        ("https://www.un.org/ar/", "un"),
        ("https://example.org/", None),
        ("com", None),
        ("", None),
    ],
)
def test_an_outlet_is_known_by_its_domain(address, identifier) -> None:
    found = load_registry().find_by_domain(address)
    assert (found.id if found else None) == identifier


def test_the_table_holds() -> None:
    outlets = load_registry().outlets
    assert len(outlets) >= 200
    assert len({outlet.id for outlet in outlets}) == len(outlets)
    domains = [domain for outlet in outlets for domain in outlet.domains]
    assert len(set(domains)) == len(domains)
    for outlet in outlets:
        assert re.search("[\u0621-\u064a]|^24$", outlet.name_ar), outlet.id
        assert outlet.country is None or outlet.country in Locale("en").territories
        assert all(canonical_url(f"https://{domain}") == f"https://{domain}/" for domain in outlet.domains)
        assert all(outlet in load_registry().named(name) for name in outlet.names)


@given(st.text())
def test_any_text_can_be_looked_up(text) -> None:
    load_registry().find_by_name(text)
    load_registry().named(text)
