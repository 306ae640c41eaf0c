"""Standing: whether a sentence can be read by itself, taken out of its article."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from tawatur.text.letters import normalised_text

__all__ = ["stands_alone"]

_WORD = re.compile(r"[^\W\d_]+|\S")
_OPENING_QUOTES = frozenset('"\u00ab\u201c\u201d:')
_AND = ("\u0648", "\u0641")


def stands_alone(sentence: str) -> bool:
    """Tell whether a sentence leans on none before it and is whole.

    >>> stands_alone("وأضاف الوزير أن الجسر أغلق."), stands_alone("وأضاف أن الجسر أغلق.")
    (True, False)
    """
    text = normalised_text(sentence, "index").strip()
    words = _WORD.findall(text)[:2]
    if not words or text.endswith(":") or not _is_whole(sentence):
        return False
    first, following = words[0], words[1] if len(words) > 1 else ""
    forms = {first, first[1:]} if first.startswith(_AND) and len(first) > 2 else {first}
    if forms & _words("opens"):
        return False
    if forms & _words("says_that") and not _words("that") & set(_WORD.findall(text)):
        return False
    return not (forms & _words("says") and (following in _words("unnamed") or following in _OPENING_QUOTES))


def _is_whole(sentence: str) -> bool:
    """Tell whether every quotation that begins in a sentence ends in it."""
    return sentence.count("\u00ab") == sentence.count("\u00bb") and not sentence.count('"') % 2


@lru_cache(maxsize=4)
def _words(name: str) -> frozenset[str]:
    table = tomllib.loads((files("tawatur.stories") / "data" / "leaning.toml").read_text(encoding="utf-8"))
    return frozenset(table[name])
