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

#: Mean log odds from which on two groups of stories are one affair: -2 to -0.5 are alike on the windows.
_AGREE = -1.5
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
    best = _best(story_of, len(order), odds)
    for one, story in enumerate(order):
        for other in range(one):
            smaller, larger = (one, other) if len(stories[story]) <= len(stories[order[other]]) else (other, one)
            articles = stories[order[smaller]]
            found = [best[larger].get(article, _STRANGERS) for article in articles]
            agreed[one, other] = agreed[other, one] = sum(found) / max(1, len(found))
    groups = sorted(link_by_mean(agreed, _AGREE), key=lambda group: (-len(group), group))
    return [[order[at] for at in group] for group in groups]


def _best(story_of: Mapping[str, int], count: int, odds: Mapping[str, Mapping[str, float]]) -> list[dict[str, float]]:
    """Give for each story how well other articles belong with the article of it that they belong with best."""
    best: list[dict[str, float]] = [{} for _ in range(count)]
    for article, at in story_of.items():
        for other, value in odds.get(article, {}).items():
            to = story_of.get(other)
            if to is None or to == at:
                continue
            best[to][article] = max(best[to].get(article, _STRANGERS), value)
            best[at][other] = max(best[at].get(other, _STRANGERS), value)
    return best
