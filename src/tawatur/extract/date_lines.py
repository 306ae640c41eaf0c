"""
Date lines: what readers see of a date, near the headline or under the text.

The present day in the page's head, the dates of other articles and days the text speaks of are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Literal

from tawatur.extract.outline import Block
from tawatur.extract.page import Page
from tawatur.extract.region import Region
from tawatur.extract.stamps import Stamp, read_stamp
from tawatur.extract.wording import fold, phrases
from tawatur.model import FoundIn
from tawatur.text import WrittenDate, find_written_dates, read_written_date

#: Words of the longest date line seen: weekday, Hijri and Gregorian day, time, label, and the last change.
_LINE_WORDS = 26
_HAS_DATE = re.compile(r"\d|[\u0660-\u0669\u06f0-\u06f9]|منذ|قبل|امس|اليوم|ساع|دقي")


Kind = Literal["published", "modified"]
#: The share of a line's letters that a date without a label takes: ``بيروت، 3 أيار 2020`` has seven tenths.
_SHARE = 0.6
#: The same of a line of hardly more than the date: ``القاهرة في 3 مارس 2024``.
_SHARE_SHORT = 0.45
#: The same of a line that a label or the design's name for it says is one: ``آخر تحديث: … بقلم …``.
_SHARE_LABELLED = 0.2
#: A distance from now instead of a calendar day.
_DISTANCE = re.compile(r"(?<!\w)(?:منذ|قبل|ago)(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A date that readers see."""

    kind: Kind
    stamp: Stamp
    found_in: FoundIn
    #: Whether a label, a ``<time>`` or the design's name for it says that it is a date of publication.
    is_sure: bool
    blocks: tuple[int, ...]


def read_lines(page: Page, region: Region, body: Sequence[Block], zone: tzinfo | None) -> tuple[Line, ...]:
    """Give the date lines of an article, surest first."""
    if page.rules is not None and page.rules.published is not None:
        for element in page.tree.cssselect(page.rules.published):
            stamp = read_any(element.get("datetime") or element.text_content(), page.fetched, zone)
            if stamp is not None:
                return (Line(kind="published", stamp=stamp, found_in="date-line", is_sure=True, blocks=()),)
    lines = [
        *_lines(page, (*region.between, *reversed(region.above)), zone, near=True),
        *_times(page, region),
        *_lines(page, region.below, zone, near=False),
        *_lines(page, body[:3], zone, near=True),
    ]
    return tuple(sorted(lines, key=lambda line: not line.is_sure))


def _lines(page: Page, blocks: Sequence[Block], zone: tzinfo | None, *, near: bool) -> Iterator[Line]:
    for block in blocks:
        if not _can_be_line(block):
            continue
        named = "date" in block.places or block.inner.tag == "time"
        for kind, stamp, labelled, share in _dates_in(block, page.fetched, zone):
            if share >= (_SHARE_LABELLED if labelled or named else _share_needed(block)) and (
                near or labelled or named
            ):
                yield Line(
                    kind=kind, stamp=stamp, found_in="date-line", is_sure=labelled or named, blocks=(block.index,)
                )


def _share_needed(block: Block) -> float:
    return _SHARE_SHORT if len(block.text.split()) <= 6 else _SHARE


def _can_be_line(block: Block) -> bool:
    if len(block.text.split()) > _LINE_WORDS or "caption" in block.places:
        return False
    folded = block.folded
    if not _HAS_DATE.search(folded):
        return False
    return not phrases("today").begins(folded) or phrases("published").begins(folded) is not None


def _dates_in(block: Block, base: datetime | None, zone: tzinfo | None) -> Iterator[tuple[Kind, Stamp, bool, float]]:
    """Give the dates of a line: what each is of, whether a label says so, and its share of the line's letters."""
    text = block.text
    labelled = phrases("published").begins(block.folded) is not None
    changed = phrases("modified").begins(block.folded) is not None
    stamp = read_stamp(text)
    if stamp is not None:
        yield "published", stamp, False, 1.0
        return
    best = read_written_date(text, base=base, zone=zone or UTC)
    for found in find_written_dates(text, base=base, zone=zone or UTC):
        if found.label == "updated" and (stamp := to_stamp(found, text)) is not None:
            yield "modified", stamp, True, 1.0
    stamp = to_stamp(best, text)
    if stamp is None:
        stamp = read_stamp(block.inner.get("datetime") or "") if block.inner.tag == "time" else None
        if stamp is not None:
            yield "published", stamp, False, 1.0
        return
    if best.label != "updated":
        kind: Kind = "modified" if changed and best.label is None else "published"
        share = (best.end - best.start) / max(1, len(text))
        yield kind, stamp, labelled or changed or best.label is not None, share


def _times(page: Page, region: Region) -> Iterator[Line]:
    """Give ``<time datetime>`` stamps that stand around the article, shown or not."""
    around = {block.element for block in region.around} | {block.inner for block in region.around}
    for element in page.tree.iter("time"):
        stamp = read_stamp(element.get("datetime") or "")
        if stamp is None or (element.get("itemprop") or "").startswith("date"):
            continue
        if element in around or any(ancestor in around for ancestor in element.iterancestors()):
            name = (element.get("class") or "").lower()
            kind: Kind = "modified" if "updat" in name or "modif" in name else "published"
            yield Line(kind=kind, stamp=stamp, found_in="time-element", is_sure=True, blocks=())


def read_any(text: str | None, base: datetime | None, zone: tzinfo | None) -> Stamp | None:
    """Read a date whoever wrote it, a template or a desk; None when it tells no day.

    Relative dates are held against ``base`` and are None without it.
    """
    if not text:
        return None
    return read_stamp(text) or to_stamp(read_written_date(text, base=base, zone=zone or UTC), text)


def to_stamp(written: WrittenDate, text: str) -> Stamp | None:
    """Turn a date of the grammar into a stamp.

    A distance from the fetch (``منذ ٣ ساعات``) is an instant whatever the zone; any other clock has the zone that the
    line states, or none.
    """
    moment = written.instant
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        return Stamp(moment, unit=written.precision)
    stated = written.zone_stated or _DISTANCE.search(fold(text)) is not None
    return Stamp(moment.replace(tzinfo=None), moment.tzinfo if stated else None, written.precision)
