"""
The ranker of keyphrases: how likely an editor is to tag an article with a phrase.

Boosted trees over ``phrase_features``, learnt from the phrases careful readers tagged (``training/keyphrases.py``; the
file carries its card). Every split of every tree is asked at once; a tree's answer is the first leaf that no failed
split rules out (Lucchese and others 2015, "QuickScorer").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

__all__ = ["LEAVES", "Ranker", "load_ranker"]

Floats = NDArray[np.float32]

#: The leaves of a tree fit into the bits of a number.
LEAVES = 16
# The place of the lowest bit of each number of 16 bits.
_LOWEST = np.array([0, *((number & -number).bit_length() - 1 for number in range(1, 1 << LEAVES))], dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Ranker:
    """Trees side by side: each has ``LEAVES - 1`` splits; one that it lacks rules nothing out."""

    #: Of each split: the feature it asks, the highest value that passes, the leaves that stay when it fails.
    features: NDArray[np.intp]
    thresholds: Floats
    masks: NDArray[np.uint16]
    #: Shape (trees, leaves).
    values: Floats

    def score(self, rows: Floats) -> Floats:
        """Give a likelihood from 0 to 1 for each row of features."""
        trees = len(self.values)
        fails = rows[:, self.features] > self.thresholds
        stay = np.where(fails, self.masks, np.uint16(0xFFFF)).reshape(len(rows), trees, LEAVES - 1)
        leaves = _LOWEST[np.bitwise_and.reduce(stay, axis=2)]
        sums = self.values[np.arange(trees), leaves].sum(axis=1)
        scores: Floats = (1 / (1 + np.exp(-sums))).astype(np.float32)
        return scores


@lru_cache(maxsize=1)
def load_ranker() -> Ranker:
    """Load the ranker that ships."""
    packed = files("tawatur.analysis") / "data" / "keyphrases.npz"
    with as_file(packed) as path, np.load(path) as data:
        return Ranker(data["features"].astype(np.intp), data["thresholds"], data["masks"], data["values"])
