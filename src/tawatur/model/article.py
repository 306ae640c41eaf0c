r"""
An article as its page published it.

Text is NFC; a body is paragraphs joined by ``\n``. What the page does not say is None or empty: a record
never holds a guess.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Precision = Literal["second", "minute", "day", "month", "year"]
Direction = Literal["rtl", "ltr"]

#: Where a date was read, most trusted first.
FoundIn = Literal["json-ld", "meta", "microdata", "time-element", "date-line", "text", "url", "feed", "record"]

#: What a desk should know of this record: each has a text in the message catalogues.
Flag = Literal[
    "published-in-future",  # the stamp lies after the fetch; it is shown with a warning and never trusted for order
    "modified-before-published",
    "summary-only",  # the page could not be read, the text is the feed's
    "live",  # a live blog: ``updates`` holds its entries
    "truncated",  # a following page of a many-page article could not be read
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Whom the page credits for the text («المصدر: …»)."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAlso:
    """A related link of the page's own («اقرأ أيضا»)."""

    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveUpdate:
    """One entry of a live blog."""

    title: str | None
    body: str
    published: datetime | date | None = None
    precision: Precision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article, as read from its page."""

    #: The id it came with, else ``article_id`` of its canonical address.
    id: str
    #: Canonical address; None for a text that came without one.
    url: str | None
    #: Id of the source, or the host when it is none that is followed; None when unknown.
    source: str | None
    title: str | None
    #: The standfirst; None when the page has none of its own.
    abstract: str | None = None
    #: A ``datetime`` (UTC) when the page tells the time. A ``date`` when it tells only the day, in the source's
    #: own calendar day; of a month or a year the first day, with the precision saying so. None when unknown.
    published: datetime | date | None = None
    precision: Precision | None = None
    found_in: FoundIn | None = None
    modified: datetime | date | None = None
    authors: tuple[str, ...] = ()
    #: The place and agency a text opens with, as printed: ``القاهرة - أ ش أ``.
    dateline: str | None = None
    body: str = ""
    #: BCP 47 of the body's language.
    language: str | None = None
    direction: Direction = "rtl"
    image: str | None = None
    section: str | None = None
    #: As the page declares them, split only where the page splits them.
    tags: tuple[str, ...] = ()
    credit: Credit | None = None
    read_also: tuple[ReadAlso, ...] = ()
    #: Entries of a live blog, newest first as printed; ``body`` then holds the standing text.
    updates: tuple[LiveUpdate, ...] = ()
    flags: tuple[Flag, ...] = ()
    #: When the page was captured; None when the text did not come over the network.
    fetched: datetime | None = None


def article_id(canonical_url: str) -> str:
    """Give the id of the article at a canonical address: 16 hexadecimal digits of its SHA-256.

    >>> article_id("https://example.org/a")
    'b5b10dd0429e69ac'
    """
    return hashlib.sha256(canonical_url.encode("utf-8")).hexdigest()[:16]
