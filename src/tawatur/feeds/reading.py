"""
Reading a feed: which kind a capture is, and its reader.

The kind is read from the document itself: the media types that servers send are wrong too often. Only a page of
HTML needs a word from outside: where a feed was expected, a page in its place (a parked domain, an error page with
status 200) is an error and never a list of articles.
"""

from __future__ import annotations

import dataclasses
import re

from tawatur.errors import FeedError
from tawatur.feeds.atom import read_atom
from tawatur.feeds.drafts import stated_address
from tawatur.feeds.gate import open_document
from tawatur.feeds.json_feed import read_json_feed
from tawatur.feeds.listing import read_listing
from tawatur.feeds.rss import read_rss
from tawatur.feeds.sitemap import read_sitemap, read_text_sitemap
from tawatur.feeds.xml_tree import local_name, parse_xml, root_tag
from tawatur.model import Capture, Feed, FeedKind

__all__ = ["read_feed"]

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ADDRESSES = re.compile(r"\s*(?:https?://\S+\s+)*https?://\S+\s*", re.IGNORECASE)


def read_feed(capture: Capture, *, kind: FeedKind | None = None) -> Feed:
    """Read what a capture announces, in the feed's own order, each address once.

    Args:
        capture: An answer of status 200. Nothing but its bytes and headers is looked at.
        kind: What this feed was when it was last read; None when it is read for the first time.

    Raises:
        FeedError: It is empty, unsafe, broken beyond what is certain, or no feed. Nothing else is raised,
            whatever the bytes.
    """
    document = open_document(capture)
    feed = _read(document.text, capture, kind)
    links = dict(reversed(capture.links))
    return dataclasses.replace(
        feed,
        language=(feed.language or "").strip() or None,
        # A hub named in a header comes before one in the document (WebSub §4).
        hub=stated_address([links.get("hub", "")], capture.url) or feed.hub,
        topic=stated_address([links.get("self", "")], capture.url) or feed.topic,
        problems=(*document.problems, *feed.problems),
    )


def _read(text: str, capture: Capture, kind: FeedKind | None) -> Feed:
    root = root_tag(text)
    page = _HTML.search(text)
    if root is not None and (page is None or root.start() < page.start()):
        return _read_xml(text, capture.url)
    if text.lstrip().startswith(("{", "[")):
        return read_json_feed(text, capture.url)
    if kind in {None, "listing"} and ("<a" in text or "<A" in text):
        return read_listing(text, capture.url)
    if len(text) < 5_000_000 and _ADDRESSES.fullmatch(text):
        return read_text_sitemap(text, capture.url)
    if page is not None:
        raise FeedError(f"{capture.url} is a page, where a feed was before")
    raise FeedError(f"{capture.url} holds no feed")


def _read_xml(text: str, url: str) -> Feed:
    root, notes = parse_xml(text, url)
    name = local_name(root)
    if name in {"urlset", "sitemapindex"}:
        feed = read_sitemap(root, url)
    elif name == "feed":
        feed = read_atom(root, url)
    elif name == "opml":
        raise FeedError(f"{url} is a list of feeds (OPML); import it instead")
    else:
        feed = read_rss(root, url)
    return dataclasses.replace(feed, problems=(*notes, *feed.problems))
