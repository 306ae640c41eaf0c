"""
What was said without marks: where the reported clause begins and ends, and what tells that a cue reports at all.

A clause runs to the end of its sentence, or to the comma before the next cue («، مشيرا إلى أن»), a source named behind
it («، بحسب رويترز») or a word that takes the story up again («، فيما»، «، وذلك»).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tawatur.analysis.cue_words import cue_words
from tawatur.analysis.reading import Reading
from tawatur.analysis.reports import Report

__all__ = ["clause_of", "report_features"]

_COMMAS = frozenset("،,؛;")
_TRIMMED = frozenset("،,.؛;:…-–—")
_LEADING = frozenset("،,.؛;:…")


def report_features(reading: Reading, reports: Sequence[Report], at: int) -> Iterator[str]:
    """Give what tells whether an act of reporting reports a clause, as names of features that it has."""
    report = reports[at]
    glances = reading.glances
    first, last = report.cue
    start, _ = reading.sentence_of[first]
    cue = glances[last]
    form = report.form
    before = glances[first - 1] if first > start else None
    behind = glances[last + 1] if last + 1 < len(glances) else None
    content = glances[report.content] if report.content < len(glances) else None
    lemma = form.verb if form else glances[first].unjoined
    kind = f"{form.kind} {form.form}" if form else "apart"
    said_by = report.speaker.kind if report.speaker else "none"
    yield f"verb {lemma}"
    yield f"kind {kind}"
    yield f"verb opening {lemma} {report.opening}"
    yield f"kind opening {kind} {report.opening}"
    yield f"opening speaker {report.opening} {said_by} {report.side}"
    yield f"kind speaker {kind} {said_by} {report.side}"
    yield f"speaker {said_by}"
    yield f"tag {cue.tag} {kind}"
    yield f"field {reading.passage.field} {report.opening}"
    yield f"before {before.tag if before else 'start'} {cue.joined}"
    if before is not None and not before.is_sign:
        yield f"word before {before.unjoined}"
    if behind is not None:
        yield f"behind {behind.tag} {report.opening}"
        yield f"word behind {behind.unjoined if behind.tag in ('ADP', 'SCONJ', 'PUNCT', 'PRON') else behind.tag} {kind}"
    if content is not None:
        yield f"content {content.tag} {report.opening}"
        yield f"content {content.tag} {content.preposition} {kind}"
    yield f"distance {min(6, (report.content - last) // 3)} {report.opening}"
    yield f"length {min(5, max(0, report.stop - report.content) // 4)} {report.opening}"
    yield f"place {min(3, (first - start) // 4)} {kind}"
    if form and form.has_object:
        yield f"object {report.opening}"
    if form and form.plural:
        yield "plural"
    if report.speaker:
        phrase = report.speaker
        yield f"speaker length {min(5, phrase.last - phrase.first)}"
        yield f"speaker definite {glances[phrase.first].definite} {said_by}"
        yield f"head {glances[phrase.first].bare}"
    earlier = [other for other in reports[:at] if other.cue[0] >= start]
    yield f"earlier {min(2, len(earlier))} {kind} {report.opening}"
    if any(other.content == report.content for other in reports[at + 1 : at + 3]):
        yield "cue behind has the same clause"
    if any(other.content == report.content for other in earlier):
        yield "cue before has the same clause"


def clause_of(
    reading: Reading, report: Report, taken: Sequence[Report], apart: frozenset[int]
) -> tuple[int, int] | None:
    """Give the first and last word of what was said; None when there is none.

    ``taken`` are the other acts of reporting that are believed, ``apart`` the words where «بحسب» and its like begin.
    """
    first = report.content
    last = (_stop(reading, report, taken, apart) if report.opening != "behind" else report.stop) - 1
    if report.opening == "behind":
        first = max([first] + [_stop_word(other) for other in taken if first <= other.cue[1] < report.cue[0]])
    glances = reading.glances
    while first <= last and glances[first].full in _LEADING:
        first += 1
    while last >= first and glances[last].full in _TRIMMED:
        last -= 1
    return (first, last) if last >= first else None


def _stop_word(other: Report) -> int:
    return other.cue[0] if other.opening == "behind" else other.content


def _stop(reading: Reading, report: Report, taken: Sequence[Report], apart: frozenset[int]) -> int:
    """Give the place behind the last word of a clause."""
    glances = reading.glances
    stop = report.stop
    starts = {other.cue[0]: other for other in taken}
    words = cue_words()
    for at in range(report.content + 1, stop):
        glance, before = glances[at], glances[at - 1]
        other = starts.get(at)
        if other is not None and (
            glance.joined or before.full in _COMMAS or before.full in ("كما", "ثم", "لكنه", "لكنها")
        ):
            return at if before.full not in ("كما", "ثم", "لكنه", "لكنها") else at - 1
        if other is not None and other.opening == "behind":
            return at
        if before.full in _COMMAS and at - report.content > 2 and (glance.full in words.breaks or at in apart):
            return at
    return stop
