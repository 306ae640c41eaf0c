"""
Furniture: the blocks of a page that are its own and not the article's, told by their wording.

``اقرأ أيضا`` over a box, or opening a paragraph in the middle of the text, leads to other articles: those links are
kept as the page's own related reading. Calls to follow, share, subscribe or comment, and lists of the latest and most
read, are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from tawatur.extract.outline import Block
from tawatur.extract.page import Page
from tawatur.extract.wording import fold, listed, phrases, words
from tawatur.model import ReadAlso

#: Words of the longest label: ``مواضيع ذات صلة بالخبر قد تهمك أيضا`` has seven.
_LABEL_WORDS = 7
#: Words up to which a call that an article's sentence might begin with is still a call.
_CALL_WORDS = 8
#: Links that a label without a box of its own may have under it.
_MOST_LINKS = 12
#: Blocks of the largest box of related articles: ten with picture, section, title and date each.
_MOST_IN_BOX = 40
#: Boxes there are the site's, whatever their label says.
_NOT_OURS = frozenset(("chrome", "aside"))
#: Words from which a text is the title of an article and not a section or a button.
_TITLE_WORDS = 3


#: The row of numbers that leads through the pages of an article or a list.
_PAGER = re.compile(
    r"(?:\s|\W|\d{1,3}|التالي|التاليه|السابق|السابقه|صفحه|الصفحه|الاولي|الاخيره|next|prev|previous|page|first|last)+"
)
_PAGER_WORDS = 30
#: Labels that speak of this article.
_OF_THIS = re.compile(r"صله|متعلق|مرتبط|مشابه|اقرا ايضا|related")
_RIGHTS = re.compile(
    r"(?:جميع|كل|كافه) (?:ال)?حقوق\S* محفوظ|حقوق (?:النشر|الطبع)(?: والنشر)? محفوظ|all rights reserved"
)
#: Letters of a text whose beginning alone is looked at: no label is as long.
_LONG = 400
_RIGHTS_LETTERS = 160
_LABELS = ("related", "related_when_marked", "listing", "calls")


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What was found."""

    #: Indexes of the blocks that are furniture.
    blocks: frozenset[int]
    read_also: tuple[ReadAlso, ...]


def find_furniture(page: Page, title: str | None) -> Furniture:
    """Find the furniture of a page; ``title`` is its headline, which never opens a box of links."""
    outline = page.outline
    blocks: set[int] = set()
    read_also: list[ReadAlso] = []
    headline = fold(title or "")
    for block in outline:
        if block.index in blocks:
            continue
        kind = label_of(block)
        if kind is None or (headline and block.folded == headline):
            continue
        box = [block] if kind == "call" else list(_box(outline, block))
        blocks.update(item.index for item in box)
        if kind == "related" and _is_ours(block) and len(box) <= _MOST_IN_BOX:
            read_also.extend(_links(page, box))
    return Furniture(blocks=frozenset(blocks), read_also=_once(read_also))


def _is_ours(label: Block) -> bool:
    """Whether a box belongs to the article: wherever it stands when its label says so, else outside of the chrome."""
    return _NOT_OURS.isdisjoint(label.places) or (
        "aside" not in label.places and _OF_THIS.search(label.folded) is not None
    )


def label_of(block: Block) -> str | None:
    """Tell whether a block is a label of furniture: ``related``, ``listing`` or ``call``; None when it is none."""
    folded = block.folded if len(block.text) <= _LONG else fold(block.text[:_LONG])
    if _is_rights(folded):
        return "call"
    if not block.links and not phrases(*_LABELS).begins(folded):
        return None
    if phrases("related").begins(folded) or _is_marked(block, folded, "related_when_marked"):
        return "related"
    count = len(folded.split())
    if phrases("listing").begins(folded) and (count <= _LABEL_WORDS or block.link_letters * 2 > len(block.text)):
        return "listing"
    return "call" if _is_call(block, folded, count) else None


def _is_rights(folded: str) -> bool:
    """Whether a line is the outlet's reservation of rights, wherever in it the words stand."""
    return (
        len(folded) <= _RIGHTS_LETTERS
        and ("حقوق" in folded or "rights" in folded)
        and _RIGHTS.search(folded) is not None
    )


def _is_call(block: Block, folded: str, count: int) -> bool:
    if block.links and count <= _PAGER_WORDS and _PAGER.fullmatch(folded):
        return True
    call = phrases("calls").begins(folded)
    return call is not None and (count <= _CALL_WORDS or call not in _short_calls())


def _is_marked(block: Block, folded: str, name: str) -> bool:
    """Whether a block begins with a phrase of the list as a label: alone, or before a link."""
    phrase = phrases(name).begins(folded)
    if phrase is None:
        return False
    rest = phrases(name).rest(block.text) or ""
    if not words(rest):
        return len(folded.split()) <= 4 and (block.is_heading or folded.rstrip().endswith(":") or block.is_link)
    marked = any(mark in block.text[: len(phrase) + 8] for mark in ":：|«…") or ".." in block.text[: len(phrase) + 8]
    linked = bool(block.links) and block.link_letters * 10 >= len(rest) * 7
    return marked and linked


def _short_calls() -> frozenset[str]:
    return frozenset(map(fold, listed("calls_when_short")))


def _box(outline: Sequence[Block], label: Block) -> Iterator[Block]:
    """Give the blocks of the box a label opens: the widest element of only links, or the links that follow."""
    if label.links and len(label.folded.split()) > 2 and label.link_letters * 3 > len(label.text):
        yield label
        return
    widest = _widest(outline, label)
    if len(widest) > 1:
        yield from widest
        return
    yield label
    for block in outline[label.index + 1 : label.index + 1 + _MOST_LINKS]:
        if not (block.is_link and block.links):
            break
        yield block


def _widest(outline: Sequence[Block], label: Block) -> list[Block]:
    box = [label]
    for ancestor in label.element.iterancestors():
        if ancestor.tag in ("body", "html", "article", "main"):
            break
        wider = _blocks_in(outline, label, ancestor)
        if any(block.element.tag == "h1" for block in wider):
            break
        if any(block.index != label.index and label_of(block) in ("related", "listing") for block in wider):
            break
        if not all(_belongs(block) for block in wider if block.index > label.index):
            break
        if not all(_belongs(block) for block in wider if block.index < label.index):
            break
        box = wider
    return box


def _blocks_in(outline: Sequence[Block], label: Block, element: HtmlElement) -> list[Block]:
    start = end = label.index
    while start > 0 and _is_in(outline[start - 1].element, element):
        start -= 1
    while end + 1 < len(outline) and _is_in(outline[end + 1].element, element):
        end += 1
    return list(outline[start : end + 1])


def _is_in(element: HtmlElement, frame: HtmlElement) -> bool:
    return element is frame or any(ancestor is frame for ancestor in element.iterancestors())


def _belongs(block: Block) -> bool:
    """Whether a block can stand in a box of links: a link, a label, or a date, a section, a number."""
    return block.link_letters * 2 >= len(block.text) or len(words(block.text)) <= 4 or label_of(block) is not None


def _links(page: Page, box: Sequence[Block]) -> Iterator[ReadAlso]:
    for block in box:
        for text, target in block.links:
            rest = phrases("related").rest(text)
            title = rest if rest is not None else text
            if len(words(title)) >= _TITLE_WORDS and (address := page.absolute(target)):
                yield ReadAlso(title=title, url=address)
    if not any(block.links for block in box):
        rest = phrases("related").rest(box[0].text) or ""
        if len(words(rest)) >= _TITLE_WORDS:
            yield ReadAlso(title=rest)


def _once(links: Sequence[ReadAlso]) -> tuple[ReadAlso, ...]:
    seen: dict[str, ReadAlso] = {}
    for link in links:
        seen.setdefault(fold(link.title), link)
    return tuple(seen.values())
