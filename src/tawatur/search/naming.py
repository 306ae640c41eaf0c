"""Names of a query: runs of its words that the press also calls something else (``قره باغ``, ``كاراباخ``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tawatur.search.query import Word
from tawatur.search.terms import words_of
from tawatur.text.names import name_aliases

__all__ = ["Run", "find_names"]

# The longest name of the table has four words.
_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together, and the other names of what they name."""

    words: tuple[Word, ...]
    aliases: tuple[tuple[str, ...], ...] = ()


def find_names(words: Sequence[Word]) -> list[Run]:
    """Cut words into runs, the longest name first; a word that is no name is a run of its own.

    >>> [len(run.words) for run in find_names([Word("قره"), Word("باغ"), Word("اليوم")])]
    [2, 1]
    """
    runs: list[Run] = []
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            found = _aliases(" ".join(word.letters for word in words[at : at + size]))
            if found or size == 1:
                runs.append(Run(tuple(words[at : at + size]), found))
                at += size
                break
    return runs


@lru_cache(maxsize=4_096)
def _aliases(name: str) -> tuple[tuple[str, ...], ...]:
    """Give the other names as letters; those that hold all words of this one are found by it anyway."""
    own = set(name.split())
    others = {tuple(words_of(alias)) for alias in name_aliases(name)}
    return tuple(sorted(other for other in others if other and not own <= set(other)))
