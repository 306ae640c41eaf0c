"""
Chaining: stories of one affair gathered in a theme.

When articles come in, their stories, those near them and all stories of the themes these are part of are parted into
affairs anew (``stories.themes``). The largest part of a theme keeps its id; another part that holds together becomes a
theme of its own, called after its oldest story, and a story that belongs with none leaves. An affair is told by two
outlets at least: what one alone prints again and again is a series. Articles that come together are parted affair by
affair: all at once they are too many, and what is left out would stay in a theme that it has no part in. Stories beyond
the live window stay where they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
    found: dict[str, str | None] = {}
    for stories, themes in _around(store, article_ids, ties):
        parts = part_stories(stories, {id_: ties.odds(id_) for members in stories.values() for id_ in members})
        names = _names(store, [part for part in parts if _is_affair(part, stories, ties)], stories, themes, ties)
        found |= {story: names.get(story) for story in sorted(stories) if names.get(story) != themes[story]}
    return found


def _around(
    store: Store, article_ids: Sequence[str], ties: Ties
) -> Iterator[tuple[dict[str, list[str]], dict[str, str | None]]]:
    """Give the stories to be parted, each with its originals in the window, and their themes so far.

    Articles that come together are mostly of many affairs: what they touch falls into groups that share no theme and
    no story, and each is parted by itself, whole, unless it is larger than can be parted.
    """
    near = {id_: [other for other, value in ties.odds(id_).items() if value >= _NEAR] for id_ in article_ids}
    placed = store.stories.placements(sorted({*article_ids, *(other for others in near.values() for other in others)}))
    chained: dict[str, list[Placement]] = {}
    for place in store.stories.chained(sorted({place.theme for place in placed.values() if place.theme})):
        chained.setdefault(place.theme or "", []).append(place)
    unchained: dict[str, list[Placement]] = {}
    for place in store.stories.placed_in(sorted({place.story for place in placed.values() if not place.theme})):
        unchained.setdefault(place.story, []).append(place)
    for group in _touching([[placed[one] for one in [id_, *near[id_]] if one in placed] for id_ in article_ids]):
        first = list(dict.fromkeys(place.story for place in group))
        themes_touched = sorted({place.theme for place in group if place.theme})
        everything = [place for theme in themes_touched for place in chained.get(theme, [])]
        everything += [place for story in first for place in unchained.get(story, [])]
        yield _parted(everything, first, ties)


def _touching(groups: Sequence[Sequence[Placement]]) -> Iterator[list[Placement]]:
    """Join groups of placements that share a theme or a story, in the order they came."""
    joined: list[tuple[set[str], list[Placement]]] = []
    for group in filter(None, groups):
        keys = {
            key for place in group for key in (f"story {place.story}", place.theme and f"theme {place.theme}") if key
        }
        places = list(group)
        for other in [other for other in joined if other[0] & keys]:
            joined.remove(other)
            keys |= other[0]
            places = [*other[1], *places]
        joined.append((keys, places))
    for _, places in joined:
        yield places


def _parted(
    everything: Sequence[Placement], first: Sequence[str], ties: Ties
) -> tuple[dict[str, list[str]], dict[str, str | None]]:
    """Give the stories of a group, those touched first, as many as can be parted at once, and their themes."""
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
