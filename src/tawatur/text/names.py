"""
Names: one name in many spellings.

Arabic news writes foreign names by ear, each desk in its own way: غروسي and جروسي, نتنياهو and نتانياهو, ترامب and
ترمب. A *key* keeps what the ways have in common: the letters that stand for one foreign sound are one, long vowels in
a word and doubled letters go. What no rule joins (قره باغ and كاراباخ, داعش) stands in ``data/aliases.tsv``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from tawatur.text.letters import normalised_text

__all__ = ["canonical_name", "name_aliases", "name_key", "same_name", "whole_names"]

#: One letter for the letters that desks write one foreign sound with. Source: spellings in five outlets, side by side.
_ONE_SOUND = str.maketrans(
    {
        "غ": "ج",  # g: غروسي, جروسي, قروسي, كروسي
        "ق": "ج",
        "ك": "ج",
        "ط": "ت",  # t: إيطاليا, طوكيو, توكيو
        "ص": "س",  # s: صربيا, سربيا
        "ض": "د",  # d
        "ظ": "ز",  # z
        "ذ": "د",  # d, dh
        "ث": "س",  # th: سميث, سميس
        "ش": "س",  # s of English and German: شتاينماير, ستاينماير
        "ه": "ا",  # an ending vowel: أوبرا, أوبره
        "ء": "",
        "ؤ": "و",
        "ئ": "ي",
    }
)
_DOUBLED = re.compile(r"(.)\1+")
_LONG_VOWEL_INSIDE = re.compile(r"(?<=\w)[اوي](?=\w)")
# Shorter keys join what is not one name: علي and عول.
_SHORTEST_KEY = 3
#: Names of the table of aliases that are words of their own as often, letters folded.
_NOT_ONLY_NAMES = frozenset(("رييسي", "سوداني", "قاعده", "حوثيون", "حوثيين", "نصره", "سلام", "هادي", "صالح"))


def name_key(name: str) -> str:
    """Give the key of a name: spellings of one foreign name have one key, word by word.

    A key is for proposing that two names are one, not for deciding it. Arabic names, whose vowels tell them apart
    (``data/arabic_names.txt``), and names of fewer than three sounds keep their letters; the article goes.

    >>> name_key("غروسي") == name_key("جروسي"), name_key("نتنياهو") == name_key("نتانياهو")
    (True, True)
    >>> name_key("محمد") == name_key("محمود"), name_key("جاسم") == name_key("قاسم")
    (False, False)
    """
    return " ".join(filter(None, map(_word_key, normalised_text(name, "index").split())))


def same_name(first: str, second: str) -> bool:
    """Tell whether two spellings may be one name: by their keys or by the table of aliases.

    >>> same_name("ترمب", "ترامب"), same_name("كاراباخ", "قره باغ"), same_name("باريس", "برلين")
    (True, True, False)
    """
    if name_key(first) == name_key(second):
        return True
    named = canonical_name(first)
    return named is not None and named == canonical_name(second)


def canonical_name(name: str) -> str | None:
    """Give the name that the table of aliases prints for a name, None for one that is not in it.

    >>> canonical_name("داعش"), canonical_name("بنيامين نتانياهو"), canonical_name("زيد")
    ('تنظيم الدولة الإسلامية', 'نتنياهو', None)
    """
    return _canonical().get(normalised_text(" ".join(name.split()), "index"))


def name_aliases(name: str) -> tuple[str, ...]:
    """Give all names of what a name stands for, the printed one first; empty for one that is not in the table."""
    named = canonical_name(name)
    return () if named is None else (named, *_aliases()[named])


def _word_key(word: str) -> str:
    if len(word) > _SHORTEST_KEY + 1:
        word = word.removeprefix("ال")
    if word in _arabic_names():
        return word
    sounds = _DOUBLED.sub(r"\1", word.translate(_ONE_SOUND))
    bare = _DOUBLED.sub(r"\1", _LONG_VOWEL_INSIDE.sub("", sounds))
    return bare if len(bare) >= _SHORTEST_KEY else sounds


@lru_cache(maxsize=1)
def whole_names() -> frozenset[str]:
    """Give the names that keep every letter when words are stemmed, without article, folded for the index."""
    of_one_word = {name for row in _aliases().items() for name in (row[0], *row[1]) if " " not in name}
    folded = {normalised_text(name, "index").removeprefix("ال") for name in of_one_word}
    return _listed("whole_names.txt") | {name for name in folded if len(name) > _SHORTEST_KEY} - _NOT_ONLY_NAMES


@lru_cache(maxsize=1)
def _arabic_names() -> frozenset[str]:
    return _listed("arabic_names.txt")


def _listed(file: str) -> frozenset[str]:
    text = (files("tawatur.text") / "data" / file).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(normalised_text(name, "index") for line in lines for name in line.split())


@lru_cache(maxsize=1)
def _aliases() -> dict[str, tuple[str, ...]]:
    text = (files("tawatur.text") / "data" / "aliases.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {name: tuple(others.split("|")) for name, others in rows}


@lru_cache(maxsize=1)
def _canonical() -> dict[str, str]:
    table: dict[str, str] = {}
    for name, others in _aliases().items():
        table[normalised_text(name, "index")] = name
        for other in others:
            table.setdefault(normalised_text(other, "index"), name)
    return table
