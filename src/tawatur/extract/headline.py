"""
The headline, as the page prints it and without the site's name.

The visible ``h1`` and what the page declares (JSON-LD, ``og:title``, ``title``) are witnesses of one text: the site's
name stands before or after some of them, quotation marks are lost in others. The ``h1`` that agrees with a declared
title wins, since it is the one that readers see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tawatur.extract.json_ld import ARTICLE_TYPES, text_in, types_of
from tawatur.extract.names import TITLE_SEPARATOR, is_own_name
from tawatur.extract.outline import Block
from tawatur.extract.page import Page, text_of
from tawatur.extract.wording import clean_text, words

#: The share of the shorter text's words that two witnesses must have in common to be one headline.
_AGREE = 0.6
#: The same of a block that prints the headline.
_IS_TITLE = 0.9
_TITLE_NAME = re.compile(r"title|headline|heading", re.IGNORECASE)


def find_headline(page: Page, own: Sequence[str], entry_title: str | None = None) -> str | None:
    """Find the headline; None when the page has none that is not the site's own name."""
    declared = [title for said in _declared(page) if (title := without_site(said, own))]
    shown = [title for said in _shown(page) if (title := without_site(said, own, shown=True))]
    if entry_title:
        declared.append(clean_text(entry_title))
    for title in shown:
        if any(agreement(title, other) >= _AGREE for other in declared):
            return _fuller(title, declared)
    if declared:
        return _agreed(declared)
    return shown[0] if shown else None


def headline_block(page: Page, title: str | None) -> Block | None:
    """Give the block that prints the headline: an ``h1`` if one does, else the last one before the text."""
    if title is None:
        return None
    length = len(title)
    same = [
        block
        for block in page.outline
        if length <= 2 * len(block.text) <= 4 * length + 40 and agreement(block.text, title) >= _IS_TITLE
    ]
    first = [block for block in same if block.element.tag == "h1" or "chrome" not in block.places]
    tops = [block for block in first if block.element.tag == "h1"]
    return next(iter(tops or first), None)


def agreement(one: str, other: str) -> float:
    """Give the share of words that two titles have in common, of the shorter one's.

    >>> agreement("شعر وردي يُشعل السخرية", '"شعر وردي يشعل السخرية"… لغز')
    1.0
    """
    ours, theirs = set(words(one)), set(words(other))
    if not ours or not theirs:
        return 0.0
    common = len(ours & theirs)
    return (
        common / min(len(ours), len(theirs)) if max(len(ours), len(theirs)) <= 3 * min(len(ours), len(theirs)) else 0.0
    )


def _declared(page: Page) -> Iterator[str]:
    for statement in page.statements:
        if types_of(statement) & ARTICLE_TYPES:
            for field in ("headline", "name"):
                if said := text_in(statement.get(field)):
                    yield said
    yield from page.said(
        "og:title", "twitter:title", "headline", "title", "dc.title", "parsely-title", "sailthru.title"
    )
    title = page.tree.find(".//title")
    if title is not None and (said := clean_text(title.text_content())):
        yield said


def _shown(page: Page) -> Iterator[str]:
    """Give visible headings, ``h1`` first, then what the design names a title."""
    for element in page.tree.iter("h1"):
        if not any(ancestor.tag in ("nav", "footer", "aside") for ancestor in element.iterancestors()) and (
            said := text_of(element)
        ):
            yield said
    for element in page.tree.xpath(
        "//*[@itemprop='headline'][not(self::meta)][not(self::h1)] | //h2 | //h3[contains(@class,'itle')]"
    )[:40]:
        if (
            (element.tag == "h2" or _TITLE_NAME.search(element.get("class") or "x"))
            and (said := text_of(element))
            and len(said) < 250
        ):
            yield said


def without_site(title: str, own: Sequence[str], *, shown: bool = False) -> str | None:
    """Take the site's and the section's names off a title; None when nothing else is in it.

    >>> without_site("قمة الرياض تختتم أعمالها | البيان", ("البيان",))
    'قمة الرياض تختتم أعمالها'
    >>> without_site("اليوم السابع - وفاة الفنان الكبير", ("اليوم السابع",))
    'وفاة الفنان الكبير'
    """
    title = clean_text(title)
    if not title or is_own_name(title, tuple(own)):
        return None
    if shown:
        return title
    pieces = list(_cut(title))
    while len(pieces) > 1 and is_own_name(pieces[-1][1], tuple(own)):
        pieces.pop()
        pieces = _drop_sections(pieces)
    while len(pieces) > 1 and is_own_name(pieces[0][1], tuple(own)):
        pieces.pop(0)
        pieces[0] = ("", pieces[0][1])
    return clean_text("".join(separator + text for separator, text in pieces)) or None


def _cut(title: str) -> Iterator[tuple[str, str]]:
    place, separator = 0, ""
    for found in TITLE_SEPARATOR.finditer(title):
        yield separator, title[place : found.start()]
        place, separator = found.end(), found.group(0)
    yield separator, title[place:]


def _drop_sections(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Drop what stands between the headline and the site's name: ``العنوان - محليات - الإمارات - البيان``."""
    while len(pieces) > 1 and len(words(pieces[-1][1])) <= 3 and len(words(pieces[0][1])) >= 4:
        pieces = pieces[:-1]
    return pieces


def _agreed(declared: Sequence[str]) -> str:
    """Give the declared title that the others agree with; of equals the one said first.

    A ``title`` whose tail none of the others has is cut: that tail is a name of the site we do not know.
    """
    shortest = min(declared, key=len)
    if len(words(shortest)) >= 3 and all(agreement(shortest, other) >= 0.99 for other in declared):
        return _fuller(shortest, [other for other in declared if set(words(other)) == set(words(shortest))])
    return declared[0]


def _fuller(title: str, declared: Sequence[str]) -> str:
    """Give the wording of the same words that kept its quotation marks."""
    same = [other for other in declared if words(other) == words(title)]
    return max([title, *same], key=lambda other: sum(other.count(mark) for mark in '"«»“”'))
