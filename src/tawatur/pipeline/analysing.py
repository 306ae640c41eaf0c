"""
Analysing: what is found in articles follows the change feed of the store.

Articles are analysed by a worker process of its own, so that the site answers meanwhile; a text that crashes its
finders costs that text only. The cursor is kept in the transaction that keeps the analyses: whatever ends the process,
the next one goes on where the analyses are.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import structlog

from tawatur.errors import StoreError
from tawatur.model import Article
from tawatur.model.analysis import Analysis
from tawatur.model.frequencies import ArchiveFrequencies, PhraseHashes
from tawatur.pipeline.changes import next_of
from tawatur.pipeline.options import ReadingOptions
from tawatur.pipeline.workshop import WorkerLost, Workshop
from tawatur.store import Followed, Store

__all__ = ["FOLLOWER", "Analyst", "follow_analyses", "reanalyse"]

FOLLOWER = "analysis"

# Analysed and committed at once: some 0.3 s of work.
_ARTICLES_AT_ONCE = 16
_SECONDS_BETWEEN_LOOKS = 0.5
_SECONDS_AFTER_AN_ERROR = 5.0

_log = structlog.get_logger()


@dataclass(slots=True)
class Analyst:
    """Analyses articles of a store in a workshop."""

    store: Store
    workshop: Workshop

    async def step(self) -> int:
        """Analyse the next articles that were written; how many there were.

        Raises:
            StoreError: The database does not answer.
        """
        after = await asyncio.to_thread(self.store.followers.cursor, FOLLOWER)
        batch = await asyncio.to_thread(next_of, self.store, after, "article", _ARTICLES_AT_ONCE)
        if not batch.changes or batch.cursor is None:
            return 0
        await self.analyse(batch.ids, followed=Followed(follower=FOLLOWER, cursor=batch.cursor))
        return len(batch.changes)

    async def analyse(self, ids: Sequence[str], *, followed: Followed | None = None) -> int:
        """Analyse articles by id, those held no more left out; how many analyses were written.

        Raises:
            StoreError: The database does not answer.
        """
        dated = await asyncio.to_thread(self._dated, ids)
        found = await self._found(dated, await asyncio.to_thread(self.store.analyses.frequencies))
        return await asyncio.to_thread(
            self.store.analyses.put_many,
            [(article, analysis) for article, analysis, _ in found],
            phrases={article.id: phrases for article, _, phrases in found if len(phrases)},
            followed=followed,
        )

    def _dated(self, ids: Sequence[str]) -> list[tuple[Article, tzinfo]]:
        zones = {source.id: source.time_zone for source in self.store.sources.all()}
        articles = self.store.articles.get_many(ids)
        return [(articles[id_], _zone(zones.get(articles[id_].source or ""))) for id_ in ids if id_ in articles]

    async def _found(
        self, dated: list[tuple[Article, tzinfo]], archive: ArchiveFrequencies
    ) -> list[tuple[Article, Analysis, PhraseHashes]]:
        """Analyse; when a worker is lost, one by one, so that the text it was lost over costs itself only."""
        if not dated:
            return []
        try:
            found = await self.workshop.do("analyse", dated, archive)
        except WorkerLost as error:
            if len(dated) == 1:
                _log.warning("an article could not be analysed", article=dated[0][0].id, why=str(error))
                return []
            return [its for one in dated for its in await self._found([one], archive)]
        return [(article, *its) for (article, _), its in zip(dated, found, strict=True)]


async def follow_analyses(store: Store, options: ReadingOptions, stop: asyncio.Event) -> None:
    """Keep the analyses up with the articles until told to stop."""
    async with Workshop(replace(options, workers=1)) as workshop:
        analyst = Analyst(store, workshop)
        while not stop.is_set():
            try:
                count = await _unless_stopped(analyst.step(), stop)
            except Exception as error:  # noqa: BLE001 - a fault of ours is told, and following goes on
                _log.warning(
                    "the articles are not analysed", why=str(error), exc_info=not isinstance(error, StoreError)
                )
                await _wait(stop, _SECONDS_AFTER_AN_ERROR)
                continue
            if not count:
                await _wait(stop, _SECONDS_BETWEEN_LOOKS)


async def reanalyse(store: Store, workshop: Workshop, told: Callable[[int], None], *, missing_too: bool = False) -> int:
    """Redo what finders of another version made, and only that; how many analyses were written.

    It may be broken off and run again, while the site is served and new articles come in.

    Args:
        store: Where the articles are.
        workshop: Does the work, one batch a worker.
        told: Called with the number of articles that were done.
        missing_too: Whether to analyse what never was: articles that no run has met yet, or that felled its worker.

    Raises:
        StoreError: The database does not answer.
    """
    from tawatur.analysis import MADE_BY

    written = await _analyse_all(store, workshop, told, lambda *page: store.analyses.outdated(MADE_BY, *page))
    if missing_too:
        written += await _analyse_all(store, workshop, told, store.analyses.missing)
    return written


async def _analyse_all(
    store: Store,
    workshop: Workshop,
    told: Callable[[int], None],
    ask: Callable[[int, str | None], tuple[str, ...]],
) -> int:
    analyst = Analyst(store, workshop)
    written = 0
    after: str | None = None
    while ids := await asyncio.to_thread(ask, _ARTICLES_AT_ONCE * len(workshop), after):
        after = ids[-1]
        batches = [ids[start : start + _ARTICLES_AT_ONCE] for start in range(0, len(ids), _ARTICLES_AT_ONCE)]
        written += sum(await asyncio.gather(*map(analyst.analyse, batches)))
        told(len(ids))
    return written


def _zone(name: str | None) -> tzinfo:
    return ZoneInfo(name) if name else UTC


async def _unless_stopped(work: Coroutine[Any, Any, int], stop: asyncio.Event) -> int:
    """Do a piece of work, and leave it when we are to stop: a worker that loads its models takes seconds."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if working.done():
        return working.result()
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        return await working
    return 0


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
