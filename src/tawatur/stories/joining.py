"""
Joining: how likely two articles are to be of one story, learned from windows read by hand.

A logistic regression over the evidence, its squares, its square roots and some products (``data/joining.npz``;
``training/stories.py`` makes it and prints what it is worth on windows that it did not see). What it gives is log
odds, cut at both ends: one odd pair must not decide over a story of fifty.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.evidence import EVIDENCE

__all__ = ["LEAST_ODDS", "MOST_ODDS", "Joining", "expanded", "load_joining", "may_join"]

Floats = NDArray[np.float32]

#: Log odds are cut at these.
LEAST_ODDS = -7.0
MOST_ODDS = 4.0

# Pairs that share less than this in text, meaning and lead are of two stories: one pair of the gold in 150 is lost.
_LEAST_TEXT = 0.05
_LEAST_VECTOR = 0.35
_LEAST_LEAD = 0.08
_TEXT, _VECTOR, _LEAD = (EVIDENCE.index(name) for name in ("text", "vector", "lead"))


@dataclass(frozen=True, slots=True)
class Joining:
    """The weights of a trained model."""

    #: Pairs of names of evidence whose products are looked at too.
    products: tuple[tuple[int, int], ...]
    weights: NDArray[np.float32]
    constant: float
    #: Groups of articles whose mean log odds reach this are one story.
    threshold: float

    def odds(self, evidence: Floats) -> Floats:
        """Give the log odds that each row's two articles are of one story."""
        found = np.full(len(evidence), LEAST_ODDS, np.float32)
        rows = np.flatnonzero(may_join(evidence))
        if len(rows):
            values = expanded(evidence[rows], self.products) @ self.weights + self.constant
            found[rows] = np.clip(values, LEAST_ODDS, MOST_ODDS)
        return found


def may_join(evidence: Floats) -> NDArray[np.bool_]:
    """Tell which rows have enough in common to be asked about."""
    return np.asarray(
        (evidence[:, _TEXT] > _LEAST_TEXT) | (evidence[:, _VECTOR] > _LEAST_VECTOR) | (evidence[:, _LEAD] > _LEAST_LEAD)
    )


def expanded(evidence: Floats, products: tuple[tuple[int, int], ...]) -> Floats:
    """Give the evidence with its squares, square roots and products: what the regression weighs."""
    pairs = [evidence[:, one] * evidence[:, other] for one, other in products]
    roots = np.sqrt(np.maximum(evidence, 0))
    return np.column_stack([evidence, evidence**2, roots, *pairs]).astype(np.float32)


@lru_cache(maxsize=1)
def load_joining() -> Joining:
    """Load the model that ships."""
    with (files("tawatur.stories") / "data" / "joining.npz").open("rb") as file:
        kept = np.load(file)
        names = tuple(bytes(kept["evidence"]).decode().split())
        if names != EVIDENCE:
            raise ValueError(f"joining.npz weighs {names}, not {EVIDENCE}: train it anew")
        return Joining(
            products=tuple((int(one), int(other)) for one, other in kept["products"]),
            weights=kept["weights"].astype(np.float32),
            constant=float(kept["constant"]),
            threshold=float(kept["threshold"]),
        )
