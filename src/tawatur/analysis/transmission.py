"""
Ways: which carrier of a sentence may have brought the words of an act of reporting, and how it stands to them.

«قال الوزير لوكالة رويترز», «في بيان», «على تويتر», «نقلت الوكالة عن», «بحسب رويترز»: each pair of an act and a carrier
of its sentence is a way, told by named features; a small model judges it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tawatur.analysis.carrier_words import carrier_words
from tawatur.analysis.carriers import Carrier
from tawatur.analysis.cue_words import cue_words
from tawatur.analysis.reading import Reading
from tawatur.analysis.report import Report

__all__ = ["Way", "ways_of"]

# A carrier further from the act than this many words belongs to another.
_FURTHEST = 40
_CLOSE = 6
_STEPS = (2, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Way:
    """A carrier that may have brought the words of an act of reporting."""

    carrier: Carrier
    features: frozenset[str]


def ways_of(
    reading: Reading, report: Report, carriers: Sequence[Carrier], reports: Sequence[Report]
) -> tuple[Way, ...]:
    """Give the ways of an act of reporting, in the order of the text."""
    start, stop = reading.sentence_of[report.cue[0]]
    near = tuple(
        carrier
        for carrier in carriers
        if start <= carrier.first < stop and abs(carrier.first - report.cue[0]) <= _FURTHEST
    )
    about = [other for other in reports if abs(other.cue[0] - report.cue[0]) <= 2 * _FURTHEST]
    return tuple(
        Way(carrier, frozenset((*_features(reading, report, carrier, about), *_alike(reading, carrier, near))))
        for carrier in near
    )


def _alike(reading: Reading, carrier: Carrier, near: Sequence[Carrier]) -> Iterator[str]:
    """Tell what a carrier is like, and which occasions stand by it: «في بيان لوكالة كذا»."""
    glance = reading.glances[carrier.first]
    yield f"definite:{carrier.kind}:{glance.plain != glance.bare}"
    yield f"known:{carrier.kind}:{carrier.outlet is not None}:{carrier.led_by}"
    if carrier.kind == "media" and carrier.outlet is None:
        yield f"called:{carrier.head}:{carrier.led_by}"
    for other in near:
        if other is not carrier and other.kind == "occasion" and abs(other.first - carrier.first) <= _CLOSE:
            yield f"close:{carrier.kind}:{other.head}:{other.first < carrier.first}"


def _features(reading: Reading, report: Report, carrier: Carrier, reports: Sequence[Report]) -> Iterator[str]:
    place = _place(report, carrier)
    yield f"place:{place}"
    yield f"kind:{carrier.kind}"
    yield f"{carrier.kind}:{place}"
    yield f"{carrier.kind}:{carrier.led_by}"
    yield f"{carrier.kind}:{carrier.led_by}:{place}"
    yield f"head:{carrier.head if carrier.kind == 'occasion' else carrier.kind}"
    for back in range(1, 4):
        if carrier.first - back >= 0 and (verb := _carrying(reading, carrier.first - back)):
            yield f"carried by:{verb}"
            yield f"carried by:{carrier.kind}:{report.side}"
            break
    if carrier.kind == "occasion" and carrier.head in carrier_words().strong:
        yield f"strong:{place}"
        yield f"strong:{carrier.led_by}"
    yield f"side:{report.side}:{place}"
    distance = abs(carrier.first - (report.speaker.last if report.speaker else report.cue[1]))
    yield f"distance:{sum(distance > step for step in _STEPS)}:{place.split(' ')[0]}"
    between = sum(
        min(report.cue[0], carrier.first) < other.cue[0] < max(report.cue[0], carrier.first) for other in reports
    )
    yield f"acts between:{min(between, 2)}"
    speaks = next((o for o in reports if o.speaker and o.speaker.first <= carrier.first <= o.speaker.last), None)
    if speaks is not None:
        verb = speaks.form.verb if speaks.form else "apart"
        yield f"speaks:{'here' if speaks is report else 'else'}"
        yield f"speaks:{verb}"
        yield f"speaks apart:{speaks.apart}:{place}"
    if report.form:
        yield f"verb:{report.form.verb}:{carrier.kind}"
        yield f"class:{report.form.kind}:{carrier.kind}"
    before = reading.glances[carrier.first - 1].bare if carrier.first else ""
    if before in carrier_words().occasions:
        yield f"behind occasion:{carrier.kind}"
    if reading.glances[carrier.first].has_pronoun:
        yield "owned"


def _carrying(reading: Reading, at: int) -> str:
    """Give the verb at a word that says its subject carried words: «نقلت», «بثته»."""
    form = cue_words().forms.get(reading.glances[at].unjoined)
    return form.verb if form is not None and form.verb in carrier_words().carries else ""


def _place(report: Report, carrier: Carrier) -> str:
    """Tell where a carrier stands: before the act, between cue and speaker, before what was said, in it."""
    speaker = report.speaker
    if speaker is not None and speaker.first <= carrier.first <= speaker.last:
        issued = carrier.kind == "occasion" and carrier.first > speaker.first
        return "after" if issued or carrier.first > speaker.name[1] else "in speaker"
    if carrier.first < report.cue[0]:
        return "before"
    if speaker is not None and carrier.first < speaker.first:
        return "between"
    before_words = carrier.first <= report.content and report.opening != "behind"
    return "after" if before_words else "in words"
