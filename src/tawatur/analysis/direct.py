"""
Words in quotation marks: which of them report speech, and through which cue.

A name in marks follows the noun it names («صحيفة "بيلد"»), a term or irony is a word or two; speech follows a cue, a
colon or «إن», has verbs, and ends where a sentence may.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from tawatur.analysis.quotation_marks import Marked
from tawatur.analysis.reading import Reading
from tawatur.analysis.report import WORDS_OF_SPEECH, Report
from tawatur.analysis.speaker_words import speaker_words

__all__ = ["governing", "mark_features", "speeches"]

_WORDS_TO_CUE_BEHIND = 7
# A cue governs marks of its own sentence, or of a speech without end; further back it is forgotten.
_WORDS_FROM_CUE = 150
# Cues that introduce marks report no clause: the model of clauses doubts them.
_HARDLY_A_CUE, _SURELY_A_CUE = 0.1, 0.5
_WORDS_TO_TOLD = 6
# Names in marks are short and stand again near by.
_WORDS_OF_NAME, _LETTERS_NEAR = 6, 3_000
_FEW_WORDS, _MANY_WORDS = 5, 9
_ENDS = frozenset(".!؟?…")


def speeches(reading: Reading, marked: Sequence[Marked]) -> list[Marked]:
    """Give the marks that may hold speech: outermost, of three words or more."""
    return [
        mark
        for mark in marked
        if not mark.depth
        and sum(not reading.glances[at].is_sign for at in reading.passage.word_range(mark.start, mark.end))
        >= WORDS_OF_SPEECH
    ]


def governing(
    reading: Reading, mark: Marked, reports: Sequence[Report], likely: Mapping[Report, float]
) -> tuple[Report | None, str]:
    """Give the act of reporting that marked words belong to, and how they stand to it.

    ``reports`` are those of the passage in order, ``likely`` tells how likely each reports a clause.
    """
    inside = reading.passage.word_range(mark.outer_start, mark.outer_end)
    first = bisect_left(reports, inside.start - _WORDS_FROM_CUE, key=lambda report: report.cue[0])
    last = bisect_left(reports, inside.stop + _WORDS_TO_CUE_BEHIND + 1, key=lambda report: report.cue[0])
    reports = [one for one in reports[first:last] if likely[one] >= _HARDLY_A_CUE or one.opening == "marks"]
    start, stop = reading.sentence_of[inside.start]
    before = [one for one in reports if one.cue[1] < inside.start and one.opening != "behind"]
    opened = [one for one in before if one.opening == "marks" and one.content == inside.start]
    speaking = [one for one in opened if one.form is None or one.form.kind in ("say", "tell", "write")]
    within = [one for one in before if one.content <= inside.start < one.stop and one not in opened]
    reporting = [one for one in within if likely[one] >= _SURELY_A_CUE]
    if speaking and not _is_told(reading, speaking[0], reporting):
        return speaking[0], "opens"
    if reporting and opened:
        return reporting[-1], "within"
    if opened:
        return opened[-1], "opens"
    if within:
        return (reporting or within)[-1], "within"
    behind = [one for one in reports if inside.stop <= one.cue[0] <= inside.stop + _WORDS_TO_CUE_BEHIND]
    behind = [one for one in behind if one.cue[0] < max(stop, reading.sentence_of[inside.stop - 1][1])]
    if behind:
        return behind[0], "behind"
    near = [one for one in before if one.cue[0] >= start]
    return (near[-1], "near") if near else (None, "none")


def _is_told(reading: Reading, report: Report, reporting: Sequence[Report]) -> bool:
    """Tell whether an act of speaking is itself reported: «قائلا إن عباس تحدث عن»."""
    first = report.cue[0]
    return not reading.glances[first].joined and any(
        one.opening == "that" and one.content <= first <= one.content + _WORDS_TO_TOLD for one in reporting
    )


def mark_features(
    reading: Reading, mark: Marked, report: Report | None, relation: str, probable: float
) -> Iterator[str]:
    """Give what tells whether marked words are speech; ``probable`` is how likely their report reports at all."""
    glances = reading.glances
    inside = reading.passage.word_range(mark.start, mark.end)
    outer = reading.passage.word_range(mark.outer_start, mark.outer_end)
    words = [glances[at] for at in inside if not glances[at].is_sign]
    before = glances[outer.start - 1] if outer.start else None
    behind = glances[outer.stop] if outer.stop < len(glances) else None
    verbs = sum(glance.tag in ("VERB", "AUX") for glance in words)
    names = sum(glance.tag in ("PROPN", "X") for glance in words)
    yield f"relation {relation}"
    yield f"relation {relation} {round(4 * probable)}"
    yield f"words {min(len(words), 12)}"
    size = "few" if len(words) < _FEW_WORDS else "some" if len(words) < _MANY_WORDS else "many"
    yield f"verbs {min(verbs, 3)} {min(len(words), 6)}"
    yield f"names {round(4 * names / max(1, len(words)))}"
    yield f"first {words[0].tag} {words[0].definite}" if words else "empty"
    yield f"field {reading.passage.field}"
    if 0 < len(words) <= _WORDS_OF_NAME:
        text, called = reading.passage.text, words[0].bare in speaker_words().bodies
        near = text[max(0, mark.start - _LETTERS_NEAR) : mark.end + _LETTERS_NEAR]
        yield f"called so {called} {min(verbs, 1)}"
        yield f"again {near.count(text[mark.start : mark.end]) > 1} {min(verbs, 1)}"
    if before is not None:
        yield f"before {before.full if before.is_sign or before.tag in ('ADP', 'SCONJ') else before.tag}"
        called = before.bare in speaker_words().bodies
        yield f"called {called} {before.tag} {min(verbs, 1)}"
        yield f"word before {before.bare}"
        titles = before.bare in speaker_words().works
        yield f"titles {titles} {min(verbs, 3)}"
        yield f"titles {titles} {size}"
    else:
        yield "before nothing"
    follows = "nothing" if behind is None else behind.full if behind.is_sign else behind.tag
    yield f"behind {follows}"
    yield f"behind {follows} {size}"
    last = reading.passage.text[mark.end - 1]
    yield f"ends {last in _ENDS}"
    yield f"signs {any(glances[at].full in ('،', '.', '؟', '!', ',') for at in inside)}"
    if all(word.full.isascii() for word in words):
        yield "latin"
    if report is not None and report.form is not None:
        yield f"kind {report.form.kind} {relation}"
        yield f"verb {report.form.verb} {relation}"
    if outer.start and reading.sentence_of[outer.start][0] == outer.start:
        yield "begins a sentence"
