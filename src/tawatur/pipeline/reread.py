"""Reading the kept pages again, with the present reader and without the network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from tawatur.errors import ExtractionError, FetchError, RecordError
from tawatur.model import Article, Capture, Source
from tawatur.pipeline.archive import Counts
from tawatur.pipeline.means import utc_now
from tawatur.pipeline.reading import Following, read_whole
from tawatur.pipeline.workshop import WorkerLost, Workshop
from tawatur.store import Store

__all__ = ["Rereader"]


@dataclass(slots=True)
class Rereader:
    """Reads kept pages again; what changed becomes a new state of its article.

    A page that holds no article is told to ``refuse``, and the article read from it before stays. So does one on
    several pages of which not all are kept.
    """

    store: Store
    workshop: Workshop
    refuse: Callable[[str, object], None]
    #: Called with each page that is done.
    advance: Callable[[], None] = lambda: None
    at_once: int = 4
    pages_of_one_article: int = 20
    counts: Counts = field(default_factory=Counts)

    async def read_again(self, source_id: str | None = None) -> Counts:
        """Read all kept pages again, or those of one source."""
        sources = {source.id: source for source in await asyncio.to_thread(self.store.sources.all)}
        pages = self.store.captures.each(source_id)
        under_way: set[asyncio.Task[None]] = set()
        while (page := await asyncio.to_thread(next, pages, None)) is not None:
            capture, of_source = page
            under_way.add(asyncio.create_task(self._again(capture, sources.get(of_source or ""))))
            if len(under_way) >= self.at_once:
                done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()
        await asyncio.gather(*under_way)
        return self.counts

    async def _again(self, capture: Capture, source: Source | None) -> None:
        try:
            article = await self._article(capture, source)
            written = await asyncio.to_thread(self.store.articles.put, article, capture=capture, now=utc_now())
        except (ExtractionError, FetchError, WorkerLost, RecordError) as error:
            self.counts.refused += 1
            self.refuse(capture.url, error)
        else:
            self.counts.add(written)
        self.advance()

    async def _article(self, capture: Capture, source: Source | None) -> Article:
        following = Following(self._kept, self.pages_of_one_article)
        entry = await asyncio.to_thread(self.store.entries.get, capture.requested_url)
        article = await read_whole(self.workshop, capture, source, following, entry=entry)
        former = await asyncio.to_thread(self.store.articles.get, article.id)
        if former is not None and "truncated" in article.flags and "truncated" not in former.flags:
            raise FetchError(capture.url, "its following pages are not kept; the article stays as it is")
        return article

    async def _kept(self, url: str) -> Capture:
        capture = await asyncio.to_thread(self.store.captures.get, url)
        if capture is None:
            raise FetchError(url, "it is not kept")
        return capture
