"""
Grouping: coverage of one happening gathered into a story, as articles come in.

An article is held against all of the live window (``pairs``), the odds that two are of one story are kept, and the
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
from tawatur.stories.features import Sketch, sketch
from tawatur.stories.finer import FinerIndex
from tawatur.stories.joining import Joining, load_joining
from tawatur.stories.linking import connected, link
from tawatur.stories.pairs import Pairs
from tawatur.stories.register import Register
from tawatur.text.vectors import embed

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
    #: The most articles in the window, give or take half of ``least_live``.
    most_live: int = 6_000
    #: Of so many articles the places are remembered.
    most_remembered: int = 200_000


class Grouper:
    """Stories of a stream of articles."""

    def __init__(self, options: GroupingOptions | None = None, joining: Joining | None = None) -> None:
        self._options = options or GroupingOptions()
        self._joining = joining or load_joining()
        self._register = Register(self._options.most_remembered)
        self._index = FinerIndex()
        self._pairs = Pairs(self._joining)
        self._changed: list[Placement] = []

    def add(
        self, article: Article, analysis: Analysis | None, vector: NDArray[np.float32], *, copy_of: str | None = None
    ) -> tuple[Placement, ...]:
        """Take an article in; gives the places that changed."""
        self.take(sketch(article, analysis, vector, embed([article.title or ""])[0]), copy_of=copy_of)
        return self.settle()

    def take(self, new: Sketch, *, copy_of: str | None = None, story: str | None = None) -> None:
        """Take an article in and leave the stories as they are until ``settle``: quicker for many at once.

        Args:
            new: The article's sketch. An id that came before is left alone.
            copy_of: The article it was copied from; it stands in that one's story whatever else it says.
            story: Its story so far, when the window is built anew from a store.
        """
        if new.id in self._index or new.id in self._register:
            return
        if copy_of is not None and copy_of != new.id and (copy_of in self._index or copy_of in self._register):
            placement = self._register.put_copy(new.id, copy_of)
            self._changed += [placement] if placement else []
        elif story is not None:
            self._register.put(new.id, story)
        self._pairs.add(self._index, new, self._options.hours_apart)
        self._index.add(new)

    def settle(self) -> tuple[Placement, ...]:
        """Part the stories that new articles touch; gives the places that changed."""
        for members in connected(self._pairs.weigh(), self._pairs.neighbours):
            self._changed += self._part(members)
        changed, self._changed = tuple(self._changed), []
        if len(self._index) > self._options.least_live + self._options.least_live // 2:
            self._let_go()
        return changed

    def story_of(self, article: str) -> str | None:
        """Give the story an article stands in; None when it never came or is forgotten."""
        return self._register.story_of(article)

    def story(self, story: str) -> str:
        """Give where a story's id leads: to itself, or to what it was merged into."""
        return self._register.story(story)

    def _part(self, members: list[int]) -> list[Placement]:
        """Part a set of articles that hang together."""
        order = sorted(members, key=self._age)
        ids = [self._index.sketches[slot].id for slot in order]
        groups = [[ids[at] for at in group] for group in link(*self._pairs.square(order), self._joining.threshold)]
        # A copy speaks for its story, what its outlet added included; where it stands is its original's matter.
        originals = [[id_ for id_ in group if self._register.original(id_) == id_] for group in groups]
        return self._register.name([group for group in originals if group])

    def _age(self, slot: int) -> tuple[float, str]:
        found = self._index.sketches[slot]
        return (np.inf if found.hours is None else found.hours, found.id)

    def _let_go(self) -> None:
        """Build the window anew without the articles that are too old for it."""
        stays = self._index.newest(self._options.least_live, self._options.hours_live, self._options.most_live)
        if len(self._index) - len(stays) < max(1, self._options.least_live // 2):
            return
        self._pairs.keep(stays)
        index = FinerIndex()
        for old in stays:
            index.add(self._index.sketches[old])
        self._index = index
