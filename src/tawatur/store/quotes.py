"""The ledger of quotes: who said what, in which outlet, found by speaker, name and source."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, and_, delete, insert, or_, select, tuple_, update

from tawatur.errors import StoreError
from tawatur.model.analysis import Analysis
from tawatur.store.cursors import read_cursor, write_cursor
from tawatur.store.finding_tables import mentions, quotes
from tawatur.store.naming import Authority
from tawatur.store.texts import KEY_BYTES_MAX, clean

# Somebody who speaks is a person first: «الأردن» may be a state and a family.
_ORDER_OF_TYPES = ("PER", "ORG", "LOC")


def quote_rows(analysis: Analysis, authority: Authority, source: str | None, shown_at: int) -> list[dict[str, Any]]:
    """Give the rows of the quotes in an article."""
    speakers = {
        entity.text: authority.name(entity.type, entity.canonical, entity.text)
        for entity in sorted(analysis.entities, key=lambda entity: _ORDER_OF_TYPES.index(entity.type), reverse=True)
    }
    return [
        {
            "article_id": analysis.id,
            "place": place,
            "form": _key(quote.speaker),
            "speaker": _key(speakers.get(quote.speaker or "", quote.speaker)),
            "source": source,
            "shown_at": shown_at,
        }
        for place, quote in enumerate(analysis.quotes)
    ]


def write_quotes(connection: Connection, article_ids: list[str], rows: list[dict[str, Any]]) -> None:
    """Put the quotes of some articles in the place of their former ones."""
    connection.execute(delete(quotes).where(quotes.c.article_id.in_(article_ids)))
    if rows:
        connection.execute(insert(quotes), rows)


def name_speakers_anew(connection: Connection, article_ids: list[str]) -> None:
    """Give the speakers of some articles the names that hold, after a decision of the editor's."""
    rows = connection.execute(
        select(quotes.c.article_id, quotes.c.place, mentions.c.type, mentions.c.name)
        .join(mentions, and_(mentions.c.article_id == quotes.c.article_id, mentions.c.form == quotes.c.form))
        .where(quotes.c.article_id.in_(article_ids))
    )
    ordered = sorted(map(tuple, rows), key=lambda row: _ORDER_OF_TYPES.index(row[2]), reverse=True)
    for article_id, place, _, name in ordered:
        here = quotes.c.article_id == article_id, quotes.c.place == place
        connection.execute(update(quotes).where(*here).values(speaker=name))


def select_quotes(
    *, limit: int, cursor: str | None, speaker: str | None, name: str | None, source: str | None
) -> Select[Any]:
    """Ask for quotes, those of the newest article first, in the order of its text."""
    statement = (
        select(quotes).order_by(quotes.c.shown_at.desc(), quotes.c.article_id.desc(), quotes.c.place).limit(limit)
    )
    if speaker is not None:
        statement = statement.where(quotes.c.speaker == speaker)
    if source is not None:
        statement = statement.where(quotes.c.source == source)
    if name is not None:
        bearing = select(mentions.c.article_id).where(mentions.c.name == name)
        statement = statement.where(quotes.c.article_id.in_(bearing))
    if cursor is not None:
        shown_at, article_id, place = _read_place(cursor)
        article = tuple_(quotes.c.shown_at, quotes.c.article_id)
        here = tuple_(shown_at, article_id)
        statement = statement.where(or_(article < here, and_(article == here, quotes.c.place > place)))
    return statement


def write_place(row: Any) -> str:
    """Give the cursor after a quote."""
    return write_cursor(row.shown_at, f"{row.place}/{row.article_id}")


def _read_place(cursor: str) -> tuple[int, str, int]:
    shown_at, place = read_cursor(cursor)
    number, _, article_id = place.partition("/")
    if not (number.isascii() and number.isdigit() and article_id):
        raise StoreError(f"{cursor[:40]!r} is no cursor of a list of quotes; leave it out to begin anew")
    return shown_at, article_id, int(number)


def _key(text: str | None) -> str | None:
    """Give a text that a key can hold; a speaker of more than ``KEY_BYTES_MAX`` bytes is no name."""
    if not text or len(clean(text).encode()) > KEY_BYTES_MAX:
        return None
    return str(clean(text))
