"""
Alignment: which words of one text stand in another, in what order, and what stands in their place where they do not.

A word is *borrowed* when it lies in a run of three that the other text has too; one or two words between borrowed ones
are a slip or a change of wording and count with them. One pass over each text: time grows with their length, not with
its square.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.shingles import SHINGLE_WORDS, Hashes, Words, runs_of

__all__ = ["Alignment", "Slot", "align"]

Places = NDArray[np.int64]

# A gap of so many words between borrowed ones is a change of wording, not a text of its own.
_LONGEST_SLIP = 2
# A slot is longer than a slip: «جمهورية ترينيداد وتوباغو» stands where «جامايكا» did.
_LONGEST_SLOT = 8


@dataclass(frozen=True, slots=True)
class Slot:
    """Words of one text that stand where the other has different ones: ``start:end`` of each, in words."""

    derived: tuple[int, int]
    original: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a text stands to the one it may be derived from."""

    #: Share of the derived text's words that are borrowed, and of the original's that were taken.
    derived_share: float
    original_share: float
    #: For each word of the derived text, whether it is borrowed; and of the original, whether it was taken.
    borrowed: NDArray[np.bool_]
    taken: NDArray[np.bool_]
    slots: tuple[Slot, ...]
    #: Whether borrowed passages stand in another order.
    is_reordered: bool

    @property
    def share_of_shorter(self) -> float:
        """Share of the shorter text that stands in the other."""
        return self.derived_share if len(self.borrowed) <= len(self.taken) else self.original_share

    @property
    def share_of_longer(self) -> float:
        """Share of the longer text that stands in the other."""
        return self.original_share if len(self.borrowed) <= len(self.taken) else self.derived_share


def align(derived: Words, original: Words) -> Alignment:
    """Lay a text beside the one it may be derived from."""
    runs, others = runs_of(derived), runs_of(original)
    if len(derived) < SHINGLE_WORDS or len(original) < SHINGLE_WORDS:
        same = len(derived) == len(original) > 0 and bool(np.array_equal(derived, original))
        share = float(same)
        return Alignment(share, share, np.full(len(derived), same), np.full(len(original), same), (), False)
    borrowed = _spread(np.isin(runs, others), len(derived))
    taken = _spread(np.isin(others, runs), len(original))
    blocks = _blocks(runs, others)
    for slot in (slots := _slots(blocks)):
        if slot.derived[1] - slot.derived[0] <= _LONGEST_SLIP and slot.original[1] - slot.original[0] <= _LONGEST_SLIP:
            borrowed[slice(*slot.derived)] = True
            taken[slice(*slot.original)] = True
    order = [original_start for _, original_start, size in blocks if size > SHINGLE_WORDS * 3]
    return Alignment(
        float(borrowed.mean()),
        float(taken.mean()),
        borrowed,
        taken,
        tuple(slots),
        any(second < first for first, second in pairwise(order)),
    )


def _spread(shared: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    """Mark the words of shared runs."""
    marked = np.zeros(size, np.bool_)
    for place in range(SHINGLE_WORDS):
        marked[place : place + len(shared)] |= shared
    return marked


def _blocks(runs: Hashes, others: Hashes) -> list[tuple[int, int, int]]:
    """Give passages in common as ``(start in derived, start in original, words)``, in the order of the derived text."""
    places: dict[int, list[int]] = {}
    for place, run in enumerate(others.tolist()):
        places.setdefault(run, []).append(place)
    blocks: list[tuple[int, int, int]] = []
    start = at = size = 0
    for place, run in enumerate(runs.tolist()):
        found = places.get(run)
        if size and found is not None and (at + size) in found:
            size += 1
            continue
        if size:
            blocks.append((start, at, size + SHINGLE_WORDS - 1))
            size = 0
        if found is not None:
            expected = blocks[-1][1] + place - blocks[-1][0] if blocks else place
            start, at, size = place, min(found, key=lambda other: abs(other - expected)), 1
    if size:
        blocks.append((start, at, size + SHINGLE_WORDS - 1))
    return blocks


def _slots(blocks: list[tuple[int, int, int]]) -> list[Slot]:
    """Give the short gaps between passages that follow one another in both texts."""
    found = []
    for (start, at, size), (next_start, next_at, _) in pairwise(blocks):
        derived, original = (start + size, next_start), (at + size, next_at)
        if 0 <= derived[1] - derived[0] <= _LONGEST_SLOT and 0 <= original[1] - original[0] <= _LONGEST_SLOT:
            found.append(Slot(derived, original))
    return found
