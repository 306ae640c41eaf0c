"""
Date tokens: a text cut into terms that the date grammar reads.

A term is a number, a phrase of the tables, an unknown word or a mark, with its place in the text as it was
given. Bidi marks, tatweel, vowel marks and kinds of digits are gone by then: the cut is made at the
``match`` level and mapped back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from .date_tables import Tags, lexicon
from .letters import Normalised, normalise

__all__ = ["Term", "Unit", "read_terms", "unit_of"]

Unit = Literal["second", "minute", "hour", "day", "week", "month", "year"]

# Where two elements of a page ran together, a year is cut from what follows it: ``6/8/202307:15`` (Al Jazeera),
# ``202320 سبتمبر`` (DW).
_TOKEN = re.compile(r"(?:19|20)\d\d(?=\d{1,2}(?::\d\d|\s+[^\W\d_]{3,}))|\d+|[^\W\d_]+|\S")

# The tatweel is typed for a dash between numbers: «19ـ9ـ2023», «14:35 ـ 15:00».
_TATWEEL_DASH = re.compile(r"(?<=\d)(?P<before>\s*)\N{ARABIC TATWEEL}(?=\s*\d)")

# Letters written onto the word that follows: «وأمس»، «بأيلول»، «للثلاثاء». Cut only when what is left is a word of the
# tables that can follow them, and never from a short one: «باب» is a door, not «ب» and August.
_CLITICS = ("و", "ب", "ل", "ف", "وب", "ول")
_AFTER_CLITIC = frozenset({"month", "weekday", "named_day", "period", "label", "hour", "ago", "unit", "between"})
_SHORTEST_AFTER_CLITIC = 3
_EMPTY: Tags = {}

# Words that end one element of a page and words that begin the next, run together after a number: «08:22 مآخر تحديث»,
# «10:25صالثلاثاء», «2023مالموافق».
_ENDING = frozenset({"period", "hijri", "gregorian"})
_BEGINNING = frozenset({"label", "weekday", "month", "between", "named_day"})
_SHORTEST_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class Term:
    """One unit of the date grammar."""

    #: The term at the ``match`` level.
    text: str
    #: Where it stands in the text at that level.
    start: int
    end: int
    #: True when white space stands before it.
    after_space: bool
    tags: Tags = field(default_factory=dict)
    #: The value of a number, None otherwise.
    number: int | None = None

    def get(self, tag: str) -> Any:
        """What the term means under a tag; None when it has no such meaning."""
        return self.tags.get(tag)

    @property
    def is_mark(self) -> bool:
        """True for punctuation and signs."""
        return self.number is None and not self.text[0].isalpha()


def read_terms(text: str) -> tuple[tuple[Term, ...], Normalised]:
    """Cut a text into terms, the longest phrase of the tables first.

    Returns:
        The terms, and the text at the ``match`` level, which leads their places back to the original.
    """
    folded = normalise(_TATWEEL_DASH.sub(r"\g<before>-", text), "match")  # as long as it was
    found = list(_tokens(folded.text))
    words = [word for word, _, _ in found]
    terms: list[Term] = []
    index = 0
    while index < len(found):
        word, start, _ = found[index]
        size, tags, cut = _look_up(words, index)
        last = found[index + size - 1][2]
        number = int(word) if word.isdecimal() and size == 1 and len(word) <= 14 else None
        spelt = folded.text[start + cut : last] if size == 1 else " ".join(words[index : index + size])
        terms.append(Term(spelt, start + cut, last, start > 0 and folded.text[start - 1].isspace(), tags, number))
        index += size
    return tuple(terms), folded


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """The tokens with their places; a word that two elements of a page make together is cut."""
    after_number = False
    for match in _TOKEN.finditer(text):
        word, start, end = match[0], match.start(), match.end()
        cut = _seam(word) if after_number and word[0].isalpha() else 0
        if cut:
            yield word[:cut], start, start + cut
        yield word[cut:], start + cut, end
        after_number = word.isdecimal()


def _seam(word: str) -> int:
    """Find where a word that ends an element runs into one that begins the next; 0 when nowhere."""
    phrases = lexicon().phrases
    if word in phrases:
        return 0
    for cut in range(1, len(word) - _SHORTEST_BEGINNING + 1):
        ends = any(len(phrase) == 1 and not _ENDING.isdisjoint(tags) for phrase, tags in phrases.get(word[:cut], ()))
        if ends and any(not _BEGINNING.isdisjoint(tags) for _, tags in phrases.get(word[cut:], ())):
            return cut
    return 0


def _look_up(words: Sequence[str], index: int) -> tuple[int, Tags, int]:
    """Find the longest phrase at a place: how many tokens, what it means, how many letters of clitics to cut."""
    found = _phrase_at(words, index, words[index])
    if found:
        return *found, 0
    word = words[index]
    if word[0] not in "وبلف":
        return 1, _EMPTY, 0
    for clitic in _CLITICS:
        rest = word.removeprefix(clitic)
        if rest == word or len(rest) < _SHORTEST_AFTER_CLITIC:
            continue
        if clitic.endswith("ل") and rest.startswith("ل"):
            rest = "ا" + rest  # للثلاثاء is ل + الثلاثاء: the alef falls
        found = _phrase_at(words, index, rest)
        if found and not _AFTER_CLITIC.isdisjoint(found[1]):
            return *found, len(clitic)
    return 1, _EMPTY, 0


def _phrase_at(words: Sequence[str], index: int, first: str) -> tuple[int, Tags] | None:
    for phrase, tags in lexicon().phrases.get(first, ()):
        if len(phrase) == 1 or tuple(words[index + 1 : index + len(phrase)]) == phrase[1:]:
            return len(phrase), tags
    return None


def unit_of(term: Term) -> tuple[Unit | None, int]:
    """The unit of time a term names, and the count the word itself holds («ساعتين» is two); 0 for a plural."""
    found: tuple[Unit, int] | None = term.get("unit")
    return found if found is not None else (None, 0)
