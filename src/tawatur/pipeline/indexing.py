"""
Indexing: the search index follows the change feed of the store.

What was written is taken in as it comes, and an article again once it is analysed: then its speakers, people and places
are known; a commit is made about once a second, or when nothing more is waiting. The
cursor is committed with the articles, so whatever ends the process, the next one goes on where the index is. A cursor
that the store does not know (another database, one restored from a copy) has the index built anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import structlog

from tawatur.errors import StoreError
from tawatur.model import Article
from tawatur.model.analysis import Analysis, EntityType
from tawatur.search import Document, IndexWriter
from tawatur.search.meaning_log import MeaningLog
from tawatur.search.meanings import is_arabic, lead_of
from tawatur.store import Store
from tawatur.store.moments import instant_at, microseconds, shown_at
from tawatur.text.language import UNKNOWN, identify
from tawatur.text.vectors import embed

__all__ = ["Indexer", "as_document", "bring_up_to_date", "follow_index", "follow_meanings", "reindex", "search_folder"]

# Changes read at once; 200 articles take some 0.3 s to analyse.
_STEP = 200
_MEANINGS_STEP = 64
_SECONDS_BETWEEN_COMMITS = 1.0
_SECONDS_BETWEEN_LOOKS = 0.5

_log = structlog.get_logger()


def _silent(_count: int) -> None:
    """Tell nobody how far it is."""


def _never() -> bool:
    return False


def search_folder(home: Path) -> Path:
    """Give the folder of the search index of a home."""
    return home / "search"


def as_document(article: Article, zone: str | None, analysis: Analysis | None = None) -> Document:
    """Give an article as the index takes it in: standfirst, body and entries of a live blog are one text."""
    fetched = microseconds(article.fetched or datetime.now(UTC))
    parts = [article.abstract or "", article.body]
    parts += [f"{update.title or ''}\n{update.body}".strip() for update in article.updates]
    if article.abstract and article.body.startswith(article.abstract[:60]):
        del parts[0]
    return Document(
        id=article.id,
        title=article.title or "",
        body="\n".join(part for part in parts if part),
        shown_at=instant_at(shown_at(article.published, fetched, zone)),
        url=article.url,
        source=article.source,
        section=article.section,
        language=article.language or _language(f"{article.title or ''} {article.body[:500]}"),
        speakers=() if analysis is None else _each_once(quote.speaker for quote in analysis.quotes),
        people=() if analysis is None else _named(analysis, "PER"),
        places=() if analysis is None else _named(analysis, "LOC"),
    )


def _named(analysis: Analysis, type_: EntityType) -> tuple[str, ...]:
    return _each_once(entity.canonical for entity in analysis.entities if entity.type == type_)


def _each_once(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(name.split()) for name in names if name and name.strip()))


def _language(text: str) -> str | None:
    code = identify(text).code
    return None if code == UNKNOWN else code


class Indexer:
    """Follows one store into one index."""

    def __init__(self, store: Store, writer: IndexWriter) -> None:
        self._store = store
        self._writer = writer
        self._cursor = writer.cursor
        self._committed_at = time.monotonic()

    def step(self) -> int:
        """Take in the next changes; how many there were. Commits when a second has passed or nothing is left.

        Raises:
            StoreError: The cursor is of another store, or the disk refused.
        """
        changes = self._store.changes.since(self._cursor, _STEP)
        articles = [change.id for change in changes if change.kind in ("article", "analysis")]
        if articles:
            self._take(articles)
        if changes:
            self._cursor = changes[-1].cursor
        waited = time.monotonic() - self._committed_at >= _SECONDS_BETWEEN_COMMITS
        if self._cursor != self._writer.cursor and (waited or len(changes) < _STEP):
            self._writer.commit(self._cursor)
            self._committed_at = time.monotonic()
        return len(changes)

    def catch_up(self, told: Callable[[int], None] = _silent, stopped: Callable[[], bool] = _never) -> int:
        """Take in everything there is, unless stopped; how many changes that was."""
        total = 0
        while not stopped() and (count := self.step()):
            total += count
            told(total)
        return total

    def _take(self, ids: Iterable[str]) -> None:
        ids = list(dict.fromkeys(ids))
        zones = {source.id: source.time_zone for source in self._store.sources.all()}
        articles = self._store.articles.get_many(ids)
        # An article that is not there was removed, now or right after the change that is being followed.
        self._writer.remove([id_ for id_ in ids if id_ not in articles])
        found = self._store.analyses.get_many(list(articles))
        self._writer.put_many(
            [
                as_document(articles[id_], zones.get(articles[id_].source or ""), found.get(id_))
                for id_ in ids
                if id_ in articles
            ]
        )


def reindex(
    store: Store, folder: Path, told: Callable[[int], None] = _silent, stopped: Callable[[], bool] = _never
) -> int:
    """Build the index anew beside the old one, and put it in its place; how many changes were followed.

    Stopped in between, the old index stands.

    Raises:
        StoreError: Another process writes the index, or the disk refused: the old index stands.
    """
    with IndexWriter(folder, anew=True) as writer:
        count = Indexer(store, writer).catch_up(told, stopped)
        writer.commit(writer.cursor)
        if not stopped():
            writer.publish()
    return count


def bring_up_to_date(store: Store, folder: Path, stopped: Callable[[], bool] = _never) -> bool:
    """Bring the index up to the store; False when another process is doing so already.

    Raises:
        StoreError: The disk refused.
    """
    try:
        writer = IndexWriter(folder)
    except StoreError:
        if (folder / "current").exists():
            return False
        raise
    with writer:
        try:
            Indexer(store, writer).catch_up(stopped=stopped)
        except StoreError:
            if writer.cursor is None:
                raise
        else:
            return True
    reindex(store, folder, stopped=stopped)
    return True


def follow_meanings(store: Store, folder: Path, *, most: int | None = None) -> int:
    """Bring the vectors of meaning up to the store; how many changes were followed, ``most`` of them at once.

    It has a cursor of its own: words are found within a second, meanings (some 100 articles a second) when there is
    time.

    Raises:
        StoreError: Another process writes them, or the disk refused.
    """
    total = 0
    with MeaningLog(folder / "meanings") as log:
        try:
            store.changes.since(log.cursor, 1)
        except StoreError:
            log.begin_anew()
        while most is None or total < most:
            changes = store.changes.since(log.cursor, _MEANINGS_STEP)
            if not changes:
                break
            _embed_changed(store, log, [change.id for change in changes if change.kind == "article"])
            log.commit(changes[-1].cursor)
            total += len(changes)
    return total


def _embed_changed(store: Store, log: MeaningLog, ids: list[str]) -> None:
    articles = store.articles.get_many(ids)
    for id_ in ids:
        if id_ not in articles:
            log.remove(id_)
    texts = {id_: lead_of(article.title or "", article.body) for id_, article in articles.items()}
    for (id_, text), vector in zip(texts.items(), embed(list(texts.values())), strict=True):
        log.put(id_, vector, is_arabic=is_arabic(text))


async def follow_index(store: Store, folder: Path, stop: asyncio.Event) -> None:
    """Keep the index up with the store until told to stop."""
    while not stop.is_set():
        with contextlib.ExitStack() as opened:
            try:
                await asyncio.to_thread(bring_up_to_date, store, folder, stop.is_set)
                writer = opened.enter_context(IndexWriter(folder))
            except StoreError as error:
                _log.warning("the search index is not followed", why=str(error))
                await _wait(stop, 10 * _SECONDS_BETWEEN_LOOKS)
                continue
            indexer = Indexer(store, writer)
            try:
                while not stop.is_set():
                    if not await asyncio.to_thread(indexer.step):
                        meant = await asyncio.to_thread(follow_meanings, store, folder, most=_MEANINGS_STEP)
                        await _wait(stop, 0 if meant else _SECONDS_BETWEEN_LOOKS)
            except StoreError as error:
                _log.warning("the search index broke off and is followed again", why=str(error))
                await _wait(stop, _SECONDS_BETWEEN_LOOKS)


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
