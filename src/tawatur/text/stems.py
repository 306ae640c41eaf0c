"""
Stems: what a word is without the clitics, the article and the endings of its sentence.

The segmenter proposes, the vocabulary of the news decides: affixes that cannot stand together are not cut, and a stem
that no other word form supports is left whole, so that ويتكوف and لاتشين keep every letter. A stem depends on the
letters of the ``index`` level alone: احمد and أحمد, غزه and غزة have one stem. Of the spellings that fold together the
news' most frequent one is what the segmenter sees.

Beside the stem stand the *light stem* (Larkey, Ballesteros and Connell 2007, "Light stemming for Arabic information
retrieval": Light10, here with one-letter prepositions and object pronouns, and with names left alone) and the singular
of a broken plural. Which of them a search finds a word by is its reason (``Reason``).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tawatur.text.affixes import PREFIXES, SUFFIXES
from tawatur.text.letter_tables import INDEX_LETTERS
from tawatur.text.letters import fold_letters, normalised_text
from tawatur.text.segmenter import Affixes
from tawatur.text.vocabulary import load_vocabulary

__all__ = ["IndexTerm", "Reason", "index_terms", "light_stem", "stem"]

#: Word forms whose stem is remembered: the types of a large archive, some 60 MB when full.
REMEMBERED_FORMS = 200_000
# Two letters are the shortest stem of the language (يد، دم، أب).
SHORTEST_STEM = 2

Reason = Literal["letters", "clitic", "plural", "stem"]


@dataclass(frozen=True, slots=True)
class IndexTerm:
    """A term that a search index holds for a word.

    ``reason`` says what joins words of this term: ``letters`` (the same letters, folded), ``clitic`` (the word without
    clitics and article), ``stem`` (also without its endings), ``plural`` (the singular of a broken plural).
    """

    text: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Form:
    """A word form taken apart: what search and display need of it."""

    letters: str
    bare: str
    stem: str
    light: str
    singular: str


def stem(word: str) -> str:
    """Give the stem of a word, letters folded as in ``fold_letters``; of anything else its folded letters.

    >>> [stem(word) for word in ("وبالسلطات", "للحكومة", "غزه", "بوتين", "ولبنان")]
    ['سلط', 'حكوم', 'غز', 'بوتين', 'لبنان']
    """
    return _taken_apart(normalised_text(word, "index")).stem


def light_stem(word: str) -> str:
    """Give the light stem of a word: fewer words have the same one than have the same stem.

    >>> light_stem("والمعلومات"), light_stem("بوتين")
    ('معلوم', 'بوتين')
    """
    return _taken_apart(normalised_text(word, "index")).light


def index_terms(word: str) -> tuple[IndexTerm, ...]:
    """Give the terms by which a search should find a word, the most exact first, each text once.

    >>> [(term.text, term.reason) for term in index_terms("والمعلومات")]
    [('والمعلومات', 'letters'), ('معلومات', 'clitic'), ('معلوم', 'stem')]
    """
    form = _taken_apart(normalised_text(word, "index"))
    terms: dict[str, Reason] = {form.letters: "letters"}
    terms.setdefault(form.bare, "clitic")
    terms.setdefault(form.stem, "stem")
    terms.setdefault(form.light, "stem")
    terms.setdefault(form.singular, "plural")
    return tuple(IndexTerm(text, reason) for text, reason in terms.items() if text)


@lru_cache(maxsize=REMEMBERED_FORMS)
def _taken_apart(letters: str) -> _Form:
    if len(letters) <= SHORTEST_STEM or not ("\u0621" <= letters[0] <= "\u064a"):
        return _Form(letters, letters, letters, letters, "")
    spelled = _spellings().get(letters, letters)
    affixes = _affixes(letters, spelled)
    end = len(letters) - affixes.suffix
    return _Form(
        letters,
        letters[affixes.prefix :],
        fold_letters(spelled[affixes.prefix : end]),
        letters[affixes.prefix : end],
        "",
    )


def _affixes(letters: str, spelled: str) -> Affixes:
    proposed = load_vocabulary().affixes_of([spelled])[spelled]
    prefix, suffix = proposed.prefix, proposed.suffix
    if letters[:prefix] not in PREFIXES:
        prefix = 0
    if letters[len(letters) - suffix :] not in SUFFIXES:
        suffix = 0
    if len(letters) - prefix - suffix < SHORTEST_STEM:
        return Affixes(0, 0)
    return Affixes(prefix, suffix)


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """The most frequent spelling of each folded word form; the vocabulary is in the order of frequency."""
    spellings: dict[str, str] = {}
    for word in load_vocabulary().index:
        spellings.setdefault(word.translate(INDEX_LETTERS), word)
    return spellings
