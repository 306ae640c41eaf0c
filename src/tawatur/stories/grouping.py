"""
Grouping: coverage of one happening gathered into a story, as articles come in.

An article is held against all of the live window (``evidence``), the odds that two are of one story are kept, and the
stories that it touches are parted anew (``linking``): a late article can join two stories or part one. What a story
holds follows from its articles alone, not from the order they came in; its id stays (``register``). Articles that the
window left keep their places.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tawatur.model.analysis import Analysis
from tawatur.model.article import Article
from tawatur.model.story import Placement
from tawatur.stories.evidence import LiveIndex
from tawatur.stories.features import Sketch, sketch
from tawatur.stories.joining import LEAST_ODDS, Joining, load_joining
from tawatur.stories.linking import connected, link
from tawatur.stories.register import Register

__all__ = ["Grouper", "GroupingOptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingOptions:
    """What the grouper keeps in memory."""

    #: Articles further apart are of two stories, joined at most by those between them.
    hours_apart: float = 72.0
    #: The window holds so many articles, the newest, before any leaves it.
    least_live: int = 2_000
    #: Of these an article leaves the window when it is older than the newest by this.
    hours_live: float = 120.0
    #: The most articles in the window.
    most_live: int = 20_000
    #: Of so many articles the places are remembered.
    most_remembered: int = 200_000


class Grouper:
    """Stories of a stream of articles."""

    def __init__(self, options: GroupingOptions | None = None, joining: Joining | None = None) -> None:
        self._options = options or GroupingOptions()
        self._joining = joining or load_joining()
        self._register = Register(self._options.most_remembered)
        self._index = LiveIndex()
        #: By slot: the odds with those other slots that have any.
        self._odds: list[dict[int, float]] = []
        self._unsettled: set[int] = set()
        self._changed: list[Placement] = []

    def add(
        self, article: Article, analysis: Analysis | None, vector: NDArray[np.float32], *, copy_of: str | None = None
    ) -> tuple[Placement, ...]:
        """Take an article in; gives the places that changed."""
        self.take(article, analysis, vector, copy_of=copy_of)
        return self.settle()

    def take(
        self,
        article: Article,
        analysis: Analysis | None,
        vector: NDArray[np.float32],
        *,
        copy_of: str | None = None,
        story: str | None = None,
    ) -> None:
        """Take an article in and leave the stories as they are until ``settle``: quicker for many at once.

        Args:
            article: The article. An id that came before is left alone.
            analysis: What was found in it; None when nobody looked.
            vector: The sentence vector of ``text_to_embed``.
            copy_of: The article it was copied from; it stands in that one's story whatever else it says.
            story: Its story so far, when the window is built anew from a store.
        """
        if article.id in self._index or article.id in self._register:
            return
        if copy_of is not None and copy_of != article.id and (copy_of in self._index or copy_of in self._register):
            placement = self._register.put_copy(article.id, copy_of)
            self._changed += [placement] if placement else []
            return
        if story is not None:
            self._register.put(article.id, story)
        self._take(sketch(article, analysis, vector))

    def settle(self) -> tuple[Placement, ...]:
        """Part the stories that new articles touch; gives the places that changed."""
        for members in connected(self._unsettled, self._odds.__getitem__, self._joining.threshold):
            self._changed += self._part(members)
        changed, self._changed = tuple(self._changed), []
        self._unsettled.clear()
        if len(self._index) > self._options.least_live + self._options.least_live // 2:
            self._let_go()
        return changed

    def story_of(self, article: str) -> str | None:
        """Give the story an article stands in; None when it never came or is forgotten."""
        return self._register.story_of(article)

    def story(self, story: str) -> str:
        """Give where a story's id leads: to itself, or to what it was merged into."""
        return self._register.story(story)

    def _take(self, new: Sketch) -> None:
        odds = self._joining.odds(self._index.evidence(new))
        odds[~self._index.within(new, self._options.hours_apart)] = LEAST_ODDS
        slot = self._index.add(new)
        found = {int(other): float(odds[other]) for other in np.flatnonzero(odds > LEAST_ODDS)}
        self._odds.append(found)
        for other, value in found.items():
            self._odds[other][slot] = value
        self._unsettled.add(slot)

    def _part(self, members: list[int]) -> list[Placement]:
        """Part a set of articles that hang together."""
        order = sorted(members, key=self._age)
        position = {slot: at for at, slot in enumerate(order)}
        odds = np.full((len(order), len(order)), LEAST_ODDS)
        for at, slot in enumerate(order):
            for other, value in self._odds[slot].items():
                if other in position:
                    odds[at, position[other]] = value
        ids = [self._index.sketches[slot].id for slot in order]
        return self._register.name([[ids[at] for at in group] for group in link(odds, self._joining.threshold)])

    def _age(self, slot: int) -> tuple[float, str]:
        found = self._index.sketches[slot]
        return (np.inf if found.hours is None else found.hours, found.id)

    def _let_go(self) -> None:
        """Build the window anew without the articles that are too old for it."""
        stays = self._index.newest(self._options.least_live, self._options.hours_live, self._options.most_live)
        if len(stays) == len(self._index):
            return
        slots = {old: new for new, old in enumerate(stays)}
        self._odds = [
            {slots[other]: value for other, value in self._odds[old].items() if other in slots} for old in stays
        ]
        index = LiveIndex()
        for old in stays:
            index.add(self._index.sketches[old])
        self._index = index
