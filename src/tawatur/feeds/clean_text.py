"""
Text of a feed's fields: what a title or a summary says, without its markup.

A feed escapes HTML once, twice or not at all, and says seldom which: ``&amp;amp;quot;`` and ``<b>`` both come.
What looks like a reference is therefore decoded until nothing changes; what looks like a tag is taken out, and a
lone ``<`` stays. Everything is one pass over the text, whatever it holds.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata

__all__ = ["clean_text", "first_image"]

# U+061C, U+200E/F, U+202A-E, U+2066-9 set direction, U+200B and U+FEFF show nothing, U+00AD is a soft hyphen;
# C0 controls but tab and line ends have no place in a text.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
# Quoted values may hold ``>``; their length is bounded so that a lone quotation mark costs little.
_TAG = re.compile(
    r"""<!--
    | <(?P<close>/?)(?P<name>[a-z][a-z0-9:]*) (?P<rest>(?:\s(?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}')*)?/?)>
    | <(?P<close_>/?)(?P<name_>[a-z][a-z0-9:]*) (?:\s[^<>]*)?/?>""",
    re.IGNORECASE | re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""\b(src|data-src|width|height)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_UNREAD = frozenset({"script", "style", "iframe", "object", "noscript", "template"})
_INLINE_TAGS = """
    a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup
    time tt u var wbr
"""
_INLINE = frozenset(_INLINE_TAGS.split())
# Escaping three times over is the most that has been seen.
_MOST_ESCAPED = 4


def clean_text(source: str | None) -> str | None:
    """Give the plain text of a field that may be HTML, in one line, NFC; None when nothing is left.

    >>> clean_text("  <p>قال: &amp;quot;لا&amp;quot;</p><br/>ثم <b>م</b>ضى ")
    'قال: "لا" ثم مضى'
    >>> clean_text("5 < 6 & 7")
    '5 < 6 & 7'
    """
    if not source:
        return None
    text = source
    for _ in range(_MOST_ESCAPED):
        text = _without_tags(text)
        decoded = _REFERENCE.sub(_decode, text)
        if decoded == text:
            break
        text = decoded
    text = " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())
    return text or None


def first_image(source: str | None) -> str | None:
    """Give the address of the first picture in a piece of HTML, as written; counting pixels are passed over."""
    if not source or "<img" not in source.lower():
        return None
    for tag in _TAG.finditer(source):
        if (tag["name"] or "").lower() != "img":
            continue
        values = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag["rest"])}
        if values.get("width") in {"0", "1"} or values.get("height") in {"0", "1"}:
            continue
        address = html.unescape(values.get("data-src") or values.get("src") or "").strip()
        if address and not address.startswith("data:"):
            return address
    return None


def _decode(reference: re.Match[str]) -> str:
    return _meaning(reference[0])


@functools.lru_cache(maxsize=4096)
def _meaning(reference: str) -> str:
    decoded = html.unescape(reference)
    return " " if decoded == "\u00a0" else decoded  # NO-BREAK SPACE parts words like any other


def _without_tags(text: str) -> str:
    if "<" not in text:
        return text
    pieces: list[str] = []
    end = 0
    while tag := _TAG.search(text, end):
        pieces.append(text[end : tag.start()])
        name = (tag["name"] or tag["name_"] or "").lower()
        if not name:
            end = _after(text, "-->", tag.end())
        elif name in _UNREAD and not (tag["close"] or tag["close_"]) and not tag[0].endswith("/>"):
            end = _after(text, f"</{name}", tag.end())
            pieces.append(" ")
        else:
            end = tag.end()
            pieces.append("" if name in _INLINE else " ")
    pieces.append(text[end:])
    return "".join(pieces)


def _after(text: str, mark: str, start: int) -> int:
    """Where the mark stands next, or the end of a text that never closes what it opened."""
    at = text.find(mark, start)
    if at < 0:
        return len(text)
    return at + len(mark) if mark == "-->" else at
