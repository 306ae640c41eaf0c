"""
From what a feed says to entries: addresses made canonical, repeated items folded, fields cleaned.

Every format fills in ``Draft``, as written; here a draft becomes an ``Entry`` and the drafts of a feed become its
list of entries, each address once. Of two statements about one address the newest holds, in the place of the first;
where the stamps do not say, feeds are read newest first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from tawatur.errors import AddressError
from tawatur.feeds.clean_text import clean_text, first_image
from tawatur.feeds.stamps import read_stamp
from tawatur.model import Entry, canonical_url

__all__ = ["Draft", "entries_of", "stated_address", "usable_address"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An item as the feed writes it."""

    #: Where the item's page may be, best first, as written.
    links: tuple[str, ...] = ()
    #: What relative addresses are read against.
    base: str = ""
    guid: str | None = None
    title: str | None = None
    summary: str | None = None
    content: str | None = None
    #: Stamps that say when it was published, best first, as written.
    stamps: tuple[str, ...] = ()
    #: When it was last changed, as written.
    changed: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    credit: str | None = None


def entries_of(drafts: Iterable[Draft]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Give the entries of a feed, each address once, and what was left out."""
    newest: dict[str, tuple[Entry, datetime | None]] = {}
    without_address = 0
    for draft in drafts:
        url = usable_address(draft.links, draft.base)
        if url is None:
            without_address += 1
            continue
        entry = _entry(draft, url)
        stated = read_stamp(draft.changed) or entry.published
        held = newest.get(url)
        if held is None or (stated is not None and (held[1] is None or stated > held[1])):
            newest[url] = (entry, stated)
    problems = (f"{without_address} entries without a usable address left out",) if without_address else ()
    return tuple(entry for entry, _ in newest.values()), problems


def usable_address(links: Iterable[str], base: str) -> str | None:
    """The first of the addresses that can be followed, in canonical form; None when none can."""
    for link in links:
        if not link.strip():
            continue
        try:
            return canonical_url(link, base=base or None)
        except AddressError:
            continue
    return None


def stated_address(links: Iterable[str], base: str) -> str | None:
    """The first of the addresses that can be followed, resolved but spelled as written.

    A WebSub topic is compared letter by letter (WebSub §4), so it is not made canonical.
    """
    for link in links:
        if usable_address([link], base) is not None:
            return urljoin(base, link.strip())
    return None


def _entry(draft: Draft, url: str) -> Entry:
    images = (*draft.images, first_image(draft.content) or "", first_image(draft.summary) or "")
    return Entry(
        url=url,
        guid=(draft.guid or "").strip() or None,
        title=clean_text(draft.title),
        summary=clean_text(draft.summary),
        content_html=draft.content if draft.content and draft.content.strip() else None,
        published=next((instant for stamp in draft.stamps if (instant := read_stamp(stamp))), None),
        authors=_each_once(draft.authors),
        tags=_each_once(draft.tags),
        image=usable_address(images, draft.base),
        credit=clean_text(draft.credit),
    )


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for written in texts if (text := clean_text(written))))
