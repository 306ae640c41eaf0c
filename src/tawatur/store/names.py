"""The names of the archive, and the authority file that joins and parts them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, tuple_, update

from tawatur.errors import RecordError, StoreError
from tawatur.model.analysis import EntityType
from tawatur.store import changes
from tawatur.store.cursors import read_cursor, write_cursor
from tawatur.store.engine import Database
from tawatur.store.finding_tables import mentions, name_rules, names
from tawatur.store.findings import IdPage, Name, NamePage, NameRule
from tawatur.store.naming import WHOLE, count_anew, folded, read_authority, type_of
from tawatur.store.quotes import name_speakers_anew
from tawatur.store.texts import clean, key


class Names:
    """The names of the archive."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(
        self, *, limit: int, cursor: str | None = None, kind: EntityType | None = None, like: str | None = None
    ) -> NamePage:
        order = names.c.articles, names.c.name, names.c.type
        statement = select(names).order_by(*(column.desc() for column in order)).limit(limit + 1)
        if kind is not None:
            statement = statement.where(names.c.type == kind)
        if like is not None:
            statement = statement.where(names.c.folded.contains(folded(clean(like)), autoescape=True))
        if cursor is not None:
            articles, place = read_cursor(cursor)
            type_, slash, name = place.partition("/")
            if not slash:
                raise StoreError(f"{cursor[:40]!r} is no cursor of a list of names; leave it out to begin anew")
            statement = statement.where(tuple_(*order) < tuple_(articles, name, type_))
        with self._database.reading() as connection:
            rows = connection.execute(statement).all()
        page = rows[:limit]
        more = len(rows) > limit and page
        return NamePage(
            names=tuple(map(_name_of, page)),
            next_cursor=write_cursor(page[-1].articles, f"{page[-1].type}/{page[-1].name}") if more else None,
        )

    def get(self, name: str) -> tuple[Name, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(select(names).where(names.c.name == name).order_by(names.c.articles.desc()))
            return tuple(map(_name_of, rows))

    def forms(self, kind: EntityType, name: str) -> tuple[str, ...]:
        statement = (
            select(mentions.c.form).where(mentions.c.type == kind, mentions.c.name == name).distinct().order_by("form")
        )
        with self._database.reading() as connection:
            return tuple(connection.scalars(statement))

    def bearing(self, name: str, *, limit: int, cursor: str | None = None) -> IdPage:
        order = mentions.c.shown_at, mentions.c.article_id
        statement = (
            select(*order).where(mentions.c.name == name).distinct().order_by(*(column.desc() for column in order))
        )
        if cursor is not None:
            statement = statement.where(tuple_(*order) < tuple_(*read_cursor(cursor)))
        with self._database.reading() as connection:
            rows = connection.execute(statement.limit(limit + 1)).all()
        page = rows[:limit]
        more = len(rows) > limit and page
        return IdPage(
            ids=tuple(row.article_id for row in page),
            next_cursor=write_cursor(page[-1].shown_at, page[-1].article_id) if more else None,
        )

    def rules(self) -> tuple[NameRule, ...]:
        order = name_rules.c.type, name_rules.c.name, name_rules.c.form
        with self._database.reading() as connection:
            return tuple(
                NameRule(type=type_of(row.type), name=row.name, form=row.form or None, into=row.into)
                for row in connection.execute(select(name_rules).order_by(*order))
            )

    def merge(self, kind: EntityType, name: str, into: str) -> int:
        into = key(" ".join(into.split()), "name")
        with self._database.writing() as connection:
            _need(connection, kind, name)
            into = read_authority(connection).name(kind, into, WHOLE) if into != name else into
            if into == name:
                # B was joined to A before, and A is joined to B now: the editor turned them round.
                raise RecordError(f"{name!r} is that name already; `entities split` parts what was joined")
            connection.execute(
                update(name_rules).where(name_rules.c.type == kind, name_rules.c.into == name).values(into=into)
            )
            _set_rule(connection, kind, name, WHOLE, into)
            return _apply(connection, kind, (mentions.c.name == name) | (mentions.c.found_name == name))

    def split(self, kind: EntityType, name: str, form: str | None = None, into: str | None = None) -> int:
        with self._database.writing() as connection:
            if form is None:
                return _undo(connection, kind, name)
            borne = select(mentions.c.found_name).where(
                mentions.c.type == kind, mentions.c.name == name, mentions.c.form == form
            )
            found_names = sorted(set(connection.scalars(borne)))
            if not found_names or (into or form) == name:
                raise RecordError(f"{form!r} is no form of {name!r} that could be parted from it")
            for found_name in found_names:
                _set_rule(connection, kind, found_name, form, key(into or form, "name"))
            return _apply(connection, kind, mentions.c.found_name.in_(found_names) & (mentions.c.form == form))


def _undo(connection: Connection, kind: EntityType, name: str) -> int:
    """Let a name that was joined to another stand for itself again."""
    here = name_rules.c.type == kind, name_rules.c.name == name
    if not connection.execute(delete(name_rules).where(*here)).rowcount:
        raise RecordError(f"{name!r} was joined to no other name: name the form to be parted from it")
    return _apply(connection, kind, mentions.c.found_name == name)


def _set_rule(connection: Connection, kind: EntityType, name: str, form: str, into: str) -> None:
    here = name_rules.c.type == kind, name_rules.c.name == name, name_rules.c.form == form
    connection.execute(delete(name_rules).where(*here))
    if name != into or form:
        connection.execute(name_rules.insert().values(type=kind, name=name, form=form, into=into))


def _apply(connection: Connection, kind: EntityType, affected: ColumnElement[bool]) -> int:
    """Give forms the names that hold now; how many articles are concerned. Followers are told of these."""
    authority = read_authority(connection)
    articles = list(
        connection.scalars(select(mentions.c.article_id).where(mentions.c.type == kind, affected).distinct())
    )
    forms = select(mentions.c.found_name, mentions.c.form, mentions.c.name).where(mentions.c.type == kind, affected)
    touched: set[str] = set()
    for found_name, form, before in set(map(tuple, connection.execute(forms))):
        name = authority.name(kind, found_name, form)
        touched |= {before, name}
        here = mentions.c.type == kind, mentions.c.found_name == found_name, mentions.c.form == form
        connection.execute(update(mentions).where(*here).values(name=name))
    count_anew(connection, kind, touched)
    for ids in _in_steps(sorted(articles)):
        name_speakers_anew(connection, ids)
        changes.note(connection, "analysis", [(id_, "written") for id_ in ids])
    return len(articles)


def _need(connection: Connection, kind: EntityType, name: str) -> None:
    here = names.c.type == kind, names.c.name == name
    if connection.scalar(select(names.c.articles).where(*here)) is None:
        raise RecordError(f"there is no {kind} {name!r} in the archive: see `tawatur entities list`")


def _name_of(row: Any) -> Name:
    return Name(name=row.name, type=type_of(row.type), country=row.country, articles=row.articles)


def _in_steps(ids: list[str], step: int = 500) -> Iterable[list[str]]:
    return (ids[start : start + step] for start in range(0, len(ids), step))
