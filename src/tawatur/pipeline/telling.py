"""Telling: what a story says of itself is made of its articles (``stories.telling``) whenever these changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tawatur.model.story import PageChange
from tawatur.store import Store, Version
from tawatur.stories.differences import find_changes
from tawatur.stories.figures import Edited
from tawatur.stories.telling import tell_story

__all__ = ["tell_untold"]

# Changes of pages that a story tells of; the history of each article has all.
_MOST_CHANGES = 40


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
    histories = {id_: store.articles.history(id_) for id_ in sorted(store.articles.changed(members))}
    page = tell_story(
        story_id,
        [held[id_] for id_ in members if id_ in held],
        store.analyses.get_many(members),
        {id_: placement.copy_of for id_, placement in placed.items()},
        theme=next((placement.theme for placement in placed.values()), None),
        edited={id_: Edited(states[0].article, states[-1].seen_at) for id_, states in histories.items()},
    )
    changes = _changes(store, members, histories)
    # The store's order holds: it knows the zone of a bare day, and when what has no date was read.
    story = replace(page.story, articles=members, changes=changes)
    store.stories.tell(story, outlets=len({article.source for article in held.values()}))


def _changes(
    store: Store, members: Sequence[str], histories: Mapping[str, Sequence[Version]]
) -> tuple[PageChange, ...]:
    """Give what the pages of a story changed after they were published: the newest, oldest first."""
    found = [
        PageChange(article=id_, kind="withdrawn", seen_at=gone.missed_at, status=gone.status)
        for id_, gone in store.watches.withdrawals(members).items()
    ]
    for states in histories.values():
        found += find_changes([(state.seen_at, state.article) for state in states])
    return tuple(sorted(found, key=lambda change: (change.seen_at, change.article))[-_MOST_CHANGES:])
