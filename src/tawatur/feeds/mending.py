"""
Mending: the commonest faults of feeds, put right in the text one by one.

Characters that XML forbids, a bare ``&``, references that only HTML knows, prefixes never declared, something after
the root, a file cut off in mid entry. A step is taken only when the text as it stood could not be parsed, and each
leaves a note.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Mended", "entry_name", "mendings"]

_NOT_XML = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]")
_AMPERSAND = re.compile(r"&(?:(?P<reference>#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8}|\w{1,32});)?")
_PREFIX = re.compile(r"<([A-Za-z_][\w.-]{0,40}):[A-Za-z_]|\s([A-Za-z_][\w.-]{0,40}):[\w.-]{1,40}\s*=")
_DECLARED_PREFIX = re.compile(r"\sxmlns:([\w.-]+)\s*=")
_MOST_PREFIXES = 30
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})

_ENTRY_OF = {"feed": "entry", "urlset": "url", "sitemapindex": "sitemap"}

#: What an undeclared prefix means: the namespaces that feeds use under their usual prefixes.
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


@dataclass(frozen=True, slots=True)
class Mended:
    """A text after one more step."""

    text: str
    #: What was done; None for a text as it came.
    note: str | None = None


def mendings(text: str, root_name: str) -> Iterator[Mended]:
    """The text, then mended a step further each time it is asked for."""
    yield Mended(text)
    cleaned = _NOT_XML.sub("", text)
    if cleaned != text:
        text = cleaned
        yield Mended(text, "characters that XML forbids left out")
    escaped = _with_known_references(text)
    if escaped != text:
        text = escaped
        yield Mended(text, "unescaped & and unknown references mended")
    declared = _with_prefixes(text, root_name)
    if declared != text:
        text = declared
        yield Mended(text, "undeclared prefixes declared")
    closed = _closed(text, root_name)
    if closed is not None:
        yield closed


def _with_known_references(text: str) -> str:
    pieces: list[str] = []
    end = 0
    while True:
        start = text.find("<![CDATA[", end)
        after = text.find("]]>", start) if start >= 0 else -1
        if after < 0:  # no further section, or one that is never closed
            pieces.append(_AMPERSAND.sub(_known_reference, text[end:]))
            return "".join(pieces)
        pieces.append(_AMPERSAND.sub(_known_reference, text[end:start]))
        pieces.append(text[start : after + 3])
        end = after + 3


def entry_name(root_name: str) -> str:
    """A pattern for the name of an entry under this root, with any prefix."""
    return r"(?:[A-Za-z_][\w.-]*:)?" + _ENTRY_OF.get(root_name.rpartition(":")[2].lower(), "item")


def _known_reference(match: re.Match[str]) -> str:
    reference = match["reference"]
    if reference in _XML_ENTITIES:
        return match[0]
    if reference is None:
        return "&amp;"
    meant = html.unescape(match[0])
    if meant == match[0]:
        return f"&amp;{match[0][1:]}"
    return html.escape(_NOT_XML.sub("", meant), quote=True)


def _with_prefixes(text: str, root_name: str) -> str:
    root = re.search(rf"<{re.escape(root_name)}\b[^<>]*", text)
    if root is None:
        return text
    used = {element or attribute for element, attribute in _PREFIX.findall(text)} - {"xml", "xmlns"}
    missing = sorted(used - set(_DECLARED_PREFIX.findall(text)))[:_MOST_PREFIXES]
    at = root.start() + 1 + len(root_name)
    added = "".join(f' xmlns:{prefix}="{NAMESPACES.get(prefix, f"urn:undeclared:{prefix}")}"' for prefix in missing)
    return text[:at] + added + text[at:]


def _closed(text: str, root_name: str) -> Mended | None:
    """End the text after its first root, or after the last whole entry when it is cut off."""
    end = re.search(rf"</{re.escape(root_name)}\s*>", text)
    if end is not None:
        rest = text[end.end() :]
        return Mended(text[: end.end()], "text after the end of the feed left out") if rest.strip() else None
    ends = list(re.finditer(rf"</{entry_name(root_name)}\s*>", text, re.IGNORECASE))
    if not ends:
        return None
    whole = text[: ends[-1].end()]
    opened_channel = re.search(r"<channel\b[^<>]*>", whole, re.IGNORECASE)
    closes = "</channel>" if opened_channel and "</channel>" not in whole and root_name.lower() != "channel" else ""
    return Mended(f"{whole}{closes}</{root_name}>", "the file is cut off; its whole entries were read")
