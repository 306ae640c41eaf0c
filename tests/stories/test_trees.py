"""Trees are read as one would walk them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.stories.trees import Trees

NODES = 15


@st.composite
def _trees(draw):
    """Trees of up to eight leaves, split where chance will."""
    grown: list[tuple[list[int], list[float], list[int], list[float]]] = []
    for _ in range(draw(st.integers(1, 4))):
        columns, edges, lefts, values = [-1] * NODES, [0.0] * NODES, [0] * NODES, [0.0] * NODES
        leaves, size = [0], 1
        for _ in range(draw(st.integers(0, 7))):
            node = leaves.pop(draw(st.integers(0, len(leaves) - 1)))
            columns[node], edges[node], lefts[node] = draw(st.integers(0, 2)), draw(st.integers(-3, 3)), size
            leaves += [size, size + 1]
            size += 2
        for leaf in leaves:
            values[leaf] = draw(st.integers(-9, 9))
        grown.append((columns, edges, lefts, values))
    return Trees(
        columns=np.array([tree[0] for tree in grown], np.int16),
        edges=np.array([tree[1] for tree in grown], np.float32),
        lefts=np.array([tree[2] for tree in grown], np.int16),
        values=np.array([tree[3] for tree in grown], np.float32),
        start=0.5,
    )


def _walked(trees, row):
    found = trees.start
    for tree in range(len(trees.columns)):
        node = 0
        while (column := trees.columns[tree, node]) >= 0:
            node = trees.lefts[tree, node] + int(row[column] > trees.edges[tree, node])
        found += trees.values[tree, node]
    return found


@given(_trees(), st.lists(st.tuples(*[st.integers(-4, 4)] * 3), max_size=80))
def test_a_row_falls_into_the_leaf_that_walking_finds(trees, rows):
    table = np.array(rows, np.float32).reshape(len(rows), 3)
    assert trees.read(table).tolist() == [_walked(trees, row) for row in table]


def test_a_tree_of_nine_leaves_is_refused():
    columns = np.array([[0, -1] * 8 + [-1]], np.int16)
    lefts = np.array([[at + 1 for at in range(17)]], np.int16)
    trees = Trees(columns, np.zeros((1, 17), np.float32), lefts, np.zeros((1, 17), np.float32), 0.0)
    with pytest.raises(ValueError, match="grow smaller"):
        trees.read(np.zeros((1, 1), np.float32))


def test_trees_give_the_leaves_that_rows_fall_into():
    trees = Trees(
        columns=np.array([[0, -1, 1, -1, -1]], np.int16),
        edges=np.array([[0.5, 0, 2, 0, 0]], np.float32),
        lefts=np.array([[1, 0, 3, 0, 0]], np.int16),
        values=np.array([[0, 1, 0, 10, 100]], np.float32),
        start=0.25,
    )
    rows = np.array([[0.5, 9], [0.6, 2], [0.6, 2.1]], np.float32)
    assert trees.read(rows).tolist() == [1.25, 10.25, 100.25]
    assert trees.read(rows[:0]).tolist() == []
