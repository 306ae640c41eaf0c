"""
What reports, and who is meant: ``analysis/data/statements.npz``, four small models over named features.

``python -m training.statements [--cross-validate]``

``clause`` tells whether a cue («أكد», «بحسب») reports a clause, ``cuts`` where such a clause ends, ``marks`` whether
words in quotation marks are speech, ``speakers`` who speaks where nobody is named (``training/speakers``). All learn
from the quotes of labelled articles (``labels``). A cue is a right one when it is the labelled cue of a statement that
stands behind it, or the last one whose clause overlaps with a statement as the scorer asks. The models of marks and
speakers learn on probabilities that the model of clauses gave to articles it had not seen. What ships is a weight a
feature: no text.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from tawatur.analysis import statements
from tawatur.analysis.clauses import Around, clause_of, cut_features, cuts_of
from tawatur.analysis.cue_words import folded
from tawatur.analysis.document import Document, read_documents
from tawatur.analysis.entities import find_entities
from tawatur.analysis.quotes import quotes_of
from tawatur.analysis.reading import read_passage
from tawatur.analysis.report import Report
from tawatur.analysis.statement_models import StatementModel
from tawatur.analysis.statements import Acts, acts_in, judge, people_in, speech_evidence
from tawatur.model import article_from_json
from training.labels import Labels, read_labels
from training.overlaps import overlap
from training.speakers import Overheard, learn_speakers

TARGET = Path("src/tawatur/analysis/data/statements.npz")
# Strength of the penalty, chosen by cross-validation among 0.1, 0.3, 0.5, 1 and 2.
CLAUSE_C, CUTS_C, MARKS_C = 0.3, 1.0, 0.5
FOLDS = 5
CARD = {
    "what": "logistic regressions: does a cue report a clause; where it ends; are words in quotation marks speech; "
    "who speaks where nobody is named",
    "learnt from": "5,631 quotes of 884 Arabic news articles, labelled by readers (training/labels.py)",
    "licence": "our own labels; single words of reporting, no text of the articles",
    "made by": "python -m training.statements",
}

Quote = dict[str, Any]
Example = tuple[Sequence[str], bool]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled article."""

    document: Document
    labels: Labels
    passages: Sequence[Acts]
    people: Sequence[Sequence[range]]

    @property
    def quotes(self) -> Sequence[Quote]:
        """What was said."""
        return self.labels.quotes


def load() -> list[Labelled]:
    """Read the labelled articles."""
    labels = read_labels()
    read = read_documents((article_from_json(one.article), UTC) for one in labels)
    return [_labelled(document, one) for document, one in zip(read, labels, strict=True)]


def _labelled(document: Document, labels: Labels) -> Labelled:
    names = find_entities(document)
    readings = [read_passage(passage) for passage in document.passages]
    people = [people_in(reading, names) for reading in readings]
    return Labelled(document, labels, list(map(acts_in, readings, people)), people)


def labels_of(read: Acts, quotes: Iterable[Quote]) -> dict[int, Quote]:
    """Give the acts of reporting of a passage that report a labelled statement, by place, with the statement."""
    clauses = [_whole_clause(read, report) for report in read.reports]
    right: dict[int, Quote] = {}
    for quote in quotes:
        if quote["kind"] == "indirect":
            cue = {word.rstrip("ا") for word in folded(quote["cue"] or "").split()}
            holds = [at for at, text in enumerate(clauses) if text and overlap(quote["text"], text)[0] > 0.7]
            named = [at for at in holds if cue & _cue_of(read, read.reports[at])]
            fits = [at for at in holds if overlap(quote["text"], clauses[at])[1] >= 0.5]
            right |= dict.fromkeys(named or fits[-1:], quote)
    return right


def _cue_of(read: Acts, report: Report) -> set[str]:
    return {read.reading.glances[at].unjoined.rstrip("ا") for at in range(report.cue[0], report.cue[1] + 1)}


def _whole_clause(read: Acts, report: Report) -> str:
    """Give the clause of a report as long as it may be."""
    reading, span = read.reading, clause_of(read.reading, report, Around(), None)
    return reading.passage.text[reading.start(span[0]) : reading.end(span[1])] if span else ""


def fit(examples: Sequence[Example], strength: float) -> StatementModel:
    """Learn a logistic regression; features seen once are left out."""
    counts = Counter(feature for features, _ in examples for feature in set(features))
    names = sorted(feature for feature, count in counts.items() if count > 1)
    places = {name: place for place, name in enumerate(names)}
    cells = [
        (row, places[name]) for row, (features, _) in enumerate(examples) for name in set(features) & places.keys()
    ]
    rows, columns = zip(*cells, strict=True)
    matrix = csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(examples), len(names)))
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=1000)
    model.fit(matrix, [right for _, right in examples])
    return StatementModel(dict(zip(names, model.coef_[0].tolist(), strict=True)), float(model.intercept_[0]))


def learn(articles: Sequence[Labelled]) -> dict[str, StatementModel]:
    """Learn all models; those of cuts and marks on what the model of clauses says of articles it has not seen."""
    marks: list[Example] = []
    cuts: list[Example] = []
    of_fold: list[StatementModel] = []
    for fold in range(FOLDS):
        taught = [article for at, article in enumerate(articles) if at % FOLDS != fold]
        clause = fit(_clause_examples(taught), CLAUSE_C)
        marks += _mark_examples(articles[fold::FOLDS], clause)
        cuts += _cut_examples(articles[fold::FOLDS], clause)
        of_fold.append(clause)
    models = {"cuts": fit(cuts, CUTS_C), "marks": fit(marks, MARKS_C)}
    heard = (
        _overheard(article, {**models, "clause": clause})
        for fold, clause in enumerate(of_fold)
        for article in articles[fold::FOLDS]
    )
    return {"clause": fit(_clause_examples(articles), CLAUSE_C), **models, "speakers": learn_speakers(heard)}


def _overheard(article: Labelled, models: Mapping[str, StatementModel]) -> Overheard:
    with patch.object(statements, "load_model", models.get):
        heard = [judge(acts) for acts in article.passages]
    return Overheard(article.document, article.people, heard, article.quotes, models["cuts"])


def _clause_examples(articles: Iterable[Labelled]) -> list[Example]:
    examples: list[Example] = []
    for article in articles:
        for read in article.passages:
            right = labels_of(read, article.quotes)
            examples += [(list(of), at in right) for at, of in enumerate(read.evidence())]
    return examples


def _cut_examples(articles: Iterable[Labelled], clause: StatementModel) -> list[Example]:
    """Give the places of labelled clauses where they might be cut, up to the one where they end."""
    examples: list[Example] = []
    for article in articles:
        for read in article.passages:
            around = Around.of(read.weighed(clause))
            for at, quote in labels_of(read, article.quotes).items():
                examples += _cuts_of_clause(read, read.reports[at], around, quote["text"].rstrip(". "))
    return examples


def _cuts_of_clause(read: Acts, report: Report, around: Around, text: str) -> Iterator[Example]:
    words = read.reading.passage.words
    if report.opening == "behind" or report.content >= len(words):
        return
    start = read.reading.passage.text.find(text, max(0, words[report.content].start - 12))
    if start < 0 or abs(start - words[report.content].start) > 40:
        return
    for at in cuts_of(read.reading, report, around):
        ends = words[at].start >= start + len(text) - 1
        yield list(cut_features(read.reading, report, around, at)), ends
        if ends:
            return


def _mark_examples(articles: Iterable[Labelled], clause: StatementModel) -> list[Example]:
    examples: list[Example] = []
    for article in articles:
        direct = [quote["text"] for quote in article.quotes if quote["kind"] == "direct"]
        for read in article.passages:
            for speech, of in speech_evidence(read, read.weighed(clause)):
                text = read.reading.passage.text[speech.mark.start : speech.mark.end]
                shares = [overlap(quote, text) for quote in direct]
                examples.append((list(of), any(short >= 0.8 and long >= 0.7 for short, long in shares)))
    return examples


def cross_validate(articles: Sequence[Labelled]) -> list[dict[str, Any]]:
    """Give the quotes of each shared article as models that have not seen it find them, as lines for the scorer."""
    shared = [at for at, article in enumerate(articles) if article.labels.is_shared]
    order = np.random.default_rng(0).permutation(shared)
    found = []
    for fold in range(FOLDS):
        unseen = {int(at) for at in order[fold::FOLDS]}
        models = learn([article for at, article in enumerate(articles) if at not in unseen])
        with patch.object(statements, "load_model", models.get):
            for at in unseen:
                document = articles[at].document
                quotes = quotes_of(document, statements.find_statements(document, ()), {})
                lines = [{"text": one.text, "kind": one.kind, "speaker": one.speaker} for one in quotes]
                found.append({"id": document.article.id, "quotes": lines})
    return found


def main() -> None:
    articles = load()
    if "--cross-validate" in sys.argv:
        for line in cross_validate(articles):
            print(json.dumps(line, ensure_ascii=False))
        return
    arrays: dict[str, Any] = {"card": np.array(json.dumps(CARD))}
    for name, model in learn(articles).items():
        arrays[f"{name}_features"] = np.array(json.dumps(list(model.weights), ensure_ascii=False))
        arrays[f"{name}_weights"] = np.array(list(model.weights.values()), dtype=np.float32)
        arrays[f"{name}_bias"] = np.array(model.bias)
    np.savez_compressed(TARGET, **arrays)
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
