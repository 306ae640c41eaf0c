"""
Facts of a wording: the names and numbers in it, which tell two happenings of one formula apart.

«تهنئ بوليفيا» and «تهنئ جامايكا» are one text but for a country, and two pieces of news. A word is a fact when it holds
a digit, is a number word, names a nationality, or is rare in the news and no verb; spellings of one name are one fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from tawatur.stories.terms import rarity
from tawatur.text.names import name_key
from tawatur.text.numerals import number_words, ordinal_words
from tawatur.text.readings import load_readings
from tawatur.text.stems import stem

__all__ = ["Fact", "contradict", "fact_of", "facts_of", "says_otherwise"]

#: ``"number:5"``, ``"name:بوليفي"``.
Fact = str

# A stem in one article of 150 or fewer: بوليفيا, السبيعي; وزير and المملكة are in far more.
_RARE = 5.0
_NAME_SHARE = 0.5
_REMEMBERED = 200_000
# One letter in four may be a slip or another spelling: محمله and محملة are one, مالي and مالطا are not.
_LETTERS_A_SLIP = 4


@lru_cache(maxsize=_REMEMBERED)
def fact_of(word: str) -> Fact | None:
    """Give what a word states, folded as ``index``; None for one that states nothing by itself.

    >>> fact_of("35"), fact_of("الخامسه"), fact_of("بوليفيا"), fact_of("قال")
    ('number:35', 'number:5', 'name:بوليفيا', None)
    """
    digits = "".join(letter for letter in word if letter.isdigit())
    if digits:
        return f"number:{digits.lstrip('0') or '0'}"
    number = number_words([word]) or ordinal_words([word])
    if number is not None:
        return f"number:{number[0]}"
    bare = stem(word)
    if len(bare) < 3:
        return None
    if bare in _nationalities():
        return f"name:{bare}"
    reading = load_readings().of(word) or load_readings().of(f"{word[:-1]}\u0629")  # TEH MARBUTA
    is_name = reading is not None and reading.name_share >= _NAME_SHARE
    if is_name or (rarity(bare) >= _RARE and (reading is None or not reading.verb_share)):
        return f"name:{bare}"
    return None


@lru_cache(maxsize=1)
def _nationalities() -> frozenset[str]:
    """Give adjectives of nationality: too common to be rare, and all that tells two sentences of a court apart."""
    text = (files("tawatur.stories") / "data" / "nationalities.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def facts_of(words: Sequence[str]) -> frozenset[Fact]:
    """Give the facts of some words."""
    return frozenset(fact for fact in map(fact_of, words) if fact is not None)


def contradict(some: frozenset[Fact], others: frozenset[Fact]) -> bool:
    """Tell whether facts that stand in one place are of two happenings: both have one of a kind, and none is shared.

    >>> contradict(facts_of(["بوليفيا"]), facts_of(["جامايكا"])), contradict(facts_of(["غروسي"]), facts_of(["جروسي"]))
    (True, False)
    """
    for kind in ("name:", "number:"):
        here = {fact for fact in some if fact.startswith(kind)}
        there = {fact for fact in others if fact.startswith(kind)}
        if here and there and not any(_same(one, other) for one in here for other in there):
            return True
    return False


def says_otherwise(some: frozenset[Fact], text: frozenset[Fact]) -> bool:
    """Tell whether some facts stand nowhere in a text, in no spelling."""
    return bool(some) and not any(one in text or any(_same(one, other) for other in text) for one in some)


def _same(one: Fact, other: Fact) -> bool:
    if one == other:
        return True
    if not (one.startswith("name:") and other.startswith("name:")):
        return False
    first, second = one[5:], other[5:]
    key, other_key = name_key(first), name_key(second)
    return key.startswith(other_key) or other_key.startswith(key) or _is_slip(first, second)


@lru_cache(maxsize=_REMEMBERED)
def _is_slip(first: str, second: str) -> bool:
    """Tell whether two words differ as by a slip: a letter in four, or one holds the other (إثيوبيا، إثيوبي)."""
    short, long = sorted((first, second), key=len)
    if len(short) >= 4 and short in long:
        return True
    if len(long) - len(short) > 2:
        return False
    return _distance(short, long) <= max(1, len(long) // _LETTERS_A_SLIP)


def _distance(first: str, second: str) -> int:
    """Levenshtein's distance."""
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, 1):
        previous, row[0] = row[0], at
        for place, other in enumerate(second, 1):
            previous, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, previous + (letter != other))
    return row[-1]
