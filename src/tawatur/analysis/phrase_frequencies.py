"""
How often noun phrases stand in the news: what a newsroom's archive knows before it holds a single article.

Counts over 53,081 articles, by the hash of a phrase's key (``noun_phrases``); no text. An archive may bring counts of
its own (``ArchiveFrequencies``), which are added: what it writes about daily becomes common, and nothing else moves.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from tawatur.model.frequencies import PhraseHashes

__all__ = ["PhraseFrequencies", "load_phrase_frequencies", "phrase_hash", "phrase_hashes"]

Floats = NDArray[np.float32]

# Counts are kept as a byte each, in steps of a twentieth of their natural logarithm.
COUNT_STEP = 0.05


@dataclass(frozen=True, slots=True)
class PhraseFrequencies:
    """Noun phrases of the news, in the order of their hashes."""

    articles: int
    hashes: NDArray[np.uint32]
    counts: NDArray[np.uint8]
    titles: NDArray[np.uint8]

    def of(self, asked: PhraseHashes) -> tuple[Floats, Floats]:
        """Give the articles each phrase stands in, and the titles; 0 for what fewer than four articles have."""
        at = np.minimum(np.searchsorted(self.hashes, asked), len(self.hashes) - 1)
        known = self.hashes[at] == asked
        return _unpacked(self.counts[at], known), _unpacked(self.titles[at], known)


def _unpacked(packed: NDArray[np.uint8], known: NDArray[np.bool_]) -> Floats:
    counts: Floats = np.expm1(packed.astype(np.float32) * np.float32(COUNT_STEP))
    return np.where(known, counts, np.float32(0))


def phrase_hash(key: str) -> int:
    """Give the hash of a phrase's key: 32 bits, the same on every machine."""
    return zlib.crc32(key.encode())


def phrase_hashes(keys: Sequence[str]) -> PhraseHashes:
    """Give the hashes of phrases' keys, one for one."""
    return np.array([phrase_hash(key) for key in keys], dtype=np.uint32)


@lru_cache(maxsize=1)
def load_phrase_frequencies() -> PhraseFrequencies:
    """Load the counts that ship."""
    packed = files("tawatur.analysis") / "data" / "phrase_frequencies.npz"
    with as_file(packed) as path, np.load(path) as data:
        return PhraseFrequencies(int(data["articles"]), data["hashes"], data["counts"], data["titles"])
