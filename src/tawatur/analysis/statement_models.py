"""
What a trained model says of acts of reporting and of words in marks: logistic regressions over named features.

``training/statements.py`` learns them; ``data/statements.npz`` holds the weights with their card.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np

__all__ = ["StatementModel", "load_model"]


@dataclass(frozen=True, slots=True)
class StatementModel:
    """A logistic regression over features that are there or not."""

    weights: dict[str, float]
    bias: float

    def probability(self, features: Iterable[str]) -> float:
        """Give how likely it is, 0 to 1."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.bias + self.score(features)))))

    def score(self, features: Iterable[str]) -> float:
        """Give the sum of the weights of features."""
        return sum(self.weights.get(feature, 0.0) for feature in features)


@lru_cache(maxsize=4)
def load_model(name: str) -> StatementModel:
    """Load a model: ``clause``, ``cuts``, ``marks`` or ``speakers``, as ``training.statements`` tells them apart."""
    with as_file(files("tawatur.analysis") / "data" / "statements.npz") as path, np.load(path) as arrays:
        names = json.loads(str(arrays[f"{name}_features"]))
        weights = arrays[f"{name}_weights"].tolist()
        return StatementModel(dict(zip(names, weights, strict=True)), float(arrays[f"{name}_bias"]))
