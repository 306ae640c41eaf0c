"""
When it was published, as far as the page tells: never the day it was fetched, never a guess.

The machine-readable stamp (JSON-LD, meta, microdata) comes first, but is held against the line that readers see:
outlets mark their local clock with ``Z``, print the day alone, or put the present day into the page's head. A stamp
whose zone nobody can know is taken as its day only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tawatur.extract.date_lines import Line, read_any, read_lines
from tawatur.extract.json_ld import ARTICLE_TYPES, text_in, types_of
from tawatur.extract.outline import Block
from tawatur.extract.page import Page
from tawatur.extract.region import Region
from tawatur.extract.stamps import Stamp
from tawatur.extract.zones import zone_of
from tawatur.model import Flag, FoundIn, Precision

_META_PUBLISHED = (
    "article:published_time",
    "article:published",
    "og:published_time",
    "published_time",
    "article.published",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "dc.date.created",
    "datecreated",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "date_published",
    "article_date_original",
    "date",
)
_META_MODIFIED = (
    "article:modified_time",
    "article:modified",
    "datemodified",
    "og:updated_time",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "modified_time",
)
_MICRODATA = frozenset(("datepublished", "datemodified", "datecreated"))
#: How far a stamp may lie after the fetch before it is one of the future: clocks differ.
_CLOCKS_DIFFER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When an article was published and changed."""

    published: datetime | date | None = None
    precision: Precision | None = None
    found_in: FoundIn | None = None
    modified: datetime | date | None = None
    flags: tuple[Flag, ...] = ()
    #: Indexes of the blocks that are date lines.
    blocks: frozenset[int] = frozenset()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    stamp: Stamp
    found_in: FoundIn


def find_dates(page: Page, region: Region, body: Sequence[Block], *, entry_published: datetime | None = None) -> Dates:
    """Find when an article was published and last changed."""
    zone = zone_of(page)
    lines: Sequence[Line] = read_lines(page, region, body, zone)
    stamps = [*_declared(page, "published", zone), *_in_elements(lines, "published")]
    changes = [*_declared(page, "modified", zone), *_in_elements(lines, "modified")]
    lines = [line for line in lines if line.found_in != "time-element"]
    visible = next((line for line in lines if line.kind == "published"), None)
    when, precision, found_in = _published(page, stamps, visible, zone)
    if when is None and entry_published is not None:
        when, precision, found_in = entry_published.astimezone(UTC), "second", "feed"
    if when is None:
        when, precision, found_in = _in_address(page.url)
    # A template that marks one stamp wrongly marks the other so too.
    wrong = visible is not None and any(
        said.stamp.says_utc and _is_local_clock(said.stamp, visible.stamp, zone) for said in stamps
    )
    changed = next((line for line in lines if line.kind == "modified"), None)
    modified = _modified(page, changes, changed, zone, is_local=wrong)
    return Dates(
        published=when,
        precision=precision,
        found_in=found_in,
        modified=modified,
        flags=tuple(_flags(when, precision, modified, page.fetched)),
        blocks=frozenset(index for line in lines for index in line.blocks),
    )


def _declared(page: Page, what: str, zone: tzinfo | None) -> Iterator[_Said]:
    """Give the stamps a page declares, most trusted first."""
    fields = ("datePublished", "dateCreated", "uploadDate") if what == "published" else ("dateModified",)
    for statement in page.statements:
        if types_of(statement) & ARTICLE_TYPES:
            for field in fields:
                yield from _read(text_in(statement.get(field)), "json-ld", page, zone)
    for name in _META_PUBLISHED if what == "published" else _META_MODIFIED:
        for content in page.said(name):
            yield from _read(content, "microdata" if name in _MICRODATA else "meta", page, zone)
    prop = "datePublished" if what == "published" else "dateModified"
    for element in page.tree.xpath(f"//*[@itemprop='{prop}'][not(self::meta)]")[:4]:
        yield from _read(
            element.get("datetime") or element.get("content") or element.text_content(), "microdata", page, zone
        )
    for statement in page.statements:
        if types_of(statement) & {"WebPage", "VideoObject"}:
            for field in fields:
                yield from _read(text_in(statement.get(field)), "json-ld", page, zone)


def _in_elements(lines: Sequence[Line], kind: str) -> Iterator[_Said]:
    """Give the stamps of ``<time datetime>`` around the article: a template wrote them, readers do not see them."""
    yield from (
        _Said(line.stamp, line.found_in) for line in lines if line.found_in == "time-element" and line.kind == kind
    )


def _read(text: str | None, found_in: FoundIn, page: Page, zone: tzinfo | None) -> Iterator[_Said]:
    if not text or len(text) > 120:
        return
    # Some templates print the Arabic date line into ``article:published_time``.
    stamp = read_any(text, page.fetched, zone)
    if stamp is not None:
        yield _Said(stamp, found_in)


def _published(
    page: Page, stamps: Sequence[_Said], visible: Line | None, zone: tzinfo | None
) -> tuple[datetime | date | None, Precision | None, FoundIn | None]:
    if not stamps:
        if visible is None:
            return None, None, None
        return *_resolve(page, visible.stamp, None, zone), visible.found_in
    chosen = _believed(page, stamps, visible, zone)
    if isinstance(chosen, Line):
        return *_resolve(page, chosen.stamp, None, zone), chosen.found_in
    return *_resolve(page, chosen.stamp, visible, zone), chosen.found_in


def _believed(page: Page, stamps: Sequence[_Said], visible: Line | None, zone: tzinfo | None) -> _Said | Line:
    """Choose among what is declared and what readers see.

    Declared stamps that agree with the visible day go first. When none does, the visible line wins where it says that
    it is the day of publication and the stamp lies later: templates stamp the day of the last change, or of the fetch.
    """
    if visible is None:
        return stamps[0]
    for said in stamps:
        if abs((_day_in(said.stamp, zone) - visible.stamp.day).days) == 0 or said.stamp.day == visible.stamp.day:
            return said
    first = stamps[0]
    fetched_stamp = page.fetched is not None and abs((first.stamp.day - page.fetched.date()).days) <= 1
    if (visible.is_sure or fetched_stamp) and first.stamp.day - visible.stamp.day > timedelta(days=1):
        return visible
    return first


def _day_in(stamp: Stamp, zone: tzinfo | None) -> date:
    if stamp.clock is None or stamp.zone is None or zone is None:
        return stamp.day
    return stamp.at(stamp.zone).astimezone(zone).date()


def _resolve(page: Page, stamp: Stamp, visible: Line | None, zone: tzinfo | None) -> tuple[datetime | date, Precision]:
    """Turn a stamp into an instant, or into its day when the clock or the zone is not told."""
    if stamp.clock is None:
        if visible is not None and visible.stamp.clock is not None and visible.stamp.day == stamp.day:
            return _resolve(page, visible.stamp, None, zone)
        return stamp.day, stamp.precision
    real = _real_zone(page, stamp, visible, zone)
    shows_time = visible is not None and visible.stamp.clock is not None
    if not shows_time and stamp.precision in ("minute", "second") and _is_midnight(stamp, real, zone):
        return _day_in(Stamp(stamp.wall, real), zone), "day"
    if real is None:
        return stamp.day, "day"
    return stamp.at(real), stamp.precision


def _is_midnight(stamp: Stamp, real: tzinfo | None, zone: tzinfo | None) -> bool:
    """Whether a stamp is a day that a template wrote with a clock: midnight as written, or in the source's zone."""
    if stamp.clock == time():
        return True
    if real is None or zone is None:
        return False
    local = stamp.at(real).astimezone(zone)
    return local.time() == time()


def _real_zone(page: Page, stamp: Stamp, visible: Line | None, zone: tzinfo | None) -> tzinfo | None:
    """Give the zone a stamp's clock is really in; None when nobody can know."""
    if page.rules is not None and page.rules.stamps_zone is not None:
        try:
            return ZoneInfo(page.rules.stamps_zone)
        except (ZoneInfoNotFoundError, ValueError):
            pass
    if stamp.zone is None:
        return zone
    if (
        stamp.says_utc
        and visible is not None
        and visible.stamp.zone is None
        and _is_local_clock(stamp, visible.stamp, zone)
    ):
        return zone
    return stamp.zone


def _is_local_clock(stamp: Stamp, seen: Stamp, zone: tzinfo | None) -> bool:
    """Whether a clock that claims UTC is the one on the outlet's wall: readers see the same digits beside the text."""
    if seen.clock is not None:
        return (
            seen.day == stamp.day
            and stamp.clock is not None
            and (seen.clock.hour, seen.clock.minute) == (stamp.clock.hour, stamp.clock.minute)
        )
    return zone is not None and seen.day == stamp.day and _day_in(stamp, zone) != stamp.day


def _modified(
    page: Page, changes: Sequence[_Said], seen: Line | None, zone: tzinfo | None, *, is_local: bool
) -> datetime | date | None:
    if not changes:
        return _resolve(page, seen.stamp, None, zone)[0] if seen is not None else None
    stamp = changes[0].stamp
    if is_local and stamp.says_utc:
        stamp = replace(stamp, zone=None)
    return _resolve(page, stamp, seen, zone)[0]


_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})(?:[/-](\d{1,2}))?(?=[/\-_]|$)")


def _in_address(url: str | None) -> tuple[date | None, Precision | None, FoundIn | None]:
    """Read the day, or the month, that many outlets put into an article's address."""
    found = _IN_PATH.search(url or "")
    if found is None:
        return None, None, None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None, None, None
    return day, "day" if found[3] else "month", "url"


def _flags(
    when: datetime | date | None,
    precision: Precision | None,
    modified: datetime | date | None,
    fetched: datetime | None,
) -> Iterator[Flag]:
    if when is not None and fetched is not None and precision not in ("month", "year"):
        if isinstance(when, datetime):
            if when > fetched + _CLOCKS_DIFFER:
                yield "published-in-future"
        elif when > (fetched + timedelta(hours=14)).date():
            yield "published-in-future"
    if when is not None and modified is not None and precision not in ("month", "year") and _is_before(modified, when):
        yield "modified-before-published"


def _is_before(one: datetime | date, other: datetime | date) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    day_of = [moment.date() if isinstance(moment, datetime) else moment for moment in (one, other)]
    return day_of[0] < day_of[1] - timedelta(days=1)
