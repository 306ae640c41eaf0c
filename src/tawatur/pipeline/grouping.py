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
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from tawatur.errors import StoreError
from tawatur.model import Article
from tawatur.model.analysis import Analysis
from tawatur.model.story import Placement, Related, Reprint
from tawatur.pipeline.chaining import find_chains
from tawatur.pipeline.changes import next_of
from tawatur.pipeline.neighbours import Neighbours
from tawatur.pipeline.telling import tell_untold
from tawatur.store import Followed, Store
from tawatur.stories.copies import CopyFinder
from tawatur.stories.features import read_ahead, sentence_vectors, sketch
from tawatur.stories.grouping import Grouper

__all__ = ["FOLLOWER", "Desk", "follow_stories", "regroup"]

FOLLOWER = "stories"

# Grouped and committed at once: some 0.3 s of work.
_ARTICLES_AT_ONCE = 16
# The window is built from the articles of these last hours, from so many at least and at most: 10 ms an article.
_HOURS_LIVE = 120
_LEAST_LIVE, _MOST_LIVE = 2_000, 6_000
_STEP_OF_OPENING = 200
_OF_ONE_STORY = frozenset({"same-story", "angle"})
_STORIES_TOLD_AT_ONCE = 20
_SECONDS_BETWEEN_LOOKS = 0.5
_SECONDS_AFTER_AN_ERROR = 5.0

_log = structlog.get_logger()


def _never() -> bool:
    return False


class Desk:
    """Places the articles of one store in stories."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._grouper = Grouper()
        self._copies = CopyFinder(outlets={source.name: source.id for source in store.sources.all()})
        self._neighbours = Neighbours()

    def open_window(self, stopped: Callable[[], bool] = _never) -> None:
        """Take in the newest articles as they stand, unless stopped.

        Raises:
            StoreError: The database does not answer.
        """
        newest = _newest(self._store)
        for start in range(0, len(newest), _STEP_OF_OPENING):
            if stopped():
                return
            articles = newest[start : start + _STEP_OF_OPENING]
            placed = self._store.stories.placements([article.id for article in articles])
            changed, reprints = self._take([article for article in articles if article.id in placed], placed)
            if changed:
                self._store.stories.place(changed, reprints=reprints)

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
        changed, reprints = self._take([articles[id_] for id_ in ids if id_ in articles], {})
        self._store.stories.place(changed, reprints=reprints)
        self._store.stories.relate(self._reasoned(self._neighbours.beside(ids, self._copies.original_of)))
        self._store.stories.chain(find_chains(self._store, ids, self._neighbours))
        self._store.stories.place((), followed=followed)

    def _take(
        self, articles: Sequence[Article], placed: Mapping[str, Placement]
    ) -> tuple[list[Placement], dict[str, Reprint]]:
        """Take articles into the window; give the places that changed, and what copies changed of their originals.

        Args:
            articles: In the order they came.
            placed: Those whose place is known, by id.
        """
        analyses = self._store.analyses.get_many([article.id for article in articles])
        read_ahead(articles, analyses.values())
        vectors, headlines = sentence_vectors(articles)
        originals: set[str] = set()
        for article, vector, headline in zip(articles, vectors, headlines, strict=True):
            analysis = analyses.get(article.id) or Analysis(id=article.id, made_by="")
            copy_of = self._copies.find(article, analysis)
            originals.add(copy_of or article.id)
            new = sketch(article, analysis, vector, headline)
            self._neighbours.take(new)
            known = placed.get(article.id)
            story = known.story if known else None
            self._grouper.take(new, copy_of=copy_of, story=story)
        changed = {placement.article: placement for placement in self._grouper.settle()}
        originals |= {self._copies.original_of(id_) or id_ for id_ in changed}
        reprints = {reprint.article: reprint for original in originals for reprint in self._reprints(original)}
        stand = {id_: self._placement(id_, changed.get(id_)) for id_ in {*changed, *reprints, *originals}}
        return [place for id_, place in stand.items() if place and not _is_same(place, placed.get(id_))], reprints

    def _reasoned(self, found: Mapping[str, Sequence[Related]]) -> dict[str, list[Related]]:
        """Let the reasons agree with the stories: those who part articles by all that is known of them know better."""
        return {id_: [self._agreed(each) for each in beside] for id_, beside in found.items()}

    def _agreed(self, related: Related) -> Related:
        story = self._grouper.story_of(related.article)
        is_one = story is not None and story == self._grouper.story_of(related.other)
        if is_one == (related.why in _OF_ONE_STORY):
            return related
        return replace(related, why="same-story" if is_one else "same-affair")

    def _reprints(self, original: str) -> tuple[Reprint, ...]:
        found = self._copies.copies_of(original)
        return found.reprints if found else ()

    def _placement(self, id_: str, given: Placement | None) -> Placement | None:
        """Give where an article stands, a copy in its original's story: the original may have come later."""
        copy_of = self._copies.original_of(id_)
        story = self._grouper.story_of(copy_of or id_) or (given.story if given else None)
        return None if story is None else Placement(article=id_, story=story, copy_of=copy_of)


async def follow_stories(store: Store, stop: asyncio.Event) -> None:
    """Keep the stories up with the analyses until told to stop."""
    desk: Desk | None = None
    while not stop.is_set():
        try:
            if desk is None:
                opening = Desk(store)
                await asyncio.to_thread(opening.open_window, stop.is_set)
                if stop.is_set():
                    return
                desk = opening
            count = await asyncio.to_thread(desk.step)
            count += await asyncio.to_thread(tell_untold, store, _STORIES_TOLD_AT_ONCE)
        except Exception as error:  # noqa: BLE001 - a fault of ours is told, and following goes on
            _log.warning("the articles are not grouped", why=str(error), exc_info=not isinstance(error, StoreError))
            desk = None  # what it took in and could not write, it would take for written
            await _wait(stop, _SECONDS_AFTER_AN_ERROR)
            continue
        if not count:
            await _wait(stop, _SECONDS_BETWEEN_LOOKS)


def regroup(store: Store, grouped: Callable[[int], None]) -> int:
    """Group the whole archive anew, in the order of its time; how many articles that were.

    Ids that were given out lead on. Broken off, it is begun again. Its stories are to be told then
    (``telling.tell_untold``).

    Args:
        store: Where the articles are; nobody else groups them meanwhile.
        grouped: Called with the number of articles that were placed.

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
        grouped(len(page.ids))
        cursor = page.next_cursor
        if cursor is None:
            break
    if end is not None:
        store.followers.move(Followed(follower=FOLLOWER, cursor=end))
    return total


def _newest(store: Store) -> list[Article]:
    """Give the articles of the window, oldest first."""
    articles: list[Article] = []
    cursor: str | None = None
    since: datetime | None = None
    while len(articles) < _MOST_LIVE:
        page = store.articles.newest(limit=_STEP_OF_OPENING, cursor=cursor, since=since)
        articles += page.articles
        cursor = page.next_cursor
        if cursor is None:
            break
        if len(articles) >= _LEAST_LIVE and since is None:
            # From here on only what is not older than the newest by the window's hours.
            shown = [article.published for article in articles if isinstance(article.published, datetime)]
            since = max(shown) - timedelta(hours=_HOURS_LIVE) if shown else None
    return articles[::-1]


def _is_same(one: Placement, other: Placement | None) -> bool:
    return other is not None and (one.story, one.copy_of) == (other.story, other.copy_of)


def _end_of_feed(store: Store) -> str | None:
    cursor: str | None = None
    while changes := store.changes.since(cursor, 5000):
        cursor = changes[-1].cursor
    return cursor


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
