"""The feed's own text as an article, where its page is closed to us."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from tawatur.errors import ExtractionError
from tawatur.model import Article, Capture, Credit, Entry, Source, article_id
from tawatur.pipeline.workshop import WorkerLost, Workshop
from tawatur.text import text_direction

if TYPE_CHECKING:
    from tawatur.extract import Reading

__all__ = ["article_of_entry"]

#: Words of the shortest summary worth keeping: fewer only repeat the headline.
FEWEST_WORDS = 8


async def article_of_entry(workshop: Workshop, entry: Entry, source: Source | None, now: datetime) -> Article | None:
    """Make an article of what a feed says of an item, flagged ``summary-only``.

    Where the feed carries the whole text it is read like a page, which takes its furniture out.

    Returns:
        None when the feed has no title or no text either.
    """
    if not entry.title:
        return None
    body = await _whole_text(workshop, entry, source, now) or _summary(entry)
    if body is None:
        return None
    return Article(
        id=article_id(entry.url),
        url=entry.url,
        source=source.id if source else urlsplit(entry.url).hostname,
        title=entry.title,
        published=entry.published,
        precision="second" if entry.published else None,
        found_in="feed" if entry.published else None,
        authors=entry.authors,
        body=body,
        language=source.language if source else None,
        direction=text_direction(body),
        image=entry.image,
        tags=entry.tags,
        credit=Credit(name=entry.credit) if entry.credit else None,
        flags=_flags(entry, now),
        fetched=now,
    )


def _flags(entry: Entry, now: datetime) -> tuple[Literal["summary-only", "published-in-future"], ...]:
    in_future = entry.published is not None and entry.published > now
    return ("summary-only", "published-in-future") if in_future else ("summary-only",)


def _summary(entry: Entry) -> str | None:
    text = (entry.summary or "").strip()
    return text if len(text.split()) >= FEWEST_WORDS and text != entry.title else None


async def _whole_text(workshop: Workshop, entry: Entry, source: Source | None, now: datetime) -> str | None:
    if not entry.content_html:
        return None
    title = escape(entry.title or "")
    page = f"<!doctype html><title>{title}</title><article><h1>{title}</h1>{entry.content_html}</article>"
    capture = Capture(
        url=entry.url,
        requested_url=entry.url,
        fetched_at=now,
        status=200,
        body=page.encode("utf-8", "replace"),
        media_type="text/html",
        charset="utf-8",
    )
    try:
        reading: Reading = await workshop.do("read_page", capture, source)
    except (ExtractionError, WorkerLost):
        return None
    return reading.article.body or None
