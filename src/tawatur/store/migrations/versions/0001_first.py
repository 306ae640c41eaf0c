"""The first schema: sources, feeds, entries, articles with their history, captures, images, the change feed."""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _record() -> list[sa.Column[Any]]:
    return [
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("source", KEY, nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("abstract", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=True),
        sa.Column("found_in", sa.Text(), nullable=True),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("dateline", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("image", sa.Text(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("credit_name", sa.Text(), nullable=True),
        sa.Column("credit_url", sa.Text(), nullable=True),
        sa.Column("read_also", sa.Text(), nullable=False),
        sa.Column("updates", sa.Text(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("fetched", sa.BigInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
    ]


def upgrade() -> None:
    """Make all tables of the first schema."""
    op.create_table(
        "sources",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("home", sa.Text(), nullable=False),
        sa.Column("feeds", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rules", sa.Text(), nullable=False),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )
    op.create_table(
        "feeds",
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("url_key", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("next_poll_at", sa.BigInteger(), nullable=True),
        sa.Column("last_polled_at", sa.BigInteger(), nullable=True),
        sa.Column("last_success_at", sa.BigInteger(), nullable=True),
        sa.Column("last_new_at", sa.BigInteger(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_digest", sa.Text(), nullable=True),
        sa.Column("interval", sa.Double(), nullable=False),
        sa.Column("conditional_polls", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("hub", sa.Text(), nullable=True),
        sa.Column("hub_topic", sa.Text(), nullable=True),
        sa.Column("hub_secret", sa.Text(), nullable=True),
        sa.Column("hub_lease_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("source_id", "url_key", name="pk_feeds"),
    )
    op.create_index("ix_feeds_stopped_next_poll_at", "feeds", ["stopped", "next_poll_at"], unique=False)
    op.create_table(
        "source_counts",
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("articles", sa.BigInteger(), nullable=False),
        sa.Column("waiting", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.BigInteger(), nullable=False),
        sa.Column("last_article_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("source_id", name="pk_source_counts"),
    )
    op.create_table(
        "entries",
        sa.Column("url_key", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source_id", KEY, nullable=False),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("wordings", sa.Text(), nullable=False),
        sa.Column("entry", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url_key", name="pk_entries"),
    )
    op.create_index("ix_entries_source_id_waiting_turn", "entries", ["source_id", "waiting", "turn"], unique=False)
    op.create_index(
        "ix_entries_waiting_turn_first_seen_at_url_key_due_at",
        "entries",
        ["waiting", "turn", "first_seen_at", "url_key", "due_at"],
        unique=False,
    )
    op.create_table(
        "refusals",
        sa.Column("url_key", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source_id", KEY, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("refused_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("url_key", name="pk_refusals"),
    )
    op.create_index("ix_refusals_refused_at_url_key", "refusals", ["refused_at", "url_key"], unique=False)
    op.create_index(
        "ix_refusals_source_id_refused_at_url_key", "refusals", ["source_id", "refused_at", "url_key"], unique=False
    )
    op.create_table(
        "articles",
        sa.Column("id", KEY, nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=False),
        sa.Column("first_fetched_at", sa.BigInteger(), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("words_digest", KEY, nullable=False),
        sa.Column("record_digest", KEY, nullable=False),
        sa.Column("url_key", KEY, nullable=True),
        sa.Column("text_key", KEY, nullable=True),
        sa.Column("capture_key", KEY, nullable=True),
        *_record(),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    op.create_index("ix_articles_shown_at_id", "articles", ["shown_at", "id"], unique=False)
    op.create_index("ix_articles_source_shown_at_id", "articles", ["source", "shown_at", "id"], unique=False)
    op.create_index("ix_articles_text_key", "articles", ["text_key"], unique=False)
    op.create_index("ix_articles_url_key", "articles", ["url_key"], unique=False)
    op.create_table(
        "article_versions",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        *_record(),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_article_versions"),
    )
    op.create_table(
        "captures",
        sa.Column("url_key", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("requested_key", KEY, nullable=False),
        sa.Column("requested_url", sa.Text(), nullable=False),
        sa.Column("source_id", KEY, nullable=True),
        sa.Column("fetched_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("charset", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("max_age", sa.Double(), nullable=True),
        sa.Column("links", sa.Text(), nullable=False),
        sa.Column("body_bytes", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("url_key", name="pk_captures"),
    )
    op.create_index("ix_captures_requested_key", "captures", ["requested_key"], unique=False)
    op.create_index("ix_captures_source_id_url_key", "captures", ["source_id", "url_key"], unique=False)
    op.create_table(
        "images",
        sa.Column("id", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_images"),
    )
    op.create_table(
        "image_urls",
        sa.Column("url_key", KEY, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("wanted_at", sa.BigInteger(), nullable=True),
        sa.Column("image_id", KEY, nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("url_key", name="pk_image_urls"),
    )
    op.create_index(
        "ix_image_urls_wanted_wanted_at_url_key", "image_urls", ["wanted", "wanted_at", "url_key"], unique=False
    )
    op.create_table(
        "change_clock",
        sa.Column("one", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("ticks", sa.BigInteger(), nullable=False),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("one", name="pk_change_clock"),
    )
    op.create_table(
        "changes",
        sa.Column("kind", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("tick", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_changes"),
    )
    op.create_index("ix_changes_tick", "changes", ["tick"], unique=True)
    clock = sa.table("change_clock", sa.column("one"), sa.column("ticks"), sa.column("store_id"))
    op.execute(clock.insert().values(one=1, ticks=0, store_id=secrets.token_hex(4)))
