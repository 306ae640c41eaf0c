"""
From a page or a text to an ``Article``: every reader of this folder is asked in its turn.

The order matters: the headline is known before furniture (a label never is the headline), furniture before the body,
the body before what stands around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tawatur.errors import ExtractionError
from tawatur.extract.address import canonical_address
from tawatur.extract.author import find_byline
from tawatur.extract.body import Body, body_lines, find_body, without_head, without_opening
from tawatur.extract.credit import find_credit, texts_without_signature
from tawatur.extract.dateline import Dateline, read_dateline
from tawatur.extract.filing import find_image, find_section, find_tags
from tawatur.extract.following import find_next_page
from tawatur.extract.furniture import find_furniture
from tawatur.extract.gate import check
from tawatur.extract.headline import find_headline, headline_block
from tawatur.extract.language import language_of
from tawatur.extract.live import find_live
from tawatur.extract.names import own_names
from tawatur.extract.page import Page, host_of, open_page
from tawatur.extract.plain_reading import read_plain_text
from tawatur.extract.published import find_dates
from tawatur.extract.record import Reading, digest_of
from tawatur.extract.region import find_region
from tawatur.extract.standfirst import descriptions, find_opening
from tawatur.extract.wording import fold
from tawatur.extract.zones import zone_of
from tawatur.model import Article, Capture, Entry, Source, article_id
from tawatur.text import decode, sniff_declared, text_direction


def read_page(capture: Capture, source: Source | None = None, *, entry: Entry | None = None) -> Reading:
    """Read the article of a captured page.

    Raises:
        ExtractionError: The page holds no article; with the reason.
    """
    if capture.media_type and not _is_page(capture.media_type):
        raise ExtractionError(capture.url, "not_html", f"the server sent {capture.media_type}")
    decoded = decode(capture.body, declared=[capture.charset, sniff_declared(capture.body)])
    if capture.media_type == "text/plain" and "<html" not in decoded.text[:2000].lower():
        return read_plain_text(decoded.text, url=capture.url, source=source, fetched=capture.fetched_at)
    page = open_page(decoded.text, url=capture.url, source=source, fetched=capture.fetched_at)
    return _read(page, entry, decoded.problems)


def read_document(
    data: bytes,
    *,
    url: str | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    fetched: datetime | None = None,
    source: Source | None = None,
) -> Reading:
    """Read the article of some bytes, an HTML page or plain text, whichever they are.

    Raises:
        ExtractionError: There is no article in them; with the reason.
    """
    if media_type and not _is_page(media_type):
        raise ExtractionError(url, "not_html", f"{media_type} is no page and no text")
    if b"\x00\x00\x00" in data[:4096] or data[:5] in (b"%PDF-", b"\x89PNG\r") or data[:2] in (b"PK", b"\xff\xd8"):
        raise ExtractionError(url, "not_html", "the bytes are no page and no text")
    decoded = decode(data, declared=[charset, sniff_declared(data)])
    if not _has_markup(decoded.text):
        return read_plain_text(decoded.text, url=url, source=source, fetched=fetched)
    return _read(open_page(decoded.text, url=url, source=source, fetched=fetched), None, decoded.problems)


def _is_page(media_type: str) -> bool:
    return media_type in ("text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml")


def _has_markup(text: str) -> bool:
    head = text[:4000].lower()
    return "<html" in head or "<!doctype" in head or "<body" in head or "<p" in head or "<div" in head or "</" in head


def _read(page: Page, entry: Entry | None, problems: Sequence[str]) -> Reading:
    own = own_names(page)
    title = find_headline(page, own, entry.title if entry else None)
    furniture = find_furniture(page, title)
    live = find_live(page, title, zone_of(page))
    headline = headline_block(page, title)
    body = without_head(find_body(page, furniture.blocks | live.blocks, headline), headline)
    body = without_opening(body, page.outline, [fold(said) for said in descriptions(page)])
    region = find_region(page.outline, headline, body.blocks, furniture.blocks)
    opening = find_opening(page, region, body, title)
    blocks = (*opening.lead, *body.blocks)
    byline = find_byline(page, region, blocks, own)
    dates = find_dates(page, region, blocks, entry_published=entry.published if entry else None)
    notes = byline.blocks | dates.blocks | _repeats(blocks, title)
    paragraphs = [block for block in blocks if block.index not in dates.blocks]
    dateline = _dateline(paragraphs, region.between, own)
    credit = find_credit(page, region, blocks, own, dateline=dateline, agencies=byline.agencies)
    dropped = notes | credit.blocks
    if dateline is not None and dateline.alone:
        dropped |= {block.index for block in blocks[:2] if block.text.startswith(dateline.text)}
    kept = Body(blocks=tuple(block for block in blocks if block.index not in dropped), loose=body.loose)
    lines = texts_without_signature(body_lines(kept), own)
    check(page, kept, lines, title, is_dated=dates.published is not None, is_live=bool(live.updates))
    text = "\n".join(lines)
    address = canonical_address(page)
    article = Article(
        id=article_id(address) if address else digest_of(text)[:16],
        url=address,
        source=page.source.id if page.source else host_of(address),
        title=title,
        abstract=opening.abstract,
        published=dates.published,
        precision=dates.precision,
        found_in=dates.found_in,
        modified=dates.modified,
        authors=byline.authors,
        dateline=dateline.text if dateline else None,
        body=text,
        language=language_of(text, page),
        direction=text_direction(text),
        image=find_image(page, region, kept.blocks),
        section=find_section(page, own),
        tags=find_tags(page, region, title, own, text),
        credit=credit.credit,
        read_also=furniture.read_also,
        updates=live.updates,
        flags=(*dates.flags, "live") if live.updates else dates.flags,
        fetched=page.fetched,
    )
    return Reading(
        article=article,
        next_page=find_next_page(page),
        text_digest=digest_of(fold(text)),
        problems=(*problems, *dates.problems),
    )


def _dateline(blocks: Sequence[object], between: Sequence[object], own: tuple[str, ...]) -> Dateline | None:
    for block in (*blocks[:1], *between, *blocks[1:2]):
        found = read_dateline(block.text, own)  # type: ignore[attr-defined]
        if found is not None and (found.alone or block in blocks[:1]):
            return found
    return None


def _repeats(blocks: Sequence[object], title: str | None) -> frozenset[int]:
    """Give the first blocks of a body that only repeat the headline."""
    same = fold(title or "")
    return frozenset(block.index for block in blocks[:3] if same and fold(block.text) == same)  # type: ignore[attr-defined]
