"""
The gate: from the bytes of a capture to text that is safe to parse.

A feed is written by strangers and read at every poll, so what is dear to parse is refused before a parser sees it:
documents over ``LARGEST_FEED`` (after unpacking ``.xml.gz`` sitemaps), entities that call entities (billion laughs),
entities kept in other files (XXE), entities repeated until they fill the memory (quadratic blow-up). No parser here
reads a DTD, a file or the network.
"""

from __future__ import annotations

import html
import re
import zlib
from dataclasses import dataclass

from tawatur.errors import FeedError
from tawatur.model import Capture
from tawatur.text.charset import decode, sniff_declared

__all__ = ["LARGEST_FEED", "Document", "declared_entities", "open_document", "with_entities"]

# The largest saved feed is 310 kB and 50 whole articles; sitemaps.org allows 50 MB for 50,000 addresses, news
# sitemaps (1,000 addresses) stay under 1 MB. Ten leave room for ten times the largest seen.
LARGEST_FEED = 10_000_000

_ENTITY = re.compile(r"""<!ENTITY\s+(?P<name>[\w.:-]{1,100})\s+(?:"(?P<a>[^"]*)"|'(?P<b>[^']*)')\s*>""")
# Feeds that declare entities declare those of HTML and a few namespaces: at most 253 names of some ten letters.
_MOST_ENTITIES = 300
_LONGEST_ENTITY = 100


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a capture, and what reading it took."""

    text: str
    problems: tuple[str, ...] = ()


def open_document(capture: Capture) -> Document:
    """Decode a capture, whatever charset it claims.

    Raises:
        FeedError: It is empty or too large.
    """
    data = capture.body
    if data[:2] == b"\x1f\x8b":
        data = _unpacked(data, capture.url)
    if len(data) > LARGEST_FEED:
        raise FeedError(f"{capture.url} is larger than {LARGEST_FEED} bytes")
    decoded = decode(data, declared=[capture.charset, sniff_declared(data)])
    text = decoded.text.lstrip("\ufeff")
    if not text.strip("\ufeff\x00 \t\r\n"):
        raise FeedError(f"{capture.url} is empty")
    return Document(text, decoded.problems)


def _unpacked(data: bytes, url: str) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(data, LARGEST_FEED + 1)
    except zlib.error as error:
        raise FeedError(f"{url} is a damaged gzip file: {error}") from error


def declared_entities(prolog: str, url: str) -> dict[str, str]:
    """Read the entities that stand before the root element: name, and text as it may stand in the feed.

    Raises:
        FeedError: They grow, or are kept elsewhere.
    """
    doctype = prolog.upper().find("<!DOCTYPE")
    return _entities(prolog[doctype:], url) if doctype >= 0 else {}


def with_entities(text: str, entities: dict[str, str], url: str) -> str:
    """Put the declared entities in their places.

    Raises:
        FeedError: The text would grow past ``LARGEST_FEED``.
    """
    if not entities:
        return text
    names = re.compile("&(" + "|".join(map(re.escape, entities)) + ");")
    growth = sum(len(entities[match[1]]) for match in names.finditer(text))
    if len(text) + growth > LARGEST_FEED:
        raise FeedError(f"{url} declares entities that would fill {growth} letters; it is not read")
    return names.sub(lambda match: entities[match[1]], text)


def _entities(subset: str, url: str) -> dict[str, str]:
    declared = subset.upper().count("<!ENTITY")
    if not declared:
        return {}
    found = {match["name"]: match["a"] if match["a"] is not None else match["b"] for match in _ENTITY.finditer(subset)}
    if len(found) != declared or declared > _MOST_ENTITIES:
        raise FeedError(f"{url} declares entities kept in other files, or too many; it is not read")
    return {name: _meaning(name, value, url) for name, value in found.items()}


def _meaning(name: str, value: str, url: str) -> str:
    """What an entity stands for; a single character may be written by its number."""
    character = re.fullmatch(r"&(?:#38;)?#(x?[0-9a-fA-F]{1,6});", value)
    if character:
        return html.escape(html.unescape(f"&#{character[1]};"))
    if len(value) > _LONGEST_ENTITY or "&" in value or "%" in value or "<" in value:
        raise FeedError(f"{url} declares an entity ({name}) that calls others or is too long; it is not read")
    return value
