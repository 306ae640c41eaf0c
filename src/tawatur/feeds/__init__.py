"""What sources announce: feeds, sitemaps and listing pages, from a capture to entries; no network."""

from tawatur.feeds.reading import read_feed

__all__ = ["read_feed"]
