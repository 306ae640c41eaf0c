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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import trafilatura
from lxml.etree import _Element, iterwalk
from lxml.html import HtmlElement

from tawatur.extract.outline import Block
from tawatur.extract.page import Page
from tawatur.extract.places import Place
from tawatur.extract.wording import clean_text, fold, phrases, words

_NOT_LETTERS = re.compile(r"[\W_]+")
#: Letters between the last aligned block and the next that a short block may skip: it would match anywhere.
_SHORT_BLOCK, _SHORT_SKIP = 24, 60
#: Letters of a block that is known by its first or last ones: trafilatura drops some links inside paragraphs.
_LONG_BLOCK, _END = 80, 30
#: Letters of the longest cell that is a figure or its name.
_CELL_LETTERS = 80
#: Words of the shortest paragraph that is taken back.
_GAP_WORDS = 5
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


def find_body(page: Page, furniture: frozenset[int], headline: Block | None = None) -> Body:
    """Find the article's blocks; ``furniture`` are indexes of blocks known to be none of it.

    A text that stands in a side column or a menu without the headline is none, however long it is.
    """
    if page.rules is not None and page.rules.body is not None:
        frames = page.tree.cssselect(page.rules.body)
        if frames:
            return Body(blocks=tuple(b for b in page.outline if b.index not in furniture and _inside(b, frames)))
    _drop_menus(page.outline, furniture)
    paragraphs = _main_text(page, furniture)
    blocks, covered = _align(paragraphs, page.outline)
    if covered < _COVERED:
        return Body(blocks=(), loose=_without_furniture(paragraphs, page.outline, furniture))
    return Body(blocks=_settle(page, blocks, furniture, headline))


def _without_furniture(
    paragraphs: Sequence[str], outline: Sequence[Block], furniture: frozenset[int]
) -> tuple[str, ...]:
    """Take paragraphs off that are known furniture, or a date or byline of the page's head."""
    notes = {
        block.folded for block in outline if block.index in furniture or not block.places.isdisjoint(("date", "byline"))
    }
    return tuple(
        line for line in paragraphs if fold(line) not in notes and not any(fold(line) + " " in note for note in notes)
    )


def _inside(block: Block, frames: Sequence[HtmlElement]) -> bool:
    return block.element in frames or any(ancestor in frames for ancestor in block.element.iterancestors())


def _drop_menus(outline: Sequence[Block], furniture: frozenset[int]) -> None:
    """Take rows of links, and known furniture, out of the tree before the article is looked for.

    trafilatura weighs what it found against all text of the page, and starts anew in other ways when that is little:
    on a portal's pages with long menus it did so every second time, at three times the cost and for nothing.
    """
    row: list[Block] = []
    dropped: list[Block] = []
    for block in outline:
        if block.index in furniture or (block.is_link and block.element.tag != "h1"):
            row.append(block)
            continue
        if len(row) >= _MENU_ROW:
            dropped += row
        row = []
    for block in dropped + (row if len(row) >= _MENU_ROW else []):
        element = block.element
        if element.getparent() is not None and len(_squeeze(element.text_content())) == len(_squeeze(block.text)):
            element.drop_tree()


def _main_text(page: Page, furniture: frozenset[int]) -> list[str]:
    """Give the paragraphs of trafilatura's balanced reading: its quick form, and the whole one where that is in doubt.

    The quick form leaves out the comparison with readability and justext. It is in doubt when it holds less than
    ``_ENOUGH`` of the text that stands on the page outside of links and furniture.
    """
    paragraphs = _trafilatura(page, fast=True)
    plain = sum(
        len(block.text)
        for block in page.outline
        if block.index not in furniture
        and block.link_letters * 2 < len(block.text)
        and len(block.text) >= _PLAIN_LETTERS
    )
    if sum(map(len, paragraphs)) >= _ENOUGH * plain:
        return paragraphs
    return _trafilatura(page, fast=False) or paragraphs


def _trafilatura(page: Page, *, fast: bool) -> list[str]:
    document = trafilatura.bare_extraction(
        page.tree, url=page.url, fast=fast, include_comments=False, include_tables=True
    )
    body = getattr(document, "body", None)
    return _paragraphs(body) if body is not None else []


#: Elements of trafilatura's result that begin a line of their own.
_LINES = frozenset(("lb", "item", "p", "head", "row", "quote", "code", "div", "list"))


def _paragraphs(element: _Element) -> list[str]:
    parts = [element.text or ""]
    for event, node in iterwalk(element, events=("start", "end")):
        if node is element:
            continue
        if event == "start":
            parts += ["\n" if node.tag in _LINES else "", node.text or ""]
        else:
            parts += ["\n" if node.tag in _LINES else " " if node.tag == "cell" else "", node.tail or ""]
    return [line for raw in "".join(parts).split("\n") if (line := clean_text(raw))]


def _squeeze(text: str) -> str:
    return _NOT_LETTERS.sub("", text)


def _align(paragraphs: Sequence[str], outline: Sequence[Block]) -> tuple[list[Block], float]:
    """Give the blocks whose text is in the paragraphs, and the share of the paragraphs' letters they cover."""
    whole = _squeeze(" ".join(paragraphs))
    if not whole:
        return [], 1.0
    aligned: list[Block] = []
    taken: Counter[str] = Counter()
    place = covered = 0
    for block in outline:
        letters = _squeeze(block.text)
        if not letters:
            continue
        if len(letters) < _SHORT_BLOCK:
            found = whole.find(letters, place, place + len(letters) + _SHORT_SKIP)
        else:
            found = whole.find(letters) if whole.count(letters) > taken[letters] else -1
            if found < 0 and len(letters) >= _LONG_BLOCK and taken[letters] == 0:
                found = max(whole.find(letters[:_END]), whole.find(letters[-_END:]) - len(letters) + _END)
        if found < 0:
            continue
        taken[letters] += 1
        aligned.append(block)
        covered += len(letters)
        place = found + len(letters)
    return aligned, covered / len(whole)


#: Places whose text is no article's, when most of the article stands outside of them.
_NEVER_BODY: frozenset[Place] = frozenset(("caption", "picture"))
#: Places of what opens an article.
_OPENINGS: frozenset[Place] = frozenset(("lead", "standfirst"))
#: Places that stand beside an article and never around it.
_BESIDE: frozenset[Place] = frozenset(("chrome", "aside"))
#: Places, told by mere names, whose short texts and links are no article's: designs name whole articles so.
_SELDOM_BODY: frozenset[Place] = frozenset(
    ("chrome", "aside", "comments", "related", "share", "tags", "widget", "date", "byline")
)
#: Letters of a block that is a text of some kind, and the share of all such letters that is enough of an article.
_PLAIN_LETTERS, _ENOUGH = 60, 0.5
#: Links in a row from which they are a menu.
_MENU_ROW = 5
#: Words of the longest link after the text that is a menu's.
_MENU_WORDS = 6
#: Letters up to the colon of a label.
_LABEL_LETTERS = 24
#: Words of the shortest text that is taken from a place of that kind.
_SELDOM_WORDS = 12


def _settle(
    page: Page, aligned: Sequence[Block], furniture: frozenset[int], headline: Block | None
) -> tuple[Block, ...]:
    chosen = [block for block in aligned if block.index not in furniture]
    outside = _places_outside(chosen)
    if headline is not None and headline.element.tag == "h1":
        outside |= _BESIDE - headline.places
    chosen = [block for block in chosen if not _is_elsewhere(block, outside)]
    while len(chosen) > 1 and _is_afterword(chosen[-1]):
        chosen.pop()
    return tuple(_with_gaps(page.outline, chosen, furniture, outside))


def _is_afterword(block: Block) -> bool:
    """Whether a block under the text is a menu's, a row of buttons, or a line of tags."""
    if block.is_link and len(words(block.text)) <= _MENU_WORDS:
        return True
    if not block.links:
        return False
    if phrases("tags").begins(block.folded) is not None and ":" in block.text[:_LABEL_LETTERS]:
        return True
    longest = max(len(words(text)) for text, _ in block.links)
    if block.link_letters * 2 < len(block.text) or longest > _MENU_WORDS:
        return False
    return len(block.links) > 1


def _is_elsewhere(block: Block, outside: frozenset[Place]) -> bool:
    places = outside & block.places
    if not places:
        return False
    if places & _NEVER_BODY:
        return True
    return block.link_letters * 2 > len(block.text) or len(words(block.text)) < _SELDOM_WORDS


def _places_outside(chosen: Sequence[Block]) -> frozenset[Place]:
    """Give the places the article is not in: a page may name its whole frame so."""
    letters = sum(len(block.text) for block in chosen)
    held: Counter[Place] = Counter()
    for block in chosen:
        for place in block.places:
            held[place] += len(block.text)
    return frozenset(place for place in _NEVER_BODY | _SELDOM_BODY if held[place] * 2 < letters)


def _with_gaps(
    outline: Sequence[Block], chosen: Sequence[Block], furniture: frozenset[int], outside: frozenset[Place]
) -> Iterator[Block]:
    """Take back blocks that were left out between two chosen ones of the same kind in the same frame."""
    for before, after in pairwise(chosen):
        yield before
        if after.index - before.index < 2 or frame_of(before) is not frame_of(after):
            continue
        for block in outline[before.index + 1 : after.index]:
            if block.index not in furniture and not _is_elsewhere(block, outside) and _is_like(block, before):
                yield block
    yield from chosen[-1:]


def frame_of(block: Block) -> HtmlElement | None:
    """Give the element a paragraph stands in: its own where the text is only broken by ``<br>``."""
    return (
        block.element.getparent() if block.element.tag in ("p", "li", "blockquote", "h2", "h3", "h4") else block.element
    )


def _is_like(block: Block, other: Block) -> bool:
    return (
        frame_of(block) is frame_of(other)
        and block.element.tag == other.element.tag
        and block.link_letters * 2 < len(block.text)
        and len(words(block.text)) >= _GAP_WORDS
    )


def without_head(body: Body, headline: Block | None) -> Body:
    """Take off what stands over the text and was taken along: the headline, and all before it."""
    if headline is None:
        return body
    place = next((place for place, block in enumerate(body.blocks) if block.index == headline.index), None)
    if place is None or sum(len(block.text) for block in body.blocks[:place]) * 3 > body.letters:
        return body
    return replace(body, blocks=body.blocks[place + 1 :])


def without_opening(body: Body, outline: Sequence[Block], described: Sequence[str]) -> Body:
    """Take off a first block that stands over the date or byline, or is called a standfirst: it is no paragraph yet.

    Whether it is a standfirst or the text's beginning after all is for ``standfirst.py`` to say.
    """
    if len(body.blocks) < 2:
        return body
    first, second = body.blocks[:2]
    called = not first.places.isdisjoint(_OPENINGS - second.places) or first.element.tag in ("h2", "h3", "h4")
    is_summary = first.folded in described and not first.text.endswith(".")
    if not called and not is_summary:
        return body
    over_note = any(
        not block.places.isdisjoint(("date", "byline")) or block.inner.tag == "time"
        for block in outline[first.index + 1 : second.index]
    )
    if over_note or "standfirst" in first.places - second.places or is_summary:
        return replace(body, blocks=body.blocks[1:])
    return body


def body_lines(body: Body) -> tuple[str, ...]:
    """Give the body's paragraphs: a block each, the cells of a table row on one line."""
    if body.loose:
        return body.loose
    lines: list[str] = []
    before: Block | None = None
    for block in body.blocks:
        if before is not None and _are_cells(before, block):
            lines[-1] = f"{lines[-1]} | {block.text}"
        else:
            lines.append(block.text)
        before = block
    return tuple(lines)


def _are_cells(one: Block, other: Block) -> bool:
    """Whether two blocks are figures of one table row; a table that lays out a page has paragraphs in its cells."""
    cells = [_cell_of(block) for block in (one, other)]
    if cells[0] is None or cells[1] is None or cells[0] is cells[1]:
        return False
    return cells[0].getparent() is cells[1].getparent() and max(len(one.text), len(other.text)) <= _CELL_LETTERS


def _cell_of(block: Block) -> HtmlElement | None:
    if block.element.tag in ("td", "th"):
        return block.element
    parent = block.element.getparent()
    return parent if parent is not None and parent.tag in ("td", "th") else None
