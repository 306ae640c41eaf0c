"""
The front page: which stories stand on it, and in what order.

A story counts by its independent voices, not by its articles: a text that forty outlets copy is one voice. One voice
counts half, so that the many reports of one outlet each leave the page to what several tell. What a story counts halves
with every ``HALF_LIFE_HOURS`` since its newest article: one that still grows stays up, one that ended sinks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from tawatur.model.story import Story
from tawatur.store import StoryWeight
from tawatur.web.desk import Desk

__all__ = ["front_order", "front_stories"]

#: Hours after which a story counts half.
HALF_LIFE_HOURS = 12.0
#: The newest stories that are weighed, and those that are shown.
WEIGHED, SHOWN = 400, 40


def front_stories(desk: Desk) -> tuple[Story, ...]:
    """Give the stories of the front page in order; none while nothing is grouped."""
    ordered = front_order(desk.store.stories.weights(WEIGHED), desk.clock())[:SHOWN]
    told = desk.store.stories.get_many([weight.id for weight in ordered])
    return tuple(told[weight.id] for weight in ordered if weight.id in told)


def front_order(stories: Iterable[StoryWeight], now: datetime) -> list[StoryWeight]:
    """Order stories by voices and freshness."""

    def weight(story: StoryWeight) -> tuple[float, str]:
        hours = max((now - story.latest_at).total_seconds() / 3600, 0.0)
        return max(story.origins - 0.5, 0.5) * 0.5 ** (hours / HALF_LIFE_HOURS), story.id

    return sorted(stories, key=weight, reverse=True)
