"""Broken, hostile and huge pages: refused with a reason, never a crash, never a hang."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawatur.errors import ExtractionError
from tawatur.extract import read_document, refuse_repeated

PAGES = [path.read_bytes() for path in sorted((Path(__file__).parent.parent / "pages").glob("*.html"))]
SCRAPS = st.sampled_from(
    [
        b"<",
        b">",
        b"<p>",
        b"</div>",
        b"<!--",
        b"]]>",
        b"\x00",
        b"\xff\xfe",
        b"<script>",
        b'"',
        b"{",
        b"<table><tr>",
        b"&#x0;",
    ]
)


@st.composite
def broken_pages(draw: st.DrawFn) -> bytes:
    page = bytearray(draw(st.sampled_from(PAGES)))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(page)))
        length = draw(st.integers(0, 400))
        page[place : place + length] = draw(st.one_of(SCRAPS, st.binary(max_size=20)))
    return bytes(page)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(broken_pages())
def test_a_broken_page_is_read_or_refused(page: bytes) -> None:
    try:
        reading = read_document(page, url="https://broken.example/news/1")
    except ExtractionError:
        return
    assert reading.article.body or reading.article.updates


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(ExtractionError):
        read_document(data)


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(b"<html>" + b"<div>" * 50_000 + b"x", id="nested fifty thousand deep"),
        pytest.param(b"<html><body>" + b"<p>" * 200_000, id="two hundred thousand elements"),
        pytest.param(b"<html><body>" + b"<b>x</b>" * 200_000, id="endless inline elements"),
        pytest.param(b"<html><p>" + b"a" * 9_000_000, id="nine megabytes"),
        pytest.param(b'<html><script type="application/ld+json">' + b"[" * 100_000 + b"</script>", id="nested JSON-LD"),
        pytest.param(
            b'<html><a href="http://[::1">x</a><link rel=canonical href="http://[">', id="addresses that are none"
        ),
    ],
)
def test_a_hostile_page_is_refused(page: bytes) -> None:
    with pytest.raises(ExtractionError):
        read_document(page, url="https://hostile.example/1")


def test_the_same_text_on_other_addresses_is_refused() -> None:
    reading = read_document(PAGES[0], url="https://madarat.example/n/10")
    assert refuse_repeated(reading, []) is reading
    with pytest.raises(ExtractionError) as refused:
        refuse_repeated(reading, ["https://madarat.example/n/11"])
    assert refused.value.reason == "repeated_text"
