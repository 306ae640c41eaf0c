"""JSON Feed 1.0 and 1.1: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any

from tawatur.errors import FeedError
from tawatur.feeds.clean_text import clean_text
from tawatur.feeds.drafts import Draft, entries_of, stated_address, usable_address
from tawatur.model import Feed

__all__ = ["read_json_feed"]


def read_json_feed(text: str, url: str) -> Feed:
    """Read a JSON Feed, found at an address.

    Raises:
        FeedError: It is no JSON, nests too deep, or is no JSON Feed.
    """
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FeedError(f"{url} is no JSON that can be read: {type(error).__name__}: {str(error)[:100]}") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise FeedError(f"{url} is JSON, but no JSON Feed: it has no list of items")
    items = [item for item in feed["items"] if isinstance(item, dict)]
    entries, problems = entries_of(_draft(item, url) for item in items)
    return Feed(
        kind="json",
        title=clean_text(_text(feed, "title")),
        home=usable_address([_text(feed, "home_page_url") or ""], url),
        language=_text(feed, "language"),
        entries=entries,
        hub=stated_address([_text(hub, "url") or "" for hub in _objects(feed, "hubs") if _is_websub(hub)], url),
        topic=stated_address([_text(feed, "feed_url") or ""], url),
        more=tuple(filter(None, [usable_address([_text(feed, "next_url") or ""], url)])),
        problems=problems,
    )


def _draft(item: Mapping[str, Any], url: str) -> Draft:
    identifier = item.get("id")  # a number here and there, though the format asks for text
    guid = str(identifier) if isinstance(identifier, (str, int, float)) else None
    plain = _text(item, "content_text")
    content = _text(item, "content_html") or (html.escape(plain, quote=False) if plain else None)
    attached = [_text(file, "url") for file in _objects(item, "attachments") if _is_image(file)]
    return Draft(
        links=(_text(item, "url") or "", guid if guid and guid.startswith(("http://", "https://")) else ""),
        base=url,
        guid=guid,
        title=_text(item, "title"),
        summary=_text(item, "summary"),
        content=content,
        stamps=tuple(filter(None, [_text(item, "date_published")])),
        changed=_text(item, "date_modified"),
        authors=tuple(_authors(item)),
        tags=tuple(tag for tag in _list(item, "tags") if isinstance(tag, str)),
        images=tuple(filter(None, [_text(item, "image"), _text(item, "banner_image"), *attached])),
    )


def _authors(item: Mapping[str, Any]) -> Iterator[str]:
    single = item.get("author")  # version 1.0
    for author in [*_objects(item, "authors"), *([single] if isinstance(single, dict) else [])]:
        yield _text(author, "name") or ""


def _is_websub(hub: Mapping[str, Any]) -> bool:
    return (_text(hub, "type") or "").lower() in {"websub", "pubsubhubbub"}


def _is_image(file: Mapping[str, Any]) -> bool:
    return (_text(file, "mime_type") or "").startswith("image/")


def _text(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    return value if isinstance(value, str) and value.strip() else None


def _list(record: Mapping[str, Any], name: str) -> list[Any]:
    value = record.get(name)
    return value if isinstance(value, list) else []


def _objects(record: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    return [value for value in _list(record, name) if isinstance(value, dict)]
