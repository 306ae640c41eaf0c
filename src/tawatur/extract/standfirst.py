"""
What stands between the headline and the first paragraph: a standfirst, or the first paragraph itself in a box.

Designs print the opening of a text in a frame of its own (``summary``, ``lead``, a second heading), and extractors
lose it. It is the standfirst when the text under it begins anew; it is the text's own first paragraph when the text
goes on from it (``وأضاف …``، ``كما …``) or the design calls it the lead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.extract.body import Body, body_lines
from tawatur.extract.headline import agreement
from tawatur.extract.outline import Block
from tawatur.extract.page import Page
from tawatur.extract.region import Region
from tawatur.extract.wording import clean_text, fold, words

#: Words of the shortest opening: less is a kicker, a place or a caption.
_FEWEST_WORDS = 8
#: The same where the design calls it an opening.
_FEWEST_CALLED = 5
#: Words that a description must have in common with a block, from its beginning, to be that block.
_SAME_WORDS = 6
#: Words no text begins with: they go on from a sentence before (``وأضاف``، ``كما``، ``من جهته``).
_GOES_ON = re.compile(
    r"(?:و[اقذشلكتبجحخنيعفسمدر]\S+|كما|كذلك|ايضا|فيما|بينما|من جهته|من جهتها|من جانبه|من جانبها|يذكر ان|يشار الي"
    r"|ثم|لكن|غير ان|الا ان|يضيف|اضاف|اضافت|تابع|اوضح)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What was found."""

    #: The page's own standfirst; None when it has none.
    abstract: str | None = None
    #: Blocks that are the text's beginning and stand before what was taken for the body.
    lead: tuple[Block, ...] = ()


def find_opening(page: Page, region: Region, body: Body, title: str | None) -> Opening:
    """Find the standfirst, and the beginning of the text that stands in a box of its own."""
    lines = body_lines(body)
    if not lines:
        return Opening()
    boxes = [block for block in region.between if _can_open(block, title, lines)]
    described = [said for said in descriptions(page) if len(words(said)) >= _SAME_WORDS]
    lead: list[Block] = []
    abstract: str | None = None
    for block in boxes:
        is_described = any(_begins_alike(block.text, said) for said in described)
        if not (
            is_described
            or not block.places.isdisjoint(("lead", "standfirst"))
            or block.element.tag in ("h2", "h3", "strong", "b")
        ):
            continue
        if _is_lead(block, lines[0]):
            lead.append(block)
        elif abstract is None:
            abstract = block.text
    if abstract is None and not lead:
        abstract = _declared(described, lines, title)
    return Opening(abstract=abstract, lead=tuple(lead))


def _can_open(block: Block, title: str | None, lines: Sequence[str]) -> bool:
    fewest = _FEWEST_CALLED if "standfirst" in block.places or "lead" in block.places else _FEWEST_WORDS
    if len(words(block.text)) < fewest or block.link_letters * 3 > len(block.text):
        return False
    if not block.places.isdisjoint(("caption", "share", "tags", "widget", "byline", "date", "credit")):
        return False
    if title and agreement(block.text, title) > 0.9:
        return False
    return not any(fold(block.text) in fold(line) for line in lines[:3])


def _is_lead(block: Block, first: str) -> bool:
    if "standfirst" in block.places or block.element.tag in ("h2", "h3"):
        return False
    return ("lead" in block.places and not _is_summary(block)) or _GOES_ON.match(fold(first)) is not None


def _is_summary(block: Block) -> bool:
    """Whether a lead box is short enough to be a summary rather than the text's first paragraph."""
    return len(words(block.text)) < 18 and not block.text.rstrip().endswith(".")


def descriptions(page: Page) -> list[str]:
    """Give the page's own descriptions of its article."""
    return [clean_text(said) for said in page.said("og:description", "description", "twitter:description")]


def _begins_alike(one: str, other: str) -> bool:
    return words(one)[:_SAME_WORDS] == words(other)[:_SAME_WORDS]


def _declared(described: Sequence[str], lines: Sequence[str], title: str | None) -> str | None:
    """Give a declared description that is a text of the desk's own: no part of the body, no slogan."""
    said_words = [words(said.rstrip(".… ")) for said in described]
    if not said_words:
        return None
    body_words = words(" ".join(lines))
    squeezed, of_body = "".join(body_words), set(body_words)
    for said, own_words in zip(described, said_words, strict=True):
        start = "".join(own_words[:12])
        if start in squeezed or "".join(own_words[1:9]) in squeezed:
            continue
        if title and agreement(said, title) > 0.8:
            continue
        shared = sum(word in of_body for word in set(own_words)) / max(1, len(set(own_words)))
        if len(own_words) >= _FEWEST_WORDS and shared >= 0.35:
            return said
    return None
