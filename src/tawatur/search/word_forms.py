"""
Forms of a word: as letters, without clitics, as stem and as light stem.

The text core takes words apart; here its answers are brought to what one index holds of each word and remembered by
word type: a news archive has some 150,000 types and reads each of them thousands of times.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from functools import lru_cache
from typing import NamedTuple

from tawatur.text.stems import index_terms, learn, light_stem, stem

__all__ = ["ANALYSIS", "Forms", "WordRegister", "forms_of", "word_register"]

#: Raised whenever a form of any word may differ: an index of another number is built anew.
ANALYSIS = "3"

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


class WordRegister:
    """Word types met so far by their forms: a text is asked which of its words answer, not each word whether it does.

    Asking each word of fifty candidates for its forms took half of a query's time.
    """

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._by_form: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def note(self, words: Collection[str]) -> None:
        """Enter the words that are new."""
        new = set(words).difference(self._known)
        if not new:
            return
        learn(new)
        for word in new:
            for form in set(forms_of(word)[:3]):
                self._by_form.setdefault(str(form), set()).add(word)
        self._known |= new

    def having(self, forms: Iterable[str]) -> Set[str]:
        """Give the words entered of which a form, whichever, is one of these."""
        return frozenset().union(*(self._by_form.get(form, ()) for form in forms))


@lru_cache(maxsize=1)
def _registers() -> list[WordRegister]:
    return [WordRegister()]


def word_register() -> WordRegister:
    """Give the register of this process; a full one is left to those that use it and begun anew."""
    registers = _registers()
    if len(registers[0]) > REMEMBERED:
        registers[0] = WordRegister()
    return registers[0]
