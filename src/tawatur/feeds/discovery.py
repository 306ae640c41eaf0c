"""
Discovery: from any address of a site to the feeds it may have.

A site names its feeds in ``<link rel="alternate">`` (https://blog.whatwg.org/feed-autodiscovery), links them in its
pages («خدمة RSS»), lists sitemaps in robots.txt (RFC 9309 §2.2.4), or says nothing: then well-known addresses may
be tried, marked as guesses, and a page that lists articles can be followed itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tawatur.errors import FeedError
from tawatur.feeds.clean_text import clean_text
from tawatur.feeds.drafts import stated_address, usable_address
from tawatur.feeds.gate import open_document
from tawatur.feeds.page_links import base_of, parse_page
from tawatur.feeds.reading import read_feed
from tawatur.model import Capture, FeedKind

__all__ = ["FoundFeed", "FoundWhere", "discover_feeds"]

#: Where a feed's address was found, most trusted first.
FoundWhere = Literal["document", "link", "header", "robots", "anchor", "page", "guess"]

_KINDS: dict[str, FeedKind] = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/x-rss+xml": "rss",
    "text/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
}
_UNSURE_TYPES = frozenset({"application/xml", "text/xml", "application/json"})
_HINT = re.compile(r"(?:^|[/._\-?=&])(?:rss2?|feeds?|atom|rdf)(?:$|[/._\-?=&])|خلاصات|\bRSS\b", re.IGNORECASE)
_COMMENTS = re.compile(r"/comments/|[?&]feed=comments|التعليقات|تعليقات|\bcomments?\b", re.IGNORECASE)
_SITEMAP = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
# What the systems behind Arabic outlets use (WordPress, Drupal, Joomla, Blogger and house-made ones), by how often
# they stand in ``feeds_ar.opml``.
_GUESSES: tuple[tuple[str, FeedKind], ...] = (
    ("/feed/", "rss"),
    ("/rss.xml", "rss"),
    ("/rss", "rss"),
    ("/feed", "rss"),
    ("/feed.xml", "rss"),
    ("/atom.xml", "atom"),
    ("/feed.json", "json"),
    ("/news-sitemap.xml", "sitemap"),
    ("/sitemap-news.xml", "sitemap"),
    ("/sitemap_index.xml", "sitemap"),
    ("/sitemap.xml", "sitemap"),
)
# A page with fewer article links is no list worth following.
FEWEST_ARTICLES = 5
MOST_FOUND = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """An address where a site may have a feed."""

    url: str
    found_in: FoundWhere
    #: What it says it is; None when it does not say.
    kind: FeedKind | None = None
    title: str | None = None
    #: The WebSub hub that the page names.
    hub: str | None = None

    @property
    def is_guess(self) -> bool:
        """Whether nobody said that it exists."""
        return self.found_in == "guess"


def discover_feeds(capture: Capture) -> tuple[FoundFeed, ...]:
    """Find the feeds that a page, a robots.txt or a feed itself leads to, best first, each address once.

    Guesses come last and only for a page. Feeds of comments are left out.

    Raises:
        FeedError: The capture is empty, too large or nests too deep.
    """
    text = open_document(capture).text
    if urlsplit(capture.url).path == "/robots.txt" or (capture.media_type == "text/plain" and _SITEMAP.search(text)):
        return _each_once(_of_robots(text, capture.url))
    try:
        feed = read_feed(capture)
    except FeedError:
        feed = None
    if feed is not None and feed.kind != "listing":
        return (FoundFeed(url=capture.url, found_in="document", kind=feed.kind, title=feed.title, hub=feed.hub),)
    tree = parse_page(text, capture.url)
    found = [*_of_links(tree, capture), *_of_anchors(tree, capture.url)]
    if feed is not None and len(feed.entries) >= FEWEST_ARTICLES:
        page = usable_address([capture.url], "")
        found += [FoundFeed(url=page, found_in="page", kind="listing", title=feed.title)] if page else []
    return _each_once([*found, *_guesses(capture.url)])


def _of_robots(text: str, url: str) -> list[FoundFeed]:
    addresses = (usable_address([line], url) for line in _SITEMAP.findall(text))
    found = [FoundFeed(url=address, found_in="robots", kind="sitemap") for address in addresses if address]
    return sorted(found, key=lambda feed: "news" not in feed.url)  # a sitemap of news before one of everything


def _of_links(tree: LexborHTMLParser, capture: Capture) -> Iterator[FoundFeed]:
    base = base_of(tree, capture.url)
    hubs = [target for relation, target in capture.links if relation == "hub"]
    hubs += [link.attributes.get("href") or "" for link in tree.css('link[rel~="hub"][href]')]
    hub = stated_address(hubs, base)
    for relation, target in capture.links:
        if relation == "alternate" and _HINT.search(target) and (address := usable_address([target], capture.url)):
            yield FoundFeed(url=address, found_in="header", hub=hub)
    for link in tree.css("link[href]"):
        relations = (link.attributes.get("rel") or "").lower().split()
        if not {"alternate", "feed"} & set(relations) or "stylesheet" in relations:
            continue
        kind = _stated_kind(link)
        title = clean_text(link.attributes.get("title"))
        address = usable_address([link.attributes.get("href") or ""], base)
        if address and kind is not False and not _is_of_comments(address, title):
            yield FoundFeed(url=address, found_in="link", kind=kind or None, title=title, hub=hub)


def _stated_kind(link: LexborNode) -> FeedKind | Literal[False] | None:
    """The kind a link states; None when it may be any, False when it is no feed."""
    media_type = (link.attributes.get("type") or "").split(";")[0].strip().lower()
    if media_type in _KINDS:
        return _KINDS[media_type]
    hinted = _HINT.search(link.attributes.get("href") or "")
    if "feed" in (link.attributes.get("rel") or "").split() or (media_type in _UNSURE_TYPES and hinted):
        return None
    return False


def _of_anchors(tree: LexborHTMLParser, url: str) -> Iterator[FoundFeed]:
    base = base_of(tree, url)
    for anchor in tree.css("a[href]"):
        href = anchor.attributes.get("href") or ""
        title = clean_text(anchor.text())
        if not (_HINT.search(_without_host(href)) or (title and _HINT.search(title) and len(title) < 40)):
            continue
        address = usable_address([href], base)
        if address and not _is_of_comments(address, title):
            yield FoundFeed(url=address, found_in="anchor", title=title)


def _without_host(href: str) -> str:
    """The path and query of a link, without the host: ``feed.example.org`` is no feed by its name."""
    return re.sub(r"\A(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*", "", href, flags=re.IGNORECASE)


def _is_of_comments(address: str, title: str | None) -> bool:
    return bool(_COMMENTS.search(urlsplit(address).path) or (title and _COMMENTS.search(title)))


def _guesses(url: str) -> Iterator[FoundFeed]:
    for path, kind in _GUESSES:
        if address := usable_address([path], url):
            yield FoundFeed(url=address, found_in="guess", kind=kind)


def _each_once(found: list[FoundFeed]) -> tuple[FoundFeed, ...]:
    first: dict[str, FoundFeed] = {}
    for feed in found:
        first.setdefault(feed.url, feed)
    return tuple(first.values())[:MOST_FOUND]
