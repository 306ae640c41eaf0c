"""Themes: chains of stories. A theme is the stories that name it; the row of its own keeps where a former id leads."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select, update

from tawatur.model.story import Story, Theme
from tawatur.store.documents import unpack
from tawatur.store.engine import insert
from tawatur.store.finding_tables import stories, themes
from tawatur.store.moments import instant_at


def follow_theme(connection: Connection, story_id: str, theme_id: str | None) -> None:
    """Let a story be part of a theme, or of none; a theme that its last story left leads to where that went."""
    before = connection.scalar(select(stories.c.theme).where(stories.c.id == story_id))
    if before == theme_id:
        return
    connection.execute(update(stories).where(stories.c.id == story_id).values(theme=theme_id, told=False))
    if theme_id is not None:
        _lead(connection, theme_id, None)
    if before is not None and not _stories_of(connection, before):
        if theme_id is None:
            connection.execute(delete(themes).where((themes.c.id == before) | (themes.c.into == before)))
        else:
            connection.execute(update(themes).where(themes.c.into == before).values(into=theme_id))
            _lead(connection, before, theme_id)


def find_theme(connection: Connection, theme_id: str) -> Theme | None:
    """Give a theme with its stories, oldest first, under the headline of its largest."""
    into = connection.scalar(select(themes.c.into).where(themes.c.id == theme_id))
    rows = _stories_of(connection, into or theme_id)
    if not rows:
        return None
    told = {row.id: unpack(Story, row.document) for row in rows if row.document is not None}
    largest = max((row for row in rows if row.id in told), key=lambda row: (row.origins, row.articles), default=None)
    return Theme(
        id=into or theme_id,
        title=told[largest.id].title if largest else None,
        stories=tuple(row.id for row in sorted(rows, key=lambda row: _began(row, told.get(row.id)))),
    )


def _began(row: Any, story: Story | None) -> tuple[str, str]:
    """Order stories by their first article; one that was not told yet by its newest."""
    began = story.began if story is not None else None
    return began.isoformat() if began is not None else instant_at(row.latest_at).isoformat(), row.id


def _stories_of(connection: Connection, theme_id: str) -> list[Any]:
    statement = select(stories).where(stories.c.theme == theme_id).order_by(stories.c.latest_at, stories.c.id)
    return list(connection.execute(statement))


def _lead(connection: Connection, theme_id: str, into: str | None) -> None:
    statement = insert(connection, themes).values(id=theme_id, into=into)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"into": into}))
