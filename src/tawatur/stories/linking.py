"""
Linking: a set of articles parted into stories by the mean of their log odds.

Average link (Sokal and Michener 1958): the two groups whose articles agree best on the whole are joined, again and
again, until no two agree well enough. One odd pair joins nothing, and one that was missed parts nothing. The same set
gives the same parts in whatever order its articles came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

__all__ = ["connected", "link"]


def link(odds: NDArray[np.float64], threshold: float) -> list[list[int]]:
    """Part items into groups, each sorted, in the order of their first items.

    Args:
        odds: Symmetric log odds of each two items.
        threshold: The mean log odds across two groups from which on they are one.
    """
    size = len(odds)
    groups: dict[int, list[int]] = {at: [at] for at in range(size)}
    means = odds.copy()
    np.fill_diagonal(means, -np.inf)
    counts = np.ones(size)
    while len(groups) > 1:
        one, other = divmod(int(np.argmax(means)), size)
        if means[one, other] < threshold:
            break
        one, other = sorted((one, other))
        total = counts[one] + counts[other]
        means[one] = (means[one] * counts[one] + means[other] * counts[other]) / total
        means[:, one] = means[one]
        means[one, one] = -np.inf
        means[other], means[:, other] = -np.inf, -np.inf
        counts[one] = total
        groups[one] += groups.pop(other)
    return [sorted(group) for _, group in sorted(groups.items())]


def connected(starts: Iterable[int], neighbours: Callable[[int], Mapping[int, float]], least: float) -> list[list[int]]:
    """Give the connected sets that hold some items, each sorted; items are neighbours by odds of ``least`` or more."""
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
            for other, odds in neighbours(item).items():
                if odds >= least and other not in seen:
                    seen.add(other)
                    waiting.append(other)
        found.append(sorted(members))
    return found
