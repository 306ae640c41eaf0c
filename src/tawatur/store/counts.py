"""How much of each source there is: kept in the transaction that changes it, never counted anew."""

from __future__ import annotations

from collections import Counter
from typing import Literal, get_args

from sqlalchemy import Connection, func, insert, select, update

from tawatur.store.moments import instant_at
from tawatur.store.protocol import SourceCounts
from tawatur.store.tables import articles, source_counts

Counted = Literal["articles", "waiting", "refused", "captures", "capture_bytes", "stored_bytes"]

#: Stands for "no source" in the counts.
NO_SOURCE = ""


def add(connection: Connection, what: Counted, differences: Counter[str]) -> None:
    """Add to one count of sources; a difference may be negative."""
    for source_id, difference in sorted(differences.items()):
        if difference:
            add_to_source(connection, source_id, {what: difference})


def add_to_source(connection: Connection, source_id: str, differences: dict[Counted, int]) -> None:
    """Add to several counts of one source."""
    _make_row(connection, source_id)
    connection.execute(
        update(source_counts)
        .where(source_counts.c.source_id == source_id)
        .values({name: source_counts.c[name] + difference for name, difference in differences.items()})
    )


def find_last_article(connection: Connection, source_ids: set[str | None]) -> None:
    """Look up again which article of each source is shown newest."""
    for source_id in sorted(filter(None, source_ids)):
        newest = connection.scalar(select(func.max(articles.c.shown_at)).where(articles.c.source == source_id))
        _make_row(connection, source_id)
        connection.execute(
            update(source_counts)
            .where(source_counts.c.source_id == source_id)
            .values(last_article_at=None if newest is None else instant_at(newest))
        )


def by_source(connection: Connection) -> dict[str, SourceCounts]:
    """Give the counts of every source that ever had any."""
    rows = connection.execute(select(source_counts).where(source_counts.c.source_id != NO_SOURCE))
    return {
        row.source_id: SourceCounts(
            **{name: getattr(row, name) for name in get_args(Counted)}, last_article_at=row.last_article_at
        )
        for row in rows
    }


def total(connection: Connection, what: Counted) -> int:
    """Sum a count over all sources, and what has none."""
    return int(connection.scalar(select(func.coalesce(func.sum(source_counts.c[what]), 0))) or 0)


def _make_row(connection: Connection, source_id: str) -> None:
    known = connection.scalar(select(source_counts.c.source_id).where(source_counts.c.source_id == source_id))
    if known is None:
        connection.execute(insert(source_counts).values(source_id=source_id, **dict.fromkeys(get_args(Counted), 0)))
