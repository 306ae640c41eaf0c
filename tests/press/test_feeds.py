from __future__ import annotations

import json
from calendar import timegm
from datetime import UTC, datetime

import feedparser
import pytest
from lxml import etree

from tawatur.press import drafts, outlets

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}


def standing(press, outlet):
    moment = press.moment
    return press.edition.standing(outlet, moment)


@pytest.fixture
def feed(whole_press, fetch):
    def read(outlet):
        path = next(o.feed_path for o in outlets() if o.id == outlet)
        return fetch(whole_press.home(outlet) + path, accept_encoding="gzip").body

    return read


@pytest.mark.parametrize("outlet", [o for o in outlets() if o.feed in {"rss", "rdf", "atom"}], ids=lambda o: o.id)
def test_an_xml_feed_holds_exactly_what_stands_newest_first(outlet, whole_press, feed):
    parsed = feedparser.parse(feed(outlet.id))
    versions = standing(whole_press, outlet.id)
    assert [entry.title.replace("\u00a0", "").strip() for entry in parsed.entries] == [v.title for v in versions]
    assert [entry.link.partition("utm_")[0].rstrip("?&") for entry in parsed.entries] == [
        whole_press.home(outlet.id) + v.path for v in versions
    ]
    stamps = [entry.get("published_parsed") or entry.updated_parsed for entry in parsed.entries]
    assert [datetime.fromtimestamp(timegm(stamp), UTC) for stamp in stamps] == [v.published for v in versions]
    assert bool(parsed.bozo) == outlet.broken_feed


def test_feed_links_of_some_outlets_carry_tracking_parameters(feed):
    assert all("utm_source" in entry.link for entry in feedparser.parse(feed("majarra")).entries)
    assert not any("utm_source" in entry.link for entry in feedparser.parse(feed("almadar")).entries)


def test_the_broken_feed_is_no_xml(feed):
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(feed("alqasba"))


def test_the_agency_gives_the_whole_text_and_the_channel_the_first_words(whole_press, feed):
    full = {entry.title: entry.content[0].value for entry in feedparser.parse(feed("almadar")).entries}
    decree = whole_press.articles()["almadar/decree"]
    assert all(paragraph in full[decree.title] for paragraph in decree.body.split("\n"))
    short = feedparser.parse(feed("afaq")).entries
    long = {a.title: a.body for a in whole_press.articles().values() if a.source == "afaq" and len(a.body) > 300}
    assert len(long) > 5
    assert all(long[entry.title] not in entry.summary for entry in short if entry.title in long)


def test_the_json_feed_holds_exactly_what_stands(whole_press, feed):
    parsed = json.loads(feed("sada"))
    assert parsed["version"] == "https://jsonfeed.org/version/1.1"
    versions = standing(whole_press, "sada")
    assert [item["title"] for item in parsed["items"]] == [v.title for v in versions]
    assert [datetime.fromisoformat(item["date_published"]) for item in parsed["items"]] == [
        v.published for v in versions
    ]


def test_the_news_sitemap_holds_exactly_what_stands(whole_press, feed):
    tree = etree.fromstring(feed("alwadi"))
    versions = standing(whole_press, "alwadi")
    assert tree.xpath("//s:loc/text()", namespaces=SITEMAP) == [whole_press.home("alwadi") + v.path for v in versions]
    assert tree.xpath("//n:title/text()", namespaces=SITEMAP) == [v.title for v in versions]


def test_withdrawn_articles_leave_the_feed(feed):
    titles = [entry.title for entry in feedparser.parse(feed("aldifaf")).entries]
    assert drafts()["aldifaf/depot-rumour"].title not in titles
