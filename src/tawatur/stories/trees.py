"""
Trees: a sum of small decision trees, read for many rows at once.

Read as QuickScorer does (Lucchese et al. 2015): every question is asked of every row, without walking; one that is
answered to the right strikes out the leaves on its left, and a row falls into the first leaf that is left of each tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

__all__ = ["Trees"]

_MOST_LEAVES = 8
_ALL = (1 << _MOST_LEAVES) - 1
# By a set of leaves, one bit each: the first of them.
_FIRST = np.array([(leaves & -leaves).bit_length() - 1 for leaves in range(_ALL + 1)], np.intp)
# So many rows at once stay in the processor's cache.
_ROWS_AT_ONCE = 64


@dataclass(frozen=True, eq=False)
class Trees:
    """Boosted trees of at most eight leaves; each has its nodes in one row of these tables, the root first."""

    #: The column that a node asks about; -1 at a leaf.
    columns: NDArray[np.int16]
    #: The greatest value with which a row goes left.
    edges: NDArray[np.float32]
    #: The node on the left; the one on the right comes after it.
    lefts: NDArray[np.int16]
    #: What a leaf adds.
    values: NDArray[np.float32]
    #: What the sum begins with.
    start: float

    def read(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give the sum of the leaves that each row falls into."""
        parts = [self._sums(rows[at : at + _ROWS_AT_ONCE]) for at in range(0, len(rows), _ROWS_AT_ONCE)]
        return np.asarray(np.concatenate([np.zeros(0, np.float32), *parts]) + np.float32(self.start), np.float32)

    def _sums(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        asked = self._questions
        right = rows.T[asked.columns] > asked.edges[:, :, None]
        struck = np.where(right, asked.kept[:, :, None], np.uint8(_ALL))
        leaves = _FIRST[np.bitwise_and.reduce(struck, axis=0)]
        fallen = np.take_along_axis(asked.leaves, leaves, axis=1)
        return np.asarray(np.ascontiguousarray(fallen.T).sum(axis=1), np.float32)

    @cached_property
    def _questions(self) -> _Questions:
        count = len(self.columns)
        if ((self.columns >= 0).sum(axis=1) >= _MOST_LEAVES).any():
            raise ValueError(f"a tree has more than {_MOST_LEAVES} leaves: grow smaller ones")
        found = _Questions(
            columns=np.zeros((_MOST_LEAVES - 1, count), np.intp),
            edges=np.full((_MOST_LEAVES - 1, count), np.inf, np.float32),
            kept=np.full((_MOST_LEAVES - 1, count), _ALL, np.uint8),
            leaves=np.zeros((count, _MOST_LEAVES), np.float32),
        )
        for tree in range(count):
            self._ask(tree, found)
        return found

    def _ask(self, tree: int, found: _Questions) -> None:
        """Note the questions of a tree, and its leaves from left to right."""
        questions = leaves = 0

        def walk(node: int) -> int:
            """Give the leaves under a node, one bit each."""
            nonlocal questions, leaves
            if self.columns[tree, node] < 0:
                found.leaves[tree, leaves] = self.values[tree, node]
                leaves += 1
                return 1 << (leaves - 1)
            on_left = walk(int(self.lefts[tree, node]))
            at, questions = questions, questions + 1
            found.columns[at, tree], found.edges[at, tree] = self.columns[tree, node], self.edges[tree, node]
            found.kept[at, tree] = _ALL & ~on_left
            return on_left | walk(int(self.lefts[tree, node]) + 1)

        walk(0)


@dataclass(frozen=True, slots=True, eq=False)
class _Questions:
    """All questions, a row a place and a column a tree, with the leaves that an answer to the right keeps."""

    columns: NDArray[np.intp]
    edges: NDArray[np.float32]
    kept: NDArray[np.uint8]
    #: What the leaves of each tree add, from left to right.
    leaves: NDArray[np.float32]
