"""
What is known of a word form by itself, as numbers: the input of the tagger.

The evidence is what a reader would weigh: is the whole a known word, is what remains without و or ب or ها one,
how often, among which neighbours do they stand, how does the word begin and end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tawatur.text.recurrent import Floats
from tawatur.text.segmenter import Affixes
from tawatur.text.vocabulary import Vocabulary

#: One-letter clitics that open a word: conjunctions, prepositions, the future س, the question أ.
PROCLITIC_LETTERS = frozenset("وفبلكسأ")
#: Pronouns that close a word, longest first.
ENCLITICS = ("هما", "ها", "هم", "نا", "ني", "كم", "هن", "ه", "ك", "ي")
#: Lengths of the beginnings and endings that have a learned vector each.
AFFIX_LENGTHS = (1, 2, 3)
#: Numbers that are not vectors: shapes, counts, the segmenter's answer, kinship with other forms.
SIGNS = 34

_LONGEST_PREFIX_SIGN = 4
_LONGEST_SUFFIX_SIGN = 3
# What is asked of a stem: does it stand with these too? A letter that others replace is a clitic.
_KIN_PROCLITICS = ("و", "ف", "ب", "ل", "ك", "ال")
_KIN_PRONOUNS = ("ه", "ها", "هم", "هما", "نا")


def is_arabic(word: str) -> bool:
    """Tell whether a token is written in Arabic letters (digits and marks of the script aside)."""
    return any("\u0621" <= letter <= "\u064a" or "\u066e" <= letter <= "\u06d3" for letter in word)


def without_proclitic(word: str, length: int) -> str:
    """Give what is left without the first clitics, the article restored where it was swallowed: للسلطة, السلطة.

    >>> without_proclitic("وقال", 1), without_proclitic("للسلطة", 1)
    ('قال', 'السلطة')
    """
    rest = word[length:]
    if word[length - 1] == "ل" and rest.startswith("ل"):
        return "ا" + rest
    return rest


def without_enclitic(word: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """Give the likeliest form without a closing pronoun and the bare rest, None when no pronoun can be cut.

    The last letter before a pronoun is written otherwise at a word's end: قواتها, قوات; مدرستها, مدرسة; أبناؤه, أبناء.
    """
    for pronoun in ENCLITICS:
        rest = word.removesuffix(pronoun)
        if rest == word or len(rest) < 2:
            continue
        forms = [rest]
        if rest.endswith("ت"):
            forms.append(rest[:-1] + "ة")
        elif rest.endswith(("ئ", "ؤ")):
            forms.append(rest[:-1] + "ء")
        elif rest.endswith("ا"):
            forms.append(rest[:-1] + "ى")
        return max(forms, key=vocabulary.log_count), rest
    return None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The numbers of one word form, and the ids of its beginnings and endings."""

    numbers: Floats
    affix_ids: tuple[int, ...]


def width(vocabulary: Vocabulary) -> int:
    """Give how many numbers an ``Evidence`` holds: three vectors and the signs."""
    return 3 * int(vocabulary.vectors.shape[1]) + SIGNS


def weigh(word: str, affixes: Affixes, vocabulary: Vocabulary, affix_index: dict[str, int]) -> Evidence:
    """Gather the evidence of one word form (diacritics and tatweel removed)."""
    size = vocabulary.vectors.shape[1]
    numbers = np.zeros(width(vocabulary), np.float32)
    signs = numbers[3 * size :]
    arabic = is_arabic(word)
    vector = vocabulary.vector(word)
    if vector is not None:
        numbers[:size] = vector
    signs[0] = vector is not None
    signs[1] = arabic
    signs[2] = word.isdecimal()
    signs[3] = word.isascii() and word.isalpha()
    signs[4] = not arabic and not word.isalnum()
    signs[5] = min(len(word), 12) / 10
    if arabic:
        _weigh_opening(word, vocabulary, numbers[size : 2 * size], signs)
        _weigh_closing(word, vocabulary, numbers[2 * size : 3 * size], signs)
        _weigh_kin(word, vocabulary, numbers, signs)
        signs[17 + min(affixes.prefix, _LONGEST_PREFIX_SIGN)] = 1
        signs[22 + min(affixes.suffix, _LONGEST_SUFFIX_SIGN)] = 1
        signs[26] = word.startswith(("ال", "وال", "بال", "فال", "كال", "لل"))
    return Evidence(numbers, affix_ids(word, affix_index))


def affix_ids(word: str, affix_index: dict[str, int]) -> tuple[int, ...]:
    """Give the ids of a word's beginnings and endings, 0 for one that is rare or longer than the word."""
    beginnings = [affix_index.get("^" + word[:n], 0) if len(word) >= n else 0 for n in AFFIX_LENGTHS]
    endings = [affix_index.get(word[-n:] + "$", 0) if len(word) >= n else 0 for n in AFFIX_LENGTHS]
    return (*beginnings, *endings)


def _weigh_opening(word: str, vocabulary: Vocabulary, vector: Floats, signs: Floats) -> None:
    signs[10] = vocabulary.log_count(word) / 10
    signs[11] = vocabulary.log_count("ال" + word) / 10
    signs[12] = vocabulary.log_count("و" + word) / 10
    if word[0] not in PROCLITIC_LETTERS or len(word) <= 2:
        return
    rests = [without_proclitic(word, 1)]
    signs[7] = vocabulary.log_count(rests[0]) / 10
    signs[8] = vocabulary.log_count("ال" + word[1:]) / 10
    if len(word) > 3 and word[1] in PROCLITIC_LETTERS:
        rests.append(without_proclitic(word, 2))
        signs[9] = vocabulary.log_count(rests[1]) / 10
    for rest in rests:
        found = vocabulary.vector(rest)
        if found is not None:
            vector[:] = found
            signs[6] = rest is rests[0]
            return


def _weigh_closing(word: str, vocabulary: Vocabulary, vector: Floats, signs: Floats) -> None:
    cut = without_enclitic(word, vocabulary)
    if cut is None:
        return
    form, rest = cut
    signs[13] = vocabulary.log_count(form) / 10
    signs[14] = vocabulary.log_count(rest) / 10
    found = vocabulary.vector(form)
    if found is not None:
        vector[:] = found
        signs[15] = 1
    if word[0] in PROCLITIC_LETTERS:
        signs[16] = vocabulary.log_count(form[1:]) / 10


def _weigh_kin(word: str, vocabulary: Vocabulary, numbers: Floats, signs: Floats) -> None:
    """Ask how alike the word and what remains of it are used, and which other clitics stand with either."""
    size = vocabulary.vectors.shape[1]
    whole, opened, closed = numbers[:size], numbers[size : 2 * size], numbers[2 * size : 3 * size]
    signs[27] = whole @ opened
    signs[28] = whole @ closed
    signs[29] = _known(vocabulary, (word + pronoun for pronoun in _KIN_PRONOUNS)) / len(_KIN_PRONOUNS)
    signs[30] = _known(vocabulary, (clitic + word for clitic in _KIN_PROCLITICS)) / len(_KIN_PROCLITICS)
    if word[0] in PROCLITIC_LETTERS and len(word) > 2:
        rest = without_proclitic(word, 1).removeprefix("ال")
        signs[31] = _known(vocabulary, (clitic + rest for clitic in _KIN_PROCLITICS)) / len(_KIN_PROCLITICS)
    for pronoun in ENCLITICS:
        rest = word.removesuffix(pronoun)
        if rest != word and len(rest) > 1:
            signs[32] = _known(vocabulary, (rest + other for other in _KIN_PRONOUNS)) / len(_KIN_PRONOUNS)
            break
    if word.endswith("ه"):
        signs[33] = vocabulary.log_count(word[:-1] + "ة") / 10


def _known(vocabulary: Vocabulary, forms: Iterable[str]) -> int:
    return sum(form in vocabulary.index for form in forms)
