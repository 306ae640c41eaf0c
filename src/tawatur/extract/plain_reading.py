"""From plain text to an ``Article``."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tawatur.errors import AddressError, ExtractionError
from tawatur.extract.credit import credited, texts_without_signature
from tawatur.extract.date_lines import read_any
from tawatur.extract.dateline import read_dateline
from tawatur.extract.language import language_of
from tawatur.extract.page import host_of
from tawatur.extract.plain_text import read_parts
from tawatur.extract.record import Reading, digest_of
from tawatur.extract.stamps import Stamp
from tawatur.extract.wording import words
from tawatur.model import Article, Credit, Precision, Source, article_id
from tawatur.model.canonical_url import canonical_url
from tawatur.text import text_direction

#: Words of the shortest text that is an article.
FEWEST_WORDS = 8


def read_plain_text(
    text: str, *, url: str | None = None, source: Source | None = None, fetched: datetime | None = None
) -> Reading:
    """Read an article from plain text, such as an aggregator's page saved without its markup.

    Raises:
        ExtractionError: There is no text in it.
    """
    own = (source.name,) if source is not None else ()
    parts = read_parts(text, own)
    lines = texts_without_signature(parts.text, own)
    body = "\n".join(lines)
    count = len(words(body))
    if count == 0:
        raise ExtractionError(url, "no_text", "there is no article text")
    if count < FEWEST_WORDS:
        raise ExtractionError(url, "too_short", f"{count} words are no article")
    address = _address(url)
    zone = ZoneInfo(source.time_zone) if source is not None else None
    published, precision = _moment(read_any(parts.date, fetched, zone), zone)
    modified, _ = _moment(read_any(parts.modified, fetched, zone), zone)
    credit = credited(parts.credit, own) if parts.credit else None
    dateline = read_dateline(lines[0], own)
    article = Article(
        id=article_id(address) if address else digest_of(text)[:16],
        url=address,
        source=source.id if source is not None else host_of(address),
        title=parts.title,
        published=published,
        precision=precision,
        found_in="date-line" if published is not None else None,
        modified=modified,
        authors=parts.authors,
        dateline=dateline.text if dateline else None,
        body=body,
        language=language_of(body),
        direction=text_direction(body),
        tags=tuple(parts.tags),
        credit=Credit(name=credit) if credit else None,
        read_also=tuple(parts.read_also),
        fetched=fetched,
    )
    return Reading(article=article, text_digest=digest_of(body))


def _address(url: str | None) -> str | None:
    try:
        return canonical_url(url) if url else None
    except AddressError:
        return None


def _moment(stamp: Stamp | None, zone: ZoneInfo | None) -> tuple[datetime | date | None, Precision | None]:
    if stamp is None:
        return None, None
    real = stamp.zone or zone
    if stamp.clock is None or real is None:
        return stamp.day, stamp.precision if stamp.clock is None else "day"
    return stamp.at(real).astimezone(UTC), stamp.precision
