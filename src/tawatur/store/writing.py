"""
How articles are written: whole, once, with their history, inside the caller's transaction.

An article that is there already is compared by two digests. Other *words* (``records.WORDS``) make a new state and
the former one goes into the history; another record with the same words is brought up to date in place; both are
noted in the change feed. An equal record only moves the time it was last seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, literal, select, update

from tawatur.model import Article
from tawatur.store import analyses, captures, changes, counts, images, stories, watching
from tawatur.store.moments import microseconds, shown_at
from tawatur.store.protocol import Written
from tawatur.store.records import record_digest, row_of, words_digest
from tawatur.store.tables import RECORD, article_versions, articles, sources
from tawatur.store.texts import text_key, url_key

_KNOWN = ("id", "words_digest", "record_digest", "source", "shown_at", "first_fetched_at", "changed_at", "fetched")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article ready to be written: all that can be worked out before the database is locked."""

    id: str
    row: dict[str, Any]
    now: datetime
    capture_key: str | None

    @staticmethod
    def of(article: Article, now: datetime, *, capture_key: str | None = None) -> Draft:
        """Prepare an article.

        Raises:
            RecordError: It cannot be kept as it is.
        """
        row = row_of(article)
        row |= {
            "id": article.id,
            "words_digest": words_digest(row),
            "record_digest": record_digest(row),
            "url_key": None if article.url is None else url_key(article.url),
            "text_key": text_key(row["url"], row["body"]),
            "last_seen_at": now,
        }
        return Draft(id=article.id, row=row, now=now, capture_key=capture_key)


@dataclass(frozen=True, slots=True)
class _Step:
    """What is to be done with one draft."""

    draft: Draft
    known: Any
    result: Written
    #: Whether anything but the time it was last seen changes.
    rewritten: bool
    row: dict[str, Any]


def write_articles(connection: Connection, drafts: Sequence[Draft]) -> list[Written]:
    """Write articles with different ids; say what became of each."""
    known = {
        row.id: row
        for row in connection.execute(
            select(*(articles.c[name] for name in _KNOWN)).where(articles.c.id.in_([draft.id for draft in drafts]))
        )
    }
    zones = _zones(connection, drafts)
    steps = [_step(draft, known.get(draft.id), zones) for draft in drafts]
    _keep_former(connection, [step.draft.id for step in steps if step.result == "changed"])
    _write_rows(connection, steps)
    rewritten = [step for step in steps if step.rewritten]
    changes.note(connection, "article", [(step.draft.id, "written") for step in rewritten])
    _count(connection, rewritten)
    images.want(connection, {step.row["image"] for step in rewritten if step.row["image"]}, drafts[0].now)
    return [step.result for step in steps]


def remove_article(connection: Connection, article_id: str) -> bool:
    """Take an article out with its history and its capture, so that nothing of a withdrawn page is left."""
    gone = connection.execute(
        delete(articles).where(articles.c.id == article_id).returning(articles.c.source, articles.c.capture_key)
    ).first()
    if gone is None:
        return False
    connection.execute(delete(article_versions).where(article_versions.c.article_id == article_id))
    captures.forget(connection, gone.capture_key)
    counts.add(connection, "articles", Counter({gone.source or counts.NO_SOURCE: -1}))
    counts.find_last_article(connection, {gone.source})
    analyses.forget(connection, article_id)
    stories.forget(connection, article_id)
    watching.forget(connection, article_id)
    changes.note(connection, "article", [(article_id, "removed")])
    return True


def _zones(connection: Connection, drafts: Sequence[Draft]) -> dict[str, str]:
    wanted = {draft.row["source"] for draft in drafts if draft.row["source"] is not None}
    rows = connection.execute(select(sources.c.id, sources.c.time_zone).where(sources.c.id.in_(wanted)))
    return {row.id: row.time_zone for row in rows}


def _step(draft: Draft, known: Any, zones: dict[str, str]) -> _Step:
    # The first fetch counts, not the last: else a page without a date would come up again with every visit.
    first_fetched_at = known.first_fetched_at if known else draft.row["fetched"] or draft.now
    row = {
        **draft.row,
        "first_fetched_at": first_fetched_at,
        "shown_at": shown_at(
            draft.row["published"], microseconds(first_fetched_at), zones.get(draft.row["source"] or "")
        ),
    }
    if draft.capture_key is not None:
        row["capture_key"] = draft.capture_key
    if known is None:
        row |= {"capture_key": draft.capture_key, "first_seen_at": draft.now, "changed_at": draft.now}
        return _Step(draft=draft, known=None, result="new", rewritten=True, row=row)
    if row["fetched"] is None:
        row["fetched"] = known.fetched
    changed = known.words_digest != row["words_digest"]
    if changed:
        row["changed_at"] = draft.now
    rewritten = changed or known.record_digest != row["record_digest"] or known.shown_at != row["shown_at"]
    return _Step(draft=draft, known=known, result="changed" if changed else "same", rewritten=rewritten, row=row)


def _keep_former(connection: Connection, ids: list[str]) -> None:
    """Copy present states into the history."""
    for id_ in ids:
        number = connection.scalar(
            select(func.count()).select_from(article_versions).where(article_versions.c.article_id == id_)
        )
        former = select(
            articles.c.id, literal(number), articles.c.changed_at, *(articles.c[name] for name in RECORD)
        ).where(articles.c.id == id_)
        connection.execute(insert(article_versions).from_select(["article_id", "number", "seen_at", *RECORD], former))


def _write_rows(connection: Connection, steps: list[_Step]) -> None:
    new = [step.row for step in steps if step.known is None]
    if new:
        connection.execute(insert(articles), new)
    for step in steps:
        if step.known is not None:
            names = step.row if step.rewritten else ("last_seen_at", "fetched", "capture_key")
            values = {name: step.row[name] for name in names if name in step.row and name != "id"}
            connection.execute(update(articles).where(articles.c.id == step.draft.id).values(values))


def _count(connection: Connection, steps: list[_Step]) -> None:
    differences: Counter[str] = Counter()
    touched: set[str | None] = set()
    for step in steps:
        source = step.row["source"]
        touched.add(source)
        if step.known is None:
            differences[source or counts.NO_SOURCE] += 1
        elif step.known.source != source:
            differences[source or counts.NO_SOURCE] += 1
            differences[step.known.source or counts.NO_SOURCE] -= 1
            touched.add(step.known.source)
    counts.add(connection, "articles", differences)
    counts.find_last_article(connection, touched)
