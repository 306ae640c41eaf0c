"""
Signatures: where an agency or an outlet signs a text: at its head («دبي (CNN) --», «سبق - الرياض:») or its foot
(«(أ ف ب)»).

Abbreviations of bare letters and names that are words as well («سبق», «وال») are names here: the place says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tawatur.analysis.carrier_words import known_outlet
from tawatur.analysis.document import Passage
from tawatur.analysis.name_lists import country_of
from tawatur.sources.registry import Outlet
from tawatur.text.spans import Span

__all__ = ["Signature", "find_signatures"]

# «شرم الشيخ، جمهورية مصر العربية (CNN) --» takes 40 letters; a byline and two desks take 80.
_LONGEST_HEAD = 90
_LONGEST_FOOT = 60
_LONGEST_NAME = 32
_HEAD = re.compile(r"[ \t\n]*(?P<head>[^\n:]{2,90}?)[ \t\u00a0]*(?:--+|[:\n]|[\u2013\u2014](?=[ \t\u00a0]))")
_PARTS = re.compile(r"[ \t\u00a0]*(?:[-\u2013\u2014\u0640،,|/()«»\"“”*]|\bعن\b)+[ \t\u00a0]*")
_NAMES = re.compile(r"[^\s/](?:[^/]*[^\s/])?")
_BRACKETED = re.compile(r"\((?P<name>[^()\n]{2,32})\)[ \t\u00a0]*(?:--?|[\u2013\u2014:])")
_FOOT = re.compile(
    r"(?:\A|[\n.])[ \t\u00a0]*(?:[(\[/«\"]|(?:المصدر|نقلا عن|رابط الخبر بصحيفة)[ \t\u00a0]*:?)?[ \t\u00a0]*"
    r"(?P<name>[^\n.()\[\]:]{2,32}(?:\.[^\n.()\[\]:]{1,3}){0,3})\.?[ \t\u00a0]*[)\]/»\"]?(?P<link>:[^\n]*)?[ \t\n]*\Z"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """An outlet that signs a text."""

    name: Span
    #: The line or brackets that it stands in.
    evidence: Span
    outlet: Outlet
    at_head: bool
    #: The address of the page follows.
    linked: bool = False


def find_signatures(passage: Passage) -> tuple[Signature, ...]:
    """Find who signs a body, the head first; a title or an abstract is not signed at its foot.

    >>> from tawatur.analysis.document import Passage
    >>> [one.outlet.id for one in find_signatures(Passage("body", "دبي (CNN) -- أعلنت الشرطة.", (), ()))]
    ['cnn']
    """
    if passage.field == "title":
        return ()
    found = dict.fromkeys((*_heads(passage), *(_feet(passage) if passage.field == "body" else ())))
    return tuple(found)


def _heads(passage: Passage) -> Iterator[Signature]:
    text = passage.text
    bracketed = _BRACKETED.search(text, 0, _LONGEST_HEAD)
    if bracketed is not None and "." not in text[: bracketed.start()]:
        outlet = _signs(bracketed["name"])
        if outlet is not None:
            start = len(text) - len(text.lstrip())
            end = bracketed.start("name") + len(bracketed["name"]) + 1
            yield _signature(passage, bracketed.start("name"), bracketed.end("name"), start, end, outlet, at_head=True)
            return
    head = _HEAD.match(text)
    if head is None:
        return
    start, end = head.span("head")
    cuts = [start]
    for part in _PARTS.finditer(text, start, end):
        cuts += [part.start(), part.end()]
    cuts.append(end)
    for first, last in zip(cuts[::2], cuts[1::2], strict=True):
        outlet = _signs(text[first:last]) if last > first and len(cuts) > 2 else None
        if outlet is not None and not (first > start and last == end and country_of(text[first:last])):
            yield _signature(passage, first, last, start, end, outlet, at_head=True)
            return


def _feet(passage: Passage) -> Iterator[Signature]:
    text = passage.text
    tail = max(0, len(text.rstrip()) - _LONGEST_FOOT)
    last_line = max(text.rstrip().rfind("\n"), 0)
    foot = _FOOT.search(text, min(tail, last_line) if "رابط" in text[last_line:] else tail)
    if foot is None:
        return
    start = foot.start("name")
    whole = foot["name"].rstrip()
    places = (range(start, start + len(whole)), *_between_slashes(start, whole))
    for place in places:
        outlet = _signs(text[place.start : place.stop])
        if outlet is not None:
            yield _signature(
                passage,
                place.start,
                place.stop,
                place.start,
                place.stop,
                outlet,
                at_head=False,
                linked=bool(foot["link"]),
            )


def _between_slashes(start: int, names: str) -> Iterator[range]:
    """«فرانس24/ أ ف ب»: a text of two."""
    parts = _NAMES.finditer(names) if "/" in names else ()
    yield from (range(start + part.start(), start + part.end()) for part in parts)


def _signature(
    passage: Passage,
    first: int,
    last: int,
    start: int,
    end: int,
    outlet: Outlet,
    *,
    at_head: bool,
    linked: bool = False,
) -> Signature:
    return Signature(passage.span(first, last), passage.span(start, end), outlet, at_head, linked)


@lru_cache(maxsize=4096)
def _signs(name: str) -> Outlet | None:
    """Give the agency or outlet that a name signs for."""
    if not name.strip() or len(name) > _LONGEST_NAME:
        return None
    outlet = known_outlet(name.strip())
    return outlet if outlet is not None and outlet.kind in ("agency", "outlet") else None
