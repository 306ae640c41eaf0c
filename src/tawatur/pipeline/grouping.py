"""
Grouping: stories follow the analysed articles.

The live window is in memory (``stories.grouping``); where articles stand is in the store, written with the cursor, so
whatever ends the process, the next one builds the window from the store and goes on. What is told of a story is made
anew when its articles changed, in a step of its own (``telling``): a kill in between leaves it to be told.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping, Sequence

import structlog

from tawatur.errors import StoreError
from tawatur.model import Article
from tawatur.model.analysis import Analysis
from tawatur.model.story import Placement
from tawatur.pipeline.changes import next_of
from tawatur.pipeline.telling import tell_untold
from tawatur.store import Followed, Store
from tawatur.stories.features import text_to_embed
from tawatur.stories.grouping import Grouper
from tawatur.text.vectors import embed

__all__ = ["FOLLOWER", "Desk", "follow_stories", "regroup"]

FOLLOWER = "stories"

# Grouped and committed at once: some 0.5 s of work.
_ARTICLES_AT_ONCE = 32
# As many as the grouper's window holds at least (``GroupingOptions.least_live``); built in some 20 s.
_ARTICLES_LIVE = 2_000
_STORIES_TOLD_AT_ONCE = 20
_SECONDS_BETWEEN_LOOKS = 0.5
_SECONDS_AFTER_AN_ERROR = 5.0

_log = structlog.get_logger()


class Desk:
    """Places the articles of one store in stories."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._grouper = Grouper()

    def open_window(self) -> None:
        """Take in the newest articles as they stand.

        Raises:
            StoreError: The database does not answer.
        """
        newest = _newest(self._store)
        placed = self._store.stories.placements([article.id for article in newest])
        changed = self._take([article for article in newest if article.id in placed], placed)
        self._store.stories.place(changed)

    def step(self) -> int:
        """Place the next articles that were analysed; how many changes that were.

        Raises:
            StoreError: The database does not answer.
        """
        after = self._store.followers.cursor(FOLLOWER)
        batch = next_of(self._store, after, "analysis", _ARTICLES_AT_ONCE)
        if not batch.changes or batch.cursor is None:
            return 0
        self.place(batch.ids, followed=Followed(follower=FOLLOWER, cursor=batch.cursor))
        return len(batch.changes)

    def place(self, ids: Sequence[str], *, followed: Followed | None = None) -> None:
        """Place articles by id; one that stands somewhere already has its story told anew."""
        articles = self._store.articles.get_many(ids)
        self._store.stories.touch(ids)
        changed = self._take([articles[id_] for id_ in ids if id_ in articles], {})
        self._store.stories.place(changed, followed=followed)

    def _take(self, articles: Sequence[Article], placed: Mapping[str, Placement]) -> tuple[Placement, ...]:
        """Take articles into the window; ``placed``: those whose place is known."""
        analyses = self._store.analyses.get_many([article.id for article in articles])
        vectors = embed([text_to_embed(article) for article in articles])
        for article, vector in zip(articles, vectors, strict=True):
            self._grouper.take(
                article,
                analyses.get(article.id) or Analysis(id=article.id, made_by=""),
                vector,
                story=placed[article.id].story if article.id in placed else None,
            )
        return self._grouper.settle()


async def follow_stories(store: Store, stop: asyncio.Event) -> None:
    """Keep the stories up with the analyses until told to stop."""
    desk: Desk | None = None
    while not stop.is_set():
        try:
            if desk is None:
                opening = Desk(store)
                await asyncio.to_thread(opening.open_window)
                desk = opening
            count = await asyncio.to_thread(desk.step)
            count += await asyncio.to_thread(tell_untold, store, _STORIES_TOLD_AT_ONCE)
        except StoreError as error:
            _log.warning("the articles are not grouped", why=str(error))
            desk = None  # what it took in and could not write, it would take for written
            await _wait(stop, _SECONDS_AFTER_AN_ERROR)
            continue
        if not count:
            await _wait(stop, _SECONDS_BETWEEN_LOOKS)


def regroup(store: Store, told: Callable[[int], None]) -> int:
    """Group the whole archive anew, in the order of its time; how many articles that were.

    Ids that were given out lead on. Broken off, it is begun again.

    Raises:
        StoreError: The database does not answer.
    """
    end = _end_of_feed(store)
    desk = Desk(store)
    cursor: str | None = None
    total = 0
    while True:
        page = store.analyses.in_order(_ARTICLES_AT_ONCE, cursor)
        desk.place(page.ids)
        total += len(page.ids)
        told(len(page.ids))
        cursor = page.next_cursor
        if cursor is None:
            break
    if end is not None:
        store.followers.move(Followed(follower=FOLLOWER, cursor=end))
    while tell_untold(store, _STORIES_TOLD_AT_ONCE):
        pass
    return total


def _newest(store: Store) -> list[Article]:
    """Give the articles of the window, oldest first."""
    articles: list[Article] = []
    cursor: str | None = None
    while len(articles) < _ARTICLES_LIVE:
        page = store.articles.newest(limit=200, cursor=cursor)
        articles += page.articles
        cursor = page.next_cursor
        if cursor is None:
            break
    return articles[::-1]


def _end_of_feed(store: Store) -> str | None:
    cursor: str | None = None
    while changes := store.changes.since(cursor, 5000):
        cursor = changes[-1].cursor
    return cursor


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
