"""The feeds and sitemaps we publish, read as their readers read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from lxml import etree

from tawatur.model import Article
from tawatur.store import Store
from tawatur.web import SiteOptions, create_app

SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}
BRIDGE = "افتتاح الجسر الجديد رقم 1 على النهر أمام حركة السير"


def read(site: Any, path: str) -> Any:
    answer = site.ask(path)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.body)
    assert not feed.bozo
    return feed


def addresses(site: Any, path: str) -> list[str]:
    tree = etree.fromstring(site.ask(path).body)
    return [element.text or "" for element in tree.iterfind(".//s:loc", SITEMAP)]


def test_the_atom_feed_carries_the_articles_with_their_originals(site: Any) -> None:
    feed = read(site, "/feed.atom")
    assert feed.feed.title == "تواتر"
    assert len(feed.entries) == 50
    entry = next(entry for entry in feed.entries if entry.title == BRIDGE)
    assert entry.link == "https://news.example/article/0000000000000001"
    assert entry.published == "2023-09-21T08:23:00Z"
    assert [author.name for author in entry.authors] == ["سلمى الحارثي", "John Carter"]
    assert [tag.term for tag in entry.tags] == ["الجسر الجديد", "بلدية المدينة", "Bridge & Road"]
    assert entry.source.title == "صحيفة النهر"
    assert [link.href for link in entry.links if link.rel == "via"] == ["https://nahr.example/news/1"]
    assert entry.content[0].value.startswith('<div dir="rtl"><p>أعلنت بلدية')


def test_the_feed_of_a_source_holds_its_articles_only(site: Any) -> None:
    feed = read(site, "/source/mada/feed.atom")
    assert feed.feed.title == "وكالة المدى للأنباء · تواتر"
    assert [entry.source.title for entry in feed.entries] == ["وكالة المدى للأنباء"]
    assert "<h3>بدء التصويت</h3><p>بدأ التصويت على البند الأول.</p>" in feed.entries[0].content[0].value


def test_the_feed_leads_on_to_what_is_older(site: Any, press: Store) -> None:
    seen: list[str] = []
    path = "/feed.atom"
    while path:
        feed = read(site, path)
        seen += [entry.id for entry in feed.entries]
        [*onward] = [link.href for link in feed.feed.links if link.rel == "next"]
        path = onward[0].removeprefix("https://news.example") if onward else ""
    assert len(seen) == len(set(seen)) == press.articles.count()


@pytest.mark.parametrize("path", ["/feed.json", "/source/nahr/feed.json", "/en/feed.json"])
def test_the_json_feed_is_one(site: Any, path: str) -> None:
    answer = site.ask(path)
    assert answer.headers["content-type"].startswith("application/feed+json")
    feed = answer.json
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"https://news.example{path}"
    for item in feed["items"]:
        assert item["id"] == item["url"]
        assert "content_html" in item
        for name in ("date_published", "date_modified"):
            assert datetime.fromisoformat(item.get(name, "2023-01-01T00:00:00Z")).tzinfo is not None


def test_a_date_that_is_no_instant_is_not_made_one(site: Any) -> None:
    items: dict[str, Any] = {}
    path = "/feed.json"
    while path:
        feed = site.ask(path).json
        items |= {item["title"]: item for item in feed["items"]}
        path = feed.get("next_url", "").removeprefix("https://news.example")
    assert "date_published" not in items["خبر لا تذكر صفحته إلا اليوم"]
    assert "date_published" not in items["خبر من غد لم يأت بعد"]
    assert items[BRIDGE]["date_published"] == "2023-09-21T08:23:00Z"


def test_a_headline_that_runs_the_other_way_is_isolated_in_plain_text(site: Any) -> None:
    titles = [item["title"] for item in site.ask("/source/harbour/feed.json").json["items"]]
    assert titles == ["\u2066New bridge opens in «المدينة» after two years of works\u2069"]
    titles = [item["title"] for item in site.ask("/en/source/harbour/feed.json").json["items"]]
    assert titles == ["New bridge opens in «المدينة» after two years of works"]


def test_the_sitemaps_name_every_article_once(site: Any, press: Store) -> None:
    listed = addresses(site, "/sitemap.xml")
    assert listed == [f"https://news.example/sitemap/{name}.xml" for name in ("news", "pages", "2023-09", "2023-08")]
    articles = [
        address for sitemap in listed[2:] for address in addresses(site, sitemap.removeprefix("https://news.example"))
    ]
    assert len(articles) == len(set(articles)) == press.articles.count()


def test_the_news_sitemap_holds_two_days_with_dates_as_precise_as_known(site: Any) -> None:
    tree = etree.fromstring(site.ask("/sitemap/news.xml").body)
    entries = {
        entry.findtext(".//n:title", namespaces=SITEMAP): entry.findtext(".//n:publication_date", namespaces=SITEMAP)
        for entry in tree.iterfind(".//s:url", SITEMAP)
    }
    assert entries[BRIDGE] == "2023-09-21T08:23:00Z"
    assert entries["خبر لا تذكر صفحته إلا اليوم"] == "2023-09-20"
    assert "تقرير لا يُعرف منه إلا الشهر" not in entries
    assert "خبر لا تذكر صفحته تاريخا" not in entries


def test_a_stamp_from_the_future_hides_no_later_change(
    empty: Store, serving: Any, make_article: Callable[..., Article]
) -> None:
    seen, later = datetime(2023, 9, 21, 9, 0, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)
    articles = [make_article(1, modified=later, fetched=seen), make_article(2, published=later, fetched=None)]
    empty.articles.put_many(articles, now=seen)
    with serving(create_app(empty, SiteOptions(), clock=lambda: seen)) as site:
        assert site.ask("/feed.json").headers["last-modified"] == "Thu, 21 Sep 2023 09:00:00 GMT"
        first = next(item for item in site.ask("/feed.json").json["items"] if item["id"].endswith("01"))
        assert first["date_modified"] == "2023-09-21T09:00:00Z"


def test_robots_are_welcome_and_shown_the_sitemap(site: Any) -> None:
    lines = site.ask("/robots.txt").text.splitlines()
    assert lines == ["User-agent: *", "Disallow: /api/", "Sitemap: https://news.example/sitemap.xml"]


def test_months_without_articles_are_leapt_over(
    empty: Store, serving: Any, make_article: Callable[..., Article]
) -> None:
    stamps = [
        datetime(2019, 1, 1, tzinfo=UTC),
        datetime(2019, 1, 31, 23, 59, tzinfo=UTC),
        datetime(2022, 7, 5, tzinfo=UTC),
    ]
    articles = [make_article(n, published=at, fetched=at) for n, at in enumerate(stamps)]
    empty.articles.put_many(articles, now=stamps[-1])
    with serving(create_app(empty, SiteOptions(base_url="https://news.example"))) as site:
        months = addresses(site, "/sitemap.xml")[2:]
        assert [month[-11:-4] for month in months] == ["2022-07", "2019-01"]
        assert len(addresses(site, "/sitemap/2019-01.xml")) == 2
