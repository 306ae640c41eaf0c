"""Pictures, re-encoded by us and bounded: blobs in the database, so that one backup holds all of an archive."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from tawatur.errors import RecordError
from tawatur.store.engine import Database, insert
from tawatur.store.protocol import StoredImage
from tawatur.store.tables import image_urls, images
from tawatur.store.texts import url_key

# A re-encoded picture of a news page takes 20 to 300 kB; more is a mistake of the caller.
IMAGE_BYTES_MAX = 4 * 1024 * 1024
# Below the number of values a statement takes anywhere (SQLite: 32,766).
KEYS_AT_ONCE = 500


class Images:
    """Pictures by their digest, and the addresses they came from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, image: StoredImage) -> None:
        if hashlib.sha256(image.data).hexdigest() != image.id:
            raise RecordError(f"image {image.id!r} of {image.url} is not the SHA-256 of its data")
        if len(image.data) > IMAGE_BYTES_MAX:
            raise RecordError(f"image of {image.url} takes {len(image.data)} bytes, over {IMAGE_BYTES_MAX}: shrink it")
        key = url_key(image.url)
        with self._database.writing() as connection:
            connection.execute(
                insert(connection, images)
                .values(
                    id=image.id,
                    url=image.url,
                    media_type=image.media_type,
                    width=image.width,
                    height=image.height,
                    data=image.data,
                )
                .on_conflict_do_nothing()
            )
            _settle(connection, key, image.url, image_id=image.id, message=None)

    def get(self, image_id: str) -> StoredImage | None:
        with self._database.reading() as connection:
            row = connection.execute(select(images).where(images.c.id == image_id)).first()
        return None if row is None else StoredImage(**row._mapping)  # noqa: SLF001

    def ids_for(self, urls: Sequence[str]) -> dict[str, str]:
        by_key = {url_key(url): url for url in urls}
        keys = list(by_key)
        found: dict[str, str] = {}
        with self._database.reading() as connection:
            for first in range(0, len(keys), KEYS_AT_ONCE):
                rows = connection.execute(
                    select(image_urls.c.url_key, image_urls.c.image_id).where(
                        image_urls.c.url_key.in_(keys[first : first + KEYS_AT_ONCE]), image_urls.c.image_id.is_not(None)
                    )
                )
                found.update({by_key[row.url_key]: row.image_id for row in rows})
        return found

    def wanted(self, limit: int, now: datetime) -> tuple[str, ...]:
        with self._database.reading() as connection:
            rows = connection.scalars(
                select(image_urls.c.url)
                .where(image_urls.c.wanted, image_urls.c.wanted_at <= now)
                .order_by(image_urls.c.wanted_at.desc(), image_urls.c.url_key.desc())
                .limit(limit)
            )
            return tuple(rows)

    def give_up(self, url: str, message: str) -> None:
        with self._database.writing() as connection:
            _settle(connection, url_key(url), url, image_id=None, message=message)


def want(connection: Connection, urls: set[str], now: datetime) -> None:
    """Note pictures of articles that are to be fetched, unless they are known; others than http(s) are not."""
    rows = [_row(url, wanted_at=now) for url in sorted(urls) if url.startswith(("http://", "https://"))]
    if rows:
        connection.execute(insert(connection, image_urls).on_conflict_do_nothing(), rows)


def _settle(connection: Connection, key: str, url: str, **state: Any) -> None:
    known = connection.scalar(select(image_urls.c.url_key).where(image_urls.c.url_key == key))
    if known is None:
        connection.execute(insert(connection, image_urls).values(_row(url, wanted_at=None)))
    connection.execute(update(image_urls).where(image_urls.c.url_key == key).values(wanted=False, **state))


def _row(url: str, *, wanted_at: datetime | None) -> dict[str, Any]:
    return {
        "url_key": url_key(url),
        "url": url,
        "wanted": True,
        "wanted_at": wanted_at,
        "image_id": None,
        "message": None,
    }
