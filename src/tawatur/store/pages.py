"""What the rest of Tawatur asks of the store about pages that wait to be read, were refused or are looked at again.

The same promises as in ``protocol.py``: every method is one transaction, instants are UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from tawatur.errors import RefusalReason
from tawatur.model import Capture, Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingPage:
    """A page that waits to be captured and read."""

    url: str
    source_id: str
    entry: Entry
    #: Times it was tried without success.
    attempts: int
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A page that was put aside, with the reason."""

    url: str
    source_id: str | None
    reason: RefusalReason | Literal["fetch_failed"]
    message: str
    refused_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedPage:
    """The page of an article that is looked at again."""

    #: Id of the article.
    article: str
    #: The address that was asked for when it was read.
    url: str
    source_id: str | None
    #: Looks that were had.
    looks: int
    #: The last looks in a row that did not find it.
    misses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A page that stood once and is gone."""

    #: The first look that did not find it.
    missed_at: datetime
    #: What the site answered; None when it answered with a page that is no article.
    status: int | None


class EntryStore(Protocol):
    """The pages that feeds announced: each is read once, whatever happens in between."""

    def offer(self, source_id: str, entries: Sequence[Entry], now: datetime) -> int:
        """Note entries to be read, those known already left out; how many were new.

        A page belongs to the source that offers it first; one that an aggregator offered passes to an outlet that
        offers it before it was read. A page whose own source changed its words (title, summary, content, stated
        date) is noted to be read again, as an update.
        """

    def due(self, now: datetime, limit: int) -> tuple[PendingPage, ...]:
        """Give waiting pages, those seen first first, in rounds of one page a source.

        A page stays until it is settled: whoever reads several at once remembers which are in hand.
        """

    def get(self, url: str) -> Entry | None:
        """Give what the page's own source said of it last, whether it waits or was settled."""

    def retry(self, url: str, at: datetime, message: str) -> None:
        """Let a waiting page wait until ``at``, one attempt the more, behind the other pages of its source."""

    def refuse(self, refusal: Refusal, capture: Capture | None = None) -> None:
        """Settle a page as refused; the capture is kept so that a better reader can try again."""

    def refusals(self, source_id: str | None = None, limit: int = 100) -> tuple[Refusal, ...]: ...

    def waiting(self) -> int: ...


class WatchStore(Protocol):
    """Published pages that are looked at again, for what changes in silence and what is withdrawn."""

    def due(self, now: datetime, limit: int) -> tuple[WatchedPage, ...]:
        """Give pages whose next look is not after ``now``, the longest due first."""

    def stood(self, article_id: str, next_at: datetime | None) -> None:
        """Note a look that found the page; ``next_at`` is None after the last one."""

    def missed(
        self, article_id: str, status: int | None, now: datetime, next_at: datetime | None, *, is_gone: bool
    ) -> None:
        """Note a look that did not find the page; ``is_gone`` once that is sure. Its story is then told anew."""

    def postpone(self, article_id: str, next_at: datetime | None) -> None:
        """Note a look that told nothing (the network failed, a wall stood there)."""

    def withdrawals(self, article_ids: Sequence[str]) -> dict[str, Withdrawal]:
        """Give those of some articles whose pages are gone."""
