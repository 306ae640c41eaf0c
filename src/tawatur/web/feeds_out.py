"""
The feeds we publish: Atom (RFC 4287) and JSON Feed 1.1, of everything, of each source and of each search.

An entry leads to our page; the original is its ``via`` link, and ``atom:source`` names whose it is. Atom and JSON Feed
know only instants, so an article of which just the day is known carries no ``published`` there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

from lxml import etree

from tawatur.model import Article, Source, write_moment
from tawatur.text.direction import text_direction
from tawatur.web.edition import Edition, image_path
from tawatur.web.moments import shown_at
from tawatur.web.safety import safe_url, shown

ATOM = "http://www.w3.org/2005/Atom"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

# Plain text has no markup to isolate a headline that runs the other way: FIRST STRONG ISOLATE would guess by the first
# letter alone, so the direction is said: LEFT-TO-RIGHT or RIGHT-TO-LEFT ISOLATE, closed by POP DIRECTIONAL ISOLATE.
_ISOLATES = {"ltr": "\u2066", "rtl": "\u2067"}
_POP = "\u2069"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """What is put into a feed."""

    edition: Edition
    articles: Sequence[Article]
    sources: Mapping[str, Source]
    images: Mapping[str, str]
    title: str
    #: Path of the page that shows the same.
    page_path: str
    #: Path of the feed in one of its forms, from a cursor on.
    feed_path: Callable[[str, str | None], str]
    #: The cursor of the older ones; None at the end.
    older: str | None = None

    def page(self) -> str:
        return self.edition.absolute(self.page_path)

    def address(self, form: str, cursor: str | None = None) -> str:
        return self.edition.absolute(self.feed_path(form, cursor))

    def image(self, article: Article) -> str | None:
        image_id = self.images.get(article.image or "")
        return self.edition.absolute(image_path(image_id)) if image_id else None

    def updated(self) -> datetime:
        return max((_updated(article) for article in self.articles), default=_BEGINNING)


def atom(channel: Channel) -> bytes:
    """Write an Atom feed."""
    feed = etree.Element(f"{{{ATOM}}}feed", {_XML_LANG: channel.edition.language}, nsmap={None: ATOM})
    _element(feed, "id", channel.address("atom"))
    _element(feed, "title", shown(channel.title))
    _element(feed, "updated", write_moment(channel.updated()))
    _element(_element(feed, "author"), "name", channel.edition.name)
    _element(feed, "generator", "Tawatur")
    _link(feed, "self", channel.address("atom"), "application/atom+xml")
    _link(feed, "alternate", channel.page(), "text/html")
    if channel.older:
        _link(feed, "next", channel.address("atom", channel.older), "application/atom+xml")
    for article in channel.articles:
        _entry(feed, channel, article)
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8")


def json_feed(channel: Channel) -> bytes:
    """Write a JSON Feed 1.1."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": shown(channel.title),
        "home_page_url": channel.page(),
        "feed_url": channel.address("json"),
        "language": channel.edition.language,
        "items": [_item(channel, article) for article in channel.articles],
    }
    if channel.older:
        feed["next_url"] = channel.address("json", channel.older)
    return json.dumps(feed, ensure_ascii=False).encode("utf-8", "replace")


def body_html(article: Article) -> str:
    """Write an article's body, and a live blog's entries, as HTML of nothing but headings and paragraphs."""
    inner = _paragraphs(article.body)
    for update in article.updates:
        inner += f"<h3>{escape(shown(update.title))}</h3>" if update.title else ""
        inner += _paragraphs(update.body)
    return f'<div dir="{article.direction}">{inner}</div>' if inner else ""


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(shown(line))}</p>" for line in text.split("\n") if line.strip())


def isolated(text: str, edition: Edition) -> str:
    """Mark a text that runs against the feed's language, for readers that show plain text."""
    direction = text_direction(text, edition.direction)
    return text if direction == edition.direction else f"{_ISOLATES[direction]}{text}{_POP}"


def _entry(feed: etree._Element, channel: Channel, article: Article) -> None:
    edition = channel.edition
    address = edition.absolute(edition.links.article(article.id))
    entry = _element(feed, "entry")
    if article.language:
        entry.set(_XML_LANG, shown(article.language))
    _element(entry, "id", address)
    _element(entry, "title", isolated(shown(article.title or address), edition))
    _element(entry, "updated", write_moment(_updated(article)))
    if _instant(article):
        _element(entry, "published", write_moment(_instant(article)))
    _link(entry, "alternate", address, "text/html")
    if original := safe_url(article.url):
        _link(entry, "via", original, None)
    for name in article.authors or (_source_name(channel, article) or edition.name,):
        _element(_element(entry, "author"), "name", name)
    for tag in article.tags:
        _element(entry, "category").set("term", _xml(tag))
    if article.abstract:
        _element(entry, "summary", isolated(shown(article.abstract), edition))
    _element(entry, "content", body_html(article)).set("type", "html")
    _origin(entry, channel, article)


def _origin(entry: etree._Element, channel: Channel, article: Article) -> None:
    source = channel.sources.get(article.source or "")
    if source is None:
        return
    origin = _element(entry, "source")
    _element(origin, "id", channel.edition.absolute(channel.edition.links.source(source.id)))
    _element(origin, "title", source.name)
    if home := safe_url(source.home):
        _link(origin, "alternate", home, None)


def _item(channel: Channel, article: Article) -> dict[str, Any]:
    edition = channel.edition
    address = edition.absolute(edition.links.article(article.id))
    names = article.authors or tuple(filter(None, [_source_name(channel, article)]))
    item = {
        "id": address,
        "url": address,
        "external_url": safe_url(article.url),
        "title": article.title and isolated(shown(article.title), edition),
        "content_html": body_html(article),
        "summary": article.abstract and shown(article.abstract),
        "image": channel.image(article),
        "date_published": write_moment(_instant(article)),
        "date_modified": write_moment(_updated(article)),
        "authors": [{"name": shown(name)} for name in names],
        "tags": [shown(tag) for tag in article.tags],
        "language": article.language,
    }
    return {key: value for key, value in item.items() if value or key == "content_html"}


def _updated(article: Article) -> datetime:
    """Give the last instant that is known of an article: Atom asks for one of every entry.

    What a page says of its own modification counts only when we have seen it since: a stamp from the future would
    hide every later change from readers that ask by date.
    """
    known = [article.fetched, shown_at(article)]
    if isinstance(article.modified, datetime) and article.fetched and article.modified <= article.fetched:
        known.append(article.modified)
    return max((moment for moment in known if moment), default=_BEGINNING)


def _instant(article: Article) -> datetime | None:
    trusted = isinstance(article.published, datetime) and "published-in-future" not in article.flags
    return article.published if trusted and isinstance(article.published, datetime) else None


def _source_name(channel: Channel, article: Article) -> str | None:
    source = channel.sources.get(article.source or "")
    return source.name if source else article.source


def _element(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = None if text is None else _xml(text)
    return element


def _link(parent: etree._Element, relation: str, address: str, media_type: str | None) -> None:
    link = _element(parent, "link")
    link.set("rel", relation)
    link.set("href", address)
    if media_type:
        link.set("type", media_type)


def _xml(text: str) -> str:
    """Leave out what XML cannot hold; isolates of our own making stay."""
    return "".join(letter for letter in text if letter in _ISOLATES.values() or letter == _POP or shown(letter))
