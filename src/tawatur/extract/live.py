"""
Live blogs: entries that follow one another under one headline.

They are declared (``LiveBlogPosting``) or shown: boxes of one kind, each opening with a time, on a page that calls
itself live (``لحظة بلحظة``، ``تغطية مباشرة``). Their entries are kept apart; the body is the standing text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from lxml.html import HtmlElement

from tawatur.extract.date_lines import read_any
from tawatur.extract.json_ld import text_in, types_of
from tawatur.extract.outline import Block
from tawatur.extract.page import Page
from tawatur.extract.stamps import Stamp, read_stamp
from tawatur.extract.wording import anywhere, fold, words
from tawatur.model import LiveUpdate, Precision

#: Entries from which a page is a live blog, and the most that are kept.
_FEWEST, _MOST = 3, 1000
_CLOCK = re.compile(r"^\W*(?:\d{1,2}|[٠-٩]{1,2})[:٫.](?:\d\d|[٠-٩]{2})(?!\d)")
#: What designs call the box of an entry.
_LIVE_NAMES = (
    "liveblog", "live-blog", "live-update", "liveupdate", "live-entry", "live-post", "live-item", "live-feed",
    "timeline-item", "timeline-entry", "timeline-event",
)  # fmt: skip
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """The entries of a live blog; none on any other page."""

    updates: tuple[LiveUpdate, ...] = ()
    #: Indexes of the blocks that are entries.
    blocks: frozenset[int] = frozenset()


def find_live(page: Page, title: str | None, zone: tzinfo | None) -> Live:
    """Find the entries of a live blog, in the order they are printed."""
    declared = [update for item in _declared(page) if (update := _from_json_ld(item, page, zone)) is not None]
    if declared:
        return Live(updates=tuple(declared[:_MOST]), blocks=_said_in(page.outline, declared))
    entries = _entries(page, title)
    updates = [_from_blocks(blocks, page, zone) for blocks in entries]
    if len(updates) < _FEWEST:
        return Live()
    return Live(updates=tuple(updates[:_MOST]), blocks=frozenset(block.index for blocks in entries for block in blocks))


def _declared(page: Page) -> Iterator[Mapping[str, Any]]:
    for statement in page.statements:
        if "LiveBlogPosting" in types_of(statement):
            updates = statement.get("liveBlogUpdate")
            yield from (
                item for item in (updates if isinstance(updates, list) else [updates]) if isinstance(item, Mapping)
            )


def _from_json_ld(item: Mapping[str, Any], page: Page, zone: tzinfo | None) -> LiveUpdate | None:
    body = text_in(item.get("articleBody")) or text_in(item.get("description")) or ""
    title = text_in(item.get("headline")) or text_in(item.get("name"))
    if not body and not title:
        return None
    published, precision = _moment(read_any(text_in(item.get("datePublished")), page.fetched, zone), zone)
    return LiveUpdate(title=title, body=body, published=published, precision=precision)


def _moment(stamp: Stamp | None, zone: tzinfo | None) -> tuple[datetime | date | None, Precision | None]:
    if stamp is None:
        return None, None
    real = stamp.zone or zone
    if stamp.clock is None or real is None:
        return stamp.day, "day" if stamp.clock is not None else stamp.precision
    return stamp.at(real).astimezone(UTC), stamp.precision


def _said_in(outline: Sequence[Block], updates: Sequence[LiveUpdate]) -> frozenset[int]:
    said = _NOT_LETTERS.sub("", " ".join(f"{update.title or ''} {update.body}" for update in updates))
    titles = {fold(update.title) for update in updates if update.title}
    return frozenset(
        block.index
        for block in outline
        if (len(block.text) > 20 and _NOT_LETTERS.sub("", block.text) in said)
        or block.folded in titles
        or (len(block.text) <= 10 and _CLOCK.match(block.text))
    )


def _entries(page: Page, title: str | None) -> list[list[Block]]:
    """Give the blocks of each entry: boxes of one kind in one frame, each opening with a time."""
    calls_itself_live = anywhere("gate.live").search(fold(title or "")) is not None
    if not (calls_itself_live or _is_called_live(page.markup)):
        return []
    frames: dict[tuple[HtmlElement, str, str], dict[HtmlElement, list[Block]]] = defaultdict(dict)
    for block in page.outline:
        box = _box_of(block)
        if box is not None and (parent := box.getparent()) is not None:
            kind = (parent, str(box.tag), box.get("class") or "")
            frames[kind].setdefault(box, []).append(block)
    best: list[list[Block]] = []
    for (_, _, name), boxes in frames.items():
        if not (calls_itself_live or _is_called_live(name)):
            continue
        timed = [blocks for blocks in boxes.values() if len(blocks) > 1 and _is_timed(blocks[0])]
        if len(timed) * 3 >= len(boxes) * 2 and len(timed) > len(best):
            best = timed
    return best


def _is_called_live(names: str) -> bool:
    lower = names.lower()
    return any(name in lower for name in _LIVE_NAMES)


def _box_of(block: Block) -> HtmlElement | None:
    """Give the box a block may be an entry of: the nearest element around it whose siblings are of its kind."""
    for element in (block.element, *block.element.iterancestors()):
        if element.tag in ("li", "article", "section", "div"):
            sibling = element.getnext() if element.getnext() is not None else element.getprevious()
            name = element.get("class")
            if name and sibling is not None and sibling.tag == element.tag and sibling.get("class") == name:
                return element
    return None


def _is_timed(block: Block) -> bool:
    if len(words(block.text)) > 10:
        return False
    return _CLOCK.match(block.text) is not None or "date" in block.places or block.inner.tag == "time"


def _from_blocks(blocks: Sequence[Block], page: Page, zone: tzinfo | None) -> LiveUpdate:
    first = blocks[0]
    times = [element for element in (first.inner, *first.element.iter("time")) if element.tag == "time"]
    stamp = next((found for element in times if (found := read_stamp(element.get("datetime") or ""))), None)
    published, precision = _moment(stamp or read_any(first.text, page.fetched, zone), zone)
    rest = list(blocks[1:])
    title = rest.pop(0).text if len(rest) > 1 and rest[0].is_heading else None
    return LiveUpdate(
        title=title, body="\n".join(block.text for block in rest), published=published, precision=precision
    )
