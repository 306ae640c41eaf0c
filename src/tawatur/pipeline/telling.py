"""Telling: what a story says of itself is made of its articles (``stories.telling``) whenever these changed."""

from __future__ import annotations

from dataclasses import replace

from tawatur.store import Store
from tawatur.stories.telling import tell_story

__all__ = ["tell_untold"]


def tell_untold(store: Store, most: int) -> int:
    """Tell stories whose articles changed; how many were looked at.

    Raises:
        StoreError: The database does not answer.
    """
    waiting = store.stories.untold(most)
    for story_id in waiting:
        _tell(store, story_id)
    return len(waiting)


def _tell(store: Store, story_id: str) -> None:
    members = store.stories.members(story_id)
    placed = store.stories.placements(members)
    held = store.articles.get_many(members)
    page = tell_story(
        story_id,
        [held[id_] for id_ in members if id_ in held],
        store.analyses.get_many(members),
        {id_: placement.copy_of for id_, placement in placed.items()},
        theme=next((placement.theme for placement in placed.values()), None),
    )
    # The store's order holds: it knows the zone of a bare day, and when what has no date was read.
    story = replace(page.story, articles=members)
    store.stories.tell(story, outlets=len({article.source for article in held.values()}))
