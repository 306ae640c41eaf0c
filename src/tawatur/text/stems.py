"""
Stems: what a word is without the clitics, the article and the endings of its sentence.

The segmenter proposes, the vocabulary of the news decides. Affixes that cannot stand together are not cut; a word that
the news reads as a name loses nothing but what stood before it (``ولبنان``, ``للبنان``); a stem that no other word form
supports is left whole, so that ويتكوف and لاتشين keep every letter.

A stem depends on the letters of the ``index`` level alone: احمد and أحمد, غزه and غزة have one stem. Of the spellings
that fold together the news' most frequent one is what the models see.

Beside the stem stand the *light stem* (Light10: Larkey, Ballesteros and Connell 2007, "Light stemming for Arabic
information retrieval"; here after clitics are cut, with object pronouns, and with names left alone) and the singular of
a broken plural. Which of them a search finds a word by is its reason (``Reason``).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tawatur.text.affixes import NOUN_PREFIXES, PREFIXES, SUFFIXES, VERB_PREFIXES, WITH_ARTICLE
from tawatur.text.letter_tables import INDEX_LETTERS
from tawatur.text.letters import fold_letters, normalised_text
from tawatur.text.names import whole_names
from tawatur.text.plurals import singular_of, singulars
from tawatur.text.readings import Reading, load_readings
from tawatur.text.segmenter import Affixes, load_segmenter
from tawatur.text.vocabulary import load_vocabulary

__all__ = [
    "Form",
    "IndexTerm",
    "Reason",
    "form_of",
    "index_terms",
    "learn",
    "learn_forms",
    "light_stem",
    "plurals_of",
    "stem",
]

#: Word forms whose stem is remembered: the types of a large archive, some 60 MB when full.
REMEMBERED_FORMS = 200_000
# Two letters are the shortest stem of the language (يد، دم، أب).
SHORTEST_STEM = 2
# A word form that is a name in six sentences of ten is one by itself; measured on bench/words_own.tsv.
NAME_SHARE = 0.6
VERB_SHARE = 0.5
# A name gives up an ending when what remains is at least a third as frequent: الولايات (ولاية), not ماكرون (ماكر).
KIN_OF_A_NAME = 0.3

# A dual or plural is cut where the singular is three times as frequent: وزيران, not عنوان.
_FAR_MORE_FREQUENT = 3

_LIGHT_ENDINGS = ("هما", "ها", "هم", "هن", "نا", "كم", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_SHORTEST_LIGHT = 3
_PROCLITICS = "وفبلك"

# Forms nest no deeper: the word, the word without its clitics, the word without its article.
_ROUNDS = 4
_segmented: dict[str, Affixes] = {}
_learned: set[str] = set()
#: Whether what the segmenter has not answered yet is gathered rather than asked at once.
_gathering: ContextVar[bool] = ContextVar("_gathering", default=False)

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
class Form:
    """A word form taken apart: its letters, and those without clitics, without endings, and lightly cut."""

    letters: str
    bare: str
    stem: str
    light: str
    #: The stem of the singular; empty for what is no broken plural.
    singular: str = ""


def learn(words: Iterable[str]) -> None:
    """Take many words apart beforehand: the segmenter answers a batch of new forms thirty times as fast as each.

    What taking a form apart asks the segmenter shows only on the way, so forms are tried, what they miss is gathered,
    and they are tried again; three rounds do for nearly all, and what is left is asked one by one when it is needed.
    """
    learn_forms(normalised_text(word, "index") for word in set(words))


def learn_forms(forms: Iterable[str]) -> None:
    """Take many words apart beforehand whose letters are at the ``index`` level already."""
    waiting = list(set(forms) - _learned)
    if len(_learned) > REMEMBERED_FORMS:
        _learned.clear()
    _learned.update(waiting)
    for _ in range(_ROUNDS):
        missing: set[str] = set()
        waiting = [form for form in waiting if not _is_taken_apart(form, missing)]
        if not missing:
            return
        _remember_affixes(missing)


def form_of(letters: str) -> Form:
    """Take apart a word whose letters are at the ``index`` level already."""
    return _taken_apart(letters)


def plurals_of(singular: str) -> tuple[str, ...]:
    """Give the broken plurals whose singular has a stem, letters folded for the index.

    >>> "اسري" in plurals_of("اسير")
    True
    """
    return _plurals().get(singular, ())


def stem(word: str) -> str:
    """Give the stem of a word, letters folded as in ``fold_letters``; of anything else its folded letters.

    >>> [stem(word) for word in ("وبالسلطات", "للحكومة", "غزه", "بوتين", "ولبنان", "ويتكوف")]
    ['سلط', 'حكوم', 'غزه', 'بوتين', 'لبنان', 'ويتكوف']
    """
    return _taken_apart(normalised_text(word, "index")).stem


def light_stem(word: str) -> str:
    """Give the light stem of a word: its endings are cut by rule, and no model is asked about them.

    >>> light_stem("والمعلومات"), light_stem("بوتين")
    ('معلوم', 'بوتين')
    """
    return _taken_apart(normalised_text(word, "index")).light


def index_terms(word: str) -> tuple[IndexTerm, ...]:
    """Give the terms by which a search should find a word, the most exact first, each text once.

    >>> [(term.text, term.reason) for term in index_terms("والأسرى")]
    [('والاسري', 'letters'), ('اسري', 'clitic'), ('اسير', 'plural')]
    """
    form = _taken_apart(normalised_text(word, "index"))
    terms: dict[str, Reason] = {form.letters: "letters"}
    terms.setdefault(form.bare, "clitic")
    terms.setdefault(form.stem, "stem")
    terms.setdefault(form.light, "stem")
    terms.setdefault(form.singular, "plural")
    return tuple(IndexTerm(text, reason) for text, reason in terms.items() if text)


class _NotSegmentedError(Exception):
    """The segmenter has not been asked about a form yet."""


def _is_taken_apart(letters: str, missing: set[str]) -> bool:
    """Take a form apart; where the segmenter's answer is needed first, say so in ``missing``."""
    token = _gathering.set(True)
    try:
        _taken_apart(letters)
    except _NotSegmentedError as error:
        missing.add(str(error))
        return False
    finally:
        _gathering.reset(token)
    return True


def _remember_affixes(words: Iterable[str]) -> None:
    if len(_segmented) > REMEMBERED_FORMS:
        _segmented.clear()
    _segmented.update(load_segmenter().segment(words))


def _affixes_of(word: str) -> Affixes:
    """Give what the segmenter says of a form: known forms have its answer in the vocabulary."""
    found = load_vocabulary().known_affixes(word) or _segmented.get(word)
    if found is None:
        if _gathering.get():
            raise _NotSegmentedError(word)
        _remember_affixes((word,))
        found = _segmented[word]
    return found


@lru_cache(maxsize=REMEMBERED_FORMS)
def _taken_apart(letters: str) -> Form:
    written, letters = letters, _usual_hamza(letters)
    affixes, whole_stem = _cut(letters)
    # Of a verb the person is no clitic: يقول stays whole when only clitics go.
    is_clitic = letters[: affixes.prefix] in NOUN_PREFIXES
    bare = letters[affixes.prefix if is_clitic else _opening(letters, affixes.prefix) :]
    light = _light(letters[affixes.prefix :]) if affixes.suffix else bare
    singular = singular_of(bare)
    return Form(written, bare, whole_stem, light, "" if singular is None else _stem_of_singular(singular))


def _stem_of_singular(singular: str) -> str:
    """Give the stem that a broken plural and the table of plurals share, of a singular as the table prints it."""
    return _cut(normalised_text(singular, "index"))[1]


def _usual_hamza(letters: str) -> str:
    """Give a word that is also written with its hamza on a waw so: ``مسئول`` and ``مسؤول``, ``شئون`` and ``شؤون``."""
    spelled = _spellings().get(letters, "")
    other = spelled.replace("\u0626\u0648", "\u0624\u0648")  # YEH WITH HAMZA before WAW, WAW WITH HAMZA
    return other.translate(INDEX_LETTERS) if other != spelled and other in load_vocabulary() else letters


def _cut(letters: str) -> tuple[Affixes, str]:
    """Find the affixes of a folded word form, and the stem between them."""
    if len(letters) <= SHORTEST_STEM or not ("\u0621" <= letters[0] <= "\u064a"):
        return Affixes(0, 0), letters
    spelled = _spellings().get(letters, letters)
    affixes = _affixes(letters, spelled)
    return affixes, fold_letters(spelled[affixes.prefix : len(letters) - affixes.suffix])


def _affixes(letters: str, spelled: str) -> Affixes:
    listed = _listed_name(letters)
    if listed is not None:
        return Affixes(listed, 0)
    reading = load_readings().of(spelled)
    return _new_form(letters) if reading is None else _known_form(letters, spelled, reading)


def _listed_name(letters: str) -> int | None:
    """Give how many letters stand before a name of the list, None when the word is none: كمال 0, السيسي 2, ولينا 1."""
    names = whole_names()
    with_article = (size for size in (2, 3, 4) if letters[:size] in WITH_ARTICLE)
    return next((size for size in (0, *with_article, *_openings(letters)) if letters[size:] in names), None)


def _known_form(letters: str, spelled: str, reading: Reading) -> Affixes:
    """Cut a word form of the vocabulary: clitics as its sentences had them, endings as the segmenter has them."""
    proposed = _proposed(letters, spelled)
    is_name, is_verb = reading.name_share >= NAME_SHARE, reading.verb_share >= VERB_SHARE
    suffix = max(proposed.suffix, 0 if is_name else reading.closing) or _sound_plural(letters, is_name=is_name)
    if letters[len(letters) - suffix :] not in SUFFIXES or spelled.endswith("\u0649"):  # ALEF MAKSURA is no ending
        suffix = 0
    opening = _likelier_opening(letters, reading.opening, proposed, suffix)
    inner = _inner_form(letters[opening:]) if opening else None
    if inner is not None:
        return Affixes(opening + inner.prefix, inner.suffix)
    prefix = opening if is_verb else opening + _article(spelled[opening:], after_lam=letters[:opening].endswith("ل"))
    if is_verb and letters[: proposed.prefix] in VERB_PREFIXES:
        prefix = max(prefix, proposed.prefix)
    if suffix and is_name and not _has_kin(letters, prefix, suffix):
        suffix = 0
    if len(letters) - prefix - suffix < SHORTEST_STEM:
        return Affixes(0, 0) if len(letters) - prefix < SHORTEST_STEM else Affixes(prefix, 0)
    return Affixes(prefix, suffix)


def _likelier_opening(letters: str, read: int, proposed: Affixes, suffix: int) -> int:
    """Choose between the clitics of the tagger and those of the segmenter: what remains should be a known word."""
    read = read if letters[:read] in PREFIXES else 0
    cut = _openings(letters[: proposed.prefix] + "   ")
    other = max((size for size in cut if size <= proposed.prefix), default=0)
    if other == read:
        return read
    end = len(letters) - suffix
    return max((read, other), key=lambda size: _support(letters[size:end].removeprefix("ال")))


def _inner_form(rest: str) -> Affixes | None:
    """Cut what follows the clitics as the word that it is by itself, None when it is not one of the vocabulary."""
    known = _spellings().get(rest)
    reading = None if known is None else load_readings().of(known)
    if known is None or reading is None or reading.opening:
        return None
    listed = _listed_name(rest)
    return _known_form(rest, known, reading) if listed is None else Affixes(listed, 0)


def _sound_plural(letters: str, *, is_name: bool) -> int:
    """Count the letters of a dual or sound plural the segmenter overlooked: وزيران, where وزير is far more frequent."""
    base = letters[:-2]
    if is_name or letters[-2:] not in {"ان", "ين", "ون", "ات"} or len(base.removeprefix("ال")) < SHORTEST_STEM + 2:
        return 0
    return 2 if _support(base.removeprefix("ال")) >= _FAR_MORE_FREQUENT * _count(letters) else 0


def _new_form(letters: str) -> Affixes:
    """Cut a word form that the news did not have: by a known word within it, else as far as something supports it."""
    for opening in _openings(letters):
        inner = _inner_form(letters[opening:])
        if inner is not None:
            return Affixes(opening + inner.prefix, inner.suffix)
        if singular_of(letters[opening:]) is not None:
            return Affixes(opening, _proposed(letters, letters).suffix)
    proposed = _proposed(letters, letters)
    end = len(letters) - proposed.suffix
    base = letters[proposed.prefix : end]
    is_verb = letters[: proposed.prefix] in VERB_PREFIXES
    if _support(base) or (is_verb and _count("ي" + base) + _count("ت" + base) + _count("ا" + base)):
        return proposed
    if letters[: proposed.prefix] in NOUN_PREFIXES and _proposed(letters[proposed.prefix :]) == Affixes(0, 0):
        return Affixes(proposed.prefix, 0)
    return Affixes(0, 0)


def _proposed(letters: str, spelled: str | None = None) -> Affixes:
    """Give what the segmenter says, without affixes that cannot stand together."""
    spelled = letters if spelled is None else spelled
    proposed = _affixes_of(spelled)
    prefix = proposed.prefix if letters[: proposed.prefix] in PREFIXES else 0
    suffix = proposed.suffix if letters[len(letters) - proposed.suffix :] in SUFFIXES else 0
    return Affixes(prefix, suffix) if len(letters) - prefix - suffix >= SHORTEST_STEM else Affixes(0, 0)


def _article(rest: str, *, after_lam: bool) -> int:
    """Count the letters of the article at the start of what follows the clitics: two, one swallowed by ل, or none.

    ``rest`` is as spelled: an alef with hamza opens no article (إليهم).
    """
    folded = rest.translate(INDEX_LETTERS)
    if rest.startswith("ال") and len(rest) > SHORTEST_STEM + 1:
        return 2 if _count(folded[2:]) or not _count(folded) or _proposed(folded).prefix == 2 else 0
    if after_lam and rest.startswith("ل") and len(rest) > SHORTEST_STEM:
        return 1 if _count("ا" + folded) > _count(folded) else 0
    return 0


def _openings(letters: str) -> list[int]:
    """List how many letters may be clitics that open a word, the fewest first."""
    if letters[:1] not in _PROCLITICS:
        return []
    return [
        size
        for size in (1, 2, 3)
        if len(letters) - size > SHORTEST_STEM
        and letters[:size] in NOUN_PREFIXES
        and all(letter in _PROCLITICS for letter in letters[:size])
    ]


def _opening(letters: str, prefix: int) -> int:
    """Count the letters of a verb's prefix that are clitics of their own: و، ف، ل."""
    return next((size for size in (2, 1) if size < prefix and letters[:size] in NOUN_PREFIXES), 0)


def _has_kin(letters: str, prefix: int, suffix: int) -> bool:
    """Tell whether a name without its ending is a word of its own."""
    return _support(letters[prefix : len(letters) - suffix]) >= KIN_OF_A_NAME * (_count(letters) + 1)


def _support(base: str) -> float:
    """Count how often the news has a stem without affixes, with the article or with teh marbuta."""
    return sum(map(_count, (base, "ال" + base, base + "ه", "ال" + base + "ه")))


def _count(letters: str) -> float:
    spelled = _spellings().get(letters)
    return 0.0 if spelled is None else load_vocabulary().count(spelled)


def _light(letters: str) -> str:
    for ending in _LIGHT_ENDINGS:
        if letters.endswith(ending) and len(letters) - len(ending) >= _SHORTEST_LIGHT:
            letters = letters.removesuffix(ending)
    return letters


@lru_cache(maxsize=1)
def _plurals() -> dict[str, tuple[str, ...]]:
    learn(singulars().values())
    table: dict[str, tuple[str, ...]] = {}
    for plural, singular in singulars().items():
        of_singular = _stem_of_singular(singular)
        table[of_singular] = (*table.get(of_singular, ()), plural)
    return table


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """The most frequent spelling of each folded word form; the vocabulary is in the order of frequency."""
    words = list(load_vocabulary().index)
    folded = "\n".join(words).translate(INDEX_LETTERS).split("\n")
    return dict(zip(reversed(folded), reversed(words), strict=True))  # of those that fold together the last stands
