"""
Chaining: stories of one affair joined to a theme.

Two stories are of one affair when most articles of the smaller one are worth reading beside some of the other. A theme
is called after its oldest story; one that meets an older theme becomes part of it. A single tie joins nothing, so that
a chain does not run from affair to affair through the one article that mentions both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tawatur.model.story import Related
from tawatur.store import Store

__all__ = ["find_chains"]

# Of the smaller story's articles, so many must be tied to the other.
_TIED = 0.5
# What is only worth a glance ties nothing together: log odds of one in the finder's own measure.
_LEAST_SCORE = 0.73
# The longest affair of the sample press has seven stories; a theme of hundreds is a subject, not an affair.
_MOST_STORIES = 150


def find_chains(store: Store, article_ids: Sequence[str]) -> dict[str, str | None]:
    """Give the themes of stories that articles tie together, by story.

    Raises:
        StoreError: The database does not answer.
    """
    themes: dict[str, str | None] = {}
    ties = store.stories.related(article_ids)
    named = {*article_ids, *(each.other for beside in ties.values() for each in beside)}
    story_of = {id_: placement.story for id_, placement in store.stories.placements(sorted(named)).items()}
    pairs = {
        tuple(sorted((story_of[id_], story_of[each.other])))
        for id_, beside in ties.items()
        for each in beside
        if each.score >= _LEAST_SCORE and {id_, each.other} <= story_of.keys()
    }
    for one, other in sorted(pairs):
        if one != other and _are_tied(store, one, other):
            themes |= _joined(store, one, other, themes)
    return themes


def _are_tied(store: Store, one: str, other: str) -> bool:
    smaller, larger = sorted((store.stories.members(one), store.stories.members(other)), key=len)
    inside = set(larger)
    tied = store.stories.related(smaller).values()
    return bool(smaller) and sum(_leads_to(beside, inside) for beside in tied) >= _TIED * len(smaller)


def _leads_to(beside: Iterable[Related], inside: set[str]) -> bool:
    return any(each.other in inside and each.score >= _LEAST_SCORE for each in beside)


def _joined(store: Store, one: str, other: str, so_far: Mapping[str, str | None]) -> dict[str, str | None]:
    """Give the themes that follow from two stories being of one affair."""
    groups = [_chain(store, story, so_far) for story in (one, other)]
    if groups[0][0] == groups[1][0] or len(groups[0][1]) + len(groups[1][1]) > _MOST_STORIES:
        return {}
    stories = sorted({*groups[0][1], *groups[1][1]}, key=lambda story: _age(store, story))
    themes = [theme for theme, chained in groups if len(chained) > 1]
    name = min(themes, key=lambda theme: _age(store, theme)) if themes else stories[0]
    return dict.fromkeys(stories, name)


def _chain(store: Store, story: str, so_far: Mapping[str, str | None]) -> tuple[str, tuple[str, ...]]:
    """Give the theme of a story with its stories; of one that stands alone, itself."""
    members = store.stories.members(story)
    placed = store.stories.placements(members[:1])
    theme = so_far.get(story) or next((placement.theme for placement in placed.values()), None)
    if theme is None:
        return story, (story,)
    found = store.stories.theme(theme)
    lately = [id_ for id_, named in so_far.items() if named == theme]
    return theme, tuple(dict.fromkeys([*(found.stories if found else ()), *lately, story]))


def _age(store: Store, story: str) -> tuple[str, str]:
    """Order stories by their first article; one that was merged into another comes last."""
    first = next(iter(store.articles.get_many(store.stories.members(story)[:1]).values()), None)
    published = first.published if first is not None else None
    return published.isoformat() if published is not None else "9", story
