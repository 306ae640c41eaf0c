"""
What is asked of a search: read from an address, and written into one again.

The address is the whole state of a search, so every page of results can be linked, kept and followed as a feed. Pages
read it kindly: what cannot be understood is left out, and said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Protocol, get_args
from urllib.parse import urlencode

import structlog
from starlette.datastructures import QueryParams

from tawatur.errors import StoreError
from tawatur.search.records import FACETS, Note, Results, SearchQuery, Similar, Sort, Suggestion
from tawatur.web.safety import shown

_log = structlog.get_logger("tawatur.web")

#: The longest query that is read, the index's own bound: in percent signs 12 kB of the 32 that a request may have.
QUERY_LETTERS = 2000
#: Values chosen of one facet, and the length of each.
CHOSEN_VALUES, VALUE_LETTERS = 20, 200
#: Hits on a page of results.
HITS_ON_A_PAGE = 20
#: Suggestions offered while one types: as many as a phone shows above its keyboard.
SUGGESTIONS = 8

SORTS: tuple[Sort, ...] = get_args(Sort)


class Finder(Protocol):
    """Finds articles; called from several threads. ``tawatur.search.SearchIndex`` is one."""

    def search(self, query: SearchQuery, /) -> Results:
        """Find articles. No text raises, and the work is bounded whatever is asked."""

    def suggest(self, typed: str, limit: int, /) -> Sequence[Suggestion]:
        """Give what may become of a query that is being typed, each whole."""

    def similar(self, article_id: str, limit: int, /) -> Sequence[Similar]:
        """Give the articles nearest in meaning; none where meanings are not indexed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as an address holds it, and what of the address was not understood."""

    query: SearchQuery
    notes: tuple[Note, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.query.text.strip()


def has_similar(finder: Finder, article_id: str) -> bool:
    """Tell whether there are articles like one; an index that cannot be read takes no article's page away."""
    try:
        return bool(finder.similar(article_id, 1))
    except StoreError as error:
        _log.error("the search index does not answer", error=str(error))
        return False


def read_address(given: QueryParams, *, facets: bool = True) -> Asked:
    """Read a search from the parameters of a page or a feed. Never refuses."""
    text = " ".join(shown(given.get("q", "")).split())
    notes = [Note(kind="too-long")] if len(text) > QUERY_LETTERS else []
    after, before = (_read_day(given.get(name, ""), notes) for name in ("after", "before"))
    sort = given.get("sort", "")
    chosen: dict[str, Any] = {field: _read_values(given.getlist(name)) for name, field in FACETS.items()}
    query = SearchQuery(
        text=text[:QUERY_LETTERS],
        limit=HITS_ON_A_PAGE,
        cursor=(given.get("cursor") or None),
        strict=given.get("strict", "") in ("1", "true", "on"),
        sort=next((known for known in SORTS if known == sort), "relevance"),
        after=after,
        before=before,
        facets=facets,
        **chosen,
    )
    return Asked(query, tuple(notes))


def write_address(query: SearchQuery, **changes: Any) -> str:
    """Write a search as the parameters of an address; the cursor goes when anything else changes.

    >>> write_address(SearchQuery(text="الجسر", strict=True), sort="newest")
    'q=%D8%A7%D9%84%D8%AC%D8%B3%D8%B1&strict=1&sort=newest'
    """
    return urlencode(address_fields(replace(query, **{"cursor": None, **changes})))


def address_fields(query: SearchQuery) -> list[tuple[str, str]]:
    """Give the parameters of a search; what stands at its default is left out."""
    pairs = [("q", query.text)]
    pairs += [(name, value) for name, field in FACETS.items() for value in getattr(query, field)]
    single: Mapping[str, str | None] = {
        "strict": "1" if query.strict else None,
        "sort": query.sort if query.sort != "relevance" else None,
        "after": query.after.isoformat() if query.after else None,
        "before": query.before.isoformat() if query.before else None,
        "cursor": query.cursor,
    }
    return pairs + [(name, value) for name, value in single.items() if value]


def is_narrowed(query: SearchQuery) -> bool:
    """Tell whether anything but the words and their order was chosen."""
    return any(getattr(query, field.name) for field in fields(query) if field.name in _NARROWING)


_NARROWING = frozenset({*FACETS.values(), "after", "before", "strict"})


def _read_values(given: Sequence[str]) -> tuple[str, ...]:
    values = (shown(value)[:VALUE_LETTERS] for value in given[:CHOSEN_VALUES])
    return tuple(dict.fromkeys(value for value in values if value))


def _read_day(text: str, notes: list[Note]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        notes.append(Note(kind="bad-date", detail=text[:VALUE_LETTERS]))
        return None
