"""Facets: how the articles found spread over sources, sections, languages, people, places and days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import tantivy

from tawatur.search.index import Snapshot
from tawatur.search.records import FACETS, Facet, Facets

__all__ = ["count_facets"]

_EPOCH = date(1970, 1, 1)
_MOST_VALUES = 30
# Two years of days; a page shows months of what is longer.
_MOST_DAYS = 731


def count_facets(snapshot: Snapshot, question: tantivy.Query) -> Facets:
    """Count over everything that a question finds."""
    counted: dict[str, Any] = snapshot.searcher.aggregate(
        question,
        {
            **{name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in FACETS},
            "day": {"terms": {"field": "day", "size": _MOST_DAYS, "order": {"_key": "desc"}}},
        },
    )
    days = sorted((int(bucket["key"]), int(bucket["doc_count"])) for bucket in counted["day"]["buckets"])
    return Facets(
        days=tuple(Facet(value=_day(number), count=count) for number, count in days),
        **{counts: _values(counted[name]) for name, counts in FACETS.items()},
    )


def _values(counted: dict[str, Any]) -> tuple[Facet, ...]:
    found = [Facet(value=str(bucket["key"]), count=int(bucket["doc_count"])) for bucket in counted["buckets"]]
    return tuple(sorted(found, key=lambda facet: (-facet.count, facet.value)))


def _day(number: int) -> str:
    try:
        return (_EPOCH + timedelta(days=number)).isoformat()
    except OverflowError:
        return ""
