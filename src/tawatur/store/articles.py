"""The articles as they are read: one, many, the newest, the former states of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, tuple_

from tawatur.model import Article, Capture
from tawatur.store import captures, counts, entries, watching
from tawatur.store.cursors import read_cursor, write_cursor
from tawatur.store.engine import Database
from tawatur.store.moments import microseconds
from tawatur.store.protocol import ArticlePage, Version, Written
from tawatur.store.records import article_of
from tawatur.store.tables import RECORD, article_versions, articles
from tawatur.store.texts import text_key
from tawatur.store.writing import Draft, remove_article, write_articles

# Below the number of values a statement takes anywhere (SQLite: 32,766).
ARTICLES_AT_ONCE = 500
# A gate asks whether a text is repeated, and shows some of the addresses.
SAME_TEXTS_MAX = 50

_record = [articles.c[name] for name in ("id", "shown_at", *RECORD)]


class Articles:
    """The articles, each with its history and the capture it was read from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(
        self,
        article: Article,
        *,
        capture: Capture | None = None,
        entry_url: str | None = None,
        watch_at: datetime | None = None,
        now: datetime,
    ) -> Written:
        packed = captures.pack(capture, article.source) if capture else None
        draft = Draft.of(article, now, capture_key=packed["url_key"] if packed else None)
        with self._database.writing() as connection:
            captures.keep(connection, packed)
            written = write_articles(connection, [draft])[0]
            if entry_url is not None:
                entries.accept(connection, entry_url, now)
            if capture is not None:
                entries.forget_refusals(connection, {capture.url, capture.requested_url})
                if watch_at is not None and written == "new":
                    watching.begin(connection, article.id, capture.requested_url, article.source, watch_at)
        return written

    def put_many(self, articles: Iterable[Article], *, now: datetime) -> dict[Written, int]:
        done: dict[Written, int] = {"new": 0, "changed": 0, "same": 0}
        with self._database.writing() as connection:
            for drafts in _steps(Draft.of(article, now) for article in articles):
                for written in write_articles(connection, drafts):
                    done[written] += 1
        return done

    def remove(self, article_id: str) -> bool:
        with self._database.writing() as connection:
            return remove_article(connection, article_id)

    def get(self, article_id: str) -> Article | None:
        return self.get_many([article_id]).get(article_id)

    def get_many(self, article_ids: Sequence[str]) -> dict[str, Article]:
        ids = list(dict.fromkeys(article_ids))
        found: dict[str, Article] = {}
        with self._database.reading() as connection:
            for first in range(0, len(ids), ARTICLES_AT_ONCE):
                some = ids[first : first + ARTICLES_AT_ONCE]
                for row in connection.execute(select(*_record).where(articles.c.id.in_(some))):
                    found[row.id] = article_of(row.id, row._mapping)  # noqa: SLF001
        return {id_: found[id_] for id_ in ids if id_ in found}

    def newest(
        self,
        *,
        limit: int,
        cursor: str | None = None,
        source: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> ArticlePage:
        statement = _newest(cursor, source, since, until).limit(limit + 1)
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()
        page = rows[:limit]
        more = len(rows) > limit and page
        return ArticlePage(
            articles=tuple(article_of(row.id, row._mapping) for row in page),  # noqa: SLF001
            next_cursor=write_cursor(page[-1].shown_at, page[-1].id) if more else None,
        )

    def history(self, article_id: str) -> tuple[Version, ...]:
        former = (
            select(article_versions)
            .where(article_versions.c.article_id == article_id)
            .order_by(article_versions.c.number)
        )
        present = select(articles.c.changed_at.label("seen_at"), *_record).where(articles.c.id == article_id)
        with self._database.reading() as connection:
            rows = [*connection.execute(former), *connection.execute(present)]
        return tuple(Version(article=article_of(article_id, row._mapping), seen_at=row.seen_at) for row in rows)  # noqa: SLF001

    def changed(self, article_ids: Sequence[str]) -> frozenset[str]:
        former = select(article_versions.c.article_id).where(article_versions.c.article_id.in_(article_ids))
        with self._database.reading() as connection:
            return frozenset(connection.scalars(former.distinct()))

    def count(self) -> int:
        with self._database.reading() as connection:
            return counts.total(connection, "articles")

    def same_text(self, url: str, body: str) -> tuple[str, ...]:
        wanted = text_key(url, body)
        if wanted is None:
            return ()
        statement = (
            select(articles.c.url)
            .where(articles.c.text_key == wanted, articles.c.url != url)
            .order_by(articles.c.first_seen_at, articles.c.id)
            .limit(SAME_TEXTS_MAX)
        )
        with self._database.reading() as connection:
            return tuple(url for url in connection.scalars(statement) if url is not None)


def _newest(cursor: str | None, source: str | None, since: datetime | None, until: datetime | None) -> Select[Any]:
    statement = select(*_record).order_by(articles.c.shown_at.desc(), articles.c.id.desc())
    if cursor is not None:
        statement = statement.where(tuple_(articles.c.shown_at, articles.c.id) < tuple_(*read_cursor(cursor)))
    if source is not None:
        statement = statement.where(articles.c.source == source)
    if since is not None:
        statement = statement.where(articles.c.shown_at >= microseconds(since))
    if until is not None:
        statement = statement.where(articles.c.shown_at < microseconds(until))
    return statement


def _steps(drafts: Iterator[Draft]) -> Iterator[list[Draft]]:
    """Cut drafts into lists that can be written together: bounded, and each id once."""
    step: dict[str, Draft] = {}
    for draft in drafts:
        if draft.id in step or len(step) == ARTICLES_AT_ONCE:
            yield list(step.values())
            step = {}
        step[draft.id] = draft
    if step:
        yield list(step.values())
