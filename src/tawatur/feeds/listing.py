"""Listing pages: pages that only list links."""

from __future__ import annotations

from tawatur.errors import FeedError
from tawatur.model import Feed


def read_listing(text: str, url: str) -> Feed:
    """Not here yet."""
    raise FeedError(f"{url} is a page of {len(text)} letters; listing pages are not read yet")
