"""
Forms of a word: as letters, without clitics, as stem and as light stem.

The text core takes words apart; here its answers are brought to what one index holds of each word and remembered by
word type: a news archive has some 150,000 types and reads each of them thousands of times.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from tawatur.text.letter_tables import INDEX_LETTERS
from tawatur.text.stems import form_of, learn, plurals_of

__all__ = ["ANALYSIS", "Forms", "forms_of", "forms_of_all", "words_having"]

#: Raised whenever a form of any word may differ: an index of another number is built anew.
ANALYSIS = "4"

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


def words_having(words: Collection[str], forms: Iterable[str]) -> set[str]:
    """Give those of the words of which a form, whichever, is one of these.

    A word holds the letters of its forms, but for the spellings and plurals of ``_parts``: so the few that may answer
    are found by their letters, and they alone are taken apart. Asking each of the words of fifty candidates took half
    of a query's time, and seconds in a process that had met none of them.

    >>> sorted(words_having({"والاسري", "للاسير", "باكو"}, ["اسير"]))
    ['للاسير', 'والاسري']
    """
    wanted = frozenset(filter(None, forms))
    lines = "\n" + "\n".join(words) + "\n"
    likely: set[str] = set()
    for part in {part for form in wanted for part in _parts(form)}:
        at = lines.find(part)
        while at >= 0:
            end = lines.index("\n", at)
            likely.add(lines[lines.rindex("\n", 0, at) + 1 : end])
            at = lines.find(part, end)
    found = list(likely)
    return {word for word, each in zip(found, forms_of_all(found), strict=True) if not wanted.isdisjoint(each[:3])}


@lru_cache(maxsize=10_000)
def _parts(form: str) -> frozenset[str]:
    """Give letters of which each word with a form holds some.

    Besides the form itself: a broken plural, whose end a pronoun may change; and what ``stems`` reads for a hamza on a
    waw is also written with one on a yeh (شئون).
    """
    folded = form.translate(INDEX_LETTERS)
    plurals = (plural[:-1] if plural[-1] in "\u0621\u0647" else plural for plural in plurals_of(form))  # HAMZA, HEH
    ends = (folded, folded[:-1] + "\u064a") if folded.endswith("\u0648") else (folded,)  # WAW, YEH
    waws = (end.replace("\u0648\u0648", "\u064a\u0648") for end in ends)
    return frozenset(filter(None, (*ends, *waws, *plurals)))
