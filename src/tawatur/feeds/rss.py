"""
RSS in all its dialects: 0.9x, 1.0 (RDF) and 2.0, with the modules that news feeds use.

Read by https://www.rssboard.org/rss-specification and https://web.resource.org/rss/1.0/spec; what the dialects
disagree on is read as the feeds at hand write it. Elements that other modules put beside those of the same name
(``media:title``, ``itunes:title``) never take their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from tawatur.feeds.clean_text import clean_text
from tawatur.feeds.drafts import Draft, entries_of, stated_address, usable_address
from tawatur.feeds.fields import XML_BASE, Fields, hours, updating_minutes
from tawatur.feeds.xml_tree import Element, local_name
from tawatur.model import Feed

__all__ = ["read_rss"]

# A mail address with what sets it off from a name: ``<…>``, ``(…)``.
_ADDRESS = re.compile(r"[<(]?\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}[>)]?")
_DAYS = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})


def read_rss(root: Element, url: str) -> Feed:
    """Read an RSS or RDF document, found at an address."""
    channel_element = next((child for child in root if local_name(child) == "channel"), root)
    channel = Fields.of(channel_element)
    home = usable_address(channel.texts("link"), url)
    items = [child for child in root.iter() if isinstance(child.tag, str) and local_name(child) == "item"]
    base = channel_element.get(XML_BASE) or root.get(XML_BASE) or home or url
    entries, problems = entries_of(_draft(Fields.of(item), base) for item in items)
    return Feed(
        kind="rss",
        title=clean_text(channel.text("title", "dc:title")),
        home=home,
        language=channel.text("language", "dc:language"),
        entries=entries,
        ttl_minutes=updating_minutes(
            channel.text("ttl"), channel.text("sy:updateperiod"), channel.text("sy:updatefrequency")
        ),
        skip_hours=hours([text for skip in channel.all("skiphours") for text in Fields.of(skip).texts("hour")]),
        skip_days=frozenset(
            day
            for skip in channel.all("skipdays")
            for text in Fields.of(skip).texts("day")
            if (day := text.title()) in _DAYS
        ),
        hub=_linked(channel, "hub", url),
        topic=_linked(channel, "self", url),
        more=tuple(filter(None, [_linked(channel, "next", url)])),
        problems=problems,
    )


def _draft(item: Fields, base: str) -> Draft:
    guid = item.text("guid", "id", "atom:id")
    return Draft(
        links=tuple(_links(item, guid)),
        base=item.element.get(XML_BASE) or base,
        guid=guid,
        title=item.text("title", "dc:title", "atom:title", "media:title"),
        summary=item.text("description", "dc:description", "atom:summary", "itunes:summary", "media:description"),
        content=item.text("content:encoded", "xhtml:body", "fulltext", "atom:content"),
        stamps=item.texts("pubdate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published", "atom:updated"),
        changed=item.text("atom:updated", "dcterms:modified"),
        authors=tuple(map(_person, item.texts("dc:creator", "author", "dc:author", "itunes:author"))),
        tags=item.texts("category", "dc:subject", "media:category"),
        images=tuple(_images(item)),
        credit=item.text("source", "dc:source"),
    )


def _links(item: Fields, guid: str | None) -> Iterator[str]:
    yield from item.texts("feedburner:origlink", "link")
    for link in item.all("link", "atom:link"):  # RSS written with Atom's links
        if (link.get("rel") or "alternate") == "alternate" and link.get("href"):
            yield link.get("href", "")
    about = next((value for name, value in item.element.attrib.items() if str(name).endswith("}about")), None)
    # A guid is an address when it looks like one, whatever it says: many feeds leave ``isPermaLink`` out over
    # numbers, and some set it to false over addresses. It comes last.
    for candidate in (guid, about):
        if candidate and urlsplit(candidate.strip()[:10]).scheme.lower() in {"http", "https"}:
            yield str(candidate)


def _images(item: Fields) -> Iterator[str]:
    contents = list(item.all("media:content"))
    for group in item.all("media:group"):
        contents += Fields.of(group).all("media:content")
    for content in contents:
        if content.get("medium") == "image" or (content.get("type") or "").startswith("image/"):
            yield content.get("url") or ""
    for enclosure in item.all("enclosure"):
        if (enclosure.get("type") or "").startswith("image"):
            yield enclosure.get("url") or ""
    for thumbnail in [
        *item.all("media:thumbnail"),
        *(t for c in contents for t in Fields.of(c).all("media:thumbnail")),
    ]:
        yield thumbnail.get("url") or ""
    yield from (image.get("href") or "" for image in item.all("itunes:image"))
    for image in item.all("image"):
        yield Fields.of(image).text("url") or (image.text or "")


def _person(written: str) -> str:
    """The name in ``desk@example.org (أحمد سالم)``, which is how RSS 2.0 asks for authors, or the other way round."""
    name = " ".join(_ADDRESS.sub(" ", written).split())
    if name.startswith("(") and name.endswith(")"):
        name = name[1:-1].strip()
    return name or written


def _linked(channel: Fields, relation: str, url: str) -> str | None:
    targets = [link.get("href") or "" for link in channel.all("atom:link", "link") if link.get("rel") == relation]
    return stated_address(targets, url)
