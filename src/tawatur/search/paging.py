"""
Cursors: where the next page begins, whatever was added or changed meanwhile.

A cursor holds the sequence number of the newest article of the first page's snapshot, so that later articles take no
part, and the hashes of what was shown, so that nothing comes twice and nothing is passed over even where scores have
moved a little with the words of later articles. By date, only those of the last shown second are needed.
"""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass, replace

from tawatur.search.records import Reason, SearchQuery

__all__ = ["MOST_BY_RELEVANCE", "Place", "Way", "hash_of", "read_cursor", "write_cursor"]

#: Articles that can be paged through by relevance; by date there is no end.
MOST_BY_RELEVANCE = 500
_HASH_BYTES = 4


@dataclass(frozen=True, slots=True)
class Way:
    """How the first page was found: later pages go the same way."""

    #: Take articles that hold any one of the plain words.
    any_word: bool = False
    #: What was searched in place of what was typed, and why.
    instead: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended."""

    generation: str
    #: Articles with a later sequence number take no part.
    up_to: int
    way: Way
    #: Hashes of what was shown: all by relevance, those of the last second by date.
    shown: frozenset[bytes]
    #: The second of the last article, by date; None by relevance.
    second: int | None = None
    #: The last article's score: no later one is said to have a better.
    score: float | None = None


def hash_of(id_: str) -> bytes:
    """Give four bytes that stand for an article."""
    return zlib.crc32(id_.encode("utf-8", "surrogatepass")).to_bytes(_HASH_BYTES, "big")


def write_cursor(place: Place, query: SearchQuery) -> str:
    """Write a place as text for the query it belongs to."""
    head = json.dumps(
        [
            _digest(query),
            place.generation,
            place.up_to,
            int(place.way.any_word),
            place.way.instead,
            place.way.reason,
            place.second,
            place.score,
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode("utf-8", "surrogatepass")
    data = len(head).to_bytes(2, "big") + head + b"".join(sorted(place.shown))
    data = zlib.crc32(data).to_bytes(4, "big") + data
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def read_cursor(cursor: str, query: SearchQuery) -> Place | None:
    """Read a cursor; None when it is none of ours or belongs to another query."""
    try:
        data = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        if zlib.crc32(data[4:]).to_bytes(4, "big") != data[:4]:
            return None
        size = int.from_bytes(data[4:6], "big")
        digest, generation, up_to, any_word, instead, reason, second, score = json.loads(data[6 : 6 + size])
    except (ValueError, TypeError):
        return None
    if digest != _digest(query):
        return None
    hashes = data[6 + size :]
    shown = frozenset(hashes[at : at + _HASH_BYTES] for at in range(0, len(hashes), _HASH_BYTES))
    return Place(generation, up_to, Way(bool(any_word), instead, reason), shown, second, score)


def _digest(query: SearchQuery) -> int:
    """Give a number that differs for queries whose pages differ."""
    return zlib.crc32(repr(replace(query, cursor=None, limit=1, facets=False)).encode("utf-8", "surrogatepass"))
