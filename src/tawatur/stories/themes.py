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

from tawatur.stories.linking import link_by_mean

__all__ = ["part_stories"]

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
    agreed = np.full((len(order), len(order)), _STRANGERS)
    story_of = {article: at for at, story in enumerate(order) for article in stories[story]}
    sizes = [len(stories[story]) for story in order]
    for (to, other), found in _best(story_of, sizes, odds).items():
        mean = (sum(found.values()) + _STRANGERS * (sizes[other] - len(found))) / sizes[other]
        agreed[to, other] = agreed[other, to] = mean
    groups = sorted(link_by_mean(agreed, _AGREE), key=lambda group: (-len(group), group))
    return [[order[at] for at in group] for group in groups]


def _best(
    story_of: Mapping[str, int], sizes: Sequence[int], odds: Mapping[str, Mapping[str, float]]
) -> dict[tuple[int, int], dict[str, float]]:
    """Give for each larger and smaller story that touch how well the articles of the smaller belong with the larger."""
    best: dict[tuple[int, int], dict[str, float]] = {}
    for article, at in story_of.items():
        beside = odds.get(article, {})
        for other in beside.keys() & story_of.keys():
            to, value = story_of[other], beside[other]
            if to == at:
                continue
            # Of two as large the later is held against the earlier.
            larger, smaller, of = (to, at, article) if (sizes[at], -at) <= (sizes[to], -to) else (at, to, other)
            found = best.setdefault((larger, smaller), {})
            found[of] = max(found.get(of, _STRANGERS), value)
    return best
