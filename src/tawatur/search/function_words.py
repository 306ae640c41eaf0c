"""
Words that nearly every article holds: they help to rank and are never asked for.

The function words of the text core, and the shortest of English, which a page quotes most.
"""

from __future__ import annotations

from tawatur.text.stop_words import stop_words

__all__ = ["FUNCTION_WORDS"]

_ENGLISH = "the a an of in on at to is are was were did do does what which who when where how and or for by from with"

FUNCTION_WORDS: frozenset[str] = stop_words("function") | frozenset(_ENGLISH.split())
