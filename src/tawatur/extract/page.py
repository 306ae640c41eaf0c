"""
A page opened for reading: decoded and parsed once, what it declares of itself gathered.

Every reader of this folder (headline, body, date, byline …) takes a ``Page`` and looks at the same tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from tawatur.errors import ExtractionError
from tawatur.extract.json_ld import read_json_ld
from tawatur.extract.outline import Block, read_outline
from tawatur.extract.wording import clean_text
from tawatur.model import PageRules, Source

#: The longest page that is read, in letters. The longest of 428 pages measured has 2.9 million; live blogs of a day 4.
PAGE_LETTERS = 8_000_000
#: The most elements that are looked at: parsing is quick, but every later step looks at each of them.
PAGE_ELEMENTS = 120_000
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SEEN_TEXT = etree.XPath("descendant::text()[not(parent::script or parent::style)]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Page:
    """One HTML page."""

    #: Where it was fetched from; None when unknown.
    url: str | None
    #: The page as text, and its tree.
    markup: str
    tree: HtmlElement
    outline: tuple[Block, ...]
    #: Contents of ``<meta>`` by name, property or itemprop in lower case, in page order.
    meta: Mapping[str, tuple[str, ...]]
    #: Objects of the page's JSON-LD, flattened.
    statements: tuple[Mapping[str, Any], ...]
    source: Source | None
    rules: PageRules | None
    fetched: datetime | None

    @property
    def host(self) -> str | None:
        return host_of(self.url)

    def said(self, *names: str) -> tuple[str, ...]:
        """Give what the page's meta elements say under these names, in the order of the names."""
        return tuple(content for name in names for content in self.meta.get(name, ()))

    def absolute(self, address: str | None) -> str | None:
        """Give an address of the page in full; None for what leads to no page."""
        if not address:
            return None
        address = address.strip()
        if address.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:")):
            return None
        try:
            full = urljoin(self.url or "", address)
            return full if urlsplit(full).scheme in ("http", "https") else None
        except ValueError:
            return None


def host_of(url: str | None) -> str | None:
    """Give the host of an address without ``www.``; None when there is none.

    >>> host_of("https://www.example.org/a")
    'example.org'
    """
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def rules_for(source: Source | None, fetched: datetime | None) -> PageRules | None:
    """Give the page rules of a source that hold on the day of a capture; None when it has none."""
    if source is None:
        return None
    held = [rule for rule in source.rules if rule.since is None or fetched is None or rule.since <= fetched.date()]
    return max(held, key=lambda rule: rule.since.toordinal() if rule.since else 0) if held else None


def parse_html(text: str, url: str | None) -> HtmlElement:
    """Parse a page, whatever its markup.

    Raises:
        ExtractionError: It is too long, has too many elements, or nothing in it can be read.
    """
    if len(text) > PAGE_LETTERS:
        raise ExtractionError(url, "not_html", f"the page has {len(text):,} letters, more than {PAGE_LETTERS:,}")
    text = _DECLARATION.sub("", _NOT_XML.sub(" ", text), count=1)
    if not text.strip():
        raise ExtractionError(url, "no_text", "the page is empty")
    # Nesting deeper than libxml2's 256 is cut there: no page of an outlet reaches it, and a deeper tree could
    # exhaust the stack of everything that walks it.
    parser = HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
        default_doctype=False,
        collect_ids=False,
    )
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ExtractionError(url, "not_html", f"the markup cannot be parsed: {error}") from error
    if tree.xpath("count(//*)") > PAGE_ELEMENTS:
        raise ExtractionError(url, "not_html", f"the page has more than {PAGE_ELEMENTS:,} elements")
    return tree


def open_page(
    text: str,
    *,
    url: str | None,
    source: Source | None = None,
    fetched: datetime | None = None,
) -> Page:
    """Open a page for reading.

    Raises:
        ExtractionError: The text cannot be read as a page.
    """
    tree = parse_html(text, url)
    rules = rules_for(source, fetched)
    if rules is not None:
        remove(found for selector in rules.remove for found in tree.cssselect(selector))
    return Page(
        url=url,
        markup=text,
        tree=tree,
        outline=read_outline(tree),
        meta=_read_meta(tree),
        statements=read_json_ld(tree),
        source=source,
        rules=rules,
        fetched=fetched,
    )


def _read_meta(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    said: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = clean_text(unescape(element.get("content") or ""))
        if not content:
            continue
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            if name := element.get(attribute):
                said.setdefault(name.strip().lower(), []).append(content)
    return {name: tuple(contents) for name, contents in said.items()}


def remove(elements: Iterable[HtmlElement]) -> None:
    """Take elements out of their tree; the text after each stays."""
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def text_of(element: HtmlElement) -> str:
    """Give the text of an element as one line, scripts and styles left out.

    >>> text_of(document_fromstring("<p>في <b>بيروت</b><script>x</script></p>"))
    'في بيروت'
    """
    parts = _SEEN_TEXT(element)
    return clean_text(("" if element.find(".//br") is None else " ").join(parts))
