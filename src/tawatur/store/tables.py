"""The tables as they are now. How a database came here is told by ``migrations/``; a test holds both together.

The heavy column of a table (a body, a picture) stands last, so that reading the others leaves its pages alone.
What was found in articles and across them has its tables in ``finding_tables.py``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Double, Index, Integer, LargeBinary, Table

from tawatur.store.columns import metadata, needed
from tawatur.store.moments import Instant, Moment
from tawatur.store.texts import DigestText, JsonText, KeyText, PlainText


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
        needed("authors", JsonText),
        Column("dateline", PlainText),
        Column("language", PlainText),
        needed("direction", PlainText),
        Column("image", PlainText),
        Column("section", PlainText),
        needed("tags", JsonText),
        Column("credit_name", PlainText),
        Column("credit_url", PlainText),
        needed("read_also", JsonText),
        needed("updates", JsonText),
        needed("flags", JsonText),
        Column("fetched", Instant),
        needed("body", PlainText),
    ]


RECORD = tuple(column.name for column in _record_columns())

sources = Table(
    "sources",
    metadata,
    needed("id", KeyText, primary_key=True),
    needed("name", PlainText),
    needed("home", PlainText),
    needed("feeds", JsonText),
    needed("language", PlainText),
    Column("country", PlainText),
    needed("time_zone", PlainText),
    needed("kind", PlainText),
    needed("rules", JsonText),
    needed("checked", Boolean),
)

feeds = Table(
    "feeds",
    metadata,
    needed("source_id", KeyText, primary_key=True),
    needed("url_key", DigestText, primary_key=True),
    needed("url", PlainText),
    Column("kind", PlainText),
    Column("next_poll_at", Instant),
    Column("last_polled_at", Instant),
    Column("last_success_at", Instant),
    Column("last_new_at", Instant),
    Column("etag", PlainText),
    Column("last_modified", PlainText),
    Column("body_digest", PlainText),
    needed("interval", Double),
    needed("conditional_polls", Integer),
    needed("failures", Integer),
    Column("last_error", PlainText),
    needed("stopped", Boolean),
    Column("hub", PlainText),
    Column("hub_topic", PlainText),
    Column("hub_secret", PlainText),
    Column("hub_lease_until", Instant),
    Column("ttl_minutes", Integer),
    needed("skip_hours", JsonText, server_default="[]"),
    needed("skip_days", JsonText, server_default="[]"),
    Index(None, "stopped", "next_poll_at"),
)

#: Kept in the same transaction as what they count. ``""`` counts what has no source.
source_counts = Table(
    "source_counts",
    metadata,
    needed("source_id", KeyText, primary_key=True),
    needed("articles", BigInteger),
    needed("waiting", BigInteger),
    needed("refused", BigInteger),
    Column("last_article_at", Instant),
    needed("captures", BigInteger, server_default="0"),
    #: Bytes of their bodies as they came, and as they are kept.
    needed("capture_bytes", BigInteger, server_default="0"),
    needed("stored_bytes", BigInteger, server_default="0"),
)

entries = Table(
    "entries",
    metadata,
    needed("url_key", DigestText, primary_key=True),
    needed("url", PlainText),
    needed("source_id", KeyText),
    #: Whether it waits to be read; else it was read or refused.
    needed("waiting", Boolean),
    #: Its place in the fair order of reading; see ``entries.py``.
    needed("turn", BigInteger),
    needed("first_seen_at", Instant),
    #: Not to be tried before.
    needed("due_at", Instant),
    needed("attempts", Integer),
    #: What the last attempt said; None when there was none or it went well.
    Column("message", PlainText),
    #: When it was last read or refused; None for one that was never settled.
    Column("settled_at", Instant),
    #: Digests of the wordings seen of late, newest last.
    needed("wordings", JsonText),
    needed("entry", JsonText),
    Index(None, "waiting", "turn", "first_seen_at", "url_key", "due_at"),
    Index(None, "source_id", "waiting", "turn"),
    Index(None, "waiting", "attempts", "turn"),
)

refusals = Table(
    "refusals",
    metadata,
    needed("url_key", DigestText, primary_key=True),
    needed("url", PlainText),
    Column("source_id", KeyText),
    needed("reason", PlainText),
    needed("message", PlainText),
    needed("refused_at", Instant),
    Index(None, "refused_at", "url_key"),
    Index(None, "source_id", "refused_at", "url_key"),
)

articles = Table(
    "articles",
    metadata,
    needed("id", KeyText, primary_key=True),
    #: Microseconds; see ``moments.shown_at``.
    needed("shown_at", BigInteger),
    needed("first_fetched_at", Instant),
    needed("first_seen_at", Instant),
    needed("last_seen_at", Instant),
    #: Since when the present state holds.
    needed("changed_at", Instant),
    #: Of what makes a new state (``records.WORDS``), and of everything but the fetch.
    needed("words_digest", DigestText),
    needed("record_digest", DigestText),
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
    needed("article_id", KeyText, primary_key=True),
    needed("number", Integer, primary_key=True, autoincrement=False),
    needed("seen_at", Instant),
    *_record_columns(),
)

captures = Table(
    "captures",
    metadata,
    needed("url_key", DigestText, primary_key=True),
    needed("url", PlainText),
    needed("requested_key", DigestText),
    needed("requested_url", PlainText),
    Column("source_id", KeyText),
    needed("fetched_at", Instant),
    needed("status", Integer),
    needed("media_type", PlainText),
    Column("charset", PlainText),
    Column("etag", PlainText),
    Column("last_modified", PlainText),
    Column("moved_to", PlainText),
    Column("max_age", Double),
    needed("links", JsonText),
    needed("body_bytes", BigInteger),
    needed("stored_bytes", BigInteger, server_default="0"),
    #: Zstandard.
    needed("body", LargeBinary),
    #: The first page of the article that goes on here; None for a page on its own.
    Column("follows_key", DigestText),
    Index(None, "requested_key"),
    Index(None, "follows_key"),
    Index(None, "source_id", "url_key"),
)

images = Table(
    "images",
    metadata,
    needed("id", DigestText, primary_key=True),
    needed("url", PlainText),
    needed("media_type", PlainText),
    needed("width", Integer),
    needed("height", Integer),
    needed("data", LargeBinary),
)

image_urls = Table(
    "image_urls",
    metadata,
    needed("url_key", DigestText, primary_key=True),
    needed("url", PlainText),
    needed("wanted", Boolean),
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
    needed("one", Integer, primary_key=True, autoincrement=False),
    needed("ticks", BigInteger),
    needed("store_id", PlainText),
)

#: The newest change of each thing.
changes = Table(
    "changes",
    metadata,
    needed("kind", KeyText, primary_key=True),
    needed("id", KeyText, primary_key=True),
    needed("tick", BigInteger),
    needed("what", PlainText),
    Index("ix_changes_tick", "tick", unique=True),
)

#: Published pages that are looked at again.
watched = Table(
    "watched",
    metadata,
    needed("article_id", KeyText, primary_key=True),
    needed("url", PlainText),
    Column("source_id", KeyText),
    #: None for one that is gone and is looked at no more.
    Column("due_at", Instant),
    needed("looks", Integer),
    #: Looks in a row that did not find it, and when the first of them was.
    needed("misses", Integer),
    Column("missed_at", Instant),
    Column("status", Integer),
    needed("withdrawn", Boolean),
    Index(None, "due_at", "article_id"),
)

#: Where each follower of the change feed that keeps its work here is.
followers = Table(
    "followers",
    metadata,
    needed("name", KeyText, primary_key=True),
    Column("cursor", PlainText),
)
