"""Entries: one address once, links and dates as the feed means them, text without markup."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tawatur.feeds import read_feed
from tawatur.feeds.clean_text import clean_text, first_image
from tawatur.feeds.stamps import read_stamp


def rss(items: str, head: str = "<link>https://example.org/</link>") -> str:
    return f'<rss version="2.0"><channel><title>ن</title>{head}{items}</channel></rss>'


def item(link: str = "", title: str = "خبر", more: str = "") -> str:
    return f"<item><title>{title}</title>{f'<link>{link}</link>' if link else ''}{more}</item>"


def test_a_repeated_address_is_one_entry_and_the_newest_statement_holds(capture_of) -> None:
    old = "<pubDate>Thu, 20 Mar 2025 08:00:00 GMT</pubDate>"
    new = "<pubDate>Thu, 20 Mar 2025 09:00:00 GMT</pubDate>"
    feed = read_feed(
        capture_of(
            rss(
                item("https://example.org/1?utm_source=rss", "الأول", old)
                + item("https://example.org/2", "ثان", new)
                + item("https://example.org/1#top", "الأول معدلا", new)
                + item("https://example.org/1?fbclid=9", "الأول بلا تاريخ")
            )
        )
    )
    assert [(entry.url, entry.title) for entry in feed.entries] == [
        ("https://example.org/1", "الأول معدلا"),
        ("https://example.org/2", "ثان"),
    ]


def test_parameters_that_name_a_page_keep_entries_apart(capture_of) -> None:
    feed = read_feed(
        capture_of(rss(item("https://example.org/a?id=1&amp;utm_medium=x") + item("https://example.org/a?id=2")))
    )
    assert [entry.url for entry in feed.entries] == ["https://example.org/a?id=1", "https://example.org/a?id=2"]


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        pytest.param(item(more="<guid>https://example.org/7</guid>"), "https://example.org/7", id="permalink guid"),
        pytest.param(
            item("https://example.org/8", more='<guid isPermaLink="true">https://example.org/9</guid>'),
            "https://example.org/8",
            id="link before guid",
        ),
        pytest.param(item("/news/7"), "https://example.org/news/7", id="relative to the site"),
        pytest.param(item("news/7"), "https://example.org/news/7", id="relative without a slash"),
        pytest.param(
            item(
                "http://feedproxy.google.com/~r/x/~3/1/",
                more='<feedburner:origLink xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
                "https://example.org/orig</feedburner:origLink>",
            ),
            "https://example.org/orig",
            id="the address behind a feed proxy",
        ),
        pytest.param(
            item("http://feedproxy.google.com/~r/x/~3/1/"), "http://feedproxy.google.com/~r/x/~3/1/", id="a bare proxy"
        ),
        pytest.param(
            item("javascript:void(0)", more="<guid>https://example.org/7</guid>"), "https://example.org/7", id="js"
        ),
        pytest.param(item("<![CDATA[ https://example.org/7 ]]>"), "https://example.org/7", id="spaces in CDATA"),
    ],
)
def test_the_page_of_an_entry_is_found(capture_of, entry, url) -> None:
    assert [found.url for found in read_feed(capture_of(rss(entry), url="https://feeds.example/x/rss")).entries] == [
        url
    ]


def test_an_entry_without_a_usable_address_is_left_out_and_told(capture_of) -> None:
    feed = read_feed(capture_of(rss(item(more="<guid>12345</guid>") + item("https://example.org/1"))))
    assert [entry.url for entry in feed.entries] == ["https://example.org/1"]
    assert feed.problems == ("1 entries without a usable address left out",)


def test_namesakes_in_other_modules_do_not_take_a_field(capture_of) -> None:
    modules = (
        '<media:title xmlns:media="http://search.yahoo.com/mrss/">صورة</media:title>'
        '<media:description xmlns:media="http://search.yahoo.com/mrss/">تعليق</media:description>'
        '<itunes:title xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">حلقة</itunes:title>'
    )
    (entry,) = read_feed(
        capture_of(rss(f"<item>{modules}<title>خبر</title><link>https://e.org/1</link></item>"))
    ).entries
    assert entry.title == "خبر"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("desk@example.org (أحمد سالم)", "أحمد سالم"),
        ("أحمد سالم (desk@example.org)", "أحمد سالم"),
        ("أحمد سالم &lt;desk@example.org&gt;", "أحمد سالم"),
        ("أحمد سالم (القاهرة)", "أحمد سالم (القاهرة)"),
        ("desk@example.org", "desk@example.org"),
    ],
)
def test_an_author_is_named_without_the_mail_address(capture_of, written, name) -> None:
    (entry,) = read_feed(capture_of(rss(item("/1", more=f"<author>{written}</author>")))).entries
    assert entry.authors == (name,)


@pytest.mark.parametrize(
    "more",
    [
        '<enclosure url="/i.jpg" type="image/jpeg" length="1"/>',
        '<media:thumbnail xmlns:media="http://search.yahoo.com/mrss/" url="/i.jpg"/>',
        '<m:group xmlns:m="http://search.yahoo.com/mrss/"><m:content url="/i.jpg" type="image/jpeg"/></m:group>',
        "<description>&lt;img width='1' src='/pixel.gif'&gt;&lt;img alt=\"a &gt; b\" src='/i.jpg'&gt;نص</description>",
    ],
)
def test_the_picture_of_an_entry_is_found(capture_of, more) -> None:
    (entry,) = read_feed(capture_of(rss(item("/1", more=more)))).entries
    assert entry.image == "https://example.org/i.jpg"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("قال: &amp;quot;نعم&amp;quot;", 'قال: "نعم"'),
        ("&amp;amp;quot;نعم&amp;amp;quot;", '"نعم"'),
        ("<b>عاجل</b>|خبر", "عاجل|خبر"),
        ("<p>أول</p><p>ثان</p>", "أول ثان"),
        ("كلمة<br/>أخرى", "كلمة أخرى"),
        ("ال<b>قاهرة</b>", "القاهرة"),
        ("\u202bخبر\u202c \u200fعاجل\u200e", "خبر عاجل"),
        ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2"),
        ("a<b", "a<b"),
        ("<script>alert('س')</script>نص", "نص"),
        ("<style>p{}</style>نص<!-- سر -->", "نص"),
        ('<a title="x > y" href="/">رابط</a>', "رابط"),
        ("ا\u0653", "آ"),
        ("&nbsp;نص&#160;", "نص"),
        ("AT&T", "AT&T"),
        ("<p></p>", None),
        ("", None),
    ],
)
def test_text_is_read_without_its_markup(written, text) -> None:
    assert clean_text(written) == text


def test_a_data_address_is_no_picture() -> None:
    assert first_image('<img src="data:image/gif;base64,R0"><img data-src="/b.jpg" src="/a.gif">') == "/b.jpg"


@pytest.mark.parametrize(
    ("stamp", "hour_minute"),
    [
        ("Thu, 20 Mar 2025 18:04:57 +0000", (18, 4)),
        ("Thu, 20 Mar 2025 18:04:57 +0300", (15, 4)),
        ("20 Mar 2025 18:04 GMT", (18, 4)),
        ("Thu, 20 March 2025 18:04:57 EST", (23, 4)),
        ("Jeudi, 20 mars 2025 18:04:57 +0100", (17, 4)),
        ("Thu, 20 Mar 2025 18:04:57 GMT+3", (15, 4)),
        ("Thu, 20 Mar 2025 18:04:57 UTC-02:30", (20, 34)),
        ("Thu, 20 Mar 2025 18:04:57 +0300 (AST)", (15, 4)),
        ("Wed, 20 Mar 2025 18:04:57 Z", (18, 4)),
        ("2025-03-20T18:04:57Z", (18, 4)),
        ("2025-03-20T18:04:57.123456+03:00", (15, 4)),
        ("2025-03-20 18:04:57 +03", (15, 4)),
        ("2025-03-20t18:04z", (18, 4)),
        ("Thu Mar 20 18:04:57 +0000 2025", (18, 4)),
        ("الخميس، 20 مارس 2025 18:04 بتوقيت غرينتش", (18, 4)),
        ("20 آذار/مارس 2025 الساعة 18:04 GMT+3", (15, 4)),
        ("Thu, 20 مارس 2025 18:04:57 +0300", (15, 4)),
    ],
)
def test_a_stamp_is_read_to_the_instant(stamp, hour_minute) -> None:
    instant = read_stamp(stamp)
    assert instant is not None
    assert instant.tzinfo is UTC
    assert (instant.year, instant.month, instant.day, instant.hour, instant.minute) == (2025, 3, 20, *hour_minute)


@pytest.mark.parametrize(
    "stamp",
    [
        None,
        "",
        "2025-03-20",
        "2025-03-20 18:04:57",  # no zone: any of 26 hours
        "Thu, 20 Mar 2025 18:04:57",
        "Thu, 20 Mar 2025 18:04:57 AST",  # Arabia or Atlantic
        "Thu, 20 Foo 2025 18:04:57 +0300",
        "0000-00-00 00:00:00",
        "2025-02-30T10:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "Thu, 20 Mar 2025 25:04:57 GMT",
        "منذ ٣ ساعات",
        "اليوم",
        "x" * 1000,
    ],
)
def test_what_is_no_certain_instant_stays_unknown(stamp) -> None:
    assert read_stamp(stamp) is None


def test_a_leap_second_is_no_error() -> None:
    assert read_stamp("2016-12-31T23:59:60Z") == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)
