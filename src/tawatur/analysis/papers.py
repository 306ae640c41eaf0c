"""
Whose paper speaks: «بيان للمرصد», «تقرير نشرته الصحيفة», «إحصاءات الجيش» are the words of a body or an office.

A reader who asks who said it wants the body; the paper is how it said so.
"""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.analysis.cue_words import cue_words
from tawatur.analysis.reading import Reading
from tawatur.analysis.speakers import Phrase, read_speaker

__all__ = ["issuer_of"]


def issuer_of(reading: Reading, phrase: Phrase | None, stop: int, people: Sequence[range]) -> Phrase | None:
    """Give whose paper a phrase names, or the phrase itself where it is none or the text does not tell."""
    if phrase is None or phrase.kind != "paper":
        return phrase
    issued = cue_words().issued
    for at in range(phrase.first + 1, min(phrase.last + 2, stop - 1)):
        if reading.glances[at].unjoined in issued:
            place = at + (2 if reading.glances[at + 1].full == "عن" else 1)
            return read_speaker(reading, place, stop, people) or phrase
    return _owner(reading, phrase, people) or phrase


def _owner(reading: Reading, phrase: Phrase, people: Sequence[range]) -> Phrase | None:
    """«بيان للمرصد», «تقرير لصحيفة كذا», «إحصاءات الجيش»: the body or the office whose paper it is."""
    glances = reading.glances
    for at in range(phrase.first + 1, phrase.last + 1):
        glance, before = glances[at], glances[at - 1]
        held = at == phrase.first + 1 and before.plain == before.bare and not glance.preposition
        if not (held or (glance.preposition and glance.full[:1] == "ل")):
            continue
        owner = read_speaker(reading, at, phrase.last + 1, people)
        if owner and (owner.kind in ("body", "role", "titled") or (held and owner.kind == "name")):
            return owner
    return None
