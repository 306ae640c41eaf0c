"""
Chaining: stories of one affair gathered in a theme.

When articles come in, their stories, those near them and all stories of the themes these are part of are parted into
affairs anew (``stories.themes``). The largest part of a theme keeps its id; another part that holds together becomes a
theme of its own, called after its oldest story, and a story that belongs with none leaves. An affair is told by two
outlets at least: what one alone prints again and again is a series. Stories beyond the live window stay where they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Protocol

from tawatur.model.story import Placement
from tawatur.store import Store
from tawatur.stories.themes import part_stories

__all__ = ["Ties", "find_chains"]

# Neighbours of these log odds and more are looked at for their themes.
_NEAR = 0.0
# Stories that are parted at once, those of the new articles and near them first: the longest affair of the sample
# press has 23; of hundreds it would be a subject.
_MOST_STORIES = 150


class Ties(Protocol):
    """How articles of the live window belong together."""

    def odds(self, article: str) -> Mapping[str, float]:
        """Give the log odds of being of one affair with each neighbour; empty for one that is not in the window."""

    def outlet(self, article: str) -> str | None:
        """Give the outlet of an article of the window."""

    def hours(self, article: str) -> float | None:
        """Give when an article of the window appeared, in hours; None when it is undated or not in the window."""

    def __contains__(self, article: str) -> bool: ...


def find_chains(store: Store, article_ids: Sequence[str], ties: Ties) -> dict[str, str | None]:
    """Give the themes that stories change to when articles come in, by story; None for one that leaves its theme.

    Raises:
        StoreError: The database does not answer.
    """
    stories, themes = _around(store, article_ids, ties)
    parts = part_stories(stories, {id_: ties.odds(id_) for members in stories.values() for id_ in members})
    names = _names(store, [part for part in parts if _is_affair(part, stories, ties)], stories, themes, ties)
    return {story: names.get(story) for story in sorted(stories) if names.get(story) != themes[story]}


def _around(store: Store, article_ids: Sequence[str], ties: Ties) -> tuple[dict[str, list[str]], dict[str, str | None]]:
    """Give the stories to be parted, each with its originals in the window, and their themes so far."""
    near = {other for id_ in article_ids for other, value in ties.odds(id_).items() if value >= _NEAR}
    placed = store.stories.placements(sorted({*article_ids, *near}))
    first = list(dict.fromkeys(placed[id_].story for id_ in [*article_ids, *sorted(near)] if id_ in placed))
    chained = store.stories.chained(sorted({place.theme for place in placed.values() if place.theme}))
    in_themes = {place.story for place in chained}
    everything = [*chained, *store.stories.placed_in([story for story in first if story not in in_themes])]
    stories: dict[str, list[str]] = {}
    themes: dict[str, str | None] = {}
    rank = {story: at for at, story in enumerate(first)}
    for place in sorted(everything, key=lambda place: (rank.get(place.story, len(rank)), place.story, place.article)):
        if place.story not in stories and len(stories) == _MOST_STORIES:
            break
        if _counts(place, ties):
            stories.setdefault(place.story, []).append(place.article)
            themes[place.story] = place.theme
    return stories, themes


def _counts(place: Placement, ties: Ties) -> bool:
    return place.copy_of is None and place.article in ties


def _is_affair(part: Sequence[str], stories: Mapping[str, Sequence[str]], ties: Ties) -> bool:
    return len(part) > 1 and len({ties.outlet(id_) for story in part for id_ in stories[story]}) > 1


def _names(
    store: Store,
    parts: Sequence[Sequence[str]],
    stories: Mapping[str, Sequence[str]],
    themes: Mapping[str, str | None],
    ties: Ties,
) -> dict[str, str]:
    """Name each story of the parts by its theme: the id that most of a part had, unless a larger part has it."""
    names: dict[str, str] = {}
    given: set[str] = set()
    for part in parts:
        had = Counter(theme for story in part if (theme := themes[story]) is not None and theme not in given)
        name = min(had, key=lambda theme: (-had[theme], theme)) if had else _new_name(store, part, stories, given, ties)
        given.add(name)
        names.update(dict.fromkeys(part, name))
    return names


def _new_name(
    store: Store, part: Sequence[str], stories: Mapping[str, Sequence[str]], given: set[str], ties: Ties
) -> str:
    """Give the id of the oldest story that no other theme is called after."""

    def age(story: str) -> tuple[float, str]:
        hours = [at for id_ in stories[story] if (at := ties.hours(id_)) is not None]
        return min(hours, default=float("inf")), story

    order = sorted(part, key=age)
    return next((story for story in order if story not in given and not store.stories.chained([story])), order[0])
