"""Listing pages: the articles a page leads to, and nothing that leads around it."""

from __future__ import annotations

import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tawatur.errors import FeedError
from tawatur.feeds import read_feed

PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><title>صحيفة المدينة - محليات</title></head>
<body class="with-menu"><form id="aspnet">
<header><a href="/">صحيفة المدينة اليومية المستقلة الأولى</a></header>
<nav><ul><li><a href="/about-us-and-our-long-story">من نحن وما هي قصتنا الطويلة</a></li>
 <li><a href="/local">محليات</a></li></ul></nav>
<div class="top-menu"><a href="/subscribe/1234567">اشترك الآن في نشرتنا البريدية اليومية</a></div>
<main>
 <article class="hero"><a href="/news/1001"><img src="/i/1.jpg" alt=""></a>
  <h2><a href="/news/1001?utm_source=home">رئيس البلدية يفتتح الحديقة العامة بعد تجديدها</a></h2>
  <time datetime="2025-03-20T15:00:00+03:00">الخميس</time>
  <p>افتتح رئيس البلدية الحديقة العامة في وسط المدينة بعد عامين من أعمال التجديد.</p>
  <a href="/news/1001">اقرأ المزيد</a></article>
 <ul class="list">
  <li><a href="/news/1002">ارتفاع أسعار الخضار في الأسواق قبل رمضان</a></li>
  <li><a href="news/1003">مباراة ودية</a></li>
  <li><a href="/news/1004"><h3>المطار يستقبل أول رحلة مباشرة من الرباط</h3><span>سياحة</span></a></li>
  <li><a href="/news/1005">الأرصاد تتوقع أمطارا متفرقة نهاية الأسبوع</a></li>
  <li><a href="#top">إلى أعلى الصفحة من فضلك الآن</a></li>
 </ul>
 <div class="ads"><ul>
  <li><a href="https://ads.example/1111111">طريقة بسيطة لخسارة الوزن في أسبوع واحد</a></li>
  <li><a href="https://ads.example/2222222">لن تصدق ما فعله هذا الرجل بسيارته</a></li>
  <li><a href="https://ads.example/3333333">أفضل عشرة فنادق لقضاء عطلة الصيف</a></li></ul></div>
 <div class="sections"><a href="/local">محليات</a><a href="/sport">رياضة</a><a href="/world">العالم</a></div>
</main>
<footer><a href="/privacy-policy-of-this-site">سياسة الخصوصية وشروط استخدام هذا الموقع</a></footer>
</form></body></html>"""


def test_the_articles_of_a_page_are_found_and_nothing_else(capture_of) -> None:
    feed = read_feed(capture_of(PAGE, url="https://example.org/local"), kind="listing")
    assert (feed.kind, feed.title, feed.language) == ("listing", "صحيفة المدينة - محليات", "ar")
    assert [(entry.url, entry.title) for entry in feed.entries] == [
        ("https://example.org/news/1001", "رئيس البلدية يفتتح الحديقة العامة بعد تجديدها"),
        ("https://example.org/news/1002", "ارتفاع أسعار الخضار في الأسواق قبل رمضان"),
        ("https://example.org/news/1003", "مباراة ودية"),
        ("https://example.org/news/1004", "المطار يستقبل أول رحلة مباشرة من الرباط"),
        ("https://example.org/news/1005", "الأرصاد تتوقع أمطارا متفرقة نهاية الأسبوع"),
    ]


def test_what_stands_beside_a_headline_is_read(capture_of) -> None:
    first, second = read_feed(capture_of(PAGE, url="https://example.org/local"), kind="listing").entries[:2]
    assert first.published == datetime(2025, 3, 20, 12, 0, tzinfo=UTC)
    assert first.image == "https://example.org/i/1.jpg"
    assert (first.summary or "").startswith("افتتح رئيس البلدية الحديقة")
    assert (second.published, second.image, second.summary) == (None, None, None)


def test_a_page_that_lists_other_sites_is_read_too(capture_of) -> None:
    links = "".join(f'<li><a href="http://n{i % 2}.example/{i}">عنوان من صحيفة أخرى رقم {i}</a></li>' for i in range(6))
    feed = read_feed(capture_of(f"<ul>{links}</ul>", url="https://example.org/"), kind="listing")
    assert len(feed.entries) == 6


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>صفحة بلا روابط</p></body></html>",
        "<html><body><a href='/about'>من نحن</a> <a href='/contact'>اتصل بنا</a></body></html>",
        "<html><body><h1>403</h1><a href='mailto:a@example.org'>راسلنا إن كنت تظن أن هذا خطأ</a></body></html>",
    ],
)
def test_a_page_without_articles_is_refused(capture_of, page) -> None:
    with pytest.raises(FeedError):
        read_feed(capture_of(page, url="https://example.org/"), kind="listing")


def test_a_page_of_nothing_but_links_is_read_in_bounds(capture_of) -> None:
    page = "<html><body>" + "<div>" * 3000 + "<a href='/news/12345'>عنوان خبر من خمس كلمات</a>" * 20_000
    with pytest.raises(FeedError, match="lists no articles"):
        read_feed(capture_of(page, url="https://example.org/"), kind="listing")


@pytest.mark.data
def test_real_listing_pages_are_read_better_than_by_counting_words(data: Path) -> None:
    import bench.listing as bench

    with tarfile.open(data / "html" / "arabic-listings.tar.gz") as archive:
        scores = bench.measure(archive)
    precision, recall = scores["tawatur"]
    assert precision >= 0.99
    assert recall >= 0.95
    assert precision + recall > sum(scores["four words"])


def test_a_page_that_nests_without_end_is_refused(capture_of) -> None:
    page = "<html><body>" + "<div>" * 100_000 + "<a href='/news/12345'>عنوان خبر من خمس كلمات</a>"
    with pytest.raises(FeedError, match="nests elements"):
        read_feed(capture_of(page, url="https://example.org/"), kind="listing")
