"""What was found in articles, the authority file of names, what was found across articles, and where followers are."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables; what is kept already is followed from the beginning."""
    _make_analyses()
    _make_names()
    _make_stories()
    op.create_table(
        "followers",
        sa.Column("name", KEY, nullable=False),
        sa.Column("cursor", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_followers"),
    )


def _make_analyses() -> None:
    op.create_table(
        "analyses",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("made_by", KEY, nullable=False),
        sa.Column("words_digest", KEY, nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=False),
        sa.Column("source", KEY, nullable=True),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_analyses"),
    )
    op.create_index("ix_analyses_made_by_article_id", "analyses", ["made_by", "article_id"])
    op.create_index("ix_analyses_shown_at_article_id", "analyses", ["shown_at", "article_id"])
    op.create_table(
        "mentions",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("type", KEY, nullable=False),
        sa.Column("form", KEY, nullable=False),
        sa.Column("found_name", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "type", "form", name="pk_mentions"),
    )
    op.create_index("ix_mentions_type_found_name_form", "mentions", ["type", "found_name", "form"])
    op.create_index("ix_mentions_name_type_shown_at_article_id", "mentions", ["name", "type", "shown_at", "article_id"])
    op.create_table(
        "quotes",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("form", KEY, nullable=True),
        sa.Column("speaker", KEY, nullable=True),
        sa.Column("source", KEY, nullable=True),
        sa.Column("shown_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "place", name="pk_quotes"),
    )
    op.create_index("ix_quotes_shown_at_article_id_place", "quotes", ["shown_at", "article_id", "place"])
    op.create_index(
        "ix_quotes_speaker_shown_at_article_id_place", "quotes", ["speaker", "shown_at", "article_id", "place"]
    )
    op.create_index(
        "ix_quotes_source_shown_at_article_id_place", "quotes", ["source", "shown_at", "article_id", "place"]
    )


def _make_names() -> None:
    op.create_table(
        "names",
        sa.Column("type", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("articles", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("type", "name", name="pk_names"),
    )
    op.create_index("ix_names_articles_name_type", "names", ["articles", "name", "type"])
    op.create_index("ix_names_type_articles_name", "names", ["type", "articles", "name"])
    op.create_table(
        "name_rules",
        sa.Column("type", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("form", KEY, nullable=False),
        sa.Column("into", KEY, nullable=False),
        sa.PrimaryKeyConstraint("type", "name", "form", name="pk_name_rules"),
    )


def _make_stories() -> None:
    op.create_table(
        "placements",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("story", KEY, nullable=False),
        sa.Column("copy_of", KEY, nullable=True),
        sa.Column("reprint", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("article_id", name="pk_placements"),
    )
    op.create_index("ix_placements_story_article_id", "placements", ["story", "article_id"])
    op.create_index("ix_placements_copy_of", "placements", ["copy_of"])
    op.create_table(
        "related",
        sa.Column("article_id", KEY, nullable=False),
        sa.Column("other", KEY, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "other", name="pk_related"),
    )
    op.create_index("ix_related_other", "related", ["other"])
    op.create_table(
        "stories",
        sa.Column("id", KEY, nullable=False),
        sa.Column("theme", KEY, nullable=True),
        sa.Column("into", KEY, nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("latest_at", sa.BigInteger(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("outlets", sa.Integer(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_index("ix_stories_articles_latest_at_id", "stories", ["articles", "latest_at", "id"])
    op.create_index("ix_stories_latest_at_id", "stories", ["latest_at", "id"])
    op.create_index("ix_stories_told_id", "stories", ["told", "id"])
    op.create_index("ix_stories_theme_latest_at_id", "stories", ["theme", "latest_at", "id"])
    op.create_index("ix_stories_into", "stories", ["into"])
    op.create_table(
        "themes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("into", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_themes"),
    )
