"""The change feed as a follower reads it: the next things of one kind, and where to go on after them."""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.store import Change, ChangeKind, Store

__all__ = ["Batch", "next_of"]

# Read at once; most may be of kinds that the follower has no use for.
_STEP = 200


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes of one kind, oldest first."""

    changes: tuple[Change, ...]
    #: Where the feed was read up to; None at its beginning.
    cursor: str | None

    @property
    def ids(self) -> list[str]:
        return [change.id for change in self.changes]


def next_of(store: Store, cursor: str | None, kind: ChangeKind, most: int) -> Batch:
    """Give the next changes of a kind after a cursor; those of others are passed over.

    Raises:
        StoreError: The cursor is of another store, or the database does not answer.
    """
    found: list[Change] = []
    while changes := store.changes.since(cursor, _STEP):
        for change in changes:
            cursor = change.cursor
            if change.kind == kind:
                found.append(change)
                if len(found) == most:
                    return Batch(tuple(found), cursor)
    return Batch(tuple(found), cursor)
