"""
Read also: for an article, what it builds on, what came after, and what others tell of the same.

Articles are held against one another once (``evidence``), the learned odds that two are of one affair (``affairs``) are
kept for neighbours alone, and what reaches a threshold is shown, the best first, never a copy and no two copies of one
text. Where nothing reaches it the answer is empty: no filler is better than a wrong one.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tawatur.model.story import Related, RelatedReason
from tawatur.stories.affairs import COLUMNS, LEAST_BRIDGE, LOOKED_AT, Affairs, load_affairs
from tawatur.stories.evidence import LiveIndex
from tawatur.stories.features import Sketch

__all__ = ["RelatedFinder", "RelatedOptions"]

# Neighbours with lower odds bridge nothing; the gold's affairs lie above.
_LEAST_KEPT = -4.0
_MOST_KEPT = 80
# Where nobody tells the stories, so high odds within a day are taken for one happening.
_ONE_STORY = 3.5
_HOURS_OF_ONE_STORY = 24.0
_HOURS_TOGETHER = 3.0
_HOURS_OF_BACKGROUND = 240.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedOptions:
    """When an article is shown. Chosen with each window left out in turn (``python -m training.related``)."""

    #: Log odds the first must reach, and each further one.
    first: float = 0.5
    further: float = 3.0
    most: int = 8


class RelatedFinder:
    """Articles held against one another."""

    def __init__(self, options: RelatedOptions | None = None, model: Affairs | None = None) -> None:
        self._options = options or RelatedOptions()
        self._model = model or load_affairs()
        self._index = LiveIndex(LOOKED_AT)
        self._slots: dict[str, int] = {}
        #: By slot: its neighbours, and the direct odds with each.
        self._near: list[tuple[array[int], array[float]]] = []
        #: By slot: the odds with neighbours, bridges counted, when they were asked for last.
        self._found: dict[int, dict[str, float]] = {}

    def __contains__(self, article: str) -> bool:
        return article in self._slots

    def __len__(self) -> int:
        return len(self._index)

    def take(self, new: Sketch) -> None:
        """Take an article in by its sketch; an id that came before is left alone."""
        if new.id in self._slots:
            return
        evidence = self._index.evidence(new)
        direct = self._model.direct(evidence[:, COLUMNS])
        slot = self._index.add(new)
        self._slots[new.id] = slot
        near = np.flatnonzero(direct > _LEAST_KEPT)
        near = near[np.argsort(-direct[near], kind="stable")][:_MOST_KEPT]
        self._near.append((array("i", near.tolist()), array("f", direct[near].tolist())))
        for other in near.tolist():
            others, odds = self._near[other]
            others.append(slot)
            odds.append(float(direct[other]))

    def keep_newest(self, count: int) -> None:
        """Forget all but the articles that came last."""
        forgotten = max(0, len(self._index) - count)
        kept = self._index.sketches[forgotten:]
        self._index = LiveIndex(LOOKED_AT)
        self._slots = {each.id: self._index.add(each) for each in kept}
        self._near = [_moved(near, forgotten) for near in self._near[forgotten:]]
        self._found.clear()

    def related(
        self,
        article: str,
        original: Callable[[str], str | None] = lambda _: None,
        story: Callable[[str], str | None] = lambda _: None,
    ) -> tuple[Related, ...]:
        """Give what is worth reading beside an article, best first; empty where nothing fits.

        Args:
            article: Id of an article that was taken in.
            original: Gives the original of a copy, None for an original: copies are not shown.
            story: Gives the story of an article, None when nobody told.
        """
        slot = self._slots.get(article)
        if slot is None:
            return ()
        shown: list[Related] = []
        texts = {original(article) or article}
        odds = self._odds_with_all(slot)
        for other in sorted(odds, key=lambda each: (-odds[each], each)):
            least = self._options.further if shown else self._options.first
            if odds[other] < least or len(shown) == self._options.most:
                break
            id_ = self._index.sketches[other].id
            text = original(id_) or id_
            if text in texts:
                continue
            texts.add(text)
            score = round(1 / (1 + float(np.exp(-odds[other]))), 4)
            shown.append(
                Related(
                    article=article, other=id_, why=self._why(slot, other, (story(article), story(id_))), score=score
                )
            )
        return tuple(shown)

    def odds(self, article: str) -> Mapping[str, float]:
        """Give the log odds of being of one affair with each neighbour, as ``related`` last saw them.

        A neighbour that came later knows of this one: of two articles the later one's odds are the newer.
        """
        slot = self._slots.get(article)
        if slot is None:
            return {}
        if slot not in self._found:
            self._odds_with_all(slot)
        return self._found[slot]

    def outlet(self, article: str) -> str | None:
        """Give the outlet of an article that was taken in; None for one that names none."""
        slot = self._slots.get(article)
        return None if slot is None else self._index.sketches[slot].outlet

    def hours(self, article: str) -> float | None:
        """Give when an article appeared, in hours since 1970; None for one that is undated or was not taken in."""
        slot = self._slots.get(article)
        return None if slot is None else self._index.sketches[slot].hours

    def _odds_with_all(self, slot: int) -> dict[int, float]:
        others = self._near[slot][0].tolist()
        odds = dict(zip(others, self._odds(slot).tolist(), strict=True))
        self._found[slot] = {self._index.sketches[other].id: value for other, value in odds.items()}
        return odds

    def _odds(self, slot: int) -> NDArray[np.float32]:
        """Give the log odds of being of one affair with each neighbour, the strongest bridge over a third counted."""
        others, direct = self._near[slot]
        if not others:
            return np.zeros(0, np.float32)
        mine = np.full(len(self._near), LEAST_BRIDGE, np.float32)
        mine[np.frombuffer(others, np.int32)] = np.frombuffer(direct, np.float32)
        theirs = [self._near[other] for other in others]
        thirds = np.frombuffer(b"".join([near for near, _ in theirs]), np.int32)
        odds = np.frombuffer(b"".join([odds for _, odds in theirs]), np.float32)
        starts = np.cumsum([0, *(len(near) for near, _ in theirs[:-1])])
        # A bridge is as strong as its weaker half.
        bridges = np.maximum.reduceat(np.minimum(mine[thirds], odds), starts)
        weights = self._model.bridge_weights
        found = np.frombuffer(direct, np.float32) * weights[0] + np.maximum(bridges, LEAST_BRIDGE) * weights[1]
        return np.asarray(found + self._model.bridge_constant, np.float32)

    def _direct(self, one: int, other: int) -> float:
        others, odds = self._near[one]
        return odds[others.index(other)]

    def _why(self, one: int, other: int, stories: tuple[str | None, str | None]) -> RelatedReason:
        """Say in a word why one is worth reading beside the other."""
        article, beside = self._index.sketches[one], self._index.sketches[other]
        after = None if article.hours is None or beside.hours is None else beside.hours - article.hours
        is_of_story = stories[0] == stories[1] if None not in stories else self._direct(one, other) > _ONE_STORY
        if is_of_story and (None not in stories or after is None or abs(after) <= _HOURS_OF_ONE_STORY):
            return "same-story" if article.outlet == beside.outlet else "angle"
        if after is None:
            return "same-affair"
        if after < -_HOURS_OF_BACKGROUND:
            return "background"
        if abs(after) <= _HOURS_TOGETHER:
            return "same-affair"
        return "after" if after > 0 else "before"


def _moved(near: tuple[array[int], array[float]], by: int) -> tuple[array[int], array[float]]:
    """Give neighbours in the slots they have when the first so many are gone."""
    kept = [(other - by, odds) for other, odds in zip(*near, strict=True) if other >= by]
    return array("i", [other for other, _ in kept]), array("f", [odds for _, odds in kept])
