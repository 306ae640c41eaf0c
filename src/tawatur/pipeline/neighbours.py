"""The articles of the window held against one another, for what is worth reading beside each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tawatur.model.story import Related
from tawatur.stories.features import Sketch
from tawatur.stories.related import RelatedFinder

__all__ = ["Neighbours"]

# When so many were taken in, the older half is forgotten.
_MOST = 6_000


class Neighbours:
    """Finds what is worth reading beside an article, among the newest."""

    def __init__(self) -> None:
        self._finder = RelatedFinder()

    def take(self, new: Sketch) -> None:
        """Take an article in; an id that came before is left alone."""
        if len(self._finder) == _MOST:
            self._finder.keep_newest(_MOST // 2)
        self._finder.take(new)

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
