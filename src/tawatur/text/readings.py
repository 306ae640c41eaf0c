"""
How a word form is usually read: the clitics it is mostly cut at, and how often it is a name or a verb.

The tagger read a part of the unlabelled news, each word form in several sentences; ``training/readings.py`` counts.
So a word without its sentence can be judged by the sentences it stood in: وليد is a name in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from tawatur.text.vocabulary import Vocabulary, load_vocabulary

__all__ = ["SHARE_STEPS", "Reading", "Readings", "load_readings"]

#: Shares are kept in bytes, in steps of a hundredth.
SHARE_STEPS = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """How many letters of a word form are mostly opening and closing clitics, and what it is how often (0 to 1)."""

    opening: int
    closing: int
    name_share: float
    verb_share: float


@dataclass(frozen=True, slots=True)
class Readings:
    """The usual readings, in the order of the vocabulary."""

    vocabulary: Vocabulary
    openings: NDArray[np.uint8]
    closings: NDArray[np.uint8]
    names: NDArray[np.uint8]
    verbs: NDArray[np.uint8]

    def of(self, word: str) -> Reading | None:
        """Give the usual reading of a word form, None for one that is not in the vocabulary.

        >>> reading = load_readings().of("وليد")
        >>> reading.opening, reading.closing
        (0, 0)
        """
        at = self.vocabulary.index.get(word)
        if at is None:
            return None
        return Reading(
            int(self.openings[at]),
            int(self.closings[at]),
            int(self.names[at]) / SHARE_STEPS,
            int(self.verbs[at]) / SHARE_STEPS,
        )


@lru_cache(maxsize=1)
def load_readings() -> Readings:
    """Load the readings that ship (once a process)."""
    with as_file(files("tawatur.text") / "data" / "models" / "readings.npz") as path, np.load(path) as arrays:
        return Readings(load_vocabulary(), arrays["openings"], arrays["closings"], arrays["names"], arrays["verbs"])
