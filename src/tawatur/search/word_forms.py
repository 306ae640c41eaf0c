"""
Forms of a word: letters, stem, light stem, remembered by word type.

A news archive has some 150,000 word types and reads each thousands of times: a form is computed once a process.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tawatur.text.segmenter import load_segmenter

__all__ = ["ANALYSIS", "Forms", "forms_of"]

#: Raised whenever a form of any word may differ: an index of another number is built anew.
ANALYSIS = "1"

# Types remembered; some 60 MB when full. The oldest half is forgotten then.
REMEMBERED = 400_000

_PREFIXES = ("وال", "بال", "كال", "فال", "ال", "لل", "و")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


class Forms(NamedTuple):
    """How a word stands in the index besides its letters."""

    stem: str
    light: str


_remembered: dict[str, Forms] = {}


def forms_of(words: Sequence[str]) -> dict[str, Forms]:
    """Give the forms of words; those not seen before are stemmed together."""
    new = [word for word in dict.fromkeys(words) if word not in _remembered]
    if new:
        if len(_remembered) + len(new) > REMEMBERED:
            for word in list(_remembered)[: REMEMBERED // 2]:
                del _remembered[word]
            new = [word for word in dict.fromkeys(words) if word not in _remembered]
        arabic = [word for word in new if "\u0621" <= word[0] <= "\u06ff"]
        affixes = load_segmenter().segment(arabic)
        for word in new:
            cut = affixes.get(word)
            stem = word if cut is None else word[cut.prefix : len(word) - cut.suffix]
            _remembered[word] = Forms(stem if len(stem) > 1 else word, _light(word))
    return _remembered


def _light(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) > 2:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) > 2:
            word = word[: -len(suffix)]
    return word
