"""The front page: the stories of the last days, in the order of ``stories.front_page``."""

from __future__ import annotations

from datetime import timedelta

from tawatur.model.story import Story
from tawatur.web.desk import Desk

__all__ = ["front_stories"]

#: Days that stories are taken from, how many are weighed, and how many shown.
FRONT_DAYS, WEIGHED, SHOWN = 3, 400, 40


def front_stories(desk: Desk) -> tuple[Story, ...]:
    """Give the stories of the front page in order; none while nothing is grouped."""
    now = desk.clock()
    lines = desk.store.stories.newest(limit=WEIGHED, since=now - timedelta(days=FRONT_DAYS)).stories
    ordered = sorted(lines, key=lambda line: (-len(line.story.origins), -line.latest_at.timestamp()))
    return tuple(line.story for line in ordered[:SHOWN])
