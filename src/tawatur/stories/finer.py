"""
Finer evidence: what tells two happenings of one affair apart, beside the evidence that affairs are told by.

Who did what (the first words of the lead), the rarest word in common, the headlines' meaning, the gists, day, and
whether both report or one explains. Last, how *crowded* it is around two articles: in an affair of a hundred reports
two of them are of one story only if they are nearer to each other than each is to its other neighbours (cross-domain
similarity local scaling, Conneau et al. 2018).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.evidence import EVIDENCE, LiveIndex, Postings, Rows
from tawatur.stories.features import GISTS, Sketch
from tawatur.stories.gist import GIST_WIDTH
from tawatur.stories.terms import rarity
from tawatur.text.vectors import WIDTH

__all__ = ["CROWDED", "WEIGHED", "Crowds", "FinerIndex", "uncrowded"]

Floats = NDArray[np.float32]
Slots = NDArray[np.int64]

#: Names of the finer figures, in the order of the columns.
FINER = (
    "opening",  # cosine of the leads' first terms
    "title_in_opening_least",  # of one's headline and the other's opening
    "title_in_opening_most",
    "rarest_in_lead",  # rarity of the rarest term that both have in headline and lead
    "rarest_in_title",
    "headline",  # cosine of the headlines' vectors
    "headline_in_lead_least",  # of one's headline and the other's headline and lead
    "headline_in_lead_most",
    *(f"gist_{view}" for view in GISTS),  # cosine of the gists
    "other_day",
    "one_explains",
    "both_tell",
)
#: The views that crowds are looked at by.
CROWDED = ("text", "lead", "vector", "title", "gist_text")
#: Names of all that joining weighs, in the order of the columns.
WEIGHED = (*EVIDENCE, *FINER, *(f"uncrowded_{view}" for view in CROWDED))
_HELD = (*EVIDENCE, *FINER)
_CROWDED = [_HELD.index(name) for name in CROWDED]
_BY_EVIDENCE = [EVIDENCE.index(name) for name in CROWDED if name in EVIDENCE]
_NEIGHBOURS = 6
# Nobody stands more alone than a quarter of the articles of two days of five outlets do: in a small archive everybody
# would.
_LEAST_LIKENESS = np.array([0.12, 0.10, 0.38, 0.10, 0.34], np.float32)
# Crowds count in steps: a hair's breadth more of a crowd changes nothing that was settled.
_STEPS = 50
_HOURS_OF_DAY = 24


class FinerIndex(LiveIndex):
    """The live window, with what finer evidence is read off."""

    def __init__(self) -> None:
        super().__init__()
        self._openings = Postings()
        self._headlines = Rows(WIDTH)
        self._gists = {view: Rows(GIST_WIDTH) for view in GISTS}

    def add(self, sketch: Sketch) -> int:
        """Take an article in; gives its slot."""
        slot = super().add(sketch)
        self._openings.add(slot, sketch.opening)
        self._headlines.add(sketch.headline)
        for view, rows in self._gists.items():
            rows.add(sketch.gists[view])
        return slot

    def likeness(self, sketch: Sketch, evidence: Floats) -> Floats:
        """Give how like each live article is by the views that crowds are looked at by, a row each."""
        gists = self._gists["text"].held @ sketch.gists["text"]
        return np.column_stack([evidence[:, _BY_EVIDENCE], gists])

    def finer(self, sketch: Sketch, slots: Slots) -> Floats:
        """Give a row of finer figures for each of some slots."""
        size = len(self)
        title, opening = self._openings.cosines(sketch.views["title"], size), self._postings["title"]
        crossed = (title[slots], opening.cosines(sketch.opening, size)[slots])
        others = [self.sketches[slot] for slot in slots.tolist()]
        headlines = self._headlines.held[slots]
        meant = (self._vectors.held[slots] @ sketch.headline, headlines @ sketch.vector)
        columns = [
            self._openings.cosines(sketch.opening, size)[slots],
            np.minimum(*crossed),
            np.maximum(*crossed),
            self._rarest("lead", sketch)[slots],
            self._rarest("title", sketch)[slots],
            headlines @ sketch.headline,
            np.minimum(*meant),
            np.maximum(*meant),
            *(rows.held[slots] @ sketch.gists[view] for view, rows in self._gists.items()),
            np.array([_day(other) != _day(sketch) for other in others]),
            np.array([other.explains != sketch.explains for other in others]),
            np.array([other.tells and sketch.tells for other in others]),
        ]
        return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)

    def _rarest(self, view: str, sketch: Sketch) -> Floats:
        found = np.zeros(len(self), np.float32)
        for rare, term in sorted((rarity(term), term) for term in sketch.views[view]):
            found[self._postings[view].slots(term)] = rare
        return found


class Crowds:
    """How near the nearest of each article are, by view."""

    def __init__(self) -> None:
        self._nearest = _room()
        self._size = 0

    def add(self, likeness: Floats, within: NDArray[np.bool_]) -> set[int]:
        """Take an article in with its likeness to all before it; gives the slots that are more crowded now.

        Args:
            likeness: A row for each article before it, a column for each of ``CROWDED``.
            within: Which of them are near in time.
        """
        slot = self._size
        self._size += 1
        if slot == len(self._nearest):
            self._nearest = np.concatenate([self._nearest, _room(len(self._nearest))])
        near = np.flatnonzero(within)
        before = self.mean(near)
        for at, alike in enumerate(likeness[near].T):
            own = np.sort(np.concatenate([self._nearest[slot, at], alike]))
            self._nearest[slot, at] = own[-_NEIGHBOURS:]
            nearer = alike > self._nearest[near, at, 0]
            rows = self._nearest[near[nearer], at]
            rows[:, 0] = alike[nearer]
            self._nearest[near[nearer], at] = np.sort(rows, axis=1)
        changed = (self.mean(near) != before).any(axis=1)
        return set(near[changed].tolist()) | {slot}

    def mean(self, slots: Slots) -> Floats:
        """Give how crowded it is around articles, a row each with a figure a view."""
        means = self._nearest[slots].mean(axis=2)
        return np.asarray(np.floor(means * _STEPS + 1e-4) / _STEPS, np.float32)

    def keep(self, slots: Iterable[int]) -> None:
        """Forget all but some articles; they take new slots in this order."""
        kept = self._nearest[list(slots)]
        self._size = len(kept)
        self._nearest = np.concatenate([kept, _room()])


def _room(slots: int = 256) -> Floats:
    return np.tile(_LEAST_LIKENESS[:, None], (slots, 1, _NEIGHBOURS))


def uncrowded(held: Floats, one: Floats, other: Floats) -> Floats:
    """Give how much nearer two articles are than each is to its crowd, a column a view.

    Args:
        held: A row of evidence and finer evidence for each two.
        one: How crowded it is around the one of each two.
        other: Around the other.
    """
    return np.asarray(held[:, _CROWDED] - (one + other) / 2, np.float32)


def _day(sketch: Sketch) -> float | None:
    return None if sketch.hours is None else sketch.hours // _HOURS_OF_DAY
