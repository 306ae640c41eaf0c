"""Stop words: words that carry a sentence rather than its matter, and those that every news report has."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

from tawatur.text.letters import normalised_text

__all__ = ["StopWords", "is_stop_word", "stop_words", "words_by_section"]

StopWords = Literal["function", "news"]


def is_stop_word(word: str, *, news: bool = False) -> bool:
    """Tell whether a word is a function word; with ``news``, whether it is one of these or of every report's words.

    >>> is_stop_word("الّتي"), is_stop_word("أعلنت"), is_stop_word("أعلنت", news=True), is_stop_word("باكو")
    (True, False, True, False)
    """
    folded = normalised_text(word, "index")
    return folded in stop_words("function") or (news and folded in stop_words("news"))


def stop_words(kind: StopWords = "function") -> frozenset[str]:
    """Give the stop words of a kind, letters folded as for the index."""
    return _stop_words()[kind]


def words_by_section(file: Traversable) -> dict[str, frozenset[str]]:
    """Read a list of words under ``[section]`` lines, letters folded as for the index."""
    found: dict[str, set[str]] = {}
    section = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(section, set()).update(normalised_text(word, "index") for word in line.split())
    return {name: frozenset(words) for name, words in found.items()}


@lru_cache(maxsize=1)
def _stop_words() -> dict[str, frozenset[str]]:
    return words_by_section(files("tawatur.text") / "data" / "stop_words.txt")
