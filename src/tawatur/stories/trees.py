"""Trees: a sum of small decision trees, read for many rows at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Trees"]


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Boosted trees; each has its nodes in one row of these tables, the root first."""

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
        count, nodes = self.columns.shape
        base = np.arange(count, dtype=np.int32) * nodes
        columns, edges = self.columns.ravel(), self.edges.ravel()
        lefts, values = self.lefts.ravel().astype(np.int32), self.values.ravel()
        at = np.broadcast_to(base, (len(rows), count)).copy()
        lines = np.arange(len(rows))[:, None]
        while True:
            asked = columns[at]
            inner = asked >= 0
            if not inner.any():
                break
            right = rows[lines, np.maximum(asked, 0)] > edges[at]
            at = np.where(inner, base + lefts[at] + right, at)
        return np.asarray(values[at].sum(axis=1) + np.float32(self.start), np.float32)
