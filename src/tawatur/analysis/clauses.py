"""
Reported clauses: where what was said begins and ends.

A clause runs to the end of its sentence unless it is cut before: at the next act of reporting («، مشيرا إلى أن»), at a
source named behind it («، بحسب رويترز»), where the writer takes the story up again («، وذلك وسط»). Each place where it
may be cut is judged by a small model; the first likely one cuts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tawatur.analysis.cue_words import cue_words
from tawatur.analysis.reading import Glance, Reading
from tawatur.analysis.report import Report
from tawatur.analysis.statement_models import StatementModel

__all__ = ["LIKELY_CLAUSE", "Around", "clause_of", "cut_features", "cuts_of"]

_COMMAS = frozenset("\u060c,\u061b;")
_CLOSING = frozenset('"\u201d\u00bb)')
_DASHES = frozenset("(-\u2013")
_TRIMMED = frozenset("\u060c,.\u061b;:\u2026-\u2013\u2014")
_LINKS = frozenset(("كما", "ثم", "لكنه", "لكنها", "حيث", "فيما", "بينما", "وقد", "وكان", "وكانت"))
# Behind و and ف.
_TURNS = frozenset(("لكن", "لكنه", "لكنها", "لم", "لن", "لا", "ليس", "هو", "هي", "هذا", "هذه", "ذلك"))
_FUNCTION = frozenset(("ADP", "SCONJ", "CCONJ", "PRON", "PART", "DET", "AUX", "PUNCT"))
_FEWEST_WORDS = 2
# Words; commas further back tell nothing more.
_FAR = 60
# Chosen by cross-validation over the articles of the train labels; see docs/quotes.md.
_LIKELY_CUT = 0.5
#: An act that likely reports a clause.
LIKELY_CLAUSE = 0.4


@dataclass(frozen=True, slots=True)
class Around:
    """The acts of reporting of a passage."""

    #: By the word they begin with.
    starts: Mapping[int, Report] = field(default_factory=dict)
    #: How likely each reports a clause.
    likely: Mapping[Report, float] = field(default_factory=dict)

    @classmethod
    def of(cls, likely: Mapping[Report, float]) -> Around:
        """Gather acts, each with how likely it reports a clause."""
        return cls({report.cue[0]: report for report in likely}, likely)

    def believes(self, report: Report) -> bool:
        """Tell whether an act reports a clause."""
        return self.likely.get(report, 0.0) >= LIKELY_CLAUSE


def clause_of(reading: Reading, report: Report, around: Around, model: StatementModel | None) -> tuple[int, int] | None:
    """Give the first and last word of what was said; None when there is none.

    Without a model the clause is given as long as it may be.
    """
    first, stop = report.content, report.stop
    if report.opening == "behind":
        inside = [around.starts[at] for at in range(first, report.cue[0]) if at in around.starts]
        before = [_stop_word(other) for other in inside if around.believes(other) and other.cue[1] < report.cue[0]]
        first = max([first, *before]) if model else first
    elif model:
        stop = next((at for at in cuts_of(reading, report, around) if _cuts(reading, report, around, at, model)), stop)
    glances, last = reading.glances, stop - 1
    while first <= last and glances[first].full in _TRIMMED:
        first += 1
    while last >= first and glances[last].full in _TRIMMED:
        last -= 1
    return (first, last) if last >= first else None


def _stop_word(other: Report) -> int:
    return other.cue[0] if other.opening == "behind" else other.content


def _cuts(reading: Reading, report: Report, around: Around, at: int, model: StatementModel) -> bool:
    return model.probability(cut_features(reading, report, around, at)) >= _LIKELY_CUT


def cuts_of(reading: Reading, report: Report, around: Around) -> Iterator[int]:
    """Give the words before which a clause may be cut: behind a comma or a mark, at «و» before a verb, at a cue."""
    glances = reading.glances
    for at in range(report.content + _FEWEST_WORDS, report.stop):
        glance, before = glances[at], glances[at - 1]
        behind_sign = before.full in _COMMAS | _CLOSING or before.full in (":", ".")
        joined_verb = glance.joined and glance.tag in ("VERB", "AUX")
        linked = (behind_sign or joined_verb or glance.full in _LINKS) and not glance.is_sign
        other = around.starts.get(at)
        told = other is not None and other.form is not None and (other.form.form == "participle" or glance.joined)
        turned = glance.joined and glance.unjoined in _TURNS
        if linked or told or turned or glance.full in _DASHES or glance.unjoined in cue_words().according:
            yield at


def cut_features(reading: Reading, report: Report, around: Around, at: int) -> Iterator[str]:
    """Give what tells whether a clause is cut before a word."""
    glances = reading.glances
    glance, before = glances[at], glances[at - 1]
    following = glances[at + 1] if at + 1 < report.stop else None
    behind = "comma" if before.full in _COMMAS else before.full if before.is_sign else "word"
    word = glance.full if glance.tag in _FUNCTION else glance.tag
    report_here = around.starts.get(at) or around.starts.get(at + 1)
    yield f"behind {behind}"
    yield f"word {word} {behind} {glance.joined}"
    yield f"unjoined {glance.unjoined} {behind}"
    yield f"opening {report.opening} {report.form.form if report.form else 'apart'} {behind}"
    yield f"next {following.tag if following else 'end'} {word}"
    yield f"so far {min(5, (at - report.content) // 4)} {behind}"
    yield f"to come {min(5, (report.stop - at) // 4)}"
    if glance.full in cue_words().breaks or glance.unjoined in cue_words().breaks:
        yield f"break {behind}"
    commas = sum(glances[place].full in _COMMAS for place in range(max(report.content, at - _FAR), at))
    yield f"commas {min(3, commas)} {behind}"
    if glance.joined and behind == "comma":
        yield f"like the first {glance.tag == glances[report.content].tag} {glance.tag}"
    if report_here is not None:
        kind = f"{report_here.form.kind} {report_here.form.form}" if report_here.form else "apart"
        yield f"report {kind} {report_here.opening} {behind}"
        yield f"report {kind} {glance.joined} {at in around.starts}"
        yield f"report likely {round(4 * around.likely.get(report_here, 0.0))} {behind} {glance.joined}"
        yield f"report speaker {report_here.side} {report_here.opening} {behind}"
    else:
        yield f"no report {behind} {glance.tag} {glance.joined}"
    if glance.tag == "VERB" and glance.joined:
        yield f"verb {glance.unjoined[:1]} {glances[report.content].tag}"
    if following:
        yield f"pair {_word(glance)} {_word(following)} {behind}"
    yield f"kind {report.form.kind if report.form else 'apart'} {report.opening} {word} {behind}"
    verbs = sum(glances[place].tag == "VERB" for place in range(max(report.content, at - _FAR), at))
    yield f"verbs {min(2, verbs)} {report.opening} {behind} {glance.tag}"


def _word(glance: Glance) -> str:
    """Give a word that joins others as it is, any other by its tag."""
    return glance.unjoined if glance.tag in _FUNCTION else glance.tag
