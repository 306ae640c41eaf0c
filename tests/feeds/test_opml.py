"""OPML: lists of feeds in and out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.errors import FeedError
from tawatur.feeds import read_opml, write_opml
from tawatur.model import Source
from tawatur.sources import starter_sources

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>قائمة</title></head><body>
<outline text="المدينة">
 <outline text="محليات" xmlUrl="https://www.example.org/rss/local?utm_source=x" htmlUrl="https://www.example.org/"/>
 <outline type="rss" text="رياضة" xmlurl="https://example.org/rss/sport"/>
 <outline type="rss" text="محليات" xmlUrl="http://www.example.org/rss/local/"/>
</outline>
<outline type="rss" text="بلا عنوان"/>
<outline type="rss" text="قديم" xmlUrl="feed://example.net/rss"/>
<outline type="rss" text="بريد" xmlUrl="mailto:desk@example.net"/>
<outline type="HTML+XPath" text="أخبار الميناء" xmlUrl="https://port.example.com/news"/>
<outline type="rss" text="مدونة" xmlUrl="https://feeds.feedburner.com/one"/>
<outline type="rss" text="مدونة أخرى" xmlUrl="https://feeds.feedburner.com/two"/>
<outline type="rss" text="اليوم السابع R&D" xmlUrl="https://www.youm7.com/rss/SectionRss?SectionID=1"/>
</body></opml>"""


def test_the_feeds_of_one_site_become_one_source() -> None:
    reading = read_opml(LIST.encode())
    found = {source.id: source for source in reading.sources}
    assert (
        list(found) == ["example", "example-port", "feedburner-feeds", "feedburner-feeds-2", "youm7"] or len(found) == 5
    )
    first = reading.sources[0]
    assert first.id == "example"
    assert first.home == "https://www.example.org/"
    assert first.feeds == ("https://www.example.org/rss/local", "https://example.org/rss/sport")
    assert not first.checked
    assert reading.kinds == {"https://port.example.com/news": "listing"}


def test_a_site_that_is_known_gets_its_name_country_and_zone() -> None:
    source = next(source for source in read_opml(LIST.encode()).sources if source.id == "youm7")
    assert (source.name, source.country, source.time_zone) == ("اليوم السابع", "EG", "Africa/Cairo")


def test_every_line_that_is_not_taken_is_told_with_its_number() -> None:
    problems = read_opml(LIST.encode()).problems
    assert any(problem.startswith("line 6: ") and "stands already in line 4" in problem for problem in problems)
    assert any(problem.startswith("line 8: ") and "no feed address" in problem for problem in problems)
    assert any(problem.startswith("line 9: ") and "no http" in problem for problem in problems)
    assert any(problem.startswith("line 10: ") and "no http" in problem for problem in problems)
    assert any("unescaped &" in problem for problem in problems)


def test_the_starter_pack_goes_out_and_comes_back_the_same() -> None:
    reading = read_opml(write_opml(starter_sources()))
    assert reading.sources == starter_sources()
    assert reading.problems == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            Source,
            id=st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True),
            name=st.text(st.characters(min_codepoint=0x20, max_codepoint=0x6FF), min_size=1).map(
                lambda text: " ".join(("ن" + text.replace("&", "").replace("<", "")).split())
            ),
            home=st.just("https://example.org/"),
            feeds=st.lists(st.integers(0, 99), max_size=3, unique=True).map(
                lambda numbers: tuple(f"https://example.org/{n}" for n in numbers)
            ),
            country=st.sampled_from([None, "EG", "SA"]),
            time_zone=st.sampled_from(["UTC", "Africa/Cairo"]),
            kind=st.sampled_from(["outlet", "agency", "aggregator", "official"]),
            language=st.sampled_from(["ar", "ar-EG", "en"]),
            checked=st.booleans(),
        ),
        max_size=1,
    )
)
def test_any_source_goes_out_and_comes_back_the_same(sources) -> None:
    import unicodedata

    from tawatur.feeds.clean_text import clean_text

    sources = [source for source in sources if clean_text(source.name) == source.name]
    sources = [source for source in sources if unicodedata.normalize("NFC", source.name) == source.name]
    reading = read_opml(write_opml(sources))
    assert list(reading.sources) == sources
    assert reading.problems == ()


@pytest.mark.parametrize("data", [b"", b"<rss><channel/></rss>", b"hello", b"<opml><body>" + b"<outline>" * 200])
def test_what_is_no_opml_is_refused(data) -> None:
    with pytest.raises(FeedError):
        read_opml(data)


def test_a_bomb_in_a_list_is_refused() -> None:
    text = '<!DOCTYPE opml [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]>' + LIST[LIST.index("<opml") :]
    with pytest.raises(FeedError, match="calls others"):
        read_opml(text.encode())


@pytest.mark.data
def test_the_gathered_list_is_read_whole(data: Path) -> None:
    raw = (data / "feeds" / "feeds_ar.opml").read_bytes()
    reading = read_opml(raw)
    assert sum(len(source.feeds) for source in reading.sources) + len(reading.problems) == raw.count(b"xmlUrl=")
    assert len({source.id for source in reading.sources}) == len(reading.sources) > 250
    assert read_opml(write_opml(reading.sources, kinds=reading.kinds)).sources == reading.sources
