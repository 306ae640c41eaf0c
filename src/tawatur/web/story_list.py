"""Stories in a list: each under its headline, with a picture, and how many voices and outlets stand behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tawatur.model.story import Story
from tawatur.web.desk import Desk
from tawatur.web.listing import Row, rows

__all__ = ["Line", "lines_of"]


@dataclass(frozen=True, slots=True)
class Line:
    """A story in a list."""

    story: Story
    #: The article whose headline the story bears.
    row: Row
    outlets: int

    @property
    def is_single(self) -> bool:
        """Whether it has one article: then its headline leads straight there."""
        return len(self.story.articles) == 1


def lines_of(desk: Desk, stories: Iterable[Story]) -> tuple[Line, ...]:
    """Dress stories for a list, order kept; one whose articles are gone is left out."""
    stories = tuple(stories)
    held = desk.found([id_ for story in stories for id_ in story.articles])
    leads = {}
    for story in stories:
        own = [held[id_] for id_ in story.articles if id_ in held]
        if own:
            # One with a picture before one without, among those that bear the headline.
            bearing = [article for article in own if article.title == story.title] or own
            leads[story.id] = next((article for article in bearing if article.image), bearing[0])
    dressed = {row.article.id: row for row in rows(desk.store, list(leads.values()), desk.sources_of(leads.values()))}
    return tuple(
        Line(
            story,
            dressed[leads[story.id].id],
            len({held[id_].source for id_ in story.articles if id_ in held}),
        )
        for story in stories
        if story.id in leads
    )
