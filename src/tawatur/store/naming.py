"""
The forms of names in articles, the names they stand for, and in how many articles each name is.

Every form keeps the name its finder gave it (``found_name``) beside the one that holds after the authority file
(``name``), so that a decision can be made, and taken back, without the analyses. Counts are kept in the transaction
that changes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy import Connection, delete, func, insert, select, update

from tawatur.model.analysis import Analysis, Entity, EntityType
from tawatur.store.engine import insert as insert_or_update
from tawatur.store.finding_tables import mentions, name_rules, names
from tawatur.store.texts import KEY_BYTES_MAX, clean
from tawatur.text.letters import normalised_text

#: Stands for the whole name in the authority file.
WHOLE = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """The editor's decisions, by type, name and form."""

    rules: Mapping[tuple[str, str, str], str]

    def name(self, kind: str, found_name: str, form: str) -> str:
        """Give the name that holds for a form."""
        for_form = self.rules.get((kind, found_name, form))
        return for_form or self.rules.get((kind, found_name, WHOLE), found_name)

    def applied(self, analysis: Analysis) -> Analysis:
        """Give an analysis with the names that hold."""
        if not self.rules:
            return analysis
        return replace(analysis, entities=tuple(self._applied(entity) for entity in analysis.entities))

    def _applied(self, entity: Entity) -> Entity:
        name = self.name(entity.type, entity.canonical, entity.text)
        return entity if name == entity.canonical else replace(entity, canonical=name)


def read_authority(connection: Connection) -> Authority:
    """Read the authority file; it is an editor's handiwork and small."""
    rows = connection.execute(select(name_rules))
    return Authority({(row.type, row.name, row.form): row.into for row in rows})


def mention_rows(analysis: Analysis, authority: Authority, shown_at: int) -> list[dict[str, Any]]:
    """Give the rows of the names in an article; what no key can hold is left out."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for entity in analysis.entities:
        form, found_name = clean(entity.text), clean(entity.canonical)
        name = authority.name(entity.type, found_name, form)
        if not all(map(_is_key, (form, found_name, name))):
            continue
        row = rows.setdefault(
            (entity.type, form),
            {
                "article_id": analysis.id,
                "type": entity.type,
                "form": form,
                "found_name": found_name,
                "name": name,
                "times": 0,
                "shown_at": shown_at,
            },
        )
        row["times"] += len(entity.spans) or 1
    return list(rows.values())


def write_mentions(connection: Connection, article_ids: list[str], rows: list[dict[str, Any]]) -> Counter[Any]:
    """Put the names of some articles in the place of their former ones; by how much each name's articles changed."""
    differences: Counter[tuple[str, str]] = Counter()
    former = select(mentions.c.article_id, mentions.c.type, mentions.c.name).where(
        mentions.c.article_id.in_(article_ids)
    )
    for _, kind, name in set(map(tuple, connection.execute(former.distinct()))):
        differences[kind, name] -= 1
    connection.execute(delete(mentions).where(mentions.c.article_id.in_(article_ids)))
    if rows:
        connection.execute(insert(mentions), rows)
    for _, kind, name in {(row["article_id"], row["type"], row["name"]) for row in rows}:
        differences[kind, name] += 1
    return differences


def count_names(connection: Connection, differences: Counter[Any], countries: Mapping[Any, str | None]) -> None:
    """Bring the counts of names up; a name that no article bears any more goes."""
    changed = {key: difference for key, difference in differences.items() if difference}
    statement = insert_or_update(connection, names)
    raised = statement.on_conflict_do_update(
        index_elements=["type", "name"], set_={"articles": names.c.articles + statement.excluded.articles}
    )
    rows = [
        {
            "type": kind,
            "name": name,
            "folded": folded(name),
            "country": countries.get((kind, name)),
            "articles": difference,
        }
        for (kind, name), difference in sorted(changed.items())
    ]
    if rows:
        connection.execute(raised, rows)
        connection.execute(delete(names).where(names.c.articles <= 0))


def count_anew(connection: Connection, kind: EntityType, wanted: Iterable[str]) -> None:
    """Count the articles of some names again, after a decision of the editor's."""
    for name in sorted(set(wanted)):
        number = connection.scalar(
            select(func.count(mentions.c.article_id.distinct())).where(mentions.c.type == kind, mentions.c.name == name)
        )
        here = names.c.type == kind, names.c.name == name
        if not number:
            connection.execute(delete(names).where(*here))
        elif not connection.execute(update(names).where(*here).values(articles=number)).rowcount:
            connection.execute(
                insert(names).values(type=kind, name=name, folded=folded(name), country=None, articles=number)
            )


def folded(name: str) -> str:
    """Fold a name for finding it whatever its spelling."""
    return " ".join(normalised_text(name, "index").split())


def type_of(text: str) -> EntityType:
    """Take a type as it is kept."""
    return cast("EntityType", text)


def _is_key(text: str) -> bool:
    return bool(text) and len(text.encode()) <= KEY_BYTES_MAX
