"""The articles of the window held against one another, for what is worth reading beside each."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from tawatur.model import Article
from tawatur.model.story import Related
from tawatur.stories.related import RelatedFinder

__all__ = ["Neighbours"]

# When so many were taken in, the finder is made anew of the newest half: it forgets nothing by itself.
_MOST = 6_000


class Neighbours:
    """Finds what is worth reading beside an article, among the newest."""

    def __init__(self) -> None:
        self._finder = RelatedFinder()
        self._newest: deque[tuple[Article, NDArray[np.float32]]] = deque(maxlen=_MOST // 2)
        self._taken = 0

    def take(self, article: Article, vector: NDArray[np.float32]) -> None:
        """Take an article in; ``vector`` is that of ``stories.features.text_to_embed``."""
        if article.id in self._finder:
            return
        if self._taken == _MOST:
            self._finder = RelatedFinder()
            for former in self._newest:
                self._finder.take(*former)
            self._taken = len(self._newest)
        self._finder.take(article, vector)
        self._newest.append((article, vector))
        self._taken += 1

    def __contains__(self, article: str) -> bool:
        return article in self._finder

    def odds(self, article: str) -> Mapping[str, float]:
        """Give the log odds of being of one affair with each neighbour."""
        return self._finder.odds(article)

    def outlet(self, article: str) -> str | None:
        """Give the outlet of an article of the window."""
        return self._finder.outlet(article)

    def hours(self, article: str) -> float | None:
        """Give when an article of the window appeared, in hours since 1970."""
        return self._finder.hours(article)

    def beside(self, ids: Iterable[str], original: Callable[[str], str | None]) -> dict[str, tuple[Related, ...]]:
        """Give what stands beside articles, and beside those: a new article is news to them too."""
        found = {id_: self._finder.related(id_, original) for id_ in ids if id_ in self._finder}
        others = {each.other for beside in found.values() for each in beside} - found.keys()
        return found | {id_: self._finder.related(id_, original) for id_ in others}
