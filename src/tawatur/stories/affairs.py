"""
Affairs: how likely two articles are to belong to one affair, learned from themes read by hand.

A logistic regression over the evidence that needs no analysis (texts, headlines, numbers, meaning, time), then a
second one that also looks at the best *bridge*: a third article that belongs with both. ``data/affairs.npz`` holds the
weights; ``training/related.py`` makes it and prints what it is worth on windows that it did not see.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.evidence import EVIDENCE
from tawatur.stories.features import VIEWS

__all__ = ["COLUMNS", "LEAST_BRIDGE", "LOOKED_AT", "Affairs", "bridged", "expanded", "load_affairs"]

Floats = NDArray[np.float32]

_NAMES = (
    *("title", "lead", "text", "numbers", "title_in_text_least", "title_in_text_most"),
    *("lead_in_text_least", "lead_in_text_most", "vector", "hours", "same_outlet"),
)
#: The evidence that is looked at: places in ``EVIDENCE``.
COLUMNS = tuple(EVIDENCE.index(name) for name in _NAMES)
#: The views that these are read off.
LOOKED_AT = tuple(name for name in _NAMES if name in VIEWS)
#: Which of the looked-at figures are worth more together.
_PRODUCTS = tuple(
    (_NAMES.index(one), _NAMES.index(other))
    for one, other in (
        *(("text", "vector"), ("lead", "vector"), ("title", "vector"), ("text", "title"), ("text", "lead")),
        *(("title_in_text_least", "lead_in_text_least"), ("text", "hours"), ("vector", "hours")),
    )
)
_LEAST, _MOST = -9.0, 6.0
#: No bridge counts as one of these odds: in a small archive there is none, and two sure articles need none.
LEAST_BRIDGE = -1.0


@dataclass(frozen=True, slots=True)
class Affairs:
    """The weights of a trained model."""

    weights: Floats
    constant: float
    bridge_weights: Floats
    bridge_constant: float

    def direct(self, evidence: Floats) -> Floats:
        """Give the log odds of pairs from their own evidence, a row of ``COLUMNS`` each."""
        odds: Floats = np.clip(expanded(evidence) @ self.weights + self.constant, _LEAST, _MOST).astype(np.float32)
        return odds

    def odds(self, direct: Floats) -> Floats:
        """Give log odds with bridges: a square of direct odds in, a square out."""
        bridges = bridged(direct)
        found: Floats = direct * self.bridge_weights[0] + bridges * self.bridge_weights[1]
        return found + np.float32(self.bridge_constant)


def expanded(evidence: Floats) -> Floats:
    """Give the evidence with its squares, square roots and products: what the regression weighs."""
    products = [evidence[:, one] * evidence[:, other] for one, other in _PRODUCTS]
    found: Floats = np.column_stack([evidence, evidence**2, np.sqrt(np.maximum(evidence, 0)), *products])
    return found.astype(np.float32)


def bridged(direct: Floats) -> Floats:
    """Give for each two articles the odds of the best bridge: a third one's weaker side, the strongest of all."""
    size = len(direct)
    best = np.full((size, size), LEAST_BRIDGE, np.float32)
    for third in range(size):
        side = direct[third]
        sides = np.minimum(side[:, None], side[None, :])
        sides[third, :] = sides[:, third] = _LEAST
        np.maximum(best, sides, out=best)
    return best


@lru_cache(maxsize=1)
def load_affairs() -> Affairs:
    """Load the model that ships."""
    with (files("tawatur.stories") / "data" / "affairs.npz").open("rb") as file:
        kept = np.load(file)
        return Affairs(kept["weights"], float(kept["constant"]), kept["bridge_weights"], float(kept["bridge_constant"]))
