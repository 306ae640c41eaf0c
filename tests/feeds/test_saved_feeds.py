"""The saved feeds of real outlets are read right, and as feedparser reads them."""

from __future__ import annotations

import calendar
import io
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from tawatur.errors import AddressError
from tawatur.feeds import read_feed
from tawatur.feeds.clean_text import clean_text
from tawatur.model import canonical_url

pytestmark = pytest.mark.data


def test_every_saved_feed_is_read_without_a_problem(data: Path, capture_of) -> None:
    files = sorted((data / "feeds").glob("*.xml"))
    assert len(files) == 8
    for file in files:
        feed = read_feed(capture_of(file.read_bytes()))
        assert feed.kind == "rss"
        assert feed.problems == (), file.name
        assert feed.title
        assert feed.home
        assert len(feed.entries) >= 10
        assert all(entry.title and entry.published for entry in feed.entries)
        assert 2 * sum(bool(entry.summary and entry.authors) for entry in feed.entries) > len(feed.entries)
        assert all("<" not in (entry.title or "") and "&quot;" not in (entry.summary or "") for entry in feed.entries)


def test_a_saved_feed_says_to_feedparser_what_it_says_to_us(data: Path, capture_of) -> None:
    for file in sorted((data / "feeds").glob("*.xml")):
        ours = read_feed(capture_of(file.read_bytes()))
        theirs = feedparser.parse(io.BytesIO(file.read_bytes()), sanitize_html=False)
        expected: dict[str, tuple[str | None, datetime]] = {}
        for entry in theirs.entries:
            try:
                url = canonical_url(entry.link)
            except AddressError:
                continue
            published = datetime.fromtimestamp(calendar.timegm(entry.published_parsed), UTC)
            expected.setdefault(url, (clean_text(entry.title), published))
        assert {entry.url: (entry.title, entry.published) for entry in ours.entries} == expected, file.name
