"""
Whose paper speaks: «بيان للمرصد», «تقرير نشرته الصحيفة», «إحصاءات الجيش» are the words of a body or an office.

A reader who asks who said it wants the body; the paper is how it said so.
"""

from __future__ import annotations

from collections.abc import Sequence

from tawatur.analysis.carrier_words import carrier_words
from tawatur.analysis.cue_words import cue_words
from tawatur.analysis.reading import Reading
from tawatur.analysis.speaker_words import is_of_nation, speaker_words
from tawatur.analysis.speakers import Phrase, read_speaker

__all__ = ["issuer_of"]


def issuer_of(reading: Reading, phrase: Phrase | None, stop: int, people: Sequence[range]) -> Phrase | None:
    """Give whose paper a phrase names, or the phrase itself where it is none or the text does not tell."""
    paper = _paper(reading, phrase) if phrase is not None else None
    if phrase is None or paper is None:
        return phrase
    issued = cue_words().issued
    for at in range(paper + 1, min(phrase.last + 2, stop - 1)):
        if issued & {reading.glances[at].full, reading.glances[at].unjoined}:
            place = at + (2 if reading.glances[at + 1].full == "عن" else 1)
            return read_speaker(reading, place, stop, people) or phrase
    return _owner(reading, paper, phrase, people) or phrase


def _paper(reading: Reading, phrase: Phrase) -> int | None:
    """Give the word of a phrase that is a paper: «بيان», «حصيلة», «آخر تقديرات»."""
    papers = speaker_words().papers | carrier_words().occasions
    first = reading.glances[phrase.first]
    if phrase.kind == "paper" or (phrase.kind != "titled" and first.bare in papers):
        return phrase.first
    latest = phrase.last > phrase.first and first.full in carrier_words().latest
    return phrase.first + 1 if latest and reading.glances[phrase.first + 1].bare in papers else None


def _owner(reading: Reading, paper: int, phrase: Phrase, people: Sequence[range]) -> Phrase | None:
    """«بيان للمرصد», «تقرير لصحيفة كذا», «إحصاءات الجيش»: the body or the office whose paper it is."""
    glances = reading.glances
    for at in range(paper + 1, phrase.last + 1):
        glance, before = glances[at], glances[at - 1]
        held = at == paper + 1 and before.plain == before.bare and not glance.preposition
        described = glance.plain == glance.bare and (glance.tag == "ADJ" or glance.bare in carrier_words().adjectives)
        held = held and not described  # «تقارير صحفية»
        if not (held or (glance.preposition and glance.full[:1] == "ل")):
            continue
        owner = read_speaker(reading, at, phrase.last + 1, people)
        if owner and (owner.kind in ("body", "role", "titled") or _is_named(reading, owner, held=held)):
            return owner
    return None


def _is_named(reading: Reading, owner: Phrase, *, held: bool) -> bool:
    """«بيان أحمد سالم», «بيان للبيت الأبيض», «بيان الخارجية المصرية»."""
    first, last = reading.glances[owner.first], reading.glances[owner.last]
    if owner.kind == "name":
        return held or first.plain != first.bare
    nation = is_of_nation(last.bare)
    return owner.kind == "other" and nation and owner.last > owner.first
