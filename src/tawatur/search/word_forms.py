"""
Forms of a word: as letters, without clitics, as stem and as light stem.

The text core takes words apart; here its answers are brought to what one index holds of each word and remembered by
word type: a news archive has some 150,000 types and reads each of them thousands of times.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from functools import lru_cache
from typing import NamedTuple

from tawatur.text.stems import form_of, learn

__all__ = ["ANALYSIS", "Forms", "WordRegister", "forms_of", "forms_of_all", "word_register"]

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


class _Known(dict[str, Forms]):
    """Forms of the word types met so far: what is not there is worked out as it is asked for."""

    def __missing__(self, word: str) -> Forms:
        form = form_of(word)
        is_plural = form.singular not in {"", word, form.bare, form.stem, form.light}
        forms = Forms(form.bare, form.singular if is_plural else form.stem, form.light, is_plural)
        if len(self) >= REMEMBERED:
            self.clear()
        self[word] = forms
        return forms


_known = _Known()


def forms_of(word: str) -> Forms:
    """Give the forms of a word at the ``index`` level.

    >>> forms_of("والاسري")
    Forms(bare='اسري', stem='اسير', light='اسري', is_broken_plural=True)
    """
    return _known[word]


def forms_of_all(words: Iterable[str]) -> list[Forms]:
    """Give the forms of many words at the ``index`` level, in order; new word types are worked out at once."""
    words = list(words)
    learn([word for word in set(words) if word not in _known])
    return [_known[word] for word in words]


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
        for word, forms in zip(new, forms_of_all(new), strict=True):
            for form in {forms.bare, forms.stem, forms.light}:
                self._by_form.setdefault(form, set()).add(word)
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
