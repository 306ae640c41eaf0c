"""Telling: what a story says of itself is made of its articles, whenever these changed."""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.model import Article
from tawatur.model.story import Origin, Story
from tawatur.store import Store

__all__ = ["tell_untold"]


def tell_untold(store: Store, most: int) -> int:
    """Tell stories whose articles changed; how many were told.

    Raises:
        StoreError: The database does not answer.
    """
    waiting = store.stories.untold(most)
    return sum(_tell(store, story_id) for story_id in waiting)


def _tell(store: Store, story_id: str) -> bool:
    members = store.stories.members(story_id)
    if not members:
        return False
    held = store.articles.get_many(members)
    articles = [held[id_] for id_ in members if id_ in held]
    story = _story(store, story_id, articles)
    return store.stories.tell(story, outlets=len({article.source for article in articles}))


def _story(store: Store, story_id: str, articles: Sequence[Article]) -> Story:
    placed = store.stories.placements([article.id for article in articles])
    originals = [article for article in articles if placed[article.id].copy_of is None]
    first = (originals or articles)[0]
    dated = [article.published for article in articles if article.published is not None]
    return Story(
        id=story_id,
        title=first.title,
        articles=tuple(article.id for article in articles),
        origins=tuple(Origin(name=article.source or "", article=article.id) for article in originals),
        began=dated[0] if dated else None,
        latest=dated[-1] if dated else None,
        theme=placed[first.id].theme,
    )
