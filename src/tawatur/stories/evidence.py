"""
Evidence: how an article stands to every article of the live window, read off inverted lists.

Each view of a sketch is kept as postings, so that its cosines to all live articles cost one pass over its own terms;
sentence vectors stand in one matrix. What comes out is a row of figures for each live article (``EVIDENCE`` names
them), the same whichever of the two came first.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.features import VIEWS, Sketch
from tawatur.text.vectors import WIDTH

__all__ = ["EVIDENCE", "LiveIndex", "Postings", "Rows"]

Floats = NDArray[np.float32]

#: Names of the figures, in the order of the columns.
EVIDENCE = (
    *VIEWS,  # cosine of each view
    "title_in_text_least",  # cosine of one's headline and the other's text, the smaller and the larger
    "title_in_text_most",
    "lead_in_text_least",
    "lead_in_text_most",
    "vector",  # cosine of the sentence vectors
    "hours",  # log of the hours apart
    "same_outlet",
    "days",  # share of the dated events' days in common
)

_PLACES = {name: place for place, name in enumerate(EVIDENCE)}
# Which view is held against which; both are postings.
_CROSSED = (("title", "text"), ("lead", "text"))
_HOURS_WHEN_UNDATED = 24.0


class Postings:
    """Which articles hold a term, and how heavily."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[array[int], array[float]]] = {}

    def add(self, slot: int, view: Mapping[str, float]) -> None:
        """Note what an article holds."""
        for term, weight in view.items():
            slots, weights = self._held.get(term) or self._held.setdefault(term, (array("i"), array("f")))
            slots.append(slot)
            weights.append(weight)

    def slots(self, term: str) -> NDArray[np.int32]:
        """Give who holds a term."""
        held = self._held.get(term)
        return np.zeros(0, np.int32) if held is None else np.frombuffer(held[0], np.int32)

    def cosines(self, view: Mapping[str, float], size: int) -> Floats:
        """Give the cosine of a view to what each of so many slots holds."""
        found = [(held, weight) for term, weight in view.items() if (held := self._held.get(term)) is not None]
        if not found:
            return np.zeros(size, np.float32)
        # One count over the slots of all terms: term by term is five times as slow.
        slots = np.frombuffer(b"".join([slots for (slots, _), _ in found]), np.int32)
        weights = np.frombuffer(b"".join([weights for (_, weights), _ in found]), np.float32)
        lengths = np.array([len(slots) for (slots, _), _ in found])
        mine = np.array([weight for _, weight in found]).repeat(lengths)
        return np.bincount(slots, weights * mine, size).astype(np.float32)


class Rows:
    """Vectors by slot, in a table that grows."""

    def __init__(self, width: int) -> None:
        self._room = np.zeros((256, width), np.float32)
        self._size = 0

    def add(self, row: Floats) -> None:
        """Take the vector of the next slot."""
        if self._size == len(self._room):
            self._room = np.concatenate([self._room, np.zeros_like(self._room)])
        self._room[self._size] = row
        self._size += 1

    @property
    def held(self) -> Floats:
        """The vectors so far, a row a slot."""
        return self._room[: self._size]


class LiveIndex:
    """The articles of the live window, by slot, in the order they came."""

    def __init__(self, views: Sequence[str] = VIEWS) -> None:
        """Make an empty window; the cosines of views beside ``views`` are wanted by nobody, and stay 0."""
        self.sketches: list[Sketch] = []
        self._postings = {view: Postings() for view in views}
        self._vectors = Rows(WIDTH)
        self._hours = array("d")
        self._outlets = array("i")
        self._numbers_of_outlets: dict[str, int] = {}
        self._days = Postings()
        self._numbers_of_days = array("i")
        self._ids: set[str] = set()

    def __len__(self) -> int:
        return len(self.sketches)

    def __contains__(self, article: str) -> bool:
        return article in self._ids

    def add(self, sketch: Sketch) -> int:
        """Take an article in; gives its slot."""
        slot = len(self.sketches)
        self._vectors.add(sketch.vector)
        self.sketches.append(sketch)
        self._ids.add(sketch.id)
        self._hours.append(np.nan if sketch.hours is None else sketch.hours)
        self._outlets.append(self._numbers_of_outlets.setdefault(sketch.outlet, len(self._numbers_of_outlets)))
        self._days.add(slot, dict.fromkeys(sketch.days, 1.0))
        self._numbers_of_days.append(len(sketch.days))
        for view, postings in self._postings.items():
            postings.add(slot, sketch.views[view])
        return slot

    def evidence(self, sketch: Sketch) -> Floats:
        """Give a row of figures for each live article, by slot."""
        size = len(self.sketches)
        found = np.zeros((len(EVIDENCE), size), np.float32)
        for view, postings in self._postings.items():
            found[_PLACES[view]] = postings.cosines(sketch.views[view], size)
        for short, long in _CROSSED:
            one = self._postings[long].cosines(sketch.views[short], size)
            other = self._postings[short].cosines(sketch.views[long], size)
            found[_PLACES[f"{short}_in_{long}_least"]] = np.minimum(one, other)
            found[_PLACES[f"{short}_in_{long}_most"]] = np.maximum(one, other)
        found[_PLACES["vector"]] = self._vectors.held @ sketch.vector
        found[_PLACES["hours"]] = self._apart(sketch)
        found[_PLACES["same_outlet"]] = np.array(self._outlets) == self._numbers_of_outlets.get(sketch.outlet, -1)
        found[_PLACES["days"]] = self._days_shared(sketch)
        return np.ascontiguousarray(found.T)

    def within(self, sketch: Sketch, hours: float) -> NDArray[np.bool_]:
        """Tell which live articles appeared at most so many hours before or after one; undated ones did."""
        return np.asarray(np.expm1(self._apart(sketch)) <= hours)

    def newest(self, least: int, hours: float, most: int) -> list[int]:
        """Give the slots of at least ``least`` and at most ``most`` articles not older than the newest by ``hours``."""
        dated = np.nan_to_num(np.array(self._hours), nan=np.inf)
        order = np.argsort(-dated, kind="stable")
        known = dated[np.isfinite(dated)]
        young = int((dated >= known.max() - hours).sum()) if len(known) else len(dated)
        return sorted(order[: min(most, max(least, young))].tolist())

    def _days_shared(self, sketch: Sketch) -> Floats:
        """Give the share of the days in common, of those of the article that has fewer."""
        shared = self._days.cosines(dict.fromkeys(sketch.days, 1.0), len(self))
        fewer = np.minimum(np.array(self._numbers_of_days), len(sketch.days))
        return np.asarray(shared / np.maximum(fewer, 1), np.float32)

    def _apart(self, sketch: Sketch) -> Floats:
        hours = np.array(self._hours)
        if sketch.hours is None:
            return np.full(len(hours), np.log1p(_HOURS_WHEN_UNDATED), np.float32)
        apart = np.nan_to_num(np.abs(hours - sketch.hours), nan=_HOURS_WHEN_UNDATED)
        return np.asarray(np.log1p(apart), np.float32)
