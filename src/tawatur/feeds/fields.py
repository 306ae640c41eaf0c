"""Fields of an item or a channel, whatever the dialect: children by name, their text and their markup."""

from __future__ import annotations

import base64
import binascii
import functools
import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from tawatur.feeds.xml_tree import Element, local_name

__all__ = ["Fields", "hours", "markup", "updating_minutes"]

# Namespaces by the prefix they usually have. Feeds write them with and without a closing slash, in http and
# https, and under names of their own; what is compared is the address without its scheme, lower case.
_PREFIXES = {
    "www.w3.org/2005/atom": "atom",
    "purl.org/atom/ns#": "atom",
    "purl.org/rss/1.0/modules/content": "content",
    "purl.org/dc/elements/1.1": "dc",
    "purl.org/dc/elements/1.0": "dc",
    "purl.org/dc/terms": "dcterms",
    "rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "search.yahoo.com/mrss": "media",
    "video.search.yahoo.com/mrss": "media",
    "www.google.com/schemas/sitemap-news/0.9": "news",
    "www.google.com/schemas/sitemap-image/1.1": "image",
    "www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "purl.org/rss/1.0/modules/syndication": "sy",
    "www.w3.org/1999/xhtml": "xhtml",
    "purl.org/rss/1.0": "",
    "purl.org/rss/0.9": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "channel.netscape.com/rdf/simple/0.9": "",
    "backend.userland.com/rss2": "",
    "backend.userland.com/rss": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "www.sitemaps.org/schemas/sitemap/0.9": "",
    "www.google.com/schemas/sitemap/0.84": "",
}
_MINUTES = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


@dataclass(frozen=True, slots=True)
class Fields:
    """The children of one element, by ``prefix:name``; those of the format itself have no prefix."""

    element: Element
    children: Mapping[str, Sequence[Element]]

    @classmethod
    def of(cls, element: Element, *, own: str = "") -> Fields:
        """Sort the children of an element; those under the prefix ``own`` are the format's."""
        children: dict[str, list[Element]] = {}
        for child in element:
            children.setdefault(_usual_name(str(child.tag), own), []).append(child)
        return cls(element, children)

    def all(self, *names: str) -> Iterator[Element]:
        """The children of these names, the names in the order given."""
        for name in names:
            yield from self.children.get(name, ())

    def text(self, *names: str) -> str | None:
        """The text of the first of these that has any, as written."""
        return next(iter(self.texts(*names)), None)

    def texts(self, *names: str) -> tuple[str, ...]:
        """The texts of all of these, the empty ones left out."""
        return tuple(text for child in self.all(*names) if (text := "".join(child.itertext()).strip()))


@functools.lru_cache(maxsize=4096)
def _usual_name(tag: str, own: str) -> str:
    space, _, name = tag.rpartition("}")
    space = space.lstrip("{").lower().rstrip("/").removeprefix("https://").removeprefix("http://")
    prefix = _PREFIXES.get(space, space)
    return name.lower() if prefix in {"", own} else f"{prefix}:{name.lower()}"


def markup(element: Element) -> str:
    """Give the content of an Atom text construct (RFC 4287 §3.1, Atom 0.3 §3.1) as HTML."""
    kind = (element.get("type") or "text").lower()
    mode = (element.get("mode") or "").lower()
    if kind in {"xhtml", "application/xhtml+xml"} or mode == "xml" or len(element):
        return _inner(element)
    text = element.text or ""
    if mode == "base64":
        try:
            return base64.b64decode(text, validate=False).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return ""
    return text if "html" in kind or mode == "escaped" else html.escape(text, quote=False)


def _inner(element: Element) -> str:
    """The markup inside an element; the ``div`` that Atom asks for is left out."""
    inside = element
    if len(element) == 1 and local_name(element[0]) == "div" and not (element.text or "").strip():
        inside = element[0]
    written = [html.escape(inside.text or "", quote=False)]
    written += [etree.tostring(child, encoding="unicode", method="html") for child in inside]
    return "".join(written)


def updating_minutes(ttl: str | None, period: str | None, frequency: str | None) -> int | None:
    """How many minutes a feed asks not to be read again: its ``ttl``, else its updating period by its frequency."""
    stated = _whole(ttl)
    if stated:
        return stated
    minutes = _MINUTES.get((period or "").strip().lower())
    return max(1, minutes // (_whole(frequency) or 1)) if minutes else None


def _whole(text: str | None) -> int | None:
    digits = (text or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) <= 9 else None


def hours(texts: Sequence[str]) -> frozenset[int]:
    """The hours of ``skipHours``: 0 to 23, where RSS 0.91 wrote midnight as 24."""
    return frozenset(hour % 24 for text in texts if (hour := _whole(text)) is not None and hour <= 24)
