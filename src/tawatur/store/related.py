"""What is worth reading beside an article, as it was found last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, delete, insert, or_, select

from tawatur.model.story import Related, RelatedReason
from tawatur.store.finding_tables import related
from tawatur.store.tables import articles


def write_related(connection: Connection, found: Mapping[str, Sequence[Related]]) -> None:
    """Put what stands beside some articles in the place of what stood there; articles held no more are left out."""
    named = {*found, *(each.other for beside in found.values() for each in beside)}
    held = set(connection.scalars(select(articles.c.id).where(articles.c.id.in_(named))))
    connection.execute(delete(related).where(related.c.article_id.in_(list(found))))
    rows: dict[tuple[str, str], dict[str, Any]] = {
        (id_, each.other): {"article_id": id_, "other": each.other, "why": each.why, "score": each.score}
        for id_, beside in found.items()
        for each in beside
        if {id_, each.other} <= held
    }
    if rows:
        connection.execute(insert(related), list(rows.values()))


def read_related(connection: Connection, article_ids: Sequence[str]) -> dict[str, tuple[Related, ...]]:
    """Give what stands beside some articles, the best first."""
    order = related.c.article_id, related.c.score.desc(), related.c.other
    rows = connection.execute(select(related).where(related.c.article_id.in_(article_ids)).order_by(*order))
    found: dict[str, list[Related]] = {}
    for row in rows:
        beside = Related(article=row.article_id, other=row.other, why=cast("RelatedReason", row.why), score=row.score)
        found.setdefault(row.article_id, []).append(beside)
    return {id_: tuple(beside) for id_, beside in found.items()}


def forget_related(connection: Connection, article_id: str) -> None:
    """Let go an article that is taken out."""
    connection.execute(delete(related).where(or_(related.c.article_id == article_id, related.c.other == article_id)))
