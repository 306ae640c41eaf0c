"""What a feed asks of its readers, the pages an article goes on in, and the turn being served found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the columns and their indexes."""
    op.add_column("feeds", sa.Column("ttl_minutes", sa.Integer(), nullable=True))
    op.add_column("feeds", sa.Column("skip_hours", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("feeds", sa.Column("skip_days", sa.Text(), nullable=False, server_default="[]"))
    digest = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("captures", sa.Column("follows_key", digest, nullable=True))
    op.create_index("ix_captures_follows_key", "captures", ["follows_key"])
    # Where every page waits for another attempt, all were gone through to find the turn being served.
    op.create_index("ix_entries_waiting_attempts_turn", "entries", ["waiting", "attempts", "turn"])
