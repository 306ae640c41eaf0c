"""
What 17 million words of Arabic news teach of single words: how often they stand, and among which neighbours.

Counts and vectors only; no text. ``training/vocabulary.py`` makes the file. A word's vector is its row in a
singular value decomposition of positive pointwise mutual information with the words one and two places before and
after it (Levy and Goldberg 2014, "Neural word embedding as implicit matrix factorization"; directions kept apart),
so that neighbours in this space are words of one part of speech and one field: بوتين، ماكرون، ترامب.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from tawatur.text.recurrent import Floats
from tawatur.text.segmenter import Affixes, load_segmenter

# Counts are kept as a byte each, in steps of a tenth of their natural logarithm.
COUNT_STEP = 0.1
# Suffix lengths are kept in the low bits of a byte, prefix lengths in the high ones.
SUFFIX_BITS = 4


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Word forms of the news, the most frequent first."""

    index: dict[str, int]
    log_counts: NDArray[np.uint8]
    affixes: NDArray[np.uint8]
    #: A unit vector in bytes for each of the first words; shape (words, width).
    vectors: NDArray[np.int8]

    def __contains__(self, word: str) -> bool:
        return word in self.index

    def log_count(self, word: str) -> float:
        """Give ``log(1 + count)`` of a word form, 0 for one that was not seen five times."""
        at = self.index.get(word)
        return 0.0 if at is None else float(self.log_counts[at]) * COUNT_STEP

    def count(self, word: str) -> float:
        """Give about how often a word form stands in the news, 0 for one that was not seen five times."""
        return math.expm1(self.log_count(word))

    def counts(self) -> NDArray[np.float64]:
        """Give about how often each word form stands in the news, in the order of ``index``."""
        counts: NDArray[np.float64] = np.expm1(self.log_counts * COUNT_STEP)
        return counts

    def vector(self, word: str) -> Floats | None:
        """Give the vector of a word form, None for a rare one."""
        at = self.index.get(word)
        if at is None or at >= len(self.vectors):
            return None
        return np.asarray(self.vectors[at].astype(np.float32) / 127, dtype=np.float32)

    def known_affixes(self, word: str) -> Affixes | None:
        """Give the prefix and suffix lengths of a word form of the vocabulary, None for another."""
        at = self.index.get(word)
        if at is None:
            return None
        packed = int(self.affixes[at])
        return Affixes(packed >> SUFFIX_BITS, packed & (2**SUFFIX_BITS - 1))

    def affixes_of(self, words: list[str]) -> dict[str, Affixes]:
        """Give prefix and suffix lengths: looked up for known words, asked of the segmenter for others."""
        found = {word: affixes for word in words if (affixes := self.known_affixes(word)) is not None}
        unknown = [word for word in words if word not in found]
        if unknown:
            found.update(load_segmenter().segment(unknown))
        return found


def pack_count(count: int) -> int:
    """Pack a count into a byte.

    >>> pack_count(1000), round(math.exp(pack_count(1000) * COUNT_STEP))
    (69, 992)
    """
    return min(255, round(math.log1p(count) / COUNT_STEP))


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Load the vocabulary that ships (once a process)."""
    with as_file(files("tawatur.text") / "data" / "models" / "vocabulary.npz") as path, np.load(path) as arrays:
        words = arrays["words"].tobytes().decode("utf-8").split("\n")
        return Vocabulary(
            index={word: at for at, word in enumerate(words)},
            log_counts=arrays["log_counts"],
            affixes=arrays["affixes"],
            vectors=arrays["vectors"],
        )
