"""Atom 1.0 (RFC 4287) and the 0.3 that old sites still serve."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from tawatur.feeds.clean_text import clean_text
from tawatur.feeds.drafts import Draft, entries_of, stated_address, usable_address
from tawatur.feeds.fields import XML_BASE, Fields, markup, updating_minutes
from tawatur.feeds.xml_tree import Element, local_name
from tawatur.model import Feed

__all__ = ["read_atom"]

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_atom(root: Element, url: str) -> Feed:
    """Read an Atom document, found at an address."""
    feed = Fields.of(root, own="atom")
    base = _joined(url, root.get(XML_BASE))
    entries, problems = entries_of(_draft(entry, base) for entry in root if local_name(entry) == "entry")
    return Feed(
        kind="atom",
        title=clean_text(_markup_of(feed, "title")),
        home=usable_address(_targets(feed, "alternate"), base),
        language=root.get(_LANGUAGE) or feed.text("dc:language"),
        entries=entries,
        ttl_minutes=updating_minutes(None, feed.text("sy:updateperiod"), feed.text("sy:updatefrequency")),
        hub=stated_address(_targets(feed, "hub"), base),
        topic=stated_address(_targets(feed, "self"), base),
        more=tuple(filter(None, [usable_address(_targets(feed, "next"), base)])),
        problems=problems,
    )


def _draft(element: Element, base: str) -> Draft:
    entry = Fields.of(element, own="atom")
    guid = entry.text("id")
    address = guid if guid and urlsplit(guid[:10]).scheme.lower() in {"http", "https"} else None
    return Draft(
        links=(*entry.texts("feedburner:origlink"), *_targets(entry, "alternate"), *filter(None, [address])),
        base=_joined(base, element.get(XML_BASE)),
        guid=guid,
        title=_markup_of(entry, "title"),
        summary=_markup_of(entry, "summary") or _markup_of(entry, "media:description"),
        content=_markup_of(entry, "content"),
        stamps=entry.texts("published", "issued", "created", "dc:date", "updated", "modified"),
        changed=entry.text("updated", "modified"),
        authors=tuple(filter(None, (Fields.of(person, own="atom").text("name") for person in entry.all("author"))))
        + entry.texts("dc:creator"),
        tags=tuple(category.get("label") or category.get("term") or "" for category in entry.all("category")),
        images=tuple(_images(entry)),
        credit=next(
            filter(None, (_markup_of(Fields.of(source, own="atom"), "title") for source in entry.all("source"))), None
        ),
    )


def _targets(fields: Fields, relation: str) -> tuple[str, ...]:
    """The addresses a relation leads to, pages before other media."""
    links = [link for link in fields.all("link") if (link.get("rel") or "alternate").lower() == relation]
    links.sort(key=lambda link: "html" not in (link.get("type") or "html"))
    return tuple(_joined(link.get(XML_BASE) or "", link.get("href") or link.text or "") for link in links)


def _images(entry: Fields) -> Iterator[str]:
    groups = [entry, *(Fields.of(group) for group in entry.all("media:group"))]
    for group in groups:
        for content in group.all("media:content"):
            if content.get("medium") == "image" or (content.get("type") or "").startswith("image/"):
                yield content.get("url") or ""
    for link in entry.all("link"):
        if link.get("rel") == "enclosure" and (link.get("type") or "").startswith("image"):
            yield link.get("href") or ""
    for group in groups:
        yield from (thumbnail.get("url") or "" for thumbnail in group.all("media:thumbnail"))


def _markup_of(fields: Fields, name: str) -> str | None:
    return next((written for element in fields.all(name) if (written := markup(element).strip())), None)


def _joined(base: str, address: str | None) -> str:
    try:
        return urljoin(base, (address or "").strip())
    except ValueError:
        return base
