"""Articles as rows and back, and what makes an article a changed one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping

from tawatur.errors import RecordError
from tawatur.model import Article, Credit, LiveUpdate, ReadAlso
from tawatur.store.moments import moment_text, read_moment_text
from tawatur.store.tables import RECORD
from tawatur.store.texts import clean, digest, key, write_json

#: A row as it is written, or as it was read.
RowLike = dict[str, Any] | RowMapping

#: The fields whose change makes a new state with a place in the history: what the article says, when, and by whom.
#: What stands around it (picture, section, the page's related links, which change with every visit) is brought up to
#: date in place.
WORDS = (
    "title",
    "abstract",
    "body",
    "updates",
    "published",
    "precision",
    "modified",
    "authors",
    "tags",
    "credit_name",
    "credit_url",
)

_SAME_NAME = (
    "url",
    "source",
    "title",
    "abstract",
    "published",
    "precision",
    "found_in",
    "modified",
    "dateline",
    "language",
    "direction",
    "image",
    "section",
    "fetched",
    "body",
)


def row_of(article: Article) -> dict[str, Any]:
    """Give the columns of an article, cleaned.

    Raises:
        RecordError: Its id or source cannot be a key, or an instant has no zone.
    """
    key(article.id, "article id")
    if article.source is not None:
        key(article.source, "source id")
    if article.fetched is not None and article.fetched.tzinfo is None:
        raise RecordError(f"article {article.id} was fetched at an instant without a time zone; give it one")
    row = {name: clean(getattr(article, name)) for name in _SAME_NAME}
    row["authors"] = clean(article.authors)
    row["tags"] = clean(article.tags)
    row["flags"] = list(article.flags)
    row["credit_name"] = clean(article.credit.name) if article.credit else None
    row["credit_url"] = clean(article.credit.url) if article.credit else None
    row["read_also"] = [clean([item.title, item.url]) for item in article.read_also]
    row["updates"] = [_update_document(update) for update in article.updates]
    return row


def article_of(id_: str, row: RowLike) -> Article:
    """Give the article of a row."""
    return Article(
        id=id_,
        **{name: row[name] for name in _SAME_NAME},
        authors=tuple(row["authors"]),
        tags=tuple(row["tags"]),
        flags=tuple(row["flags"]),
        credit=None if row["credit_name"] is None else Credit(name=row["credit_name"], url=row["credit_url"]),
        read_also=tuple(ReadAlso(title=title, url=url) for title, url in row["read_also"]),
        updates=tuple(_update_of(document) for document in row["updates"]),
    )


def words_digest(row: RowLike) -> str:
    """Give the digest that tells a new state."""
    return _digest(row, WORDS)


def record_digest(row: RowLike) -> str:
    """Give the digest of all but the fetch."""
    return _digest(row, tuple(name for name in RECORD if name != "fetched"))


def _digest(row: RowLike, names: tuple[str, ...]) -> str:
    moments = {"published", "modified"}
    return digest(write_json([moment_text(row[name]) if name in moments else row[name] for name in names]))


def _update_document(update: LiveUpdate) -> list[Any]:
    return [clean(update.title), clean(update.body), moment_text(update.published), update.precision]


def _update_of(document: list[Any]) -> LiveUpdate:
    title, body, published, precision = document
    return LiveUpdate(title=title, body=body, published=read_moment_text(published), precision=precision)
