"""
Where on a page a text stands, told from the tags and names of the elements around it.

Names are what designers of Arabic and other news sites call their boxes, in English nearly always; they are hints.
Who asks must allow for a page that calls its whole article ``related-content``.
"""

from __future__ import annotations

import re
from typing import Literal

from lxml.html import HtmlElement

Place = Literal[
    "chrome",  # the site's head, foot, menus
    "aside",  # a side column
    "caption",  # words of a picture
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
    "hidden-copy",  # a second copy for print or another script
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

_BY_NAME: tuple[tuple[Place, frozenset[str]], ...] = (
    (
        "caption",
        frozenset(
            [
                "caption",
                "captions",
                "cap",
                "figcaption",
                "wpcaption",
                "photocredit",
                "imgcap",
                "imgdesc",
                "phototext",
                "credits",
            ]
        ),
    ),
    ("comments", frozenset(["comments", "comment", "commentlist", "disqus", "respond", "commenttext"])),
    (
        "related",
        frozenset(
            [
                "related",
                "relatednews",
                "relatedposts",
                "relatedarticles",
                "readalso",
                "alsoread",
                "readmore",
                "seealso",
                "recommended",
                "recommend",
                "recommendation",
                "recommendations",
                "mostread",
                "mostviewed",
                "mostpopular",
                "popular",
                "trending",
                "suggested",
                "suggestions",
                "similar",
                "morenews",
                "latestnews",
                "outbrain",
                "taboola",
                "mgid",
                "yarpp",
                "jp",
            ]
        ),
    ),
    (
        "share",
        frozenset(
            [
                "share",
                "sharing",
                "shares",
                "social",
                "sharebar",
                "sharethis",
                "addtoany",
                "addthis",
                "sharer",
                "socials",
                "follow",
            ]
        ),
    ),
    ("tags", frozenset(["tags", "tag", "taglist", "tagcloud", "keywords", "hashtags", "posttags"])),
    (
        "byline",
        frozenset(
            [
                "byline",
                "author",
                "authors",
                "writer",
                "editor",
                "writeby",
                "writtenby",
                "reporter",
                "journalist",
                "bylines",
                "vcard",
            ]
        ),
    ),
    (
        "date",
        frozenset(
            [
                "date",
                "datetime",
                "time",
                "timestamp",
                "published",
                "pubdate",
                "publishdate",
                "publish",
                "posted",
                "dateline",
                "created",
                "updated",
            ]
        ),
    ),
    ("credit", frozenset(["source", "sources", "newssource", "articlesource", "credit"])),
    (
        "lead",
        frozenset(
            [
                "lead",
                "lede",
                "intro",
                "introduction",
                "sapo",
                "chapo",
                "chapeau",
                "summary",
                "excerpt",
                "leading",
                "leadtext",
                "firstparagraph",
            ]
        ),
    ),
    (
        "standfirst",
        frozenset(
            [
                "standfirst",
                "subtitle",
                "subhead",
                "subheadline",
                "subheading",
                "deck",
                "dek",
                "teaser",
                "tagline",
                "kicker",
                "strapline",
            ]
        ),
    ),
    (
        "widget",
        frozenset(
            [
                "newsletter",
                "subscribe",
                "subscription",
                "poll",
                "vote",
                "survey",
                "quiz",
                "advertisement",
                "advert",
                "ads",
                "ad",
                "adsense",
                "banner",
                "promo",
                "promotion",
                "sponsored",
                "widget",
                "popup",
                "modal",
                "cookie",
                "consent",
                "gdpr",
                "breadcrumb",
                "breadcrumbs",
                "crumbs",
                "pagination",
                "pager",
                "paging",
                "rating",
                "weather",
                "prayer",
                "currency",
                "ticker",
                "breaking",
                "marquee",
                "player",
                "printonly",
            ]
        ),
    ),
    ("aside", frozenset(["sidebar", "aside", "sidecol", "sidearea", "rightcol", "leftcol"])),
    ("chrome", frozenset(["nav", "navbar", "navigation", "menu", "topbar", "footer", "masthead", "toolbar", "skip"])),
)


def places_of(element: HtmlElement) -> frozenset[Place]:
    """Give the places an element makes for the text inside it.

    >>> sorted(places_of(HtmlElement()))
    []
    """
    found: set[Place] = set()
    tag = element.tag
    if tag in ("html", "body"):
        return frozenset()
    if tag in _BY_TAG:
        found.add(_BY_TAG[tag])
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(names) > 1:
        found |= _places_of_names(names[:300])
    if prop := element.get("itemprop"):
        found |= _places_of_prop(prop)
    return frozenset(found)


def _places_of_names(names: str) -> set[Place]:
    found: set[Place] = set()
    for name in names.split():
        parts = [part.lower() for part in _PART.findall(name)]
        whole = "".join(parts)
        for place, hints in _BY_NAME:
            if whole in hints or not hints.isdisjoint(parts):
                found.add(place)
    return found


def _places_of_prop(prop: str) -> set[Place]:
    if "author" in prop:
        return {"byline"}
    if prop.startswith("date"):
        return {"date"}
    if prop in ("caption", "copyrightHolder"):
        return {"caption"}
    return set()
