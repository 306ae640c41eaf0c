"""
Sentence vectors: texts of sixteen languages placed in one space of meaning.

The multilingual Universal Sentence Encoder (Yang et al. 2019), run in numpy: an English headline and an Arabic one of
the same happening lie near each other. Good to propose, not to decide: another story with the same man comes as near as
a paraphrase (EVIDENCE, 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tawatur.text.sentence_encoder import WIDTH, SentenceEncoder

__all__ = ["WIDTH", "embed"]

# What stands behind hardly moves the vector, and takes its time.
_MOST_LETTERS = 1_500

Vectors = NDArray[np.float32]


def embed(texts: Sequence[str]) -> Vectors:
    """Give unit vectors of texts, a row of ``WIDTH`` a text."""
    return _encoder().encode([text[:_MOST_LETTERS] for text in texts])


@lru_cache(maxsize=1)
def _encoder() -> SentenceEncoder:
    return SentenceEncoder()
