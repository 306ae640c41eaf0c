"""Every dialect of feeds gives the same entries."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tawatur.errors import FeedError
from tawatur.feeds import read_feed

NOON = datetime(2025, 3, 20, 12, 0, tzinfo=UTC)

RSS2 = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
 <title>صحيفة المدينة</title><link>https://example.org/</link><language>ar</language><ttl>45</ttl>
 <atom:link rel="self" href="https://example.org/feeds/news.xml?v=2"/><atom:link rel="hub" href="https://hub.example/"/>
 <skipHours><hour>0</hour><hour>24</hour><hour>3</hour><hour>77</hour></skipHours>
 <skipDays><day>friday</day><day>Someday</day></skipDays>
 <image><title>شعار</title><url>https://example.org/logo.png</url><link>https://example.org/</link></image>
 <item>
  <title>افتتاح الجسر الجديد</title><link>https://example.org/news/1?utm_source=rss</link>
  <guid isPermaLink="false">item-1</guid><pubDate>Thu, 20 Mar 2025 15:00:00 +0300</pubDate>
  <description>&lt;p&gt;افتتح الوزير &lt;b&gt;الجسر&lt;/b&gt; اليوم.&lt;/p&gt;</description>
  <content:encoded><![CDATA[<p>النص الكامل</p>]]></content:encoded>
  <dc:creator>سلمى حسن</dc:creator><category>محليات</category><category>نقل، طرق</category>
  <media:content url="https://example.org/i/1.jpg" medium="image"><media:title>صورة</media:title></media:content>
  <source url="https://agency.example/rss">وكالة الأنباء</source>
 </item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar" xml:base="https://example.org/">
 <title type="html">صحيفة &lt;i&gt;المدينة&lt;/i&gt;</title>
 <link href="/"/><link rel="self" href="feeds/news.xml?v=2"/><link rel="hub" href="https://hub.example/"/>
 <entry>
  <title>افتتاح الجسر الجديد</title><id>item-1</id>
  <link rel="enclosure" type="image/jpeg" href="i/1.jpg"/><link rel="alternate" type="text/html" href="news/1"/>
  <published>2025-03-20T15:00:00+03:00</published><updated>2025-03-20T16:00:00+03:00</updated>
  <summary>افتتح الوزير الجسر اليوم.</summary>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>النص الكامل</p></div></content>
  <author><name>سلمى حسن</name></author><category term="محليات"/><category term="x" label="نقل، طرق"/>
  <source><title>وكالة الأنباء</title></source>
 </entry>
</feed>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "صحيفة المدينة",
        "home_page_url": "https://example.org/",
        "feed_url": "https://example.org/feeds/news.xml?v=2",
        "language": "ar",
        "hubs": [
            {"type": "rssCloud", "url": "https://other.example/"},
            {"type": "WebSub", "url": "https://hub.example/"},
        ],
        "next_url": "https://example.org/feeds/news.json?page=2",
        "items": [
            {
                "id": "item-1",
                "url": "/news/1",
                "title": "افتتاح الجسر الجديد",
                "summary": "افتتح الوزير الجسر اليوم.",
                "content_html": "<p>النص الكامل</p>",
                "date_published": "2025-03-20T15:00:00+03:00",
                "authors": [{"name": "سلمى حسن"}],
                "tags": ["محليات", "نقل، طرق"],
                "image": "https://example.org/i/1.jpg",
            }
        ],
    }
)


@pytest.mark.parametrize(("text", "kind"), [(RSS2, "rss"), (ATOM, "atom"), (JSON_FEED, "json")])
def test_rss_atom_and_json_feed_say_the_same(capture_of, text, kind) -> None:
    feed = read_feed(capture_of(text))
    assert (feed.kind, feed.title, feed.home, feed.language) == (kind, "صحيفة المدينة", "https://example.org/", "ar")
    assert feed.topic == "https://example.org/feeds/news.xml?v=2"
    assert feed.hub == "https://hub.example/"
    assert feed.problems == ()
    (entry,) = feed.entries
    assert entry.url == "https://example.org/news/1"
    assert entry.guid == "item-1"
    assert entry.title == "افتتاح الجسر الجديد"
    assert entry.summary == "افتتح الوزير الجسر اليوم."
    assert "النص الكامل" in (entry.content_html or "")
    assert entry.published == NOON
    assert entry.authors == ("سلمى حسن",)
    assert entry.tags == ("محليات", "نقل، طرق")  # split only where the feed splits
    assert entry.image == "https://example.org/i/1.jpg"
    assert entry.credit == ("وكالة الأنباء" if kind != "json" else None)


def test_what_a_feed_asks_of_its_readers_is_read(capture_of) -> None:
    feed = read_feed(capture_of(RSS2))
    assert feed.ttl_minutes == 45
    assert feed.skip_hours == {0, 3}  # 24 is midnight
    assert feed.skip_days == {"Friday"}
    assert read_feed(capture_of(JSON_FEED)).more == ("https://example.org/feeds/news.json?page=2",)


def test_a_hub_in_a_header_comes_before_one_in_the_document(capture_of) -> None:
    links = (("hub", "https://first.example/"), ("hub", "https://second.example/"), ("self", "/feeds/own.xml"))
    feed = read_feed(capture_of(RSS2, links=links))
    assert (feed.hub, feed.topic) == ("https://first.example/", "https://example.org/feeds/own.xml")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">'
            "<channel><title>ن</title><link>https://example.org/</link><sy:updatePeriod>daily</sy:updatePeriod>"
            "<sy:updateFrequency>4</sy:updateFrequency></channel>"
            '<item rdf:about="https://example.org/news/1"><title>خبر</title><link>https://example.org/news/1</link>'
            "<dc:date>2025-03-20T12:00:00Z</dc:date></item></rdf:RDF>",
            id="RSS 1.0, items beside the channel",
        ),
        pytest.param(
            '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
            '<rss version="0.91"><channel><title>ن</title><link>https://example.org/</link><ttl>360</ttl>'
            "<item><title>خبر</title><link>https://example.org/news/1</link>"
            "<pubDate>20 Mar 25 12:00 GMT</pubDate></item></channel></rss>",
            id="RSS 0.91 with its document type",
        ),
        pytest.param(
            '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title mode="escaped" type="text/html">ن</title>'
            '<link rel="alternate" type="text/html" href="https://example.org/"/>'
            '<entry><title mode="escaped">خبر</title><issued>2025-03-20T12:00:00Z</issued>'
            '<link rel="alternate" type="text/html" href="https://example.org/news/1"/></entry></feed>',
            id="Atom 0.3",
        ),
    ],
)
def test_old_dialects_are_read(capture_of, text) -> None:
    feed = read_feed(capture_of(text))
    assert (feed.title, feed.home) == ("ن", "https://example.org/")
    assert [(entry.url, entry.title, entry.published) for entry in feed.entries] == [
        ("https://example.org/news/1", "خبر", NOON)
    ]
    assert feed.ttl_minutes in {360, None}


NEWS_SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://example.org/أخبار/1?fbclid=x</loc><lastmod>2025-03-20T13:00:00Z</lastmod>
 <news:news><news:publication><news:name>صحيفة المدينة</news:name><news:language>ar</news:language></news:publication>
 <news:publication_date>2025-03-20T15:00:00+03:00</news:publication_date><news:title>افتتاح الجسر</news:title>
 <news:keywords>الجسر، النقل, الطرق</news:keywords></news:news>
 <image:image><image:loc>https://example.org/i/1.jpg</image:loc></image:image></url>
</urlset>"""


def test_a_news_sitemap_is_read(capture_of) -> None:
    feed = read_feed(capture_of(NEWS_SITEMAP))
    assert (feed.kind, feed.title, feed.language) == ("sitemap", "صحيفة المدينة", "ar")
    (entry,) = feed.entries
    assert entry.url == "https://example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1"
    assert (entry.title, entry.published) == ("افتتاح الجسر", NOON)
    assert entry.tags == ("الجسر", "النقل", "الطرق")
    assert entry.image == "https://example.org/i/1.jpg"


def test_a_plain_sitemap_gives_addresses_and_no_dates(capture_of) -> None:
    feed = read_feed(
        capture_of(
            "<urlset><url><loc>https://example.org/a</loc><lastmod>2025-03-20T13:00:00Z</lastmod></url></urlset>"
        )
    )
    assert [(entry.url, entry.published) for entry in feed.entries] == [("https://example.org/a", None)]


def test_an_index_of_sitemaps_leads_to_more(capture_of) -> None:
    feed = read_feed(
        capture_of(
            "<sitemapindex><sitemap><loc>https://example.org/1.xml</loc></sitemap><sitemap><loc>/2.xml</loc></sitemap>"
            "<sitemap><loc>ftp://example.org/3.xml</loc></sitemap></sitemapindex>"
        )
    )
    assert (feed.entries, feed.more) == ((), ("https://example.org/1.xml", "https://example.org/2.xml"))


def test_a_sitemap_of_plain_lines_is_read(capture_of) -> None:
    feed = read_feed(capture_of("https://example.org/a\nhttps://example.org/b\n", media_type="text/plain"))
    assert [entry.url for entry in feed.entries] == ["https://example.org/a", "https://example.org/b"]


def test_json_feed_1_0_names_one_author_and_numbers_its_items(capture_of) -> None:
    text = '{"items": [{"id": 7, "url": "https://example.org/7", "author": {"name": "علي"}, "content_text": "أ < ب"}]}'
    (entry,) = read_feed(capture_of(text)).entries
    assert (entry.guid, entry.authors, entry.content_html) == ("7", ("علي",), "أ &lt; ب")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("قال الوزير", "holds no feed"),
        ("{}", "no JSON Feed"),
        ("[1, 2]", "no JSON Feed"),
        ('{"items": [', "no JSON"),
        ("<opml version='2.0'><body/></opml>", "OPML"),
        ("<rss><channel><item><title>خبر", "broken"),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(capture_of, text, reason) -> None:
    with pytest.raises(FeedError, match=reason):
        read_feed(capture_of(text))


def test_a_page_where_a_feed_was_is_an_error_and_no_list(capture_of) -> None:
    page = "<html><body><ul>" + "".join(f'<li><a href="/2025/{i}111">عنوان خبر طويل رقم {i}</a>' for i in range(9))
    assert len(read_feed(capture_of(page), kind="listing").entries) == 9
    with pytest.raises(FeedError, match="a page, where a feed was"):
        read_feed(capture_of(page), kind="rss")
