"""The tables as they are now. How a database came here is told by ``migrations/``; a test holds both together.

The heavy column of a table (a body, a picture) stands last, so that reading the others leaves its pages alone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Double, Index, Integer, LargeBinary, MetaData, Table

from tawatur.store.moments import Instant, Moment
from tawatur.store.texts import DigestText, JsonText, KeyText, PlainText

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"},
)


def _needed(name: str, kind: Any, **options: Any) -> Column[Any]:
    return Column(name, kind, nullable=False, **options)


def _record_columns() -> list[Column[Any]]:
    """The fields of an article, in its present state and in each former one."""
    return [
        Column("url", PlainText),
        Column("source", KeyText),
        Column("title", PlainText),
        Column("abstract", PlainText),
        Column("published", Moment),
        Column("precision", PlainText),
        Column("found_in", PlainText),
        Column("modified", Moment),
        _needed("authors", JsonText),
        Column("dateline", PlainText),
        Column("language", PlainText),
        _needed("direction", PlainText),
        Column("image", PlainText),
        Column("section", PlainText),
        _needed("tags", JsonText),
        Column("credit_name", PlainText),
        Column("credit_url", PlainText),
        _needed("read_also", JsonText),
        _needed("updates", JsonText),
        _needed("flags", JsonText),
        Column("fetched", Instant),
        _needed("body", PlainText),
    ]


RECORD = tuple(column.name for column in _record_columns())

sources = Table(
    "sources",
    metadata,
    _needed("id", KeyText, primary_key=True),
    _needed("name", PlainText),
    _needed("home", PlainText),
    _needed("feeds", JsonText),
    _needed("language", PlainText),
    Column("country", PlainText),
    _needed("time_zone", PlainText),
    _needed("kind", PlainText),
    _needed("rules", JsonText),
    _needed("checked", Boolean),
)

feeds = Table(
    "feeds",
    metadata,
    _needed("source_id", KeyText, primary_key=True),
    _needed("url_key", DigestText, primary_key=True),
    _needed("url", PlainText),
    Column("kind", PlainText),
    Column("next_poll_at", Instant),
    Column("last_polled_at", Instant),
    Column("last_success_at", Instant),
    Column("last_new_at", Instant),
    Column("etag", PlainText),
    Column("last_modified", PlainText),
    Column("body_digest", PlainText),
    _needed("interval", Double),
    _needed("conditional_polls", Integer),
    _needed("failures", Integer),
    Column("last_error", PlainText),
    _needed("stopped", Boolean),
    Column("hub", PlainText),
    Column("hub_topic", PlainText),
    Column("hub_secret", PlainText),
    Column("hub_lease_until", Instant),
    Column("ttl_minutes", Integer),
    _needed("skip_hours", JsonText, server_default="[]"),
    _needed("skip_days", JsonText, server_default="[]"),
    Index(None, "stopped", "next_poll_at"),
)

#: Kept in the same transaction as what they count. ``""`` counts what has no source.
source_counts = Table(
    "source_counts",
    metadata,
    _needed("source_id", KeyText, primary_key=True),
    _needed("articles", BigInteger),
    _needed("waiting", BigInteger),
    _needed("refused", BigInteger),
    Column("last_article_at", Instant),
    _needed("captures", BigInteger, server_default="0"),
    #: Bytes of their bodies as they came, and as they are kept.
    _needed("capture_bytes", BigInteger, server_default="0"),
    _needed("stored_bytes", BigInteger, server_default="0"),
)

entries = Table(
    "entries",
    metadata,
    _needed("url_key", DigestText, primary_key=True),
    _needed("url", PlainText),
    _needed("source_id", KeyText),
    #: Whether it waits to be read; else it was read or refused.
    _needed("waiting", Boolean),
    #: Its place in the fair order of reading; see ``entries.py``.
    _needed("turn", BigInteger),
    _needed("first_seen_at", Instant),
    #: Not to be tried before.
    _needed("due_at", Instant),
    _needed("attempts", Integer),
    #: What the last attempt said; None when there was none or it went well.
    Column("message", PlainText),
    #: When it was last read or refused; None for one that was never settled.
    Column("settled_at", Instant),
    #: Digests of the wordings seen of late, newest last.
    _needed("wordings", JsonText),
    _needed("entry", JsonText),
    Index(None, "waiting", "turn", "first_seen_at", "url_key", "due_at"),
    Index(None, "source_id", "waiting", "turn"),
    Index(None, "waiting", "attempts", "turn"),
)

refusals = Table(
    "refusals",
    metadata,
    _needed("url_key", DigestText, primary_key=True),
    _needed("url", PlainText),
    Column("source_id", KeyText),
    _needed("reason", PlainText),
    _needed("message", PlainText),
    _needed("refused_at", Instant),
    Index(None, "refused_at", "url_key"),
    Index(None, "source_id", "refused_at", "url_key"),
)

articles = Table(
    "articles",
    metadata,
    _needed("id", KeyText, primary_key=True),
    #: Microseconds; see ``moments.shown_at``.
    _needed("shown_at", BigInteger),
    _needed("first_fetched_at", Instant),
    _needed("first_seen_at", Instant),
    _needed("last_seen_at", Instant),
    #: Since when the present state holds.
    _needed("changed_at", Instant),
    #: Of what makes a new state (``records.WORDS``), and of everything but the fetch.
    _needed("words_digest", DigestText),
    _needed("record_digest", DigestText),
    Column("url_key", DigestText),
    #: Shared by articles of one host with one text.
    Column("text_key", DigestText),
    #: The capture it was read from.
    Column("capture_key", DigestText),
    *_record_columns(),
    Index(None, "shown_at", "id"),
    Index(None, "source", "shown_at", "id"),
    Index(None, "text_key"),
    Index(None, "url_key"),
)

article_versions = Table(
    "article_versions",
    metadata,
    _needed("article_id", KeyText, primary_key=True),
    _needed("number", Integer, primary_key=True, autoincrement=False),
    _needed("seen_at", Instant),
    *_record_columns(),
)

captures = Table(
    "captures",
    metadata,
    _needed("url_key", DigestText, primary_key=True),
    _needed("url", PlainText),
    _needed("requested_key", DigestText),
    _needed("requested_url", PlainText),
    Column("source_id", KeyText),
    _needed("fetched_at", Instant),
    _needed("status", Integer),
    _needed("media_type", PlainText),
    Column("charset", PlainText),
    Column("etag", PlainText),
    Column("last_modified", PlainText),
    Column("moved_to", PlainText),
    Column("max_age", Double),
    _needed("links", JsonText),
    _needed("body_bytes", BigInteger),
    _needed("stored_bytes", BigInteger, server_default="0"),
    #: Zstandard.
    _needed("body", LargeBinary),
    #: The first page of the article that goes on here; None for a page on its own.
    Column("follows_key", DigestText),
    Index(None, "requested_key"),
    Index(None, "follows_key"),
    Index(None, "source_id", "url_key"),
)

images = Table(
    "images",
    metadata,
    _needed("id", DigestText, primary_key=True),
    _needed("url", PlainText),
    _needed("media_type", PlainText),
    _needed("width", Integer),
    _needed("height", Integer),
    _needed("data", LargeBinary),
)

image_urls = Table(
    "image_urls",
    metadata,
    _needed("url_key", DigestText, primary_key=True),
    _needed("url", PlainText),
    _needed("wanted", Boolean),
    #: When an article first named it; None for one put by hand.
    Column("wanted_at", Instant),
    Column("image_id", DigestText),
    #: Why it was given up.
    Column("message", PlainText),
    Index(None, "wanted", "wanted_at", "url_key"),
)

#: One row: how many changes were ever noted, and which store this is. Its lock orders all writers.
change_clock = Table(
    "change_clock",
    metadata,
    _needed("one", Integer, primary_key=True, autoincrement=False),
    _needed("ticks", BigInteger),
    _needed("store_id", PlainText),
)

#: The newest change of each thing.
changes = Table(
    "changes",
    metadata,
    _needed("kind", KeyText, primary_key=True),
    _needed("id", KeyText, primary_key=True),
    _needed("tick", BigInteger),
    _needed("what", PlainText),
    Index("ix_changes_tick", "tick", unique=True),
)

analyses = Table(
    "analyses",
    metadata,
    _needed("article_id", KeyText, primary_key=True),
    _needed("made_by", KeyText),
    #: Of the state of the article that was analysed.
    _needed("words_digest", DigestText),
    _needed("shown_at", BigInteger),
    Column("source", KeyText),
    #: The record as its finders gave it, JSON under Zstandard; the authority file is applied as it is read.
    _needed("document", LargeBinary),
    Index(None, "made_by", "article_id"),
    Index(None, "shown_at", "article_id"),
)

#: The forms of names in articles.
mentions = Table(
    "mentions",
    metadata,
    _needed("article_id", KeyText, primary_key=True),
    _needed("type", KeyText, primary_key=True),
    _needed("form", KeyText, primary_key=True),
    #: The name that the finder joined the form to, and the one that holds after the authority file.
    _needed("found_name", KeyText),
    _needed("name", KeyText),
    _needed("times", Integer),
    _needed("shown_at", BigInteger),
    Index(None, "type", "found_name", "form"),
    Index(None, "name", "type", "shown_at", "article_id"),
)

quotes = Table(
    "quotes",
    metadata,
    _needed("article_id", KeyText, primary_key=True),
    #: Its place in ``Analysis.quotes``.
    _needed("place", Integer, primary_key=True, autoincrement=False),
    #: The speaker as the text has it, and the name that holds for it.
    Column("form", KeyText),
    Column("speaker", KeyText),
    Column("source", KeyText),
    _needed("shown_at", BigInteger),
    Index(None, "shown_at", "article_id", "place"),
    Index(None, "speaker", "shown_at", "article_id", "place"),
    Index(None, "source", "shown_at", "article_id", "place"),
)

#: The names of the archive with the number of articles that bear each, kept as these are written.
names = Table(
    "names",
    metadata,
    _needed("type", KeyText, primary_key=True),
    _needed("name", KeyText, primary_key=True),
    #: For finding it whatever its spelling.
    _needed("folded", PlainText),
    Column("country", PlainText),
    _needed("articles", BigInteger),
    Index(None, "articles", "name", "type"),
    Index(None, "type", "articles", "name"),
)

#: The authority file: which name a name (``form`` is ``""``) or one form of it is to be joined to.
name_rules = Table(
    "name_rules",
    metadata,
    _needed("type", KeyText, primary_key=True),
    _needed("name", KeyText, primary_key=True),
    _needed("form", KeyText, primary_key=True),
    _needed("into", KeyText),
)

#: The story an article stands in.
placements = Table(
    "placements",
    metadata,
    _needed("article_id", KeyText, primary_key=True),
    _needed("story", KeyText),
    Column("copy_of", KeyText),
    #: For a copy: the share in common, and what was changed.
    Column("reprint", JsonText),
    Index(None, "story", "article_id"),
    Index(None, "copy_of"),
)

#: What is worth reading beside an article.
related = Table(
    "related",
    metadata,
    _needed("article_id", KeyText, primary_key=True),
    _needed("other", KeyText, primary_key=True),
    _needed("why", PlainText),
    _needed("score", Double),
    Index(None, "other"),
)

stories = Table(
    "stories",
    metadata,
    _needed("id", KeyText, primary_key=True),
    Column("theme", KeyText),
    #: The story it went into; None for one that stands.
    Column("into", KeyText),
    #: Whether the document tells of all its articles as they are now.
    _needed("told", Boolean),
    #: Microseconds: the time its newest article is shown under.
    _needed("latest_at", BigInteger),
    _needed("articles", Integer),
    _needed("origins", Integer),
    _needed("outlets", Integer),
    Column("document", LargeBinary),
    Index(None, "articles", "latest_at", "id"),
    Index(None, "latest_at", "id"),
    Index(None, "told", "id"),
    Index(None, "theme", "latest_at", "id"),
    Index(None, "into"),
)

themes = Table(
    "themes",
    metadata,
    _needed("id", KeyText, primary_key=True),
    #: The theme it went into; None for one that stands.
    Column("into", KeyText),
)

#: Published pages that are looked at again.
watched = Table(
    "watched",
    metadata,
    _needed("article_id", KeyText, primary_key=True),
    _needed("url", PlainText),
    Column("source_id", KeyText),
    #: None for one that is gone and is looked at no more.
    Column("due_at", Instant),
    _needed("looks", Integer),
    #: Looks in a row that did not find it, and when the first of them was.
    _needed("misses", Integer),
    Column("missed_at", Instant),
    Column("status", Integer),
    _needed("withdrawn", Boolean),
    Index(None, "due_at", "article_id"),
)

#: Where each follower of the change feed that keeps its work here is.
followers = Table(
    "followers",
    metadata,
    _needed("name", KeyText, primary_key=True),
    Column("cursor", PlainText),
)
