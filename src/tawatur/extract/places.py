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

_NOWHERE: frozenset[Place] = frozenset()
_OF_TAGS: dict[str, frozenset[Place]] = {tag: frozenset((place,)) for tag, place in _BY_TAG.items()}
#: Letters of a class attribute that are looked at.
_NAME_LETTERS = 300
_CHROME: frozenset[Place] = frozenset(("chrome",))
#: The head or foot of a post, not of the site: ``post-footer``, ``entry-footer``.
_ARTICLES_OWN = re.compile(r"(?:post|entry|article|story|node)[-_]+(?:header|footer|meta)", re.IGNORECASE)
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
    tag = str(element.tag)
    if not element.attrib:
        return _OF_TAGS.get(tag, _NOWHERE)
    if tag in ("html", "body"):
        return _NOWHERE
    found = _OF_TAGS.get(tag, _NOWHERE)
    for attribute in ("class", "id"):
        names = element.get(attribute)
        if names:
            for name in names[:_NAME_LETTERS].split():
                found |= _places_of_name(name)
                if _ARTICLES_OWN.match(name):
                    found -= _CHROME
    prop = element.get("itemprop")
    return found | _places_of_prop(prop) if prop else found


@lru_cache(maxsize=16_384)
def _places_of_name(name: str) -> frozenset[Place]:
    by_name = _places_by_name()
    parts = [part.lower() for part in _PART.findall(name)]
    return _NOWHERE.union(*(by_name.get(part, _NOWHERE) for part in (*parts, "".join(parts))))


def _places_of_prop(prop: str) -> set[Place]:
    if "author" in prop:
        return {"byline"}
    if prop.startswith("date"):
        return {"date"}
    if prop in ("caption", "copyrightHolder"):
        return {"caption"}
    return set()
