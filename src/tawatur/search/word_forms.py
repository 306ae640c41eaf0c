"""
Forms of a word: as letters, without clitics, as stem and as light stem.

The text core takes words apart; here its answers are brought to what one index holds of each word and remembered by
word type: a news archive has some 150,000 types and reads each of them thousands of times.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from tawatur.text.stems import index_terms, light_stem, stem

__all__ = ["ANALYSIS", "Forms", "forms_of"]

#: Raised whenever a form of any word may differ: an index of another number is built anew.
ANALYSIS = "2"

# Word types remembered; some 120 MB when full.
REMEMBERED = 300_000


class Forms(NamedTuple):
    """How one word stands in the index, besides its letters."""

    #: Without what is written onto its front: و ف ب ل ك س and the article.
    bare: str
    #: The stem; of a broken plural that of its singular, so that ``أسير`` and ``الأسرى`` are one.
    stem: str
    #: The usual prefixes and endings cut by rule.
    light: str
    is_broken_plural: bool


@lru_cache(maxsize=REMEMBERED)
def forms_of(word: str) -> Forms:
    """Give the forms of a word at the ``index`` level.

    >>> forms_of("والاسري")
    Forms(bare='اسري', stem='اسير', light='اسري', is_broken_plural=True)
    """
    by_reason = {term.reason: term.text for term in reversed(index_terms(word))}
    singular = by_reason.get("plural")
    return Forms(by_reason.get("clitic", word), singular or stem(word), light_stem(word), singular is not None)
