"""What an archive has counted: in how many of its articles noun phrases stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["ArchiveFrequencies", "PhraseHashes"]

#: Phrases, each once, by the hash of its key (``analysis.phrase_frequencies``); no text.
PhraseHashes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class ArchiveFrequencies:
    """The phrases of an archive, in the order of their hashes, and the articles that have each."""

    #: All that were counted.
    articles: int
    hashes: PhraseHashes
    counts: NDArray[np.uint32]

    def of(self, hashes: PhraseHashes) -> NDArray[np.uint32]:
        """Give the articles that have each of some phrases; 0 for one that is not known."""
        if not len(self.hashes):
            return np.zeros(len(hashes), np.uint32)
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.where(self.hashes[at] == hashes, self.counts[at], np.uint32(0))
