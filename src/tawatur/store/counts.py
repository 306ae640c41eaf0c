"""How much of each source there is: kept in the transaction that changes it, never counted anew."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal, get_args

from sqlalchemy import Connection, func, insert, select, update

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
    _set(connection, source_id, {name: source_counts.c[name] + difference for name, difference in differences.items()})


def find_last_article(connection: Connection, source_ids: set[str | None]) -> None:
    """Look up again which article of each source is shown newest."""
    for source_id in sorted(filter(None, source_ids)):
        newest = select(func.max(articles.c.shown_at)).where(articles.c.source == source_id).scalar_subquery()
        _set(connection, source_id, {"last_article_at": newest})


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


def _set(connection: Connection, source_id: str, values: dict[str, Any]) -> None:
    change = update(source_counts).where(source_counts.c.source_id == source_id).values(values)
    if not connection.execute(change).rowcount:
        connection.execute(insert(source_counts).values(source_id=source_id, **dict.fromkeys(get_args(Counted), 0)))
        connection.execute(change)
