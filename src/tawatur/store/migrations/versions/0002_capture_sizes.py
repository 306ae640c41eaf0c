"""Number and size of each source's captures, so that an operator sees them without a look at every page."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_KEPT = ("articles", "waiting", "refused")
_COUNTS = ("captures", "capture_bytes", "stored_bytes")


def upgrade() -> None:
    """Add the counts, and count what is there."""
    op.add_column("captures", sa.Column("stored_bytes", sa.BigInteger(), nullable=False, server_default="0"))
    for name in _COUNTS:
        op.add_column("source_counts", sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
    captures = sa.table(
        "captures",
        sa.column("source_id"),
        sa.column("body_bytes", sa.BigInteger()),
        sa.column("stored_bytes", sa.BigInteger()),
        sa.column("body", sa.LargeBinary()),
    )
    op.execute(captures.update().values(stored_bytes=sa.func.length(captures.c.body)))
    _count(captures)


def _count(captures: sa.TableClause) -> None:
    counts = sa.table("source_counts", *(sa.column(name) for name in ("source_id", *_KEPT, *_COUNTS)))
    source_id = sa.func.coalesce(captures.c.source_id, "")
    sums = sa.select(
        source_id.label("source_id"),
        sa.func.count().label("captures"),
        sa.func.sum(captures.c.body_bytes).label("capture_bytes"),
        sa.func.sum(captures.c.stored_bytes).label("stored_bytes"),
    ).group_by(source_id)
    connection = op.get_bind()
    known = set(connection.scalars(sa.select(counts.c.source_id)))
    for row in connection.execute(sums).all():
        if row.source_id not in known:
            op.execute(counts.insert().values(source_id=row.source_id, articles=0, waiting=0, refused=0))
        op.execute(
            counts.update()
            .where(counts.c.source_id == row.source_id)
            .values({name: int(getattr(row, name)) for name in _COUNTS})
        )
