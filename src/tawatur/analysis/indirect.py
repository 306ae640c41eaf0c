"""What tells that a cue reports a clause at all: its verb, its speaker, how what was said is opened."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tawatur.analysis.quotation_marks import Marked
from tawatur.analysis.reading import Glance, Reading
from tawatur.analysis.report import Report
from tawatur.analysis.speaker_words import speaker_words

__all__ = ["report_features"]

_FUNCTION = frozenset(("ADP", "SCONJ", "PUNCT", "PRON"))


def report_features(reading: Reading, reports: Sequence[Report], at: int, marked: Sequence[Marked]) -> Iterator[str]:
    """Give what tells whether an act of reporting reports a clause, as names of features that it has."""
    report = reports[at]
    form = report.form
    kind = f"{form.kind} {form.form}" if form else "apart"
    yield from _of_cue(reading, report, kind)
    yield from _of_speaker(reading, report, kind)
    yield from _of_content(reading, report, kind, marked)
    start, _ = reading.sentence_of[report.cue[0]]
    earlier = _of_sentence(reports, at, start)
    yield f"earlier {min(2, len(earlier))} {kind} {report.opening}"
    if any(other.content == report.content for other in reports[at + 1 : at + 3]):
        yield "cue behind has the same clause"
    if any(other.content == report.content for other in earlier):
        yield "cue before has the same clause"


def _of_sentence(reports: Sequence[Report], at: int, start: int) -> list[Report]:
    """Give the acts of reporting before one that begin in its sentence, nearest first."""
    earlier = []
    for place in range(at - 1, -1, -1):
        if reports[place].cue[0] < start:
            break
        earlier.append(reports[place])
    return earlier


def _of_cue(reading: Reading, report: Report, kind: str) -> Iterator[str]:
    glances, form = reading.glances, report.form
    first, last = report.cue
    start, _ = reading.sentence_of[first]
    cue = glances[last]
    before = glances[first - 1] if first > start else None
    behind = glances[last + 1] if last + 1 < len(glances) else None
    lemma = form.verb if form else glances[first].unjoined
    yield f"verb {lemma}"
    yield f"kind {kind}"
    yield f"verb opening {lemma} {report.opening}"
    yield f"kind opening {kind} {report.opening}"
    yield f"tag {cue.tag} {kind}"
    yield f"field {reading.passage.field} {report.opening}"
    yield f"field {reading.passage.field} {kind}"
    yield f"before {before.tag if before else 'start'} {cue.joined}"
    if before is not None and not before.is_sign:
        yield f"word before {before.unjoined}"
    if behind is not None:
        yield f"behind {behind.tag} {report.opening}"
        yield f"word behind {behind.unjoined if behind.tag in _FUNCTION else behind.tag} {kind}"
    yield f"place {min(3, (first - start) // 4)} {kind}"
    if form:
        yield f"verb form {lemma} {form.form}"
        if report.content < len(glances):
            yield f"verb governs {lemma} {_governing(glances[report.content])} {report.opening}"
            yield f"verb content {lemma} {glances[report.content].tag} {report.opening}"
        if report.speaker:
            yield f"verb speaker {lemma} {report.speaker.kind}"
    if form and form.has_object:
        yield f"object {report.opening}"
    if form and form.plural:
        yield "plural"


def _governing(glance: Glance) -> str:
    """Give the preposition that a clause begins with, if any."""
    return glance.unjoined if glance.tag == "ADP" else glance.full[:1] if glance.preposition else "none"


def _of_speaker(reading: Reading, report: Report, kind: str) -> Iterator[str]:
    phrase = report.speaker
    said_by = phrase.kind if phrase else "none"
    yield f"opening speaker {report.opening} {said_by} {report.side}"
    yield f"kind speaker {kind} {said_by} {report.side}"
    yield f"speaker {said_by}"
    if phrase is None:
        return
    head = reading.glances[phrase.first]
    yield f"speaker length {min(5, phrase.last - phrase.first)}"
    yield f"speaker definite {head.definite} {said_by}"
    yield f"head {head.bare}"
    if report.form is None and not report.apart:
        place = head.full in speaker_words().places or head.plain in speaker_words().places
        yield f"headline {said_by} {place} {min(3, phrase.last - phrase.first)}"


def _of_content(reading: Reading, report: Report, kind: str, marked: Sequence[Marked]) -> Iterator[str]:
    glances = reading.glances
    last = report.cue[1]
    if report.content < len(glances):
        content = glances[report.content]
        yield f"content {content.tag} {report.opening}"
        yield f"content {content.tag} {content.preposition} {kind}"
        if report.opening in ("object", "that"):
            named = (
                glances[report.content + 1] if content.tag == "ADP" and report.content + 1 < report.stop else content
            )
            yield f"content own {named.has_pronoun} {named.tag} {report.opening} {kind}"
    yield f"distance {min(6, (report.content - last) // 3)} {report.opening}"
    yield f"length {min(5, max(0, report.stop - report.content) // 4)} {report.opening}"
    if report.opening != "behind" and report.content < report.stop:
        yield from _of_marks(reading, report, marked)


def _of_marks(reading: Reading, report: Report, marked: Sequence[Marked]) -> Iterator[str]:
    """Words in marks inside a clause: where they are most of it, they are a direct quote and no clause."""
    start, end = reading.passage.words[report.content].start, reading.passage.words[report.stop - 1].end
    place = bisect_left(marked, start, key=lambda mark: mark.outer_start)
    first = next((mark for mark in marked[place : place + 1] if mark.outer_end <= end), None)
    if first is None:
        yield f"no marks {report.opening}"
        return
    before = len(reading.passage.word_range(start, first.outer_start))
    inside = len(reading.passage.word_range(first.start, first.end))
    behind = len(reading.passage.word_range(first.outer_end, end))
    yield f"marks begin {min(before, 5)} {report.opening}"
    yield f"marks end {min(behind, 4)} {report.opening}"
    yield f"marks hold {round(4 * inside / max(1, before + inside + behind))} {inside > 2} {report.opening}"
