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
from tawatur.store import StoryLine
from tawatur.web.desk import Desk

__all__ = ["front_order", "front_stories"]

#: Hours after which a story counts half.
HALF_LIFE_HOURS = 12.0
#: The newest stories that are weighed, and those that are shown.
WEIGHED, SHOWN = 400, 40


def front_stories(desk: Desk) -> tuple[Story, ...]:
    """Give the stories of the front page in order; none while nothing is grouped."""
    lines = desk.store.stories.newest(limit=WEIGHED).stories
    return tuple(line.story for line in front_order(lines, desk.clock())[:SHOWN])


def front_order(lines: Iterable[StoryLine], now: datetime) -> list[StoryLine]:
    """Order stories by voices and freshness."""

    def weight(line: StoryLine) -> tuple[float, str]:
        hours = max((now - line.latest_at).total_seconds() / 3600, 0.0)
        return max(len(line.story.origins) - 0.5, 0.5) * 0.5 ** (hours / HALF_LIFE_HOURS), line.story.id

    return sorted(lines, key=weight, reverse=True)
