"""
What trained models say of sources: logistic regressions over named features that are there or not.

``training/sources.py`` learns them; ``data/sources.npz`` holds the weights with their card. ``source`` judges whether
somebody mentioned is credited, ``way`` whether a carrier brought the words, ``kind`` what a source is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np

__all__ = ["SourceModels", "load_source_models"]


@dataclass(frozen=True, slots=True)
class SourceModels:
    """The three models; weights by feature."""

    source: Mapping[str, float]
    way: Mapping[str, float]
    kinds: tuple[str, ...]
    kind: Mapping[str, tuple[float, ...]]

    def source_probability(self, features: Iterable[str]) -> float:
        """Give how likely somebody mentioned so is a source."""
        return _probability(self.source, features)

    def way_probability(self, features: Iterable[str]) -> float:
        """Give how likely a carrier that stands so brought the words."""
        return _probability(self.way, features)

    def likeliest_kind(self, features: Iterable[str], allowed: frozenset[str]) -> str:
        """Give what a source of these features is, among some kinds."""
        scores = list(self.kind["bias"])
        for feature in features:
            for at, weight in enumerate(self.kind.get(feature, ())):
                scores[at] += weight
        return max((score, kind) for score, kind in zip(scores, self.kinds, strict=True) if kind in allowed)[1]


def _probability(weights: Mapping[str, float], features: Iterable[str]) -> float:
    score = weights["bias"] + sum(weights.get(feature, 0.0) for feature in features)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@lru_cache(maxsize=1)
def load_source_models() -> SourceModels:
    """Load the models."""
    with as_file(files("tawatur.analysis") / "data" / "sources.npz") as path, np.load(path) as arrays:
        binary = {
            name: dict(
                zip(json.loads(str(arrays[f"{name}_features"])), arrays[f"{name}_weights"].tolist(), strict=True)
            )
            for name in ("source", "way")
        }
        features = json.loads(str(arrays["kind_features"]))
        rows = map(tuple, arrays["kind_weights"].tolist())
        kinds = tuple(json.loads(str(arrays["kinds"])))
        return SourceModels(binary["source"], binary["way"], kinds, dict(zip(features, rows, strict=True)))
