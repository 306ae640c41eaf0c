"""
Spelling: a word that no article holds, and the one letter that would make it one that many hold.

Candidates are one letter apart (one left out, put in, changed, or two changed places: Damerau 1964), must stand in the
index far more often than what was typed, and are ranked by how easily the letters are taken for each other, then by
how often they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tawatur.search.function_words import FUNCTION_WORDS
from tawatur.search.index import Snapshot
from tawatur.search.keyboard import other_layout
from tawatur.search.terms import words_of
from tawatur.search.word_forms import forms_of
from tawatur.text.vocabulary import load_vocabulary

__all__ = ["Corrector"]

_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 4
_LOOKED_UP = ("body_letters", "title_letters", "body_stems", "title_stems")
# A word in two articles may well be rare and right; in none it is worth asking.
_RARE = 2
# ``log(1 + count)`` in 17 million words of news: some 50 times.
_USUAL = 4.0
_TIMES_AS_FREQUENT = 10
# Sounds and shapes taken for each other in names and in haste.
_ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        "غج",
        "غك",
        "جق",
        "غق",
        "قك",
        "تط",
        "سص",
        "سز",
        "ذز",
        "ذد",
        "ثس",
        "ضظ",
        "ضد",
        "بف",
        "حه",
        "خح",
        "او",
        "اي",
    )
)


class Corrector:
    """Looks for better spellings of words in one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._searcher = snapshot.searcher

    def correct(self, words: Sequence[str]) -> str | None:
        """Give the query with its unknown words corrected; None when nothing is better."""
        better = [self._better(word) or word for word in words]
        return " ".join(better) if better != list(words) else None

    def other_keyboard(self, typed: str) -> str | None:
        """Give the query in the other layout, when the words as typed are unknown and those are known."""
        other = other_layout(typed)
        if other is None:
            return None
        words, others = words_of(typed), words_of(other)
        if not others or any(self._count(word) for word in words):
            return None
        return other if all(self._count(word) for word in others) else None

    def _better(self, word: str) -> str | None:
        if len(word) < _SHORTEST or word in FUNCTION_WORDS or word.isdigit() or _is_usual(word):
            return None
        count = self._count(word)
        if count > _RARE:
            return None
        alphabet = _ARABIC if "\u0621" <= word[0] <= "\u064a" else _LATIN
        found: dict[str, tuple[int, int]] = {}
        for other, ease in _one_apart(word, alphabet):
            times = sum(self._searcher.doc_freq(field, other) for field in _LOOKED_UP)
            if times >= max(_TIMES_AS_FREQUENT * count, 2):
                found[other] = max(found.get(other, (0, 0)), (ease, times))
        # Ease counts like a tenfold of frequency.
        return max(sorted(found), key=lambda other: found[other][1] * 10 ** found[other][0], default=None)

    def _count(self, word: str) -> int:
        forms = forms_of(word)
        return max(
            int(self._searcher.doc_freq("body_letters", word)),
            int(self._searcher.doc_freq("title_letters", word)),
            int(self._searcher.doc_freq("body_stems", forms.stem)),
            int(self._searcher.doc_freq("title_stems", forms.stem)),
        )


def _is_usual(word: str) -> bool:
    """Tell whether the news at large uses a word often: then it is meant, even where this archive lacks it."""
    vocabulary = load_vocabulary()
    spellings = (word, *(hamza + word[1:] for hamza in "أإآ" if word.startswith("ا")))
    return max(map(vocabulary.log_count, spellings)) >= _USUAL


def _one_apart(word: str, alphabet: str) -> Iterator[tuple[str, int]]:
    """Give the spellings one letter apart, 1 with each when the slip is an easy one."""
    for at in range(len(word)):
        rest = word[at + 1 :]
        yield word[:at] + rest, int(at > 0 and word[at - 1] == word[at])
        if rest:
            yield word[:at] + rest[0] + word[at] + rest[1:], 1
        for letter in alphabet:
            if letter != word[at]:
                yield word[:at] + letter + rest, int(frozenset((letter, word[at])) in _ALIKE)
    for at in range(len(word) + 1):
        for letter in alphabet:
            yield word[:at] + letter + word[at:], int(letter in "اوي")
