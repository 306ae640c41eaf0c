"""Words that carriers are called by: ``data/carrier_words.toml``, and the names of the registry by first word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from tawatur.analysis.cue_words import folded
from tawatur.sources import load_registry
from tawatur.sources.registry import Outlet

__all__ = ["MARKS", "CarrierKind", "CarrierWords", "bare", "carrier_words", "known_outlet"]

CarrierKind = Literal["media", "platform", "occasion"]

MARKS = frozenset("\"“”„«»'()[]")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\Z")
_WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class CarrierWords:
    """The tables of ``data/carrier_words.toml``; single words without article."""

    media: frozenset[str]
    not_media: frozenset[str]
    #: Words of media that are other things as often, those of a single one, and those of places as well.
    vague: frozenset[str]
    one: frozenset[str]
    places: frozenset[str]
    reporters: frozenset[str]
    #: What a page offers of its outlet.
    apps: frozenset[str]
    occasions: frozenset[str]
    strong: frozenset[str]
    carries: frozenset[str]
    #: Words before a paper, letters folded: «آخر تقديرات».
    latest: frozenset[str]
    #: Verbs, letters folded, whose subject puts a paper out.
    puts_out: frozenset[str]
    adjectives: frozenset[str]
    alone: frozenset[str]
    #: Names of several words that are places or things as well, each as its words.
    need_marks: frozenset[tuple[str, ...]]
    anonymous: frozenset[str]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], CarrierKind], ...]]
    #: First words of the registry's names as printed: «ميادين» is no name of «الميادين».
    printed: frozenset[str]
    #: Names of the registry by their first word: their words, and whose they are.
    names: Mapping[str, tuple[tuple[tuple[str, ...], tuple[Outlet, ...]], ...]]


@lru_cache(maxsize=1)
def carrier_words() -> CarrierWords:
    """Load the tables and the names of the registry."""
    text = (files("tawatur.analysis") / "data" / "carrier_words.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, Any]] = tomllib.loads(text)

    def words(name: str) -> frozenset[str]:
        return frozenset(map(bare, table[name]["words"].split()))

    phrases: dict[str, list[tuple[tuple[str, ...], CarrierKind]]] = {}
    for name, kind in (("media_alone", "media"), ("platforms", "platform")):
        for phrase in table[name]["phrases"]:
            tokens = tuple(map(bare, phrase.split()))
            phrases.setdefault(tokens[0], []).append((tokens, "platform" if kind == "platform" else "media"))
    return CarrierWords(
        words("media"),
        words("not_media"),
        words("media_vague"),
        words("media_one"),
        words("media_places"),
        words("reporters"),
        words("apps"),
        words("occasions"),
        words("occasions_strong"),
        frozenset(table["carries"]["verbs"].split()),
        frozenset(map(folded, table["latest"]["words"].split())),
        frozenset(map(folded, table["puts_out"]["verbs"].split())),
        words("adjectives") | frozenset(map(folded, table["adjectives"]["words"].split())),
        words("one_word_names"),
        frozenset(tuple(map(bare, phrase.split())) for phrase in table["need_marks"]["phrases"]),
        words("anonymous"),
        {first: tuple(sorted(each, key=lambda one: -len(one[0]))) for first, each in phrases.items()},
        frozenset(folded(name.split()[0]) for outlet in load_registry() for name in outlet.names),
        _registry_names(),
    )


def _registry_names() -> dict[str, tuple[tuple[tuple[str, ...], tuple[Outlet, ...]], ...]]:
    by_words: dict[tuple[str, ...], list[Outlet]] = {}
    for outlet in load_registry():
        if outlet.kind in ("official", "organisation"):
            continue
        for name in outlet.names:
            tokens = tuple(bare(word) for word in _WORD_OR_SIGN.findall(name) if word not in MARKS)
            if tokens and not tokens[0].isdigit() and outlet not in by_words.setdefault(tokens, []):
                by_words[tokens].append(outlet)
    names: dict[str, list[tuple[tuple[str, ...], tuple[Outlet, ...]]]] = {}
    for tokens, outlets in by_words.items():
        names.setdefault(tokens[0], []).append((tokens, tuple(outlets)))
    return {first: tuple(sorted(each, key=lambda one: -len(one[0]))) for first, each in names.items()}


def bare(word: str) -> str:
    """Fold a word and cut its article."""
    plain = folded(word)
    return plain[2:] if plain.startswith("ال") and len(plain) > 4 else plain


def known_outlet(name: str) -> Outlet | None:
    """Give the agency, outlet or body of the registry that a name is; None when it is none or one of several.

    >>> known_outlet("وكالة الأنباء السورية (سانا)").id
    'sana'
    """
    known = load_registry().find_by_name(name)
    short = _IN_BRACKETS.search(name) if known is None else None
    return load_registry().find_by_name(short[1]) if short is not None else known
