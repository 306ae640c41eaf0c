"""
Themes: stories of one affair, parted from others by how well groups of them agree.

Two stories agree as well as, in the mean, each article of the smaller one does with the article of the other that it
belongs with best (``affairs``). The two groups of stories that agree best in the mean over all their pairs are joined,
again and again, until none agree well enough: a story that touches two affairs joins them no more than one that is
touched by a single article. Parted anew whenever articles come in, a theme whose ties weaken falls into parts.

On the affairs of four windows read by hand, pairs of stories: F1 .75 (precision .76); joining any two that agree
(single link) reaches .61 at its best threshold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.linking import link_by_mean

__all__ = ["part_stories"]

Places = NDArray[np.intp]
Floats = NDArray[np.float64]

#: Mean log odds from which on two groups of stories are one affair: -2 to -0.5 are alike on the windows of two days;
#: over weeks the lower end holds an affair together.
_AGREE = -2.0
#: Articles that are no neighbours count so: the odds of neighbours reach down to about here.
_STRANGERS = -6.0


def part_stories(stories: Mapping[str, Sequence[str]], odds: Mapping[str, Mapping[str, float]]) -> list[list[str]]:
    """Part stories into affairs, the largest first.

    Args:
        stories: The articles of each story, copies left out.
        odds: By article, the log odds of belonging to one affair with its neighbours; one direction is enough.
    """
    order = sorted(stories)
    sizes = np.array([len(stories[story]) for story in order], np.float64)
    place = {article: at for at, article in enumerate(one for story in order for one in stories[story])}
    story_of = np.repeat(np.arange(len(order)), sizes.astype(np.intp))
    agreed = np.full((len(order), len(order)), _STRANGERS)
    larger, smaller, mean = _agreement(story_of, sizes, _touching(place, odds))
    agreed[larger, smaller] = agreed[smaller, larger] = mean
    groups = sorted(link_by_mean(agreed, _AGREE), key=lambda group: (-len(group), group))
    return [[order[at] for at in group] for group in groups]


def _touching(place: Mapping[str, int], odds: Mapping[str, Mapping[str, float]]) -> tuple[Places, Places, Floats]:
    """Give the pairs of articles that are neighbours, by place, and their odds."""
    found = [
        (at, to, value)
        for article, at in place.items()
        for other, value in odds.get(article, {}).items()
        if (to := place.get(other)) is not None
    ]
    table = np.array(found, np.float64).reshape(-1, 3)
    return table[:, 0].astype(np.intp), table[:, 1].astype(np.intp), table[:, 2]


def _agreement(
    story_of: Places, sizes: Floats, touching: tuple[Places, Places, Floats]
) -> tuple[Places, Places, Floats]:
    """Give for each larger and smaller story that touch how well the articles of the smaller belong with it."""
    one, other, value = touching
    first, second = story_of[one], story_of[other]
    # Of two as large the later is held against the earlier.
    is_smaller = (sizes[first] < sizes[second]) | ((sizes[first] == sizes[second]) & (first > second))
    apart = first != second
    larger = np.where(is_smaller, second, first)[apart]
    article = np.where(is_smaller, one, other)[apart]
    belongs, which = np.unique(larger * len(story_of) + article, return_inverse=True)
    best = np.full(len(belongs), _STRANGERS)
    np.maximum.at(best, which, value[apart])
    pairs, of_pair = np.unique(
        belongs // len(story_of) * len(sizes) + story_of[belongs % len(story_of)], return_inverse=True
    )
    larger, smaller = pairs // len(sizes), pairs % len(sizes)
    strangers = sizes[smaller] - np.bincount(of_pair, minlength=len(pairs))
    mean = (np.bincount(of_pair, best, len(pairs)) + _STRANGERS * strangers) / sizes[smaller]
    return larger, smaller, mean
