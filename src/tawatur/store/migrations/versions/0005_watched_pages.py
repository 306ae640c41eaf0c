"""Published pages that are looked at again: what changes in silence, and what is withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the table."""
    key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    instant = sa.BigInteger()
    op.create_table(
        "watched",
        sa.Column("article_id", key, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source_id", key, nullable=True),
        sa.Column("due_at", instant, nullable=True),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("missed_at", instant, nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_watched"),
    )
    op.create_index("ix_watched_due_at_article_id", "watched", ["due_at", "article_id"])
