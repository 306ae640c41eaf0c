"""
The front page: which stories stand on it, and in what order.

A story counts by its independent voices, not by its articles: a text that forty outlets copy is one voice. One voice
counts half, so that the many reports of one outlet each leave the page to what several tell. A story that grows, that
outlets tell in words of their own these hours, counts more; what all of it counts halves with the hours since its
newest article, so that one that ended sinks. ``SiteOptions`` sets how much growth counts and how fast stories sink.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from tawatur.model.story import Story
from tawatur.store import StoryWeight
from tawatur.web.desk import Desk
from tawatur.web.options import SiteOptions

__all__ = ["front_order", "front_stories"]

#: The newest stories that are weighed, and those that are shown.
WEIGHED, SHOWN = 400, 40


def front_stories(desk: Desk) -> tuple[Story, ...]:
    """Give the stories of the front page in order; none while nothing is grouped."""
    now = desk.clock()
    lately = now - timedelta(hours=desk.options.front_growth_hours)
    ordered = front_order(desk.store.stories.weights(WEIGHED, lately), now, desk.options)[:SHOWN]
    told = desk.store.stories.get_many([weight.id for weight in ordered])
    return tuple(told[weight.id] for weight in ordered if weight.id in told)


def front_order(stories: Iterable[StoryWeight], now: datetime, options: SiteOptions) -> list[StoryWeight]:
    """Order stories by voices, growth and freshness.

    Growth counts a voice's share for each outlet beyond the first that tells the story these hours, and never more
    than the voices do: a story that one outlet brings up to date five times does not grow.
    """

    def weight(story: StoryWeight) -> tuple[float, str]:
        voices = max(story.origins - 0.5, 0.5)
        growth = options.front_growth * min(max(story.growing - 1, 0), story.origins)
        hours = max((now - story.latest_at).total_seconds() / 3600, 0.0)
        return (voices + growth) * 0.5 ** (hours / options.front_half_life_hours), story.id

    return sorted(stories, key=weight, reverse=True)
