"""
Where on a page a text stands, told from the tags and names of the elements around it.

Names are what designers of Arabic and other news sites call their boxes, in English nearly always; they are hints.
Who asks must allow for a page that calls its whole article ``related-content``.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from lxml.html import HtmlElement

Place = Literal[
    "chrome",  # the site's head, foot, menus
    "aside",  # a side column
    "caption",  # words of a picture
    "picture",  # a picture's frame
    "comments",
    "related",  # links to other articles
    "share",
    "tags",
    "byline",
    "date",
    "credit",
    "lead",  # the first paragraph or standfirst in its own box
    "standfirst",
    "widget",  # polls, newsletters, advertisements, banners
    "article",
]

_BY_TAG: dict[str, Place] = {
    "nav": "chrome",
    "footer": "chrome",
    "aside": "aside",
    "figcaption": "caption",
    "caption": "caption",
    "article": "article",
    "form": "widget",
}

# A name is cut at everything that is no letter and between small and capital letters: ``img-cap`` is img, cap.
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@cache
def _places_by_name() -> dict[str, frozenset[Place]]:
    table: dict[Place, str] = tomllib.loads(  # type: ignore[assignment]
        files("tawatur.extract").joinpath("place_names.toml").read_text(encoding="utf-8")
    )
    held: dict[str, set[Place]] = {}
    for place, names in table.items():
        for name in names.split():
            held.setdefault(name, set()).add(place)
    return {name: frozenset(places) for name, places in held.items()}


def places_of(element: HtmlElement) -> frozenset[Place]:
    """Give the places an element makes for the text inside it.

    >>> sorted(places_of(HtmlElement()))
    []
    """
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _places(str(element.tag), names[:300], element.get("itemprop") or "")


@lru_cache(maxsize=8192)
def _places(tag: str, names: str, prop: str) -> frozenset[Place]:
    if tag in ("html", "body"):
        return frozenset()
    found: set[Place] = {_BY_TAG[tag]} if tag in _BY_TAG else set()
    by_name = _places_by_name()
    for name in names.split():
        parts = [part.lower() for part in _PART.findall(name)]
        for part in (*parts, "".join(parts)):
            found |= by_name.get(part, frozenset())
    return frozenset(found | _places_of_prop(prop))


def _places_of_prop(prop: str) -> set[Place]:
    if "author" in prop:
        return {"byline"}
    if prop.startswith("date"):
        return {"date"}
    if prop in ("caption", "copyrightHolder"):
        return {"caption"}
    return set()
