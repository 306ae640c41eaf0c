"""
In how many articles of the archive noun phrases stand: what the finder of keyphrases weighs them by.

A row a phrase would be twice as large as the archive. So the phrases of an article wait, as hashes, beside its
analysis, and are added now and then to one document of at most ``MOST_PHRASES``. What is counted, and that it is,
is kept in the transaction that keeps the analysis: an article counts once, whatever ends the process. One that is
taken out leaves what it has added.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, func, insert, select

from tawatur.model.frequencies import ArchiveFrequencies, PhraseHashes
from tawatur.store.engine import insert as insert_or_update
from tawatur.store.finding_tables import phrase_counts, phrases_waiting

# Phrases wait for others of an eighth of what is counted, so that counts stand still meanwhile; at least so many
# articles, and at most so many (5 MB, added up in .2 s).
_FEWEST_WAIT, _MOST_WAIT, _SHARE_WAITS = 512, 4096, 8
#: The rarest go when there are more; 3 MB.
MOST_PHRASES = 1 << 20
# Fewer articles tell nothing of a phrase, as in the counts that ship.
_LEAST_ARTICLES = 4
_THE_ROW = 0
_LEVEL = 3


def count(connection: Connection, phrases: Mapping[str, PhraseHashes]) -> None:
    """Count the phrases of articles, by article, that were not counted before."""
    if not phrases:
        return
    rows = [{"article_id": id_, "hashes": _packed(hashes)} for id_, hashes in phrases.items()]
    connection.execute(insert(phrases_waiting), rows)
    waiting = connection.scalar(select(func.count()).select_from(phrases_waiting)) or 0
    if waiting >= min(max(counted(connection) // _SHARE_WAITS, _FEWEST_WAIT), _MOST_WAIT):
        _add_up(connection)


def forget(connection: Connection, article_id: str) -> None:
    """Let go what waits of an article that is taken out."""
    connection.execute(delete(phrases_waiting).where(phrases_waiting.c.article_id == article_id))


def counted(connection: Connection) -> int:
    """Give the articles that are added up."""
    return connection.scalar(select(phrase_counts.c.articles)) or 0


def read(connection: Connection) -> ArchiveFrequencies:
    """Read what is added up; phrases of fewer than four articles are left out."""
    found = _read(connection)
    known = found.counts >= _LEAST_ARTICLES
    return ArchiveFrequencies(found.articles, found.hashes[known], found.counts[known])


def _read(connection: Connection) -> ArchiveFrequencies:
    row = connection.execute(select(phrase_counts)).one_or_none()
    if row is None:
        return ArchiveFrequencies(0, _unpacked(b""), _unpacked(b""))
    steps, counts = np.split(_unpacked(zstandard.ZstdDecompressor().decompress(row.document)), 2)
    return ArchiveFrequencies(row.articles, np.cumsum(steps, dtype=np.uint32), counts)


def _add_up(connection: Connection) -> None:
    before = _read(connection)
    waiting = [_unpacked(row.hashes) for row in connection.execute(select(phrases_waiting.c.hashes))]
    hashes, at = np.unique(np.concatenate([before.hashes, *waiting]), return_inverse=True)
    ones = sum(map(len, waiting))
    counts = np.bincount(at, weights=np.concatenate([before.counts, np.ones(ones)])).astype(np.uint32)
    hashes, counts = _without_the_rarest(hashes, counts)
    document = zstandard.ZstdCompressor(level=_LEVEL).compress(
        _packed(np.concatenate([np.diff(hashes, prepend=np.uint32(0)), counts]))
    )
    row: dict[str, Any] = {"articles": before.articles + len(waiting), "document": document}
    statement = insert_or_update(connection, phrase_counts).values(id=_THE_ROW, **row)
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=row))
    connection.execute(delete(phrases_waiting))


def _without_the_rarest(hashes: PhraseHashes, counts: NDArray[np.uint32]) -> tuple[PhraseHashes, NDArray[np.uint32]]:
    """Forget the rarest, all of one count (Manku and Motwani's lossy counting, 2002)."""
    least = 0 if len(counts) <= MOST_PHRASES else np.partition(counts, -MOST_PHRASES - 1)[-MOST_PHRASES - 1]
    kept = counts > least
    return hashes[kept], counts[kept]


def _packed(numbers: NDArray[np.uint32]) -> bytes:
    return numbers.astype("<u4").tobytes()


def _unpacked(packed: bytes) -> NDArray[np.uint32]:
    return np.frombuffer(packed, "<u4").astype(np.uint32)
