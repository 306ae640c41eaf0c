"""Words that name speakers: what people are (roles), what organisations and papers are called by."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tawatur.analysis.cue_words import folded

__all__ = ["SpeakerWords", "given_names", "is_of_nation", "speaker_words"]


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """The tables of ``data/speaker_words.toml``, without article."""

    roles: frozenset[str]
    honorifics: frozenset[str]
    bodies: frozenset[str]
    papers: frozenset[str]
    works: frozenset[str]
    people: frozenset[str]
    inside: frozenset[str]
    addressees: frozenset[str]
    nationalities: frozenset[str]
    unnamed: frozenset[str]
    stand_ins: frozenset[str]
    courtesy: frozenset[str]
    places: frozenset[str]
    rubrics: frozenset[str]
    areas: frozenset[str]
    offices_of: frozenset[str]
    kin: frozenset[str]
    accounts: frozenset[str]
    speaks_again: frozenset[str]
    puts_out: frozenset[str]
    given: frozenset[str]
    #: What an adjective of a nation is compared as: «آذرية» as «أذربيجانية».
    one_nation: Mapping[str, str]


@lru_cache(maxsize=1)
def speaker_words() -> SpeakerWords:
    """Load the tables."""
    text = (files("tawatur.analysis") / "data" / "speaker_words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)

    def words(name: str) -> frozenset[str]:
        return frozenset(map(folded, table[name]["words"].split()))

    return SpeakerWords(
        words("roles"),
        words("honorifics"),
        words("bodies"),
        words("papers"),
        words("works"),
        words("plural_people"),
        words("inside"),
        words("addressees"),
        words("nationalities"),
        words("unnamed"),
        words("stand_ins"),
        words("courtesy"),
        words("places"),
        words("rubrics"),
        words("areas"),
        words("offices_of"),
        words("kin"),
        words("accounts"),
        words("speaks_again"),
        words("puts_out"),
        words("given"),
        _both_genders(dict(line.split() for line in folded(table["one_nation"]["pairs"]).splitlines())),
    )


def _both_genders(pairs: Mapping[str, str]) -> Mapping[str, str]:
    return {**pairs, **{word + "ه": other + "ه" for word, other in pairs.items()}}


def is_of_nation(word: str) -> bool:
    """Tell whether a word without its article is «بريطاني», «البريطانية» or the like: an adjective that many have."""
    return word.removesuffix("ه") in speaker_words().nationalities


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Give the given names that are words of the language as well: what is tagged a noun may be one of them."""
    text = (files("tawatur.text") / "data" / "arabic_names.txt").read_text(encoding="utf-8")
    names = frozenset(folded(name) for line in text.splitlines() if not line.startswith("#") for name in line.split())
    return names | speaker_words().given
