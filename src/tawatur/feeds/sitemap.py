"""
Sitemaps: https://www.sitemaps.org/protocol.html with Google's news and image extensions.

A news sitemap names title, publication date, language and keywords of each page; a plain one only addresses and
when they changed, which says nothing of publication. An index leads to further sitemaps (``Feed.more``).
"""

from __future__ import annotations

from tawatur.feeds.clean_text import clean_text
from tawatur.feeds.drafts import Draft, entries_of, usable_address
from tawatur.feeds.fields import Fields
from tawatur.feeds.xml_tree import Element, local_name
from tawatur.model import Feed

__all__ = ["read_sitemap", "read_text_sitemap"]


def read_sitemap(root: Element, url: str) -> Feed:
    """Read a sitemap or an index of sitemaps, found at an address."""
    if local_name(root) == "sitemapindex":
        found = (usable_address(Fields.of(child).texts("loc"), url) for child in root if local_name(child) == "sitemap")
        return Feed(kind="sitemap", more=tuple(dict.fromkeys(filter(None, found))))
    pages = [Fields.of(child) for child in root if local_name(child) == "url"]
    entries, problems = entries_of(_draft(page, url) for page in pages)
    return Feed(
        kind="sitemap",
        title=_publication(pages, "news:name"),
        language=_publication(pages, "news:language"),
        entries=entries,
        problems=problems,
    )


def read_text_sitemap(text: str, url: str) -> Feed:
    """Read a sitemap that is a list of addresses, a line each."""
    entries, problems = entries_of(Draft(links=(line,), base=url) for line in text.split() if line)
    return Feed(kind="sitemap", entries=entries, problems=problems)


def _draft(page: Fields, url: str) -> Draft:
    news = next((Fields.of(element) for element in page.all("news:news")), Fields.of(page.element))
    keywords = news.text("news:keywords") or ""
    return Draft(
        links=page.texts("loc"),
        base=url,
        title=news.text("news:title"),
        stamps=news.texts("news:publication_date"),
        changed=page.text("lastmod"),
        tags=tuple(keywords.replace("\u060c", ",").split(",")),  # U+060C ARABIC COMMA
        images=tuple(text for image in page.all("image:image") for text in Fields.of(image).texts("image:loc")),
    )


def _publication(pages: list[Fields], name: str) -> str | None:
    """What the first page says of its publication."""
    for page in pages[:1]:
        for news in page.all("news:news"):
            for publication in Fields.of(news).all("news:publication"):
                return clean_text(Fields.of(publication).text(name))
    return None
