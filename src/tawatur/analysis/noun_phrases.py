"""
Noun phrases: runs of words that could be a tag, as the parts of speech bound them.

A phrase begins and ends with a noun, a name or an adjective, holds no verb and crosses no punctuation. Two halves may
be joined once by a preposition («الحرب على الإرهاب»، «المجلس الأعلى للقضاء») or by a clitic و («العلاج والتأهيل»).
Clitics before its first word are no part of it. Every run is given, cut in half or not: what is whole is for
``keyphrases`` to judge.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from tawatur.analysis.document import Passage
from tawatur.text.letters import normalised_text
from tawatur.text.tokens import TokenKind

__all__ = ["LONGEST_PHRASE_WORDS", "NounPhrase", "Unit", "find_noun_phrases", "find_touching", "read_units"]

# Six words of content hold 99 in a hundred of the phrases readers tagged.
LONGEST_PHRASE_WORDS = 6
_CONTENT = {"NOUN": "N", "PROPN": "P", "ADJ": "A", "NUM": "D", "X": "P"}
_PROCLITICS = frozenset(("ADP", "CCONJ", "SCONJ", "PART"))
_SHORTEST_WITH_ARTICLE, _SHORTEST_ASSIMILATED = 4, 3
# The word forms of a large archive.
REMEMBERED_WORDS = 100_000
_ADDRESSES = frozenset(("url", "email", "mention", "date", "time"))
_SYMBOLS = re.compile("[#\uff03_]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word form as part of a phrase."""

    #: ``N`` noun, ``P`` name, ``A`` adjective, ``D`` number, ``b`` a preposition that may join, ``-`` none of these.
    shape: str
    #: What joins its forms: without clitics and article, letters folded.
    key: str
    #: How many letters its clitics have.
    behind: int = 0
    #: The clitics before it: ``""``, ``"p"`` a preposition, ``"c"`` و or ف, ``"m"`` more than one.
    lead: str = ""
    #: Its article has become one letter with ل before it (``للرئيس``), so that the printed word lacks it.
    assimilated: bool = False
    has_article: bool = False
    has_pronoun: bool = False
    #: Neither first nor last in a phrase.
    is_edge: bool = True
    #: Never last in a phrase: «بن»، «أبو»، «الدكتور».
    is_opening: bool = False


class NounPhrase(NamedTuple):
    """A run of words, ``first`` to ``last`` of ``Passage.words``; a tuple because an article has hundreds."""

    first: int
    last: int
    #: The keys of its words, and joining words, by one space.
    key: str
    #: The shapes of its words: ``NA``, ``NbN``, ``N+N`` (the second behind a clitic preposition), ``N&N`` (behind و).
    shape: str


@lru_cache(maxsize=1)
def _phrase_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = tomllib.loads((files("tawatur.analysis") / "data" / "phrase_words.toml").read_text(encoding="utf-8"))
    bridges, edges, openings = (
        frozenset(normalised_text(word, "index") for word in words)
        for words in (data["bridges"], data["edges"].split(), data["openings"].split())
    )
    return bridges, edges, openings


def read_units(passage: Passage) -> list[Unit]:
    """Read the words of a passage as parts of phrases, one for one."""
    return [
        _read(word.text, word.kind, word.light_stem, tuple([(s.text, s.pos) for s in word.segments]))
        for word in passage.words
    ]


@lru_cache(maxsize=REMEMBERED_WORDS)
def _read(text: str, kind: TokenKind, light_stem: str, segments: tuple[tuple[str, str], ...]) -> Unit:
    if kind == "hashtag":
        return _hashtag(text, light_stem)
    if kind in _ADDRESSES:
        return Unit("-", "")
    first, behind = 0, 0
    while first < len(segments) - 1 and segments[first][1] in _PROCLITICS:
        behind += len(segments[first][0])
        first += 1
    core, tag = segments[first]
    shape = _CONTENT.get(tag, "-") if kind != "sign" else "-"
    folded = normalised_text(text[behind:], "index")
    bridges, edges, openings = _phrase_words()
    if shape == "-":
        return Unit("b" if tag == "ADP" and first == 0 and folded in bridges else "-", folded)
    bare = folded.removeprefix("ال") if len(folded) > _SHORTEST_WITH_ARTICLE else folded
    assimilated = (
        first > 0 and segments[first - 1][0] == "ل" and core.startswith("ل") and len(core) > _SHORTEST_ASSIMILATED
    )
    return Unit(
        shape=shape,
        key=_key(light_stem),
        behind=behind,
        lead=_lead([tag for _, tag in segments[:first]]),
        assimilated=assimilated,
        has_article=assimilated or folded.startswith("ال"),
        has_pronoun=len(segments) > first + 1 and segments[-1][1] == "PRON",
        is_edge=folded in edges or bare in edges or shape == "D",
        is_opening=folded in openings,
    )


def _hashtag(text: str, light_stem: str) -> Unit:
    behind = len(text) - len(text.lstrip("#\uff03_"))
    return Unit("P", _key(light_stem), behind=behind, has_article=True, is_edge=behind == len(text))


def _key(light_stem: str) -> str:
    return " ".join(_SYMBOLS.sub(" ", light_stem).split()) or light_stem


def _lead(tags: list[str]) -> str:
    if not tags:
        return ""
    if len(tags) > 1:
        return "m"
    return "p" if tags[0] == "ADP" else "c"


def find_noun_phrases(units: list[Unit], touches: list[bool]) -> Iterator[NounPhrase]:
    """Give every run of words that could be a phrase, by its first word and then by its length."""
    for first, unit in enumerate(units):
        if unit.shape in "-b" or (unit.is_edge and not _counts(units, first)):
            continue
        if not (unit.is_edge or unit.is_opening):
            yield NounPhrase(first, first, unit.key, unit.shape)
        yield from _longer(units, touches, first)


def _longer(units: list[Unit], touches: list[bool], first: int) -> Iterator[NounPhrase]:
    """Give each phrase of two words and more that begins at a word."""
    key, shape, joined = units[first].key, units[first].shape, False
    content, at = 1, first
    while content < LONGEST_PHRASE_WORDS and at + 1 < len(units) and touches[at]:
        before, following = units[at], units[at + 1]
        if following.shape == "b":
            if joined or not _carries_on(units, touches, at + 1):
                return
            joined, at = True, at + 1
            key, shape = f"{key} {following.key}", shape + "b"
            continue
        if following.shape == "-" or (before.has_pronoun and following.shape != "A"):
            return
        if following.lead:
            if joined or following.lead == "m":
                return
            joined, shape = True, shape + ("+" if following.lead == "p" else "&")
        key, shape = f"{key} {following.key}", shape + following.shape
        at += 1
        content += 1
        if following.is_opening:
            continue
        if not following.is_edge or (following.shape == "D" and content == 2):
            yield NounPhrase(first, at, key, shape)


def _carries_on(units: list[Unit], touches: list[bool], bridge: int) -> bool:
    """Tell whether a noun follows a preposition that may join."""
    return touches[bridge] and units[bridge + 1].shape in "NPA" and not units[bridge + 1].lead


def find_touching(passage: Passage) -> list[bool]:
    """Tell of each word whether nothing but a space stands between it and the next; a hashtag stands alone."""
    text, words = passage.text, passage.words
    found = []
    for word, following in pairwise(words):
        gap = text[word.end : following.start]
        alone = word.kind == "hashtag" or following.kind == "hashtag"
        found.append(not alone and (not gap or gap == " " or (gap.isspace() and "\n" not in gap)))
    return [*found, False] if words else []


def _counts(units: list[Unit], at: int) -> bool:
    """Tell whether a number begins a phrase: «50 مليون دولار»."""
    return units[at].shape == "D" and at + 1 < len(units) and units[at + 1].shape in "ND"
