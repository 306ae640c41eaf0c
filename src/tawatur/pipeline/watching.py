"""
Watching: pages that were read are looked at again, for what an outlet changes in silence or takes down.

Few looks, each further off than the one before (1, 5, 21 and 85 hours after the page was read), with the validators of
the last capture: a page that stands as it was costs its site an answer without a body. New pages come first: looks
have hands of their own, one a source. What becomes of a look::

    as it was (304, or the same words)   the next look, later
    other words                          a new state of its article; the next look, later
    410                                  withdrawn
    404, another article or no article   looked at once more in an hour; then withdrawn
    walls, robots.txt, network           nothing is said of the page; the next look, later

A withdrawn page keeps its article: that it is gone is news of its own. One that comes back is withdrawn no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from tawatur.errors import ExtractionError, FetchError, Gone, RecordError
from tawatur.model import Article, Capture
from tawatur.pipeline.means import Means
from tawatur.pipeline.reading import Following, read_whole
from tawatur.pipeline.schedule import next_look
from tawatur.pipeline.workshop import WorkerLost
from tawatur.store import WatchedPage

__all__ = ["Watcher"]

#: Looks in a row that must miss a page whose site does not say that it is gone for good.
_MISSES = 2
_GONE_FOR_GOOD = 410

_log = structlog.get_logger()


class Watcher:
    """Looks at pages again."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def due(self, limit: int) -> Sequence[WatchedPage]:
        return await self._means.ask(self._means.store.watches.due, self._means.clock(), limit)

    async def look(self, page: WatchedPage) -> None:
        """Look at a page; only an error of the store is raised."""
        try:
            article, capture = await self._read(page)
        except Gone as error:
            await self._missed(page, error.status)
        except ExtractionError as error:
            await (self._missed(page, None) if error.reason in ("error_page", "listing") else self._postpone(page))
        except (FetchError, WorkerLost, RecordError) as error:
            _log.info("a page could not be looked at", url=page.url, error=str(error))
            await self._postpone(page)
        else:
            await self._found(page, article, capture)

    async def _read(self, page: WatchedPage) -> tuple[Article | None, Capture]:
        """Give what stands there now: None when the site says that it is as it was."""
        store = self._means.store
        kept = await self._means.ask(store.captures.get, page.url)
        etag, modified = (kept.etag, kept.last_modified) if kept is not None else (None, None)
        capture = await self._means.web.capture(page.url, etag=etag, last_modified=modified)
        if capture.status == 304:
            return None, capture
        source = await self._means.ask(store.sources.get, page.source_id) if page.source_id else None
        entry = await self._means.ask(store.entries.get, page.url)
        following = Following(self._means.web.capture, self._means.reading.pages_of_one_article)
        return await read_whole(self._means.workshop, capture, source, following, entry=entry), capture

    async def _found(self, page: WatchedPage, article: Article | None, capture: Capture) -> None:
        if article is not None and article.id != page.article:
            await self._missed(page, None)
            return
        former = await self._means.ask(self._means.store.articles.get, page.article)
        if former is None:
            await self._means.ask(self._means.store.watches.stood, page.article, None)
            return
        if article is not None and ("truncated" not in article.flags or "truncated" in former.flags):
            now = self._means.clock()
            written = await self._means.ask(self._means.store.articles.put, article, capture=capture, now=now)
            _log.info("looked again", source=page.source_id, article=page.article, url=page.url, written=written)
        await self._means.ask(self._means.store.watches.stood, page.article, self._next(page))

    async def _missed(self, page: WatchedPage, status: int | None) -> None:
        now, reading = self._means.clock(), self._means.reading
        is_gone = status == _GONE_FOR_GOOD or page.misses + 1 >= _MISSES
        next_at = self._next(page) if is_gone else now + timedelta(seconds=reading.watch_first_seconds)
        missed = self._means.store.watches.missed
        await self._means.ask(missed, page.article, status, now, next_at, is_gone=is_gone)
        _log.info("a page is not there", source=page.source_id, url=page.url, status=status, withdrawn=is_gone)

    async def _postpone(self, page: WatchedPage) -> None:
        await self._means.ask(self._means.store.watches.postpone, page.article, self._next(page))

    def _next(self, page: WatchedPage) -> datetime | None:
        return next_look(self._means.clock(), page.looks + 1, self._means.reading)
