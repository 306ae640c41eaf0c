"""
Who is meant where nobody is named: the model ``speakers`` of ``statements.npz``, learnt by ``training.statements``.

Each act of reporting without a speaker, whose statement a reader marked, is a question; all who may be meant
(``analysis/speaker_choice``) are its answers, right where the name is the labelled one as the scorer compares names.
The model is a conditional logit: one weight a feature, the answers of a question against one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from tawatur.analysis.clauses import Around, clause_of
from tawatur.analysis.cue_words import folded
from tawatur.analysis.document import Document
from tawatur.analysis.report import Report
from tawatur.analysis.speaker_choice import Asked
from tawatur.analysis.speaker_resolution import Bearer, Roster
from tawatur.analysis.statement_models import StatementModel
from tawatur.analysis.statements import Heard
from tawatur.analysis.who_spoke import Speakers
from training.overlaps import overlap

# Strength of the penalty, chosen by cross-validation among 10, 15, 20, 30, 50 and 100.
PENALTY = 20.0
# Rarer features are left out.
SEEN = 3
# Shares of the shorter and of the longer text in common from which on the scorer takes two statements for one.
SAME = {"direct": (0.8, 0.7), "indirect": (0.7, 0.5)}
_LETTERS_OF_NAME = 4

Answers = tuple[Sequence[set[str]], Sequence[bool]]


class _Listening(Speakers):
    """The speakers by rule, with all who might have been meant."""

    def __init__(self, roster: Roster, taken: Sequence[Sequence[Report]]) -> None:
        self.asked: dict[Asked, list[tuple[Bearer, set[str]]]] = {}
        super().__init__(roster, taken)

    def meant(self, asked: Asked) -> Bearer | None:
        self.asked[asked] = list(self.candidates(asked))
        return super().meant(asked)


@dataclass(frozen=True, slots=True)
class Overheard:
    """An article as models that have not seen it hear it."""

    document: Document
    people: Sequence[Sequence[range]]
    passages: Sequence[Heard]
    quotes: Sequence[dict[str, Any]]
    cuts: StatementModel

    def questions(self) -> Iterator[Answers]:
        """Give the questions that have right and wrong answers."""
        readings = [heard.reading for heard in self.passages]
        speakers = _Listening(Roster(readings, self.people), [heard.believed for heard in self.passages])
        told = {}
        for number, heard in enumerate(self.passages):
            for speech in heard.speeches:
                speakers.of_mark(number, speech.mark, speech.report)
                asked = _question(number, speech.report) or speakers.asked_by_mark(number, speech.mark)
                told[asked] = self._speaker("direct", heard.reading.passage.text[speech.mark.start : speech.mark.end])
            for report, text in self._clauses(heard):
                told.setdefault(_question(number, report), self._speaker("indirect", text))
        for asked, answers in speakers.asked.items():
            name = told.get(asked)
            right = [name is not None and _same(name, self.document.slice(bearer.name)) for bearer, _ in answers]
            if any(right) and not all(right):
                yield [evidence for _, evidence in answers], right

    def _clauses(self, heard: Heard) -> Iterator[tuple[Report, str]]:
        around = Around.of(heard.reports)
        for report in heard.clauses:
            clause = clause_of(heard.reading, report, around, self.cuts)
            if clause is not None:
                span = heard.reading.span(*clause)
                yield report, heard.reading.passage.text[span.start : span.end]

    def _speaker(self, kind: str, text: str) -> str | None:
        for quote in self.quotes:
            shorter, longer = overlap(quote["text"], text) if quote["kind"] == kind else (0.0, 0.0)
            if shorter >= SAME[kind][0] and longer >= SAME[kind][1]:
                return str(quote["speaker"]) if quote["speaker"] else None
        return None


def _question(number: int, report: Report | None) -> Asked | None:
    return Asked(number, report.cue[0], report) if report is not None else None


def _same(name: str, other: str) -> bool:
    shorter, longer = sorted((folded(name).split(), folded(other).split()), key=len)
    alone = len(shorter) == 1 and len(shorter[0]) < _LETTERS_OF_NAME
    return bool(shorter) and set(shorter) <= set(longer) and (not alone or shorter == longer)


def learn_speakers(articles: Iterable[Overheard]) -> StatementModel:
    """Learn what tells who is meant."""
    questions = [question for article in articles for question in article.questions()]
    counts = Counter(feature for answers, _ in questions for evidence in answers for feature in evidence)
    names = sorted(feature for feature, count in counts.items() if count >= SEEN)
    places = {name: place for place, name in enumerate(names)}
    rows = [(number, evidence) for number, (answers, _) in enumerate(questions) for evidence in answers]
    cells = [(row, places[name]) for row, (_, evidence) in enumerate(rows) for name in evidence & places.keys()]
    along, across = zip(*cells, strict=True)
    matrix = csr_matrix((np.ones(len(cells)), (along, across)), shape=(len(rows), len(names)))
    right = np.array([one for _, of_question in questions for one in of_question], dtype=float)
    return StatementModel(dict(zip(names, _fit(matrix, np.array([n for n, _ in rows]), right), strict=True)), 0.0)


def _fit(matrix: csr_matrix, question: npt.NDArray[np.int64], right: npt.NDArray[np.float64]) -> list[float]:
    """Fit the weights under which right answers are likeliest among those of their question."""

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        scores = matrix @ weights
        best = np.full(question[-1] + 1, -np.inf)
        np.maximum.at(best, question, scores)
        powers = np.exp(scores - best[question])
        every, good = np.bincount(question, powers), np.bincount(question, powers * right)
        pull = powers * right / good[question] - powers / every[question]
        log_likelihood = float(np.log(good / every).sum())
        return PENALTY / 2 * float(weights @ weights) - log_likelihood, PENALTY * weights - matrix.T @ pull

    found = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return [float(weight) for weight in found.x]
