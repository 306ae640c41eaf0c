"""What sources announce: feeds, sitemaps and listing pages, from a capture to entries; no network."""

from tawatur.feeds import websub
from tawatur.feeds.discovery import FoundFeed, FoundWhere, discover_feeds
from tawatur.feeds.opml import OpmlReading, read_opml, write_opml
from tawatur.feeds.reading import read_feed

__all__ = [
    "FoundFeed",
    "FoundWhere",
    "OpmlReading",
    "discover_feeds",
    "read_feed",
    "read_opml",
    "websub",
    "write_opml",
]
