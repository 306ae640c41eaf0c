"""Suggestions as one types: words of headlines that go on as the last word begins."""

from __future__ import annotations

import tantivy

from tawatur.search.function_words import FUNCTION_WORDS
from tawatur.search.index import Snapshot
from tawatur.search.records import Suggestion
from tawatur.search.terms import placed_words, words_of

__all__ = ["suggest"]

_SHORTEST = 2
# Headlines looked at for the printed spelling of what is suggested, and for the word before.
_HEADLINES = 60


def suggest(snapshot: Snapshot, typed: str, limit: int) -> tuple[Suggestion, ...]:
    """Give what the last word of ``typed`` may become after the words before it.

    Words are given as headlines print them most often (``أذربيجان``, not ``اذربيجان``), with the words before them
    when headlines hold both side by side.
    """
    words = words_of(typed)
    if not words or typed[-1:].isspace() or len(words[-1]) < _SHORTEST:
        return ()
    *before, beginning = words
    filtering = None
    if before:
        parts = [
            (tantivy.Occur.Must, tantivy.Query.term_query(snapshot.schema, "title_letters", word)) for word in before
        ]
        filtering = tantivy.Query.boolean_query(parts)
    found = snapshot.searcher.terms_with_prefix("title_letters", beginning, filtering, 4 * limit)
    chosen = [(term, count) for term, count in found if count and term not in FUNCTION_WORDS][:limit]
    return tuple(
        Suggestion(text=" ".join((*typed.split()[:-1], _as_printed(snapshot, term))), count=count)
        for term, count in chosen
    )


def _as_printed(snapshot: Snapshot, letters: str) -> str:
    """Give the spelling that most headlines have for a word at the ``index`` level."""
    question = tantivy.Query.term_query(snapshot.schema, "title_letters", letters)
    counts: dict[str, int] = {}
    for _, address in snapshot.searcher.search(question, _HEADLINES // 6, count=False).hits:
        title = snapshot.stored(address).document.title
        for word, start, end in placed_words(title):
            if word == letters:
                counts[title[start:end]] = counts.get(title[start:end], 0) + 1
    return max(sorted(counts), key=lambda text: counts[text], default=letters)
