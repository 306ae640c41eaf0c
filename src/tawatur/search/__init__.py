"""Search that understands Arabic: an index that follows the store, and what can be asked of it."""

from tawatur.search.index import IndexWriter
from tawatur.search.records import (
    Document,
    Facet,
    Facets,
    Hit,
    Note,
    Results,
    SearchQuery,
    Similar,
    Suggestion,
    Why,
)
from tawatur.search.searching import SearchIndex

__all__ = [
    "Document",
    "Facet",
    "Facets",
    "Hit",
    "IndexWriter",
    "Note",
    "Results",
    "SearchIndex",
    "SearchQuery",
    "Similar",
    "Suggestion",
    "Why",
]
