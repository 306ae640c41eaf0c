"""
Pairs of the live window: the evidence of each two articles that may be of one story, and the odds that they are.

The odds hang on how crowded it is around both (``finer``), and so on articles that come later: those of the articles
that are more crowded now are weighed anew, all at once, when the stories are to be settled.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.evidence import EVIDENCE
from tawatur.stories.features import Sketch
from tawatur.stories.finer import WEIGHED, Crowds, FinerIndex, uncrowded
from tawatur.stories.joining import LEAST_ODDS, Joining, may_join, odds_across_languages, of_one_form
from tawatur.stories.linking import LEAST_EDGE

__all__ = ["Pairs"]

Floats = NDArray[np.float32]
Slots = NDArray[np.int64]

_CROWDED = len([name for name in WEIGHED if name.startswith("uncrowded_")])
_KEPT = len(WEIGHED) - _CROWDED
_TEXT = EVIDENCE.index("text")


class Pairs:
    """What the articles of a live window have to do with one another."""

    def __init__(self, joining: Joining) -> None:
        self._joining = joining
        self._crowds = Crowds()
        #: By slot: the numbers of its pairs by the other slot.
        self._near: list[dict[int, int]] = []
        self._ends = np.zeros((1024, 2), np.int64)
        self._evidence = np.zeros((1024, _KEPT), np.float32)
        self._odds = np.zeros(1024, np.float32)
        #: Whether the two are in two writings.
        self._foreign = np.zeros(1024, np.bool_)
        #: Whether the two fill one form with other names.
        self._formal = np.zeros(1024, np.bool_)
        self._size = 0
        self._crowded: set[int] = set()

    def add(self, index: FinerIndex, sketch: Sketch, hours_apart: float) -> None:
        """Hold an article against the live ones, before it is one of them itself."""
        slot = len(self._near)
        evidence = index.evidence(sketch)
        within = index.within(sketch, hours_apart)
        self._crowded |= self._crowds.add(evidence, within)
        others = np.flatnonzero(within & may_join(evidence))
        rows = np.hstack([evidence[others], index.finer(sketch, others)])
        first = self._size
        self._reserve(first + len(others))
        self._size = first + len(others)
        self._ends[first : self._size] = np.stack([np.full(len(others), slot), others], axis=1)
        self._evidence[first : self._size] = rows
        self._odds[first : self._size] = LEAST_ODDS
        named = np.array([_is_named(index.sketches[other]) for other in others.tolist()], np.bool_)
        self._formal[first : self._size] = of_one_form(rows) & named & _is_named(sketch)
        scripts = [index.sketches[other].script for other in others.tolist()]
        self._foreign[first : self._size] = [bool(script) and script != sketch.script for script in scripts]
        self._near.append({other: first + at for at, other in enumerate(others.tolist())})
        for other, number in self._near[slot].items():
            self._near[other][slot] = number

    def weigh(self) -> set[int]:
        """Weigh anew what hangs on a crowd that grew; gives the articles whose stories may be others now."""
        touched = set(self._crowded)
        numbers = np.array(sorted({number for slot in touched for number in self._near[slot].values()}), np.int64)
        self._crowded.clear()
        if len(numbers):
            before = self._odds[numbers]
            rows = self._rows(numbers)
            now = np.where(self._foreign[numbers], odds_across_languages(rows), self._joining.odds(rows))
            now[self._formal[numbers]] = LEAST_ODDS
            moved = (before != now) & (np.maximum(before, now) >= LEAST_EDGE)
            touched |= set(self._ends[numbers[moved]].ravel().tolist())
            self._odds[numbers] = now
        return touched

    def neighbours(self, slot: int) -> list[int]:
        """Give the articles that may be of one story with another, as things stand."""
        return [other for other, number in self._near[slot].items() if self._odds[number] >= LEAST_EDGE]

    def square(self, slots: list[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give the odds of each two of some articles, and the cosines of their texts."""
        places = {slot: at for at, slot in enumerate(slots)}
        odds, texts = np.full((len(slots), len(slots)), LEAST_ODDS), np.zeros((len(slots), len(slots)))
        for at, slot in enumerate(slots):
            held = [(places[other], number) for other, number in self._near[slot].items() if other in places]
            if held:
                columns, numbers = (list(column) for column in zip(*held, strict=True))
                odds[at, columns] = self._odds[numbers]
                texts[at, columns] = self._evidence[numbers, _TEXT]
        return odds, texts

    def keep(self, slots: list[int]) -> None:
        """Forget all but some articles; they take new slots in this order."""
        moved = np.full(len(self._near), -1, np.int64)
        moved[slots] = np.arange(len(slots))
        ends = moved[self._ends[: self._size]]
        kept = np.flatnonzero((ends >= 0).all(axis=1))
        self._ends = ends[kept]
        self._evidence, self._odds = self._evidence[kept], self._odds[kept]
        self._foreign, self._formal = self._foreign[kept], self._formal[kept]
        self._size = len(kept)
        self._near = [{} for _ in slots]
        for number, (one, other) in enumerate(self._ends.tolist()):
            self._near[one][other] = self._near[other][one] = number
        self._crowds.keep(slots)
        self._crowded = {int(moved[slot]) for slot in self._crowded if moved[slot] >= 0}

    def weighed(self) -> tuple[Slots, Floats]:
        """Give all pairs, two slots each, and for each a row of the figures of ``WEIGHED``."""
        return self._ends[: self._size], self._rows(np.arange(self._size))

    def _rows(self, numbers: Slots) -> Floats:
        ends = self._ends[numbers]
        evidence = self._evidence[numbers]
        crowds = self._crowds.mean(np.arange(len(self._near)))
        return np.hstack([evidence, uncrowded(evidence, crowds[ends[:, 0]], crowds[ends[:, 1]])])

    def _reserve(self, size: int) -> None:
        if size > len(self._odds):
            more = max(size, 2 * len(self._odds)) - len(self._odds)
            self._ends = np.concatenate([self._ends, np.zeros((more, 2), np.int64)])
            self._evidence = np.concatenate([self._evidence, np.zeros((more, _KEPT), np.float32)])
            self._odds = np.concatenate([self._odds, np.zeros(more, np.float32)])
            self._foreign = np.concatenate([self._foreign, np.zeros(more, np.bool_)])
            self._formal = np.concatenate([self._formal, np.zeros(more, np.bool_)])


def _is_named(sketch: Sketch) -> bool:
    return bool(sketch.views["people"] or sketch.views["places"])
