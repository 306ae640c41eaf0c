"""
Names heard across alphabets: Putin, Путин and بوتين have one skeleton of consonants.

Each alphabet's letters are brought to classes of sounds wide enough for the ways Arabic desks spell foreign names
(g: غ ج ق ك; p: ب; v: ف) and vowels go. Two names agree when their skeletons are equal or, of four sounds or more, one
apart. Source: the romanisation tables of ALA-LC (Arabic, Russian), and spellings of news in five outlets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

from tawatur.text import normalised_text

__all__ = ["agreement", "names_of", "numbers_of", "skeleton"]

#: Words whose sounds are remembered, some 10 MB when full.
REMEMBERED = 50_000
_SHORTEST = 3
_SHORTEST_INEXACT = 4
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

_ARABIC = str.maketrans(
    {
        **dict.fromkeys("بپ", "b"),
        **dict.fromkeys("فڤ", "f"),
        **dict.fromkeys("تط", "t"),
        **dict.fromkeys("دض", "d"),
        **dict.fromkeys("سصثزظذ", "s"),
        "ش": "x",
        **dict.fromkeys("جغكقخ", "k"),
        **dict.fromkeys("رلمن", None),
        **dict.fromkeys("اويىءآأإؤئةهحع", ""),
    }
    | {"ر": "r", "ل": "l", "م": "m", "ن": "n"}
)
# Groups of letters first: what one sound is written with.
_LATIN_GROUPS = (
    ("x", "ks"), ("sch", "x"), ("tch", "tx"), ("ch", "x"), ("sh", "x"), ("ph", "f"), ("th", "s"), ("kh", "k"),
    ("gh", "k"), ("ck", "k"), ("qu", "k"), ("ce", "s"), ("ci", "s"), ("cy", "s"), ("ş", "x"), ("ç", "tx"), ("ñ", "n"),
)  # fmt: skip
_LATIN = str.maketrans(
    {
        **dict.fromkeys("bp", "b"),
        **dict.fromkeys("fv", "f"),
        "t": "t",
        "d": "d",
        **dict.fromkeys("sz", "s"),
        **dict.fromkeys("cgjkqğ", "k"),
        **dict.fromkeys("aeiouywhı", ""),
    }
)
_CYRILLIC = str.maketrans(
    dict(
        zip(
            "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
            ("", "b", "f", "k", "d", "", "k", "s", "", "", "k", "l", "m", "n", "", "b", "r", "s", "t", "", "f", "k",
             "ts", "tx", "x", "x", "", "", "", "", "", "", ""),
            strict=True,
        )
    )
)  # fmt: skip
_KEPT = re.compile(r"[^bftdsxkrlmn]")
_DOUBLED = re.compile(r"(.)\1+")


def skeleton(word: str) -> str:
    """Give the consonants of a word as classes of sounds; a short text for a word that hardly has any.

    >>> skeleton("Putin"), skeleton("Путин"), skeleton("بوتين"), skeleton("واشنطن"), skeleton("Washington")
    ('btn', 'btn', 'btn', 'xntn', 'xnktn')
    """
    word = word.lower()
    if "\u0400" <= word[:1] <= "\u04ff":
        sounds = word.translate(_CYRILLIC)
    elif word[:1] > "\u0600":
        sounds = normalised_text(word, "match").translate(_ARABIC)
    else:
        for letters, sound in _LATIN_GROUPS:
            word = word.replace(letters, sound)
        word = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
        sounds = word.translate(_LATIN)
    return _DOUBLED.sub(r"\1", _KEPT.sub("", sounds))


def names_of(text: str) -> dict[str, frozenset[str]]:
    """Give the skeletons of what may be names, by word in small letters: words with a capital, and Arabic words.

    An Arabic word has one skeleton as it stands and one for each way of reading its first letters as clitics.

    >>> {word: sorted(sounds) for word, sounds in names_of("met Putin in باريس").items()}
    {'putin': ['btn'], 'باريس': ['brs']}
    """
    found = {}
    for word in _WORD.findall(text):
        if word[0].isupper() or word[0] > "\u0600":
            sounds = _sounds(word)
            if sounds:
                found[word.lower()] = sounds
    return found


@lru_cache(maxsize=REMEMBERED)
def _sounds(word: str) -> frozenset[str]:
    forms = _without_clitics(word) if word[0] > "\u0600" else (word,)
    return frozenset(sounds for form in forms if len(sounds := skeleton(form)) >= _SHORTEST)


def numbers_of(text: str) -> set[str]:
    """Give the numbers of a text, of two digits at least, without separators."""
    found = _NUMBER.findall(normalised_text(text, "index"))
    return {digits for number in found if len(digits := re.sub(r"\D", "", number)) > 1}


def agreement(asked: Iterable[str], found: Collection[str]) -> dict[str, dict[str, float]]:
    """Give for each skeleton asked those found that agree: 1 for the same, half for one sound apart.

    >>> heard = agreement(["btn", "btrsbrk"], {"btn", "btrbrk", "ktn"})
    >>> heard["btn"], heard["btrsbrk"]
    ({'btn': 1.0}, {'btrbrk': 0.5})
    """
    longer: dict[str, list[str]] = {}
    for sounds in found:
        if len(sounds) >= _SHORTEST_INEXACT:
            for less in _one_less(sounds):
                longer.setdefault(less, []).append(sounds)
    agreeing: dict[str, dict[str, float]] = {}
    for sounds in asked:
        near = agreeing.setdefault(sounds, {})
        if len(sounds) >= _SHORTEST_INEXACT:
            shorter = _one_less(sounds)
            near |= {other: 0.5 for less in (sounds, *shorter) for other in longer.get(less, ())}
            near |= {less: 0.5 for less in shorter if less in found and len(less) >= _SHORTEST_INEXACT}
        if sounds in found:
            near[sounds] = 1.0
    return agreeing


@lru_cache(maxsize=REMEMBERED)
def _one_less(sounds: str) -> frozenset[str]:
    return frozenset(sounds[:at] + sounds[at + 1 :] for at in range(len(sounds)))


def _without_clitics(word: str) -> Iterable[str]:
    yield word
    for size in (1, 2, 3):
        if word[:size] in ("و", "ب", "ل", "ف", "ك", "ال", "لل", "وال", "بال", "فال", "كال"):
            yield word[size:]
