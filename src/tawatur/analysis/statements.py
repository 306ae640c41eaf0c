"""
Statements: a cue of reporting, who spoke, and what was said, as Arabic news orders them.

The raw material of quotes and of the chain: each finding is a set of places in the text. Every cue and every pair of
marks is read with its surroundings (``reports``, ``quotation_marks``), two small models judge which of them report
(``statement_models``), and speakers are carried back to their fullest form (``speaker_resolution``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tawatur.analysis.clauses import LIKELY_CLAUSE, Around, clause_of
from tawatur.analysis.direct import governing, mark_features, speeches
from tawatur.analysis.document import Document
from tawatur.analysis.indirect import report_features
from tawatur.analysis.quotation_marks import Marked, find_marked
from tawatur.analysis.reading import Reading, read_passage
from tawatur.analysis.report import Report
from tawatur.analysis.reports import find_reports
from tawatur.analysis.speaker_resolution import Bearer, Roster
from tawatur.analysis.statement_models import StatementModel, load_model
from tawatur.analysis.who_spoke import Speakers
from tawatur.model.analysis import Entity, QuoteKind
from tawatur.text.spans import Field, Span

__all__ = [
    "Acts",
    "Heard",
    "Hearing",
    "Speaker",
    "Speech",
    "Statement",
    "acts_in",
    "find_statements",
    "hear",
    "judge",
    "listen",
    "people_in",
    "speech_evidence",
]

# Chosen by cross-validation over the articles of the train labels; see docs/quotes.md.
_LIKELY_SPEECH = 0.6
# A statement of the abstract or the title that shares this much of its words with one of the body is the same one.
_SAME_STATEMENT = 0.8
# Behind a name these open what was said: «قالت ريكس إن».
_OPEN_A_CLAUSE = frozenset(("\u0625\u0646", "\u0623\u0646"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who speaks, in the fullest form the text has."""

    name: Span
    #: The words of the text that tell what they are; None when it does not.
    role: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One act of saying."""

    kind: QuoteKind
    #: What was said, without marks.
    content: Span
    #: None when the text does not say who spoke.
    speaker: Speaker | None
    #: Who spoke as this very sentence has it («المتحدث»، «بيسكوف»); None for a pronoun or none.
    named_here: Span | None
    cue: Span | None
    #: The sentence, or the part of it, that holds cue, speaker and what was said.
    whole: Span


@dataclass(frozen=True, slots=True)
class Acts:
    """What may report something in a passage, before it is judged."""

    reading: Reading
    marked: Sequence[Marked]
    reports: Sequence[Report]

    def evidence(self) -> Iterator[Iterator[str]]:
        """Give of each act of reporting what tells whether it reports a clause."""
        return (report_features(self.reading, self.reports, at, self.marked) for at in range(len(self.reports)))

    def weighed(self, model: StatementModel) -> dict[Report, float]:
        """Give each act with how likely it reports a clause."""
        return {report: model.probability(of) for report, of in zip(self.reports, self.evidence(), strict=True)}


@dataclass(frozen=True, slots=True)
class Speech:
    """Words in marks that are speech, with the act of reporting they belong to."""

    mark: Marked
    report: Report | None


@dataclass(frozen=True, slots=True)
class Heard:
    """What is believed of a passage."""

    reading: Reading
    marked: Sequence[Marked]
    #: Acts that report a clause.
    clauses: Sequence[Report]
    speeches: Sequence[Speech]
    #: All that may be an act of reporting, each with how likely it reports a clause.
    reports: Mapping[Report, float]

    @property
    def believed(self) -> list[Report]:
        """Acts that report a clause or marks, in the order of the text."""
        reports = {*self.clauses, *(speech.report for speech in self.speeches if speech.report)}
        return sorted(reports, key=lambda report: report.cue)


@dataclass(frozen=True, slots=True)
class Hearing:
    """An article as it was heard: what the finder of sources goes on from."""

    passages: Sequence[Heard]
    #: Who spoke in the acts that are believed.
    speakers: Speakers
    #: In the order title, abstract, body.
    statements: tuple[Statement, ...]


def find_statements(document: Document, entities: tuple[Entity, ...]) -> tuple[Statement, ...]:
    """Find what the article reports as said or written, in the order title, abstract, body."""
    return listen(document, entities).statements


def listen(document: Document, entities: tuple[Entity, ...]) -> Hearing:
    """Find what the article reports, and keep all that was read on the way."""
    readings = [read_passage(passage) for passage in document.passages]
    people = [people_in(reading, entities) for reading in readings]
    heard = [hear(reading, known) for reading, known in zip(readings, people, strict=True)]
    speakers = Speakers(Roster(readings, people), [one.believed for one in heard], load_model("speakers"))
    found: list[Statement] = []
    for number, one in enumerate(heard):
        of_passage = [*_indirect(number, one, speakers), *_direct(number, one, speakers)]
        found += sorted(of_passage, key=lambda statement: statement.content)
    return Hearing(heard, speakers, tuple(_each_once(document, found)))


def people_in(reading: Reading, entities: Sequence[Entity]) -> list[range]:
    """Give the words of persons' names, longest first where they lie in one another."""
    passage = reading.passage
    spans = {
        kind: [
            span for entity in entities if entity.type == kind for span in entity.spans if span.field == passage.field
        ]
        for kind in ("PER", "LOC")
    }
    places = {span.end: span.start for span in sorted(spans["LOC"], reverse=True)}
    found: list[range] = []
    for span in sorted(spans["PER"], key=lambda span: (span.start, -span.end)):
        if places.get(span.end, span.start) < span.start:
            continue  # «ولاية نانغرهار»
        first = passage.word_range(0, span.start + 1).stop - 1
        words = range(max(0, first), passage.word_range(span.start, span.end).stop)
        if len(words) > 1 and passage.words[words[-1]].text in _OPEN_A_CLAUSE:
            words = words[:-1]
        if found and words and _is_hyphened(reading, found[-1].stop, words.start):
            found[-1] = range(found[-1].start, words.stop)
        elif words and (not found or words.start >= found[-1].stop):
            found.append(words)
    return found


def _is_hyphened(reading: Reading, end: int, start: int) -> bool:
    """«كيم جونغ-أون»: two parts of one name."""
    if start != end + 1 or reading.glances[end].full != "-":
        return False
    words = reading.passage.words
    return words[end - 1].end == words[end].start and words[end].end == words[start].start


def acts_in(reading: Reading, people: Sequence[range]) -> Acts:
    """Find what may report something in a passage."""
    marked = find_marked(reading.passage.text)
    return Acts(reading, marked, find_reports(reading, marked, people))


def hear(reading: Reading, people: Sequence[range]) -> Heard:
    """Find what may be reported in a passage and judge it."""
    return judge(acts_in(reading, people))


def judge(acts: Acts) -> Heard:
    """Judge what may be reported in a passage."""
    likely = acts.weighed(load_model("clause"))
    clauses = [report for report in acts.reports if likely[report] >= LIKELY_CLAUSE]
    model = load_model("marks")
    spoken = [speech for speech, of in speech_evidence(acts, likely) if model.probability(of) >= _LIKELY_SPEECH]
    return Heard(acts.reading, acts.marked, clauses, spoken, likely)


def speech_evidence(acts: Acts, likely: Mapping[Report, float]) -> Iterator[tuple[Speech, Iterator[str]]]:
    """Give the marks that may hold speech, each with its act of reporting and what tells whether it is speech."""
    for mark in speeches(acts.reading, acts.marked):
        report, relation = governing(acts.reading, mark, acts.reports, likely)
        probable = likely[report] if report else 0.0
        yield Speech(mark, report), mark_features(acts.reading, mark, report, relation, probable)


def _indirect(number: int, heard: Heard, speakers: Speakers) -> list[Statement]:
    reading = heard.reading
    found: dict[tuple[int, int], Statement] = {}
    cuts = load_model("cuts")
    around = Around.of(heard.reports)
    for report in heard.clauses:
        clause = clause_of(reading, report, around, cuts)
        if clause is None or clause in found or _is_one_pair(reading, heard.marked, clause):
            continue
        inner = around.starts.get(clause[0])
        if inner is not None and (around.believes(inner) or inner.opening == "marks"):
            continue  # «بحسب رويترز قال الوزير إن»: the minister's words
        found[clause] = _statement("indirect", reading.span(*clause), reading, report, speakers.of(number, report))
    return list(found.values())


def _direct(number: int, heard: Heard, speakers: Speakers) -> list[Statement]:
    reading = heard.reading
    return [
        _statement(
            "direct",
            Span(speech.mark.start, speech.mark.end, reading.passage.field),
            reading,
            speech.report,
            speakers.of_mark(number, speech.mark, speech.report),
        )
        for speech in heard.speeches
    ]


def _is_one_pair(reading: Reading, marked: Sequence[Marked], clause: tuple[int, int]) -> bool:
    """Tell whether a clause is nothing but words in marks: they are a direct quote."""
    start, end = reading.passage.words[clause[0]].start, reading.passage.words[clause[1]].end
    return any(mark.outer_start == start and mark.outer_end >= end for mark in marked)


def _statement(
    kind: QuoteKind, content: Span, reading: Reading, report: Report | None, bearer: Bearer | None
) -> Statement:
    named_here = None
    parts = [content]
    cue = None
    if report is not None:
        cue = reading.span(*report.cue)
        parts.append(cue)
        if report.speaker is not None:
            named_here = reading.span(report.speaker.first, report.speaker.last)
            parts.append(named_here)
    whole = Span(min(part.start for part in parts), max(part.end for part in parts), content.field)
    speaker = Speaker(name=bearer.name, role=bearer.role) if bearer else None
    return Statement(kind=kind, content=content, speaker=speaker, named_here=named_here, cue=cue, whole=whole)


def _each_once(document: Document, found: Sequence[Statement]) -> list[Statement]:
    """Leave out statements of the title and the abstract that the body has as well."""
    words = [frozenset(document.slice(statement.content).split()) for statement in found]
    kept = []
    for at, statement in enumerate(found):
        again = any(
            other.kind == statement.kind
            and other.content.field != statement.content.field
            and _share(words[at], words[place], statement.content.field) >= _SAME_STATEMENT
            for place, other in enumerate(found[at + 1 :], at + 1)
        )
        if not again:
            kept.append(statement)
    return kept


def _share(some: frozenset[str], others: frozenset[str], field: Field) -> float:
    """A headline is worded anew; an abstract is the beginning of the body, cut anywhere."""
    longer_or_shorter = max if field == "title" else min
    return len(some & others) / max(1, longer_or_shorter(len(some), len(others)))
