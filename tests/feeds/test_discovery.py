"""Discovery: from an address of a site to its feeds."""

from __future__ import annotations

from tawatur.feeds import discover_feeds

PAGE = """<html><head><base href="https://example.org/ar/">
<link rel="alternate" type="application/rss+xml" title="الأخبار" href="feed.xml">
<link rel="alternate" type="application/rss+xml" title="تعليقات" href="/comments/feed/">
<link rel="alternate" type="application/atom+xml" href="https://feeds.example.net/atom">
<link rel="alternate" type="application/feed+json" href="/feed.json">
<link rel="alternate" type="application/json+oembed" href="/wp-json/oembed?url=x">
<link rel="alternate" hreflang="en" href="/en/">
<link rel="hub" href="https://hub.example/">
</head><body>
<a href="/rss/sport">رياضة</a> <a href="/services">خدمة RSS</a> <a href="/feedback">راسلنا</a>
<a href="https://rss.example.com/">موقع آخر</a> <a href="javascript:rss()">x</a>
</body></html>"""


def test_what_a_page_states_comes_before_what_it_hints_at_before_guesses(capture_of) -> None:
    found = discover_feeds(capture_of(PAGE, url="https://example.org/ar/home"))
    stated = [(feed.url, feed.kind, feed.found_in) for feed in found if not feed.is_guess]
    assert stated == [
        ("https://example.org/ar/feed.xml", "rss", "link"),
        ("https://feeds.example.net/atom", "atom", "link"),
        ("https://example.org/feed.json", "json", "link"),
        ("https://example.org/rss/sport", None, "anchor"),
        ("https://example.org/services", None, "anchor"),
    ]
    assert (found[0].title, found[0].hub) == ("الأخبار", "https://hub.example/")
    guesses = [feed.url for feed in found if feed.is_guess]
    assert "https://example.org/feed/" in guesses
    assert "https://example.org/feed.json" not in guesses
    assert found[-1].is_guess


def test_sitemaps_are_read_from_robots_txt_news_first(capture_of) -> None:
    robots = "User-agent: *\nDisallow: /admin\nSitemap: /sitemap.xml\nsitemap : https://example.org/news-sitemap.xml\n"
    found = discover_feeds(capture_of(robots, url="https://example.org/robots.txt", media_type="text/plain"))
    assert [(feed.url, feed.kind, feed.found_in) for feed in found] == [
        ("https://example.org/news-sitemap.xml", "sitemap", "robots"),
        ("https://example.org/sitemap.xml", "sitemap", "robots"),
    ]


def test_a_feed_is_its_own_discovery(capture_of) -> None:
    rss = "<rss><channel><title>ن</title><item><link>https://example.org/1</link></item></channel></rss>"
    (found,) = discover_feeds(capture_of(rss))
    assert (found.url, found.kind, found.found_in) == ("https://example.org/feeds/news.xml", "rss", "document")


def test_a_page_that_lists_articles_can_be_followed_itself(capture_of) -> None:
    links = "".join(f'<li><a href="/news/{i}000">خبر من أخبار المدينة رقم {i}</a></li>' for i in range(1, 8))
    found = discover_feeds(capture_of(f"<html><body><ul>{links}</ul></body></html>", url="https://example.org/local"))
    assert [(feed.url, feed.kind) for feed in found if feed.found_in == "page"] == [
        ("https://example.org/local", "listing")
    ]


def test_a_feed_named_in_a_header_is_found(capture_of) -> None:
    found = discover_feeds(capture_of("<html></html>", url="https://example.org/", links=(("alternate", "/feed/"),)))
    assert (found[0].url, found[0].found_in) == ("https://example.org/feed/", "header")
