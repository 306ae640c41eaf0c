"""What was found in articles: the record whole, and its names and quotes in rows that can be asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, tuple_

from tawatur.model import Article
from tawatur.model.analysis import Analysis
from tawatur.model.frequencies import ArchiveFrequencies, PhraseHashes
from tawatur.store import changes, phrase_counts
from tawatur.store.cursors import read_cursor, write_cursor
from tawatur.store.documents import pack, unpack
from tawatur.store.engine import Database
from tawatur.store.finding_tables import analyses
from tawatur.store.findings import Followed, FoundQuote, IdPage, QuotePage
from tawatur.store.followers import move
from tawatur.store.moments import instant_at
from tawatur.store.naming import Authority, count_names, mention_rows, read_authority, write_mentions
from tawatur.store.quotes import quote_rows, select_quotes, write_place, write_quotes
from tawatur.store.records import row_of, words_digest
from tawatur.store.tables import articles


@dataclass(frozen=True, slots=True)
class _Draft:
    """An analysis ready to be written."""

    analysis: Analysis
    #: Of the state of the article it was made of.
    words_digest: str
    document: bytes
    #: None: nobody told.
    phrases: PhraseHashes | None

    def row(self, state: Any, *, counted: bool) -> dict[str, Any]:
        return {
            "article_id": self.analysis.id,
            "made_by": self.analysis.made_by,
            "words_digest": self.words_digest,
            "shown_at": state.shown_at,
            "source": state.source,
            "document": self.document,
            "counted": counted or self.phrases is not None,
        }


class Analyses:
    """What was found in articles."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._frequencies: ArchiveFrequencies | None = None

    def put_many(
        self,
        found: Sequence[tuple[Article, Analysis]],
        *,
        phrases: Mapping[str, PhraseHashes] | None = None,
        followed: Followed | None = None,
    ) -> int:
        drafts = [
            _Draft(analysis, words_digest(row_of(article)), pack(analysis), (phrases or {}).get(analysis.id))
            for article, analysis in found
        ]
        with self._database.writing() as connection:
            written = _write(connection, {draft.analysis.id: draft for draft in drafts})
            move(connection, followed)
        return written

    def get(self, article_id: str) -> Analysis | None:
        return self.get_many([article_id]).get(article_id)

    def get_many(self, article_ids: Sequence[str]) -> dict[str, Analysis]:
        with self._database.reading() as connection:
            return read_analyses(connection, article_ids)

    def frequencies(self) -> ArchiveFrequencies:
        kept = self._frequencies
        with self._database.reading() as connection:
            if kept is None or kept.articles != phrase_counts.counted(connection):
                kept = self._frequencies = phrase_counts.read(connection)
        return kept

    def outdated(self, made_by: str, limit: int, after: str | None = None) -> tuple[str, ...]:
        statement = select(analyses.c.article_id).where(analyses.c.made_by != made_by)
        if after is not None:
            statement = statement.where(analyses.c.article_id > after)
        with self._database.reading() as connection:
            return tuple(connection.scalars(statement.order_by(analyses.c.article_id).limit(limit)))

    def missing(self, limit: int, after: str | None = None) -> tuple[str, ...]:
        statement = (
            select(articles.c.id)
            .outerjoin(analyses, analyses.c.article_id == articles.c.id)
            .where(analyses.c.article_id.is_(None))
        )
        if after is not None:
            statement = statement.where(articles.c.id > after)
        with self._database.reading() as connection:
            return tuple(connection.scalars(statement.order_by(articles.c.id).limit(limit)))

    def count_outdated(self, made_by: str) -> int:
        with self._database.reading() as connection:
            return _count(connection, analyses.c.made_by != made_by)

    def count(self) -> int:
        with self._database.reading() as connection:
            return _count(connection)

    def in_order(self, limit: int, cursor: str | None = None) -> IdPage:
        order = analyses.c.shown_at, analyses.c.article_id
        statement = select(*order).order_by(*order).limit(limit + 1)
        if cursor is not None:
            statement = statement.where(tuple_(*order) > tuple_(*read_cursor(cursor)))
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()
        page = rows[:limit]
        more = len(rows) > limit and page
        return IdPage(
            ids=tuple(row.article_id for row in page),
            next_cursor=write_cursor(page[-1].shown_at, page[-1].article_id) if more else None,
        )

    def quotes(
        self,
        *,
        limit: int,
        cursor: str | None = None,
        speaker: str | None = None,
        name: str | None = None,
        source: str | None = None,
    ) -> QuotePage:
        statement = select_quotes(limit=limit + 1, cursor=cursor, speaker=speaker, name=name, source=source)
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()
            found = read_analyses(connection, sorted({row.article_id for row in rows}), of_now=False)
        page = rows[:limit]
        more = len(rows) > limit and page
        return QuotePage(
            quotes=tuple(_found_quote(row, found[row.article_id]) for row in page),
            next_cursor=write_place(page[-1]) if more else None,
        )


def read_analyses(connection: Connection, ids: Sequence[str], *, of_now: bool = True) -> dict[str, Analysis]:
    """Read analyses; ``of_now``: only those of the state their article is in."""
    statement = select(analyses.c.article_id, analyses.c.document).where(analyses.c.article_id.in_(ids))
    if of_now:
        statement = statement.join(
            articles,
            (articles.c.id == analyses.c.article_id) & (articles.c.words_digest == analyses.c.words_digest),
        )
    rows = connection.execute(statement).all() if ids else []
    authority = read_authority(connection) if rows else Authority({})
    return {row.article_id: authority.applied(unpack(Analysis, row.document)) for row in rows}


def forget(connection: Connection, article_id: str) -> None:
    """Let go what was found in an article that is taken out."""
    gone = connection.execute(delete(analyses).where(analyses.c.article_id == article_id)).rowcount
    if gone:
        count_names(connection, write_mentions(connection, [article_id], []), {})
        write_quotes(connection, [article_id], [])
        phrase_counts.forget(connection, article_id)
        changes.note(connection, "analysis", [(article_id, "removed")])


def _write(connection: Connection, drafts: dict[str, _Draft]) -> int:
    states = _states(connection, list(drafts))
    fresh = [draft for id_, draft in drafts.items() if id_ in states and states[id_].words_digest == draft.words_digest]
    kept = {
        row.article_id: dict(row._mapping)  # noqa: SLF001
        for row in connection.execute(select(analyses).where(analyses.c.article_id.in_(list(drafts))))
    }
    counted = {id_ for id_, row in kept.items() if row["counted"]}
    rows = [draft.row(states[draft.analysis.id], counted=draft.analysis.id in counted) for draft in fresh]
    rows = [row for row in rows if kept.get(row["article_id"]) != row]
    if not rows:
        return 0
    ids = [row["article_id"] for row in rows]
    connection.execute(delete(analyses).where(analyses.c.article_id.in_(ids)))
    connection.execute(insert(analyses), rows)
    new = [drafts[id_] for id_ in ids if id_ not in counted]
    phrase_counts.count(connection, {draft.analysis.id: draft.phrases for draft in new if draft.phrases is not None})
    _write_findings(connection, [(drafts[row["article_id"]].analysis, row) for row in rows], ids)
    changes.note(connection, "analysis", [(id_, "written") for id_ in ids])
    return len(ids)


def _write_findings(connection: Connection, found: list[tuple[Analysis, dict[str, Any]]], ids: list[str]) -> None:
    authority = read_authority(connection)
    borne = [row for analysis, kept in found for row in mention_rows(analysis, authority, kept["shown_at"])]
    said = [
        row for analysis, kept in found for row in quote_rows(analysis, authority, kept["source"], kept["shown_at"])
    ]
    countries = {
        (entity.type, authority.name(entity.type, entity.canonical, entity.text)): entity.country
        for analysis, _ in found
        for entity in analysis.entities
        if entity.country
    }
    differences: Counter[Any] = write_mentions(connection, ids, borne)
    count_names(connection, differences, countries)
    write_quotes(connection, ids, said)


def _states(connection: Connection, ids: list[str]) -> dict[str, Any]:
    columns = articles.c.id, articles.c.words_digest, articles.c.shown_at, articles.c.source
    return {row.id: row for row in connection.execute(select(*columns).where(articles.c.id.in_(ids)))}


def _count(connection: Connection, *conditions: Any) -> int:
    return int(connection.scalar(select(func.count()).select_from(analyses).where(*conditions)) or 0)


def _found_quote(row: Any, analysis: Analysis) -> FoundQuote:
    return FoundQuote(
        article=row.article_id,
        place=row.place,
        source=row.source,
        speaker_name=row.speaker,
        shown_at=instant_at(row.shown_at),
        quote=analysis.quotes[row.place],
    )
