"""
Where to look for the original of a text: sampled runs of words, and the texts of the window that hold them.

Texts are kept by generation: the newest in a table that grows, older ones as sorted arrays. A look costs one search an
array; a full window lets its oldest generation go, so that memory and time are bounded whatever the archive holds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.shingles import Hashes

__all__ = ["CopyIndex"]

Slots = NDArray[np.int64]

_TEXTS_IN_A_GENERATION = 2_048


class _Generation:
    """Runs of texts that are all in, sorted."""

    def __init__(self, runs: Hashes, slots: Slots, first: int) -> None:
        order = np.argsort(runs, kind="stable")
        self._runs = runs[order]
        self._slots = slots[order]
        self.first = first

    def holding(self, runs: Hashes) -> Slots:
        starts = np.searchsorted(self._runs, runs, "left")
        ends = np.searchsorted(self._runs, runs, "right")
        found = [self._slots[start:end] for start, end in zip(starts, ends, strict=True) if end > start]
        return np.concatenate(found) if found else np.zeros(0, np.int64)


class CopyIndex:
    """Texts of the window by their sampled runs. Slots are counted up and never used again."""

    def __init__(self, most: int) -> None:
        self._most_generations = max(1, most // _TEXTS_IN_A_GENERATION)
        self._generations: list[_Generation] = []
        self._runs: list[Hashes] = []
        self._slots: list[int] = []
        self._newest: dict[int, list[int]] = {}

    def add(self, slot: int, runs: Hashes) -> int | None:
        """Take a text in; gives the first slot that is still kept when older ones were let go."""
        self._runs.append(runs)
        self._slots.append(slot)
        for run in runs.tolist():
            self._newest.setdefault(run, []).append(slot)
        if len(self._runs) < _TEXTS_IN_A_GENERATION:
            return None
        slots = np.repeat(np.array(self._slots, np.int64), [len(of) for of in self._runs])
        self._generations.append(_Generation(np.concatenate(self._runs), slots, self._slots[0]))
        self._runs, self._slots, self._newest = [], [], {}
        if len(self._generations) <= self._most_generations:
            return None
        del self._generations[0]
        return self._generations[0].first

    def holding(self, runs: Hashes) -> list[tuple[int, int]]:
        """Give ``(slot, runs in common)``, the most first and of these the oldest."""
        found = [generation.holding(runs) for generation in self._generations]
        recent = [slot for run in runs.tolist() for slot in self._newest.get(run, ())]
        slots, counts = np.unique(np.concatenate([*found, np.array(recent, np.int64)]), return_counts=True)
        return sorted(zip(slots.tolist(), counts.tolist(), strict=True), key=lambda each: (-each[1], each[0]))
