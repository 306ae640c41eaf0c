"""
Shingles: runs of words by which two texts are known for one, whatever was done to spelling.

Words are compared as the ``index`` level folds them, without marks, tatweel and punctuation, and kept as 32-bit hashes,
so that a text of three hundred words costs a kilobyte. What a text is *found* by is a sample of its runs: those
with the smallest hashes, one in eight (Broder 1997, "On the resemblance and containment of documents"; the sample of a
part is a part of the sample, so cut tails and merged texts are found as well).
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tawatur.text.letters import normalised_text

__all__ = ["SHINGLE_WORDS", "Hashes", "Words", "body_words", "runs_of", "sample_of", "word_hashes"]

Words = NDArray[np.uint32]
Hashes = NDArray[np.uint64]

#: Words in a run. Three are rare enough to tell texts apart (two articles of one happening share a twentieth of theirs)
#: and stand between two slips of the pen more often than four.
SHINGLE_WORDS = 3

_WORD = re.compile(r"\w+")
_LONGEST_BODY_WORDS = 20_000
# One run in eight, at least 24 and at most 192 a text: a third of a text of 150 words leaves six in common.
_ONE_IN = 8
_LEAST_SAMPLED = 24
_MOST_SAMPLED = 192
_REMEMBERED_WORDS = 200_000
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def body_words(text: str) -> list[str]:
    """Give the words of a text, folded; those beyond the twenty-thousandth are left out.

    >>> body_words("قالَ «الرئيـس» إنّه...")
    ['قال', 'الرييس', 'انه']
    """
    return _WORD.findall(normalised_text(text, "index"))[:_LONGEST_BODY_WORDS]


def word_hashes(words: list[str]) -> Words:
    """Give a hash for each word."""
    return np.fromiter(map(_hash, words), np.uint32, len(words))


def runs_of(words: Words) -> Hashes:
    """Give a hash for each run of three words, by the place of its first word; shorter texts are one run."""
    hashes = words.astype(np.uint64)
    if not len(hashes):
        return hashes
    width = min(SHINGLE_WORDS, len(hashes))
    size = len(hashes) - width + 1
    mixed = np.zeros(size, np.uint64)
    for place in range(width):
        mixed = (mixed ^ hashes[place : place + size]) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    return mixed


def sample_of(runs: Hashes) -> Hashes:
    """Give the runs that a text is found by: the smallest of its hashes, in order."""
    distinct = np.unique(runs)
    return distinct[: min(_MOST_SAMPLED, max(_LEAST_SAMPLED, len(distinct) // _ONE_IN))]


@lru_cache(maxsize=_REMEMBERED_WORDS)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "little")
