"""Gradient boosting of small trees for a yes or a no, in numpy: the same rows give the same trees on any machine.

After Friedman 2001 with the second-order gains of Chen and Guestrin 2016; trees grow at the leaf that gains most.
Nothing of this ships: what ships are the trees (tawatur.stories.trees).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.trees import Trees

__all__ = ["Growth", "grow"]

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

_BINS = 64
_LEAST_CURVE = 1e-9


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees grow."""

    trees: int = 150
    leaves: int = 8
    rate: float = 0.05
    #: A leaf holds so many rows at least.
    least_rows: int = 40
    #: Added to the curvature of each leaf.
    held_down: float = 5.0
    #: Shares of rows and of columns that a tree sees.
    rows: float = 0.8
    columns: float = 0.5
    seed: int = 1


@dataclass(slots=True, eq=False)
class _Leaf:
    rows: Indices
    node: int
    gain: float = 0.0
    column: int = 0
    bin: int = 0


def grow(values: Floats, labels: Floats, weights: Floats, growth: Growth | None = None) -> Trees:
    """Fit trees whose sum is the log odds of a yes."""
    growth = growth or Growth()
    chance = np.random.default_rng(growth.seed)
    edges = [_edges(column) for column in values.T]
    binned = np.column_stack([np.searchsorted(edge, column) for edge, column in zip(edges, values.T, strict=True)])
    mean = float((labels * weights).sum() / weights.sum())
    start = float(np.log(mean / (1 - mean)))
    odds = np.full(len(values), start)
    found = [_Tree(growth.leaves) for _ in range(growth.trees)]
    for tree in found:
        likely = 1 / (1 + np.exp(-odds))
        slope, curve = weights * (likely - labels), weights * likely * (1 - likely)
        rows = np.flatnonzero(chance.random(len(values)) < growth.rows)
        columns = np.sort(
            chance.choice(values.shape[1], max(1, round(growth.columns * values.shape[1])), replace=False)
        )
        _grow_one(tree, binned, edges, rows, columns, slope, curve, growth)
        odds += tree.read(binned)
    return Trees(
        columns=np.array([tree.columns for tree in found], np.int16),
        edges=np.array([tree.edges for tree in found], np.float32),
        lefts=np.array([tree.lefts for tree in found], np.int16),
        values=np.array([tree.values for tree in found], np.float32),
        start=start,
    )


class _Tree:
    def __init__(self, leaves: int) -> None:
        nodes = 2 * leaves - 1
        #: By node: the column asked about (-1: a leaf), the greatest value that goes left, where left is (right next).
        self.columns = [-1] * nodes
        self.edges = [0.0] * nodes
        self.bins = [0] * nodes
        self.lefts = [0] * nodes
        self.values = [0.0] * nodes
        self.size = 1

    def split(self, leaf: _Leaf, edge: float) -> tuple[int, int]:
        left = self.size
        self.columns[leaf.node], self.edges[leaf.node] = leaf.column, edge
        self.bins[leaf.node], self.lefts[leaf.node] = leaf.bin, left
        self.size += 2
        return left, left + 1

    def read(self, binned: Indices) -> Floats:
        nodes = np.zeros(len(binned), np.int64)
        columns, bins, lefts = np.array(self.columns), np.array(self.bins), np.array(self.lefts)
        for _ in self.columns:
            inner = np.flatnonzero(columns[nodes] >= 0)
            if not len(inner):
                break
            at = nodes[inner]
            nodes[inner] = lefts[at] + (binned[inner, columns[at]] > bins[at])
        return np.array(self.values)[nodes]


def _edges(column: Floats) -> Floats:
    """Give where a column is cut: between values, about as many rows in each bin."""
    cuts = np.unique(np.quantile(column, np.linspace(0, 1, _BINS + 1)[1:-1]))
    return np.asarray(cuts.astype(np.float32), np.float64)


def _grow_one(
    tree: _Tree,
    binned: Indices,
    edges: list[Floats],
    rows: Indices,
    columns: Indices,
    slope: Floats,
    curve: Floats,
    growth: Growth,
) -> None:
    def ready(leaf: _Leaf) -> _Leaf:
        held = curve[leaf.rows].sum() + growth.held_down
        tree.values[leaf.node] = -growth.rate * float(slope[leaf.rows].sum() / held)
        _find_split(leaf, binned, columns, slope, curve, growth)
        return leaf

    open_leaves = [ready(_Leaf(rows, 0))]
    for _ in range(growth.leaves - 1):
        best = max(open_leaves, key=lambda leaf: (leaf.gain, -leaf.node))
        if best.gain <= 0:
            return
        open_leaves.remove(best)
        left, right = tree.split(best, float(edges[best.column][best.bin]))
        goes_right = binned[best.rows, best.column] > best.bin
        open_leaves.append(ready(_Leaf(best.rows[~goes_right], left)))
        open_leaves.append(ready(_Leaf(best.rows[goes_right], right)))


def _find_split(leaf: _Leaf, binned: Indices, columns: Indices, slope: Floats, curve: Floats, growth: Growth) -> None:
    """Note the split of a leaf that gains most."""
    if len(leaf.rows) < 2 * growth.least_rows:
        return
    slopes, curves = slope[leaf.rows], curve[leaf.rows]
    whole_slope, whole_curve = slopes.sum(), curves.sum()
    alone = whole_slope**2 / (whole_curve + growth.held_down)
    for column in columns:
        bins = binned[leaf.rows, column]
        left_slope = np.cumsum(np.bincount(bins, slopes, _BINS))[:-1]
        left_curve = np.cumsum(np.bincount(bins, curves, _BINS))[:-1]
        left_rows = np.cumsum(np.bincount(bins, minlength=_BINS))[:-1]
        gain = (
            left_slope**2 / (left_curve + growth.held_down + _LEAST_CURVE)
            + (whole_slope - left_slope) ** 2 / (whole_curve - left_curve + growth.held_down + _LEAST_CURVE)
            - alone
        )
        gain[(left_rows < growth.least_rows) | (len(leaf.rows) - left_rows < growth.least_rows)] = 0
        best = int(np.argmax(gain))
        if gain[best] > leaf.gain + 1e-12:
            leaf.gain, leaf.column, leaf.bin = float(gain[best]), int(column), best
