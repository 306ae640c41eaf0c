"""
Reading: a page that waits is captured, read in a worker, and kept as an article, or put aside with the reason.

What becomes of a page that cannot be had::

    gone (404, 410), forbidden address        put aside at once
    disallowed by robots.txt, blocked for us, the feed's own text, flagged ``summary-only``;
    kept for subscribers                      put aside where the feed has no text either
    any other failure of the network          tried again later, a few times; then as above
    no article on the page                    put aside with the capture, for a better reader to try again
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import structlog

from tawatur.errors import (
    AddressError,
    Blocked,
    Disallowed,
    ExtractionError,
    FetchError,
    ForbiddenAddress,
    Gone,
    RecordError,
    RefusalReason,
)
from tawatur.model import Article, Capture, Entry, Source, article_id
from tawatur.pipeline.means import LONGEST_MESSAGE, Means
from tawatur.pipeline.schedule import next_look
from tawatur.pipeline.summary import article_of_entry
from tawatur.pipeline.workshop import WorkerLost, Workshop
from tawatur.store import PendingPage, Refusal

if TYPE_CHECKING:
    from tawatur.extract import Reading

__all__ = ["Following", "Reader", "read_whole"]

#: Words up to which a repeated text can be a wall or an error page; a longer one is an article under two addresses.
WALL_WORDS = 120
#: What stands in an article's place where the feed may still have its text.
_WALLS: frozenset[RefusalReason] = frozenset(("login_wall",))

FetchFailed = Literal["fetch_failed"]

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Following:
    """How the pages after the first of an article are got, and how many pages there may be in all."""

    get: Callable[[str], Awaitable[Capture]]
    most: int


class Reader:
    """Reads waiting pages; each is settled, or tried again later."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._keeping = asyncio.Lock()

    async def due(self, limit: int) -> Sequence[PendingPage]:
        return await self._means.ask(self._means.store.entries.due, self._means.clock(), limit)

    async def read(self, page: PendingPage) -> None:
        """Capture a page, read it, and keep what came of it; only an error of the store is raised."""
        capture: Capture | None = None
        source = await self._means.ask(self._means.store.sources.get, page.source_id)
        try:
            capture = await self._means.web.capture(page.url)
            article = await self._read_whole(capture, source, page.entry)
            # One after another: pages of one wall that are read at the same moment must see each other.
            async with self._keeping:
                await self._refuse_repeated(article)
                await self._keep(page, article, capture)
        except ExtractionError as error:
            await self._do_without(page, source, error.reason, error, capture)
        except (Gone, ForbiddenAddress, AddressError) as error:
            await self._put_aside(page, "fetch_failed", error, None)
        except Disallowed as error:
            await self._do_without(page, source, "fetch_failed", error, None)
        except FetchError as error:
            if page.attempts + 1 < self._means.reading.attempts:
                await self._retry(page, error)
            else:
                await self._do_without(page, source, "fetch_failed", error, None)
        except WorkerLost as error:
            # Once may have been the machine; twice is the page.
            if page.attempts == 0:
                await self._retry(page, error)
            else:
                await self._put_aside(page, "no_text", error, capture)
        except RecordError as error:
            await self._put_aside(page, "no_text", error, capture)

    async def _read_whole(self, capture: Capture, source: Source | None, entry: Entry) -> Article:
        async def get(url: str) -> Capture:
            page = await self._means.web.capture(url)
            source_id = source.id if source else None
            await self._means.ask(self._means.store.captures.put, page, source_id, follows=capture.url)
            return page

        following = Following(get, self._means.reading.pages_of_one_article)
        return await read_whole(self._means.workshop, capture, source, following, entry=entry)

    async def _keep(self, page: PendingPage, article: Article, capture: Capture | None) -> None:
        now = self._means.clock()
        put = self._means.store.articles.put
        watch_at = next_look(now, 0, self._means.reading)
        written = await self._means.ask(put, article, capture=capture, entry_url=page.url, watch_at=watch_at, now=now)
        _log.info("read", source=page.source_id, article=article.id, url=article.url, written=written)

    async def _refuse_repeated(self, article: Article) -> None:
        """Refuse a text that stands on many addresses of its host, and take out a wall's earlier copies.

        Raises:
            ExtractionError: It does.
        """
        if article.url is None or not article.body:
            return
        articles = self._means.store.articles
        others = await self._means.ask(articles.same_text, article.url, article.body)
        if len(others) <= self._means.reading.repeats_allowed:
            return
        if len(article.body.split()) <= WALL_WORDS:
            for other in others:
                if await self._means.ask(articles.remove, article_id(other)):
                    _log.warning("a repeated text was taken out", url=other)
        raise ExtractionError(
            article.url, "repeated_text", f"the same text stands on {len(others)} other addresses, as on {others[0]}"
        )

    async def _do_without(
        self,
        page: PendingPage,
        source: Source | None,
        reason: RefusalReason | FetchFailed,
        error: Exception,
        capture: Capture | None,
    ) -> None:
        """Take the feed's own text where the page is closed to us, or put the page aside."""
        if reason in _WALLS or reason == "fetch_failed":
            article = await article_of_entry(self._means.workshop, page.entry, source, self._means.clock())
            if article is not None:
                held = await self._means.ask(self._means.store.articles.get, article.id)
                if held is not None and "summary-only" not in held.flags:
                    # It was read in full before: a summary never takes its place.
                    article = held
                _log.info("the feed's text stands for the page", url=page.url, why=str(error))
                await self._keep(page, article, None)
                return
        await self._put_aside(page, reason, error, capture)

    async def _put_aside(
        self, page: PendingPage, reason: RefusalReason | FetchFailed, error: Exception, capture: Capture | None
    ) -> None:
        _log.info("put aside", source=page.source_id, url=page.url, reason=reason, error=str(error))
        refusal = Refusal(
            url=page.url,
            source_id=page.source_id,
            reason=reason,
            message=str(error)[:LONGEST_MESSAGE],
            refused_at=self._means.clock(),
        )
        await self._means.ask(self._means.store.entries.refuse, refusal, capture)

    async def _retry(self, page: PendingPage, error: Exception) -> None:
        reading = self._means.reading
        seconds = reading.seconds_before_retry * 4.0**page.attempts * (0.5 + self._means.chance())
        if isinstance(error, Blocked) and error.retry_after is not None:
            seconds = max(seconds, error.retry_after)
        at = self._means.clock() + timedelta(seconds=seconds)
        _log.info("to be tried again", source=page.source_id, url=page.url, at=at.isoformat(), error=str(error))
        await self._means.ask(self._means.store.entries.retry, page.url, at, str(error)[:LONGEST_MESSAGE])


async def read_whole(
    workshop: Workshop,
    capture: Capture,
    source: Source | None,
    following: Following,
    *,
    entry: Entry | None = None,
) -> Article:
    """Read the article of a page, with the pages it goes on in.

    A following page that cannot be had leaves the article flagged ``truncated``.

    Raises:
        ExtractionError: The first page holds no article.
        WorkerLost: Its reader crashed or found no end.
    """
    do = workshop.do
    readings: list[Reading] = [await do("read_page", capture, source, entry=entry)]
    seen = {capture.url, capture.requested_url}
    while (url := readings[-1].next_page) is not None and url not in seen and len(readings) < following.most:
        seen.add(url)
        try:
            readings.append(await do("read_page", await following.get(url), source))
        except (FetchError, ExtractionError, WorkerLost) as error:
            _log.info("the next page of an article could not be read", url=url, error=str(error))
            break
    if readings[0].next_page is None:
        return readings[0].article
    article: Article = await do("join_pages", readings[0], readings[1:])
    return article
