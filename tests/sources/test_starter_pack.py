"""The starter pack holds: every file, every address, every zone."""

from __future__ import annotations

import importlib.resources
import zoneinfo

import pytest
from babel import Locale

from tawatur.model import canonical_url
from tawatur.sources import load_source, source_to_toml, starter_sources, time_zone_of

FILES = sorted(
    (file for file in importlib.resources.files("tawatur.sources").joinpath("starter").iterdir()),
    key=lambda file: file.name,
)
# The members of the Arab League.
ARAB_COUNTRIES = set(Locale("en").territories) & {
    *("AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY"),
    *("MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE"),
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_starter_file_holds(file) -> None:
    source = load_source(file.read_bytes(), file.name)
    assert file.name == f"{source.id}.toml"
    assert source.checked is False
    assert source.feeds
    assert all(canonical_url(url) == url for url in (source.home, *source.feeds))
    assert zoneinfo.ZoneInfo(source.time_zone)
    assert source.country is None or source.country in Locale("en").territories
    assert (source.feeds == (source.home,)) == file.read_text().startswith("# No feed's address is known")
    assert load_source(source_to_toml(source), file.name) == source


def test_the_pack_is_large_and_each_source_stands_once() -> None:
    sources = starter_sources()
    assert len(sources) == len(FILES) >= 60
    assert len({source.id for source in sources}) == len(sources)
    assert len({source.home for source in sources}) == len(sources)
    assert sum(source.feeds != (source.home,) for source in sources) >= 60
    feeds = [feed for source in sources for feed in source.feeds]
    assert len(set(feeds)) == len(feeds)


def test_every_arab_country_and_every_kind_that_it_has_is_there() -> None:
    assert {source.country for source in starter_sources()} >= ARAB_COUNTRIES
    assert {source.kind for source in starter_sources()} >= {"outlet", "agency", "official"}
    for country in sorted(ARAB_COUNTRIES):
        zones = {source.time_zone for source in starter_sources(country)}
        assert zones == {time_zone_of(country)}


def test_the_pack_is_chosen_from_by_country_and_kind() -> None:
    assert [source.id for source in starter_sources("sa", "agency")] == ["spa"]
    assert starter_sources("XX") == ()
