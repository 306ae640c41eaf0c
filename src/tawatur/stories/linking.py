"""
Linking: a set of articles parted into stories by how well groups of them agree.

Average link (Sokal and Michener 1958) with two additions: the two groups that agree best on the whole are joined,
again and again, until no two agree well enough. One odd pair joins nothing, and one that was missed parts nothing.
Reports of a large story differ more from one another than those of a small one, each telling its own part: so what
groups have in common as wholes counts too (the cosine of their centroids), and size counts a little. The same set
gives the same parts in whatever order its articles came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["LEAST_EDGE", "agreement", "connected", "link", "link_by_mean"]

Matrix = NDArray[np.float64]
#: Says how well a group agrees with each, of its place, the sizes of all groups and their sums over pairs of items.
Agree = Callable[..., Matrix]

#: Sets hang together by pairs of odds from here on.
LEAST_EDGE = -2.5
# What the cosine of two groups' texts, and the logarithm of the larger one's size, are worth in log odds.
_OF_CENTROIDS = 1.0
_OF_SIZE = 0.3
_NEVER = -np.inf


def agreement(odds: Matrix, centroids: Matrix, larger: Matrix) -> Matrix:
    """Give how well groups agree: their mean log odds, and what they have in common as wholes.

    Args:
        odds: Mean log odds across two groups.
        centroids: The cosine of their centroids.
        larger: The number of articles in the larger of the two.
    """
    return np.asarray(odds + _OF_CENTROIDS * centroids + _OF_SIZE * np.log(larger))


def link(odds: Matrix, texts: Matrix, threshold: float) -> list[list[int]]:
    """Part items into groups, each sorted, in the order of their first items.

    Args:
        odds: Symmetric log odds of each two items.
        texts: Symmetric cosines of each two items' texts.
        threshold: The agreement of two groups from which on they are one.
    """
    alike = texts.copy()
    np.fill_diagonal(alike, 1)
    return _joined(_as_stories, (odds, alike), threshold)


def link_by_mean(likeness: Matrix, threshold: float) -> list[list[int]]:
    """Part items into groups by nothing but the mean likeness across two groups; sorted as ``link`` does."""
    return _joined(_in_the_mean, (likeness,), threshold)


def _joined(agree: Agree, tables: Sequence[Matrix], threshold: float) -> list[list[int]]:
    if not len(tables[0]):
        return []
    state = _Groups(agree, tables)
    while (best := state.best())[0] >= threshold:
        state.join(*best[1:])
    return state.groups()


def _as_stories(one: int, sizes: Matrix, odds: Matrix, texts: Matrix) -> Matrix:
    lengths = np.sqrt(np.maximum(texts[one, one] * np.diag(texts), 1e-12))
    return agreement(odds[one] / (sizes[one] * sizes), texts[one] / lengths, np.maximum(sizes[one], sizes))


def _in_the_mean(one: int, sizes: Matrix, likeness: Matrix) -> Matrix:
    return np.asarray(likeness[one] / (sizes[one] * sizes))


class _Groups:
    """Groups by the place of their first item; sums over pairs of items stand in square tables."""

    def __init__(self, agree: Agree, tables: Sequence[Matrix]) -> None:
        self._agree = agree
        self._sums = [table.copy() for table in tables]
        size = len(tables[0])
        self._sizes = np.ones(size)
        self._members = [[at] for at in range(size)]
        self._alive = np.ones(size, np.bool_)
        self._agreed = np.stack([self._agreement(at) for at in range(size)])

    def best(self) -> tuple[float, int, int]:
        """Give the two groups that agree best, and how well."""
        one, other = divmod(int(np.argmax(self._agreed)), len(self._agreed))
        return float(self._agreed[one, other]), min(one, other), max(one, other)

    def join(self, one: int, other: int) -> None:
        """Make one group of two, in the place of the first."""
        for sums in self._sums:
            sums[one] += sums[other]
            sums[:, one] += sums[:, other]
        self._sizes[one] += self._sizes[other]
        self._alive[other] = False
        self._members[one] += self._members[other]
        self._members[other] = []
        self._agreed[other], self._agreed[:, other] = _NEVER, _NEVER
        self._agreed[one] = self._agreement(one)
        self._agreed[:, one] = self._agreed[one]

    def groups(self) -> list[list[int]]:
        """Give the items of each group."""
        return sorted(sorted(members) for members in self._members if members)

    def _agreement(self, one: int) -> Matrix:
        found = self._agree(one, self._sizes, *self._sums)
        found[~self._alive] = _NEVER
        found[one] = _NEVER
        # Equal sums in another order of adding are equal: what is left of a rounding decides nothing.
        return np.round(found, 9)


def connected(starts: Iterable[int], neighbours: Callable[[int], Iterable[int]]) -> list[list[int]]:
    """Give the connected sets that hold some items, each sorted."""
    seen: set[int] = set()
    found = []
    for start in sorted(set(starts)):
        if start in seen:
            continue
        seen.add(start)
        waiting, members = [start], []
        while waiting:
            item = waiting.pop()
            members.append(item)
            for other in neighbours(item):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        found.append(sorted(members))
    return found
