"""
The body: the article's own paragraphs, in order, and nothing else.

trafilatura finds where the article is; which blocks of the outline that covers is then settled by aligning its text
with them, so that every paragraph is known with its place on the page, its links and its neighbours. What the
alignment leaves out although it stands between two paragraphs in the same frame is taken back; what the page's own
wording gives away as furniture goes. See ``docs/extract.md`` for what was measured.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import trafilatura
from lxml.etree import _Element
from lxml.html import HtmlElement

from tawatur.extract.outline import Block
from tawatur.extract.page import Page
from tawatur.extract.places import Place
from tawatur.extract.wording import clean_text, words

_NOT_LETTERS = re.compile(r"[\W_]+")
#: Letters between the last aligned block and the next that a short block may skip: it would match anywhere.
_SHORT_BLOCK, _SHORT_SKIP, _LONG_SKIP = 24, 60, 100_000
#: The share of trafilatura's letters that aligned blocks must cover for the outline to be used.
_COVERED = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The blocks of the article."""

    blocks: tuple[Block, ...]
    #: Paragraphs where the outline could not be aligned: trafilatura's own; ``blocks`` is then empty.
    loose: tuple[str, ...] = ()

    @property
    def letters(self) -> int:
        return sum(len(block.text) for block in self.blocks) + sum(map(len, self.loose))


def find_body(page: Page, furniture: frozenset[int]) -> Body:
    """Find the article's blocks; ``furniture`` are indexes of blocks known to be none of it."""
    if page.rules is not None and page.rules.body is not None:
        frames = page.tree.cssselect(page.rules.body)
        if frames:
            return Body(blocks=tuple(b for b in page.outline if b.index not in furniture and _inside(b, frames)))
    paragraphs = _main_text(page.tree, page.url)
    blocks, covered = _align(paragraphs, page.outline)
    if covered < _COVERED:
        return Body(blocks=(), loose=tuple(paragraphs))
    return Body(blocks=_settle(page, blocks, furniture))


def _inside(block: Block, frames: Sequence[HtmlElement]) -> bool:
    return block.element in frames or any(ancestor in frames for ancestor in block.element.iterancestors())


def _main_text(tree: HtmlElement, url: str | None) -> list[str]:
    """Give the paragraphs of trafilatura's balanced reading."""
    document = trafilatura.bare_extraction(tree, url=url, include_comments=False, include_tables=True)
    if document is None or document.body is None:
        return []
    return [text for element in document.body for text in _paragraphs(element)]


def _paragraphs(element: _Element) -> list[str]:
    parts: list[str] = []
    for node in element.iter():
        if node.tag in ("lb", "item", "p", "head", "row", "quote") and node is not element:
            parts.append("\n")
        parts.append(node.text or "")
        if node is not element:
            parts.append(
                ("\n" if node.tag in ("item", "p", "row") else " " if node.tag == "cell" else "") + (node.tail or "")
            )
    return [line for raw in "".join(parts).split("\n") if (line := clean_text(raw))]


def _squeeze(text: str) -> str:
    return _NOT_LETTERS.sub("", text)


def _align(paragraphs: Sequence[str], outline: Sequence[Block]) -> tuple[list[Block], float]:
    """Give the blocks whose text is in the paragraphs, and the share of the paragraphs' letters they cover."""
    whole = _squeeze(" ".join(paragraphs))
    if not whole:
        return [], 1.0
    aligned: list[Block] = []
    place = covered = 0
    for block in outline:
        letters = _squeeze(block.text)
        if not letters:
            continue
        reach = _SHORT_SKIP if len(letters) < _SHORT_BLOCK else _LONG_SKIP
        found = whole.find(letters, place, place + len(letters) + reach)
        if found < 0:
            continue
        aligned.append(block)
        covered += len(letters)
        place = found + len(letters)
    return aligned, covered / len(whole)


#: Places whose text is no article's, when most of the article stands outside of them.
_NEVER_BODY: tuple[Place, ...] = ("chrome", "aside", "caption", "comments", "related", "share", "tags", "widget")


def _settle(page: Page, aligned: Sequence[Block], furniture: frozenset[int]) -> tuple[Block, ...]:
    chosen = [block for block in aligned if block.index not in furniture]
    outside = _places_outside(chosen)
    chosen = [block for block in chosen if outside.isdisjoint(block.places)]
    frames = _frames(chosen)
    return tuple(_with_gaps(page.outline, chosen, frames, furniture, outside))


def _places_outside(chosen: Sequence[Block]) -> frozenset[Place]:
    """Give the places the article is not in: a page may name its whole frame so."""
    letters = sum(len(block.text) for block in chosen)
    held: Counter[Place] = Counter()
    for block in chosen:
        for place in block.places:
            held[place] += len(block.text)
    return frozenset(place for place in _NEVER_BODY if held[place] * 2 < letters)


def _frames(chosen: Sequence[Block]) -> frozenset[HtmlElement]:
    """Give the elements that hold the article's paragraphs: each at least an eighth of its letters."""
    held: Counter[HtmlElement] = Counter()
    for block in chosen:
        parent = block.element.getparent()
        held[block.element if parent is None else parent] += len(block.text)
        held[block.element] += len(block.text)
    letters = sum(len(block.text) for block in chosen)
    return frozenset(element for element, share in held.items() if share * 8 >= letters)


def _with_gaps(
    outline: Sequence[Block],
    chosen: Sequence[Block],
    frames: frozenset[HtmlElement],
    furniture: frozenset[int],
    outside: frozenset[Place],
) -> list[Block]:
    """Take back blocks between two chosen ones that stand in the article's own frame and are no link."""
    if not chosen:
        return []
    indexes = {block.index for block in chosen}
    first, last = chosen[0].index, chosen[-1].index
    kept: list[Block] = []
    for block in outline[first : last + 1]:
        if block.index in indexes or (
            block.index not in furniture
            and (block.element in frames or block.element.getparent() in frames)
            and outside.isdisjoint(block.places)
            and block.link_letters * 2 < len(block.text)
            and len(words(block.text)) >= 5
        ):
            kept.append(block)
    return kept


def body_lines(body: Body) -> tuple[str, ...]:
    """Give the body's paragraphs: a block each, the cells of a table row on one line."""
    if body.loose:
        return body.loose
    lines: list[str] = []
    row: HtmlElement | None = None
    for block in body.blocks:
        here = _row_of(block.element)
        if here is not None and here is row:
            lines[-1] = f"{lines[-1]} | {block.text}"
        else:
            lines.append(block.text)
        row = here
    return tuple(lines)


def _row_of(element: HtmlElement) -> HtmlElement | None:
    if element.tag in ("td", "th"):
        return element.getparent()
    return (
        next((row for row in element.iterancestors("tr")), None)
        if element.tag == "p" and element.getparent().tag in ("td", "th")
        else None
    )  # type: ignore[union-attr]
