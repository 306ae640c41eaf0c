"""
Date lines: what readers see of a date, near the headline or under the text.

The present day in the page's head, the dates of other articles and days the text speaks of are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

from tawatur.extract.outline import Block
from tawatur.extract.page import Page
from tawatur.extract.region import Region
from tawatur.extract.stamps import Stamp, read_stamp
from tawatur.extract.wording import fold, phrases, words
from tawatur.model import FoundIn

#: Words of the longest date line seen: weekday, Hijri and Gregorian day, time, label, and the last change.
_LINE_WORDS = 26
_HAS_DATE = re.compile(r"\d|[\u0660-\u0669\u06f0-\u06f9]|منذ|قبل|امس|اليوم|ساع|دقي")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A date that readers see."""

    kind: Literal["published", "modified"]
    stamp: Stamp
    found_in: FoundIn
    #: Whether a label, a ``<time>`` or the design's name for it says that it is a date of publication.
    is_sure: bool
    blocks: tuple[int, ...]


def read_lines(page: Page, region: Region, body: Sequence[Block], zone: tzinfo | None) -> tuple[Line, ...]:
    """Give the date lines of an article, surest first."""
    if page.rules is not None and page.rules.published is not None:
        for element in page.tree.cssselect(page.rules.published):
            stamp = _stamp_in(element.get("datetime") or element.text_content(), page, zone)
            if stamp is not None:
                return (Line(kind="published", stamp=stamp, found_in="date-line", is_sure=True, blocks=()),)
    lines = [
        *_lines(page, (*region.between, *reversed(region.above)), zone, near=True),
        *_times(page, region, zone),
        *_lines(page, region.below, zone, near=False),
        *_lines(page, body[:1], zone, near=True),
    ]
    return tuple(sorted(lines, key=lambda line: not line.is_sure))


def _lines(page: Page, blocks: Sequence[Block], zone: tzinfo | None, *, near: bool) -> Iterator[Line]:
    for block in blocks:
        count = len(block.text.split())
        if count > _LINE_WORDS or "caption" in block.places or not _HAS_DATE.search(block.folded):
            continue
        if phrases("today").begins(block.folded) and not phrases("published").begins(block.folded):
            continue
        for kind, text, labelled in _parts(block.text):
            named = "date" in block.places or block.inner.tag == "time"
            if not labelled and not named and (not near or count > 14):
                continue
            stamp = _stamp_in(text, page, zone, whole=not (labelled or named))
            if stamp is None and block.inner.tag == "time":
                stamp = read_stamp(block.inner.get("datetime") or "")
            if stamp is not None:
                yield Line(
                    kind=kind, stamp=stamp, found_in="date-line", is_sure=labelled or named, blocks=(block.index,)
                )


def _times(page: Page, region: Region, zone: tzinfo | None) -> Iterator[Line]:
    """Give ``<time datetime>`` stamps that stand around the article, shown or not."""
    around = {block.element for block in region.around} | {block.inner for block in region.around}
    for element in page.tree.iter("time"):
        stamp = read_stamp(element.get("datetime") or "")
        if stamp is None or (element.get("itemprop") or "").startswith("date"):
            continue
        if element in around or any(ancestor in around for ancestor in element.iterancestors()):
            name = f"{element.get('class') or ''}".lower()
            kind: Literal["published", "modified"] = "modified" if "updat" in name or "modif" in name else "published"
            yield Line(kind=kind, stamp=stamp, found_in="time-element", is_sure=True, blocks=())


_MODIFIED_INSIDE = re.compile(
    r"(?<!\w)(?:اخر تحديث|تاريخ التحديث|تم التحديث|تحديث|last updated|updated)(?!\w)\s*(?:في|بتاريخ|on|at)?\s*[:：]?",
    re.IGNORECASE,
)


def _parts(text: str) -> Iterator[tuple[Literal["published", "modified"], str, bool]]:
    """Cut ``نشر: … آخر تحديث: …`` into its two dates, labels taken off."""
    if (rest := phrases("modified").rest(text)) is not None:
        yield "modified", rest, True
        return
    folded = fold(text)
    second = _MODIFIED_INSIDE.search(folded) if len(folded) == len(text) else None
    first_text = text[: second.start()] if second else text
    rest = phrases("published").rest(first_text)
    yield "published", rest if rest is not None else first_text.strip(" -–—|,،"), rest is not None
    if second:
        yield "modified", text[second.end() :].strip(" :-–—|"), True


def _stamp_in(text: str, page: Page, zone: tzinfo | None, *, whole: bool = False) -> Stamp | None:
    stamp = read_stamp(text)
    if stamp is None:
        stamp = read_written(text, page, zone)
    if stamp is not None and whole and len(words(text)) > 14:
        return None
    return stamp


def read_written(text: str, page: Page, zone: tzinfo | None) -> Stamp | None:
    """Read a date written for readers, relative ones against the page's fetch; None when it tells no day."""
    return read_written_text(text, page.fetched, zone)


def read_written_text(text: str | None, base: datetime | None, zone: tzinfo | None) -> Stamp | None:
    """Read a date by the grammar of ``tawatur.text``; None when it tells no day."""
    return None
