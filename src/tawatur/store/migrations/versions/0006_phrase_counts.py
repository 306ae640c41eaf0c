"""In how many articles noun phrases stand, and whether an article is counted."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the tables and the mark; what was analysed before is counted when it is analysed again."""
    key = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("analyses", sa.Column("counted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "phrases_waiting",
        sa.Column("article_id", key, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_phrases_waiting"),
    )
    op.create_table(
        "phrase_counts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("articles", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_phrase_counts"),
    )
