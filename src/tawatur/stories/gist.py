"""
Gist: what a text is about, as one vector learned from the news itself.

The vector of a text is the sum of its terms' vectors. They were learned from 49,000 articles without labels, so that a
headline or a lead is nearer to the body it stands over, or to another outlet's body of the same hours, than to the
bodies of all else that was told in these days (InfoNCE, van den Oord et al. 2018; ``training/gist.py``). Shared words
weigh by how rare they are; a gist knows which of them tell one happening from the next, and which words stand for one
another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

__all__ = ["GIST_WIDTH", "gist"]

GIST_WIDTH = 160

Floats = NDArray[np.float32]


def gist(counts: Mapping[str, int]) -> Floats:
    """Give the unit vector of a text by its terms and how often each stands there; zeros when none is known."""
    places, vectors = _vectors()
    known = [(places[term], 1 + math.log(count)) for term, count in counts.items() if term in places]
    if not known:
        return np.zeros(GIST_WIDTH, np.float32)
    rows, weights = zip(*known, strict=True)
    total = np.array(weights, np.float32) @ vectors[list(rows)]
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)


@lru_cache(maxsize=1)
def _vectors() -> tuple[dict[str, int], Floats]:
    """Read the terms' places and vectors, each as long as its term is heavy."""
    with (files("tawatur.stories") / "data" / "gist.npz").open("rb") as file:
        kept = np.load(file)
        terms = bytes(kept["terms"]).decode().split("\n")
        vectors = kept["vectors"].astype(np.float32) * kept["scales"].astype(np.float32)[:, None]
    return {term: place for place, term in enumerate(terms)}, vectors
