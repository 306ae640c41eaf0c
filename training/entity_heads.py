"""
Train which runs behind a common word are names: ``analysis/data/entity_heads.npz``.

``python -m training.entities heads``. The articles of the train labels are tagged by taggers that have not seen them,
a third by turns; every run of ``tawatur.analysis.entity_heads`` is a name where a reader has its form as a place or an
organisation. Figures: ``python -m training.entities folds``. Needs scikit-learn.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tawatur.analysis import entities as finder
from tawatur.analysis.entity_heads import HeadModel, find_runs, signs_of
from tawatur.analysis.entity_tagger import NameTagger
from training import entities

TARGET = entities.MODELS / "entity_heads.npz"
PENALTY = 0.3
LEAST_WEIGHT = 0.01


@dataclass
class Asked:
    """A run: its signs, and whether a reader takes it for a name."""

    article: int
    signs: list[str]
    is_name: bool


def ask(taggers: dict[int, NameTagger]) -> list[Asked]:
    """Give the runs of the train articles as they look to taggers that have not seen them, one a fold."""
    from bench.analyse import scorer

    words = scorer().words
    articles, _ = entities.labelled()
    found: list[Asked] = []
    for fold, tagger in taggers.items():
        finder.load_name_tagger = lambda tagger=tagger: tagger
        for at in sorted(entities.left_out(fold)[0]):
            gold = {tuple(words(text)) for text, kind in articles[at][1] if kind != "PER"}
            reads, mentions = finder.read_mentions(entities.documents()[at])
            runs = [(number, run) for number, read in enumerate(reads) for run in find_runs(read.passage, read.forms)]
            counts = Counter(reads[number].key(run.first, run.last) for number, run in runs)
            for number, run in runs:
                tagged = sorted((one.first, one.last, one.type) for one in mentions if one.passage == number)
                text = finder.text_of(reads[number], run.first, run.last)
                signs = signs_of(reads[number].forms, run, tagged, counts)
                found.append(Asked(at, signs, tuple(words(text)) in gold))
    return found


def fit(asked: list[Asked]) -> tuple[DictVectorizer, LogisticRegression]:
    signs = DictVectorizer()
    rows = narrow(signs.fit_transform([dict.fromkeys(one.signs, 1) for one in asked]))
    model = LogisticRegression(C=PENALTY, max_iter=300, solver="liblinear", random_state=0)
    return signs, model.fit(rows, [one.is_name for one in asked])


def narrow(rows):
    """Give a sparse matrix the small indices that scikit-learn wants."""
    rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
    return rows


def model_of(signs: DictVectorizer, model: LogisticRegression) -> HeadModel:
    """Give what was learnt as the finder asks it."""
    weights = dict(zip(signs.get_feature_names_out(), model.coef_[0].tolist(), strict=True))
    return HeadModel(weights, float(model.intercept_[0]), {})


def write() -> None:
    signs, model = fit(ask(entities.taggers_of_folds()))
    kept = [at for at, weight in enumerate(model.coef_[0]) if abs(weight) > LEAST_WEIGHT]
    names = signs.get_feature_names_out()
    card = {
        "name": "which runs behind a common word are names of places or organisations",
        "learnt from": "150 articles read for this project (reading.train), tagged by taggers that had not seen them",
        "licence": "CC BY-SA 3.0, as the tagger; no text is in it",
    }
    np.savez_compressed(
        TARGET,
        signs=np.frombuffer("\n".join(names[at] for at in kept).encode("utf-8"), np.uint8),
        weights=model.coef_[0][kept].astype(np.float16),
        least=np.float32(model.intercept_[0]),
        card=np.frombuffer(json.dumps(card, ensure_ascii=False).encode("utf-8"), np.uint8),
    )
