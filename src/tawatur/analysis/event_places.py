"""
Where a dated happening took place: a place that a preposition of place leads to.

«قتل ثلاثة في انفجار بمدينة الموصل» tells where; a state that acts or is acted upon («هددت واشنطن تركيا») does not, nor
what somebody's words are about («قال في باريس إن … في سوريا»: Paris).
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tawatur.analysis.document import Passage
from tawatur.analysis.event_clauses import Clause
from tawatur.text.letters import normalised_text
from tawatur.text.spans import Span

__all__ = ["place_of"]

# «في محيط مدينة»، «إلى منطقة قصر المؤتمرات في»: words from the preposition to the place's own.
_WORDS_BETWEEN = 3


def place_of(passage: Passage, clause: Clause, places: Sequence[Span]) -> Span | None:
    """Give the first place that a clause names as where it happened, of the article's places in order."""
    words = passage.words
    start, end = words[clause.first].start, words[clause.last].end
    at = bisect_left(places, (passage.field, start), key=lambda place: (place.field, place.start))
    for place in places[at:]:
        if place.field != passage.field or place.end > end:
            return None
        first = passage.word_range(0, place.start + 1).stop - 1
        if _is_led_to(passage, clause, first, place.start):
            return place
    return None


def _is_led_to(passage: Passage, clause: Clause, first: int, start: int) -> bool:
    words, known = passage.words, _place_words()
    clitic = passage.text[words[first].start : start]
    if clitic:
        return clitic.lstrip("و") in known.clitics
    for at in range(first - 1, max(clause.first, first - 1 - _WORDS_BETWEEN) - 1, -1):
        text = normalised_text(words[at].text)
        forms = {text, text[1:]} if text[:1] in "وف" else {text}
        if forms & known.leading:
            return True
        if not forms & known.heads:
            return text[:1] in known.clitics and text[1:] in known.heads
    return False


@dataclass(frozen=True, slots=True)
class _PlaceWords:
    leading: frozenset[str]
    clitics: frozenset[str]
    heads: frozenset[str]


@lru_cache(maxsize=1)
def _place_words() -> _PlaceWords:
    table = tomllib.loads((files("tawatur.analysis") / "data" / "event_places.toml").read_text(encoding="utf-8"))
    words = {name: frozenset(map(normalised_text, told.split())) for name, told in table.items()}
    return _PlaceWords(words["prepositions"] | words["verbs"] | words["occasions"], words["clitics"], words["heads"])
