"""Stop words: words that carry a sentence rather than its matter, and those that every news report has."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Literal

from tawatur.text.letters import normalised_text

__all__ = ["StopWords", "is_stop_word", "stop_words"]

StopWords = Literal["function", "news"]


def is_stop_word(word: str, *, news: bool = False) -> bool:
    """Tell whether a word is a function word; with ``news``, whether it is one of these or of every report's words.

    >>> is_stop_word("الّتي"), is_stop_word("أعلنت"), is_stop_word("أعلنت", news=True), is_stop_word("باكو")
    (True, False, True, False)
    """
    folded = normalised_text(word, "index")
    return folded in stop_words("function") or (news and folded in stop_words("news"))


@lru_cache(maxsize=2)
def stop_words(kind: StopWords = "function") -> frozenset[str]:
    """Give the stop words of a kind, letters folded as for the index."""
    text = (files("tawatur.text") / "data" / "stop_words.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found: set[str] = set()
    section = ""
    for line in lines:
        if line.startswith("["):
            section = line.strip("[]")
        elif section == kind:
            found.update(normalised_text(word, "index") for word in line.split())
    return frozenset(found)
