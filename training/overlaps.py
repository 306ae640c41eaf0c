"""How much two texts have in common, as the scorer counts it."""

from __future__ import annotations

from collections import Counter

from tawatur.analysis.cue_words import folded

__all__ = ["overlap"]


def overlap(one: str, other: str) -> tuple[float, float]:
    """Give the share of words in common, of the shorter and of the longer text."""
    words, others = Counter(folded(one).split()), Counter(folded(other).split())
    common = (words & others).total()
    sizes = sorted((words.total(), others.total()))
    return common / max(1, sizes[0]), common / max(1, sizes[1])
