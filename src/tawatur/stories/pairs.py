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
from tawatur.stories.finer import CROWDED, WEIGHED, Crowds, FinerIndex, uncrowded
from tawatur.stories.joining import LEAST_ODDS, Joining, may_join, odds_across_languages, of_one_form
from tawatur.stories.linking import LEAST_EDGE

__all__ = ["Pairs"]

Floats = NDArray[np.float32]
Slots = NDArray[np.int64]

_TEXT = EVIDENCE.index("text")
#: What is held of two articles.
_PAIR = np.dtype(
    [
        ("ends", np.int64, 2),
        # All that is weighed but the crowds, which change.
        ("evidence", np.float32, len(WEIGHED) - len(CROWDED)),
        ("odds", np.float32),
        # Whether the two are in two writings.
        ("foreign", np.bool_),
        # Whether the two fill one form with other names.
        ("formal", np.bool_),
    ],
    align=True,
)


class Pairs:
    """What the articles of a live window have to do with one another."""

    def __init__(self, joining: Joining) -> None:
        self._joining = joining
        self._crowds = Crowds()
        #: By slot: the numbers of its pairs by the other slot.
        self._near: list[dict[int, int]] = []
        self._held = np.zeros(1024, _PAIR)
        self._size = 0
        self._crowded: set[int] = set()

    def add(self, index: FinerIndex, sketch: Sketch, hours_apart: float) -> None:
        """Hold an article against the live ones, before it is one of them itself."""
        slot = len(self._near)
        evidence = index.evidence(sketch)
        within = index.within(sketch, hours_apart)
        self._crowded |= self._crowds.add(index.likeness(sketch, evidence), within)
        others = np.flatnonzero(within & may_join(evidence))
        rows = np.hstack([evidence[others], index.finer(sketch, others)])
        beside = [index.sketches[other] for other in others.tolist()]
        first = self._size
        new = self._room(len(others))
        new["ends"] = np.stack([np.full(len(others), slot), others], axis=1)
        new["evidence"] = rows
        new["odds"] = LEAST_ODDS
        named = np.array([_is_named(other) for other in beside], np.bool_)
        new["formal"] = of_one_form(rows) & named & _is_named(sketch)
        new["foreign"] = [bool(other.script) and other.script != sketch.script for other in beside]
        self._near.append({other: first + at for at, other in enumerate(others.tolist())})
        for other, number in self._near[slot].items():
            self._near[other][slot] = number

    def weigh(self) -> set[int]:
        """Weigh anew what hangs on a crowd that grew; gives the articles whose stories may be others now."""
        touched = set(self._crowded)
        numbers = np.array(sorted({number for slot in touched for number in self._near[slot].values()}), np.int64)
        self._crowded.clear()
        if len(numbers):
            held = self._held[numbers]
            before, rows = held["odds"], self._rows(held)
            now = np.where(held["foreign"], odds_across_languages(rows), self._joining.odds(rows))
            now[held["formal"]] = LEAST_ODDS
            moved = (before != now) & (np.maximum(before, now) >= LEAST_EDGE)
            touched |= set(held["ends"][moved].ravel().tolist())
            self._held["odds"][numbers] = now
        return touched

    def neighbours(self, slot: int) -> list[int]:
        """Give the articles that may be of one story with another, as things stand."""
        odds = self._held["odds"]
        return [other for other, number in self._near[slot].items() if odds[number] >= LEAST_EDGE]

    def square(self, slots: list[int]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give the odds of each two of some articles, and the cosines of their texts."""
        places = {slot: at for at, slot in enumerate(slots)}
        odds, texts = np.full((len(slots), len(slots)), LEAST_ODDS), np.zeros((len(slots), len(slots)))
        for at, slot in enumerate(slots):
            held = [(places[other], number) for other, number in self._near[slot].items() if other in places]
            if held:
                columns, numbers = (list(column) for column in zip(*held, strict=True))
                odds[at, columns] = self._held["odds"][numbers]
                texts[at, columns] = self._held["evidence"][numbers, _TEXT]
        return odds, texts

    def keep(self, slots: list[int]) -> None:
        """Forget all but some articles; they take new slots in this order."""
        moved = np.full(len(self._near), -1, np.int64)
        moved[slots] = np.arange(len(slots))
        held = self._held[: self._size]
        ends = moved[held["ends"]]
        stays = (ends >= 0).all(axis=1)
        self._held = held[stays]
        self._held["ends"] = ends[stays]
        self._size = len(self._held)
        self._near = [{} for _ in slots]
        for number, (one, other) in enumerate(self._held["ends"].tolist()):
            self._near[one][other] = self._near[other][one] = number
        self._crowds.keep(slots)
        self._crowded = {int(moved[slot]) for slot in self._crowded if moved[slot] >= 0}

    def weighed(self) -> tuple[Slots, Floats]:
        """Give all pairs, two slots each, and for each a row of the figures of ``WEIGHED``."""
        held = self._held[: self._size]
        return held["ends"], self._rows(held)

    def _rows(self, held: NDArray[np.void]) -> Floats:
        one, other = (self._crowds.mean(slots) for slots in held["ends"].T)
        return np.hstack([held["evidence"], uncrowded(held["evidence"], one, other)])

    def _room(self, count: int) -> NDArray[np.void]:
        """Make room for so many more pairs, and give it."""
        first, self._size = self._size, self._size + count
        if self._size > len(self._held):
            more = max(self._size, 2 * len(self._held)) - len(self._held)
            self._held = np.concatenate([self._held, np.zeros(more, _PAIR)])
        return self._held[first : self._size]


def _is_named(sketch: Sketch) -> bool:
    return bool(sketch.views["people"] or sketch.views["places"])
