"""
Stories and themes: where articles stand, what is told of each story, and where a former id leads to.

Placing and telling are two steps. Placing is what cannot be made again without the stream, and commits with the
follower's cursor; it leaves the stories it touched *untold*. Telling (headline, timeline, origins) is made of the
members alone, at any time, and marks a story told only if its members are still those.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, tuple_, update

from tawatur.model import as_json
from tawatur.model.story import Placement, Related, Reprint, Story, Theme
from tawatur.store import changes
from tawatur.store.cursors import read_cursor, write_cursor
from tawatur.store.documents import pack, unpack
from tawatur.store.engine import Database
from tawatur.store.engine import insert as insert_or_update
from tawatur.store.finding_tables import placements, stories
from tawatur.store.findings import Followed, StoryLine, StoryPage, StoryWeight
from tawatur.store.followers import move
from tawatur.store.moments import instant_at, microseconds
from tawatur.store.related import forget_related, read_related, write_related
from tawatur.store.tables import articles
from tawatur.store.texts import key
from tawatur.store.themes import find_theme, follow_theme

# A story holds at most some hundred articles; a statement takes more.
_MEMBERS_MAX = 5000


class Stories:
    """Stories and themes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def place(
        self,
        placed: Sequence[Placement],
        *,
        reprints: Mapping[str, Reprint] | None = None,
        followed: Followed | None = None,
    ) -> None:
        latest = {placement.article: placement for placement in placed}
        for placement in latest.values():
            key(placement.story, "story id")
        with self._database.writing() as connection:
            _place(connection, latest, reprints or {})
            move(connection, followed)

    def touch(self, article_ids: Sequence[str]) -> None:
        touched = select(placements.c.story).where(placements.c.article_id.in_(article_ids))
        with self._database.writing() as connection:
            connection.execute(update(stories).where(stories.c.id.in_(touched)).values(told=False))

    def chain(self, themes: Mapping[str, str | None]) -> None:
        with self._database.writing() as connection:
            for story, theme in sorted(themes.items()):
                follow_theme(connection, story, theme)

    def relate(self, found: Mapping[str, Sequence[Related]]) -> None:
        with self._database.writing() as connection:
            write_related(connection, found)

    def related(self, article_ids: Sequence[str]) -> dict[str, tuple[Related, ...]]:
        with self._database.reading() as connection:
            return read_related(connection, article_ids)

    def placements(self, article_ids: Sequence[str]) -> dict[str, Placement]:
        statement = (
            select(placements.c.article_id, placements.c.story, placements.c.copy_of, stories.c.theme)
            .outerjoin(stories, stories.c.id == placements.c.story)
            .where(placements.c.article_id.in_(article_ids))
        )
        with self._database.reading() as connection:
            return {row.article_id: _placement_of(row) for row in connection.execute(statement)}

    def reprints(self, originals: Sequence[str]) -> dict[str, tuple[Reprint, ...]]:
        statement = (
            select(placements.c.article_id, placements.c.copy_of, placements.c.reprint)
            .join(articles, articles.c.id == placements.c.article_id)
            .where(placements.c.copy_of.in_(originals))
            .order_by(articles.c.shown_at, articles.c.id)
        )
        found: dict[str, list[Reprint]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(statement):
                found.setdefault(row.copy_of, []).append(_reprint_of(row))
        return {original: tuple(reprints) for original, reprints in found.items()}

    def members(self, story_id: str) -> tuple[str, ...]:
        with self._database.reading() as connection:
            return tuple(id_ for id_, _ in _members(connection, story_id))

    def untold(self, limit: int) -> tuple[str, ...]:
        statement = select(stories.c.id).where(stories.c.told.is_(False)).order_by(stories.c.id).limit(limit)
        with self._database.reading() as connection:
            return tuple(connection.scalars(statement))

    def tell(self, story: Story, *, outlets: int) -> bool:
        document = pack(story)
        with self._database.writing() as connection:
            if [id_ for id_, _ in _members(connection, story.id)] != list(story.articles):
                return False
            values = {"document": document, "told": True, "origins": len(story.origins), "outlets": outlets}
            known = connection.scalar(select(stories.c.document).where(stories.c.id == story.id))
            connection.execute(update(stories).where(stories.c.id == story.id).values(values))
            if known != document:
                changes.note(connection, "story", [(story.id, "written")])
        return True

    def get(self, story_id: str) -> Story | None:
        with self._database.reading() as connection:
            row = _find(connection, story_id)
            if row is not None and row.into is not None:
                row = _find(connection, row.into)
            return None if row is None else _story_of(row)

    def get_many(self, story_ids: Sequence[str]) -> dict[str, Story]:
        with self._database.reading() as connection:
            rows = connection.execute(select(stories).where(stories.c.id.in_(story_ids), stories.c.into.is_(None)))
            told = {row.id: _story_of(row) for row in rows}
        return {id_: story for id_, story in told.items() if story is not None}

    def newest(
        self, *, limit: int, cursor: str | None = None, least_articles: int = 1, since: datetime | None = None
    ) -> StoryPage:
        order = stories.c.latest_at, stories.c.id
        statement = (
            select(stories)
            .where(stories.c.document.is_not(None), stories.c.articles >= max(1, least_articles))
            .order_by(*(column.desc() for column in order))
            .limit(limit + 1)
        )
        if cursor is not None:
            statement = statement.where(tuple_(*order) < tuple_(*read_cursor(cursor)))
        if since is not None:
            statement = statement.where(stories.c.latest_at >= microseconds(since))
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()
        page = rows[:limit]
        more = len(rows) > limit and page
        return StoryPage(
            stories=tuple(map(_line_of, page)),
            next_cursor=write_cursor(page[-1].latest_at, page[-1].id) if more else None,
        )

    def weights(self, limit: int, lately: datetime) -> tuple[StoryWeight, ...]:
        columns = stories.c.id, stories.c.origins, stories.c.outlets, stories.c.articles, stories.c.latest_at
        statement = (
            select(*columns)
            .where(stories.c.articles > 0, stories.c.origins > 0)
            .order_by(stories.c.latest_at.desc(), stories.c.id.desc())
            .limit(limit)
        )
        with self._database.reading() as connection:
            growing = _growing(connection, lately)
            return tuple(
                StoryWeight(
                    id=row.id,
                    origins=row.origins,
                    outlets=row.outlets,
                    articles=row.articles,
                    latest_at=instant_at(row.latest_at),
                    growing=growing.get(row.id, 0),
                )
                for row in connection.execute(statement)
            )

    def chained(self, themes: Sequence[str]) -> tuple[Placement, ...]:
        with self._database.reading() as connection:
            return _placed(connection, stories.c.theme.in_(themes))

    def placed_in(self, story_ids: Sequence[str]) -> tuple[Placement, ...]:
        with self._database.reading() as connection:
            return _placed(connection, placements.c.story.in_(story_ids))

    def theme(self, theme_id: str) -> Theme | None:
        with self._database.reading() as connection:
            return find_theme(connection, theme_id)

    def count(self) -> int:
        with self._database.reading() as connection:
            standing = select(func.count()).select_from(stories).where(stories.c.articles > 0)
            return int(connection.scalar(standing) or 0)


def forget(connection: Connection, article_id: str) -> None:
    """Take an article that is held no more out of its story."""
    forget_related(connection, article_id)
    row = connection.execute(
        delete(placements).where(placements.c.article_id == article_id).returning(placements.c.story)
    ).first()
    if row is not None:
        _settle(connection, {row.story: None})


def _growing(connection: Connection, lately: datetime) -> dict[str, int]:
    """Count the outlets that told each story in words of their own since an instant."""
    statement = (
        select(placements.c.story, func.count(articles.c.source.distinct()).label("outlets"))
        .join(articles, articles.c.id == placements.c.article_id)
        .where(articles.c.shown_at >= microseconds(lately), placements.c.copy_of.is_(None))
        .group_by(placements.c.story)
    )
    return {row.story: row.outlets for row in connection.execute(statement)}


def _place(connection: Connection, latest: dict[str, Placement], reprints: Mapping[str, Reprint]) -> None:
    held = set(connection.scalars(select(articles.c.id).where(articles.c.id.in_(list(latest)))))
    former = {
        row.article_id: row
        for row in connection.execute(select(placements).where(placements.c.article_id.in_(list(latest))))
    }
    rows = [_row_of(placement, reprints.get(id_)) for id_, placement in latest.items() if id_ in held]
    if not rows:
        return
    connection.execute(delete(placements).where(placements.c.article_id.in_([row["article_id"] for row in rows])))
    connection.execute(insert(placements), rows)
    # Where the articles of a story went: the one that was placed last decides.
    touched: dict[str, str | None] = {}
    for row in rows:
        before = former.get(row["article_id"])
        if before is not None and before.story != row["story"]:
            touched[before.story] = row["story"]
    for row in rows:
        touched.setdefault(row["story"], None)
    _settle(connection, touched)
    for placement in latest.values():
        if placement.theme is not None and placement.article in held:
            follow_theme(connection, placement.story, placement.theme)


def _settle(connection: Connection, touched: Mapping[str, str | None]) -> None:
    """Bring stories up with their members; one that all left leads on."""
    members = (
        select(placements.c.story, func.count().label("number"), func.max(articles.c.shown_at).label("latest_at"))
        .join(articles, articles.c.id == placements.c.article_id)
        .where(placements.c.story.in_(list(touched)))
        .group_by(placements.c.story)
    )
    held = {row.story: row for row in connection.execute(members)}
    _stand(connection, [held[story_id] for story_id in touched if story_id in held])
    for story_id, into in touched.items():
        if story_id not in held:
            _lead_on(connection, story_id, into)


def _stand(connection: Connection, held: Sequence[Any]) -> None:
    if not held:
        return
    rows = [{"id": row.story, "latest_at": row.latest_at, "articles": row.number} for row in held]
    statement = insert_or_update(connection, stories)
    now = {"latest_at": statement.excluded.latest_at, "articles": statement.excluded.articles}
    statement = statement.on_conflict_do_update(index_elements=["id"], set_={**now, "told": False, "into": None})
    new = {"told": False, "into": None, "origins": 0, "outlets": 0}
    connection.execute(statement, [{**row, **new} for row in rows])


def _lead_on(connection: Connection, story_id: str, into: str | None) -> None:
    follow_theme(connection, story_id, None)
    if into is None:
        connection.execute(delete(stories).where((stories.c.id == story_id) | (stories.c.into == story_id)))
    else:
        values = {"into": into, "articles": 0, "told": True, "document": None, "theme": None}
        connection.execute(
            update(stories).where((stories.c.id == story_id) | (stories.c.into == story_id)).values(values)
        )
    changes.note(connection, "story", [(story_id, "removed")])


def _members(connection: Connection, story_id: str) -> list[tuple[str, int]]:
    statement = (
        select(articles.c.id, articles.c.shown_at)
        .join(placements, placements.c.article_id == articles.c.id)
        .where(placements.c.story == story_id)
        .order_by(articles.c.shown_at, articles.c.id)
        .limit(_MEMBERS_MAX)
    )
    return [(row.id, row.shown_at) for row in connection.execute(statement)]


def _placed(connection: Connection, where: ColumnElement[bool]) -> tuple[Placement, ...]:
    statement = (
        select(placements.c.article_id, placements.c.story, placements.c.copy_of, stories.c.theme)
        .join(stories, stories.c.id == placements.c.story)
        .where(where)
        .order_by(placements.c.story, placements.c.article_id)
    )
    return tuple(map(_placement_of, connection.execute(statement)))


def _find(connection: Connection, story_id: str) -> Any:
    return connection.execute(select(stories).where(stories.c.id == story_id)).first()


def _row_of(placement: Placement, reprint: Reprint | None) -> dict[str, Any]:
    return {
        "article_id": placement.article,
        "story": placement.story,
        "copy_of": placement.copy_of,
        "reprint": as_json(reprint) if reprint is not None and placement.copy_of is not None else None,
    }


def _placement_of(row: Any) -> Placement:
    return Placement(article=row.article_id, story=row.story, copy_of=row.copy_of, theme=row.theme)


def _reprint_of(row: Any) -> Reprint:
    kept = row.reprint or {"share": 1.0, "share_of_longer": 1.0, "changed": []}
    return Reprint(
        article=row.article_id,
        share=kept["share"],
        share_of_longer=kept["share_of_longer"],
        changed=tuple(kept["changed"]),
    )


def _story_of(row: Any) -> Story | None:
    return None if row.document is None else unpack(Story, row.document)


def _line_of(row: Any) -> StoryLine:
    return StoryLine(story=unpack(Story, row.document), outlets=row.outlets, latest_at=instant_at(row.latest_at))
