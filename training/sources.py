"""
The models of sources: ``analysis/data/sources.npz``.

``python -m training.sources [--cross-validate]``

Learns who is credited for information, what they are, and which carrier brought their words, from the labelled
articles (``labels``). What each article's statements tell is told by statement models that have not seen it, as it
will be of new articles. ``--cross-validate`` prints figures of the scorer beside the gold, five
parts of the articles in turn left out, over some thresholds; without it the models are written.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from sklearn.linear_model import LogisticRegression

from tawatur.analysis import attribution, entities, statements
from tawatur.analysis.document import Document
from tawatur.analysis.source_groups import SourceGroup, group_mentions
from tawatur.analysis.source_kinds import Types, kind_features
from tawatur.analysis.source_mentions import find_mentions
from tawatur.analysis.source_models import SourceModels
from tawatur.analysis.statements import Hearing, listen
from tawatur.model import as_json
from tawatur.model.analysis import Entity
from training import statements as training_of_statements
from training.corpora import GOLD
from training.labels import Labels

TARGET = Path("src/tawatur/analysis/data/sources.npz")
PARTS = 5
# A feature seen once is of one article.
LEAST_SEEN = 2
# The weight of data against the prior of small weights, chosen by cross-validation: sources and ways hardly tell .15
# from .6, kinds gain a point from .15 to 4.
FITS = {"source": 0.3, "way": 0.3, "kind": 4.0}
CARD = (
    "Sources: logistic regressions over named features. Learnt from the 150 articles of reading.train.jsonl and those "
    "of statements_read.json (labels ours, free); no text of the data is in it beside single words."
)


@dataclass
class Learnt:
    document: Document
    labels: Labels
    groups: list[SourceGroup]
    names: tuple[Entity, ...]
    hearing: Hearing

    @property
    def gold(self) -> list[dict[str, Any]]:
        """Who is credited."""
        return self.labels.sources

    def gold_of(self, group: SourceGroup, score: Any) -> dict[str, Any] | None:
        """Give the source that the reader marked, whose name is the group's."""
        name = self.document.slice(group.name)
        return next((one for one in self.gold if score.same_name(one["name"], name)), None)


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCORE = scorer()


def read() -> list[Learnt]:
    """Read articles and gather who may be a source."""
    articles = training_of_statements.load()
    learnt: dict[int, Learnt] = {}
    for part in range(PARTS):
        taught = [article for at, article in enumerate(articles) if at % PARTS != part]
        with patch.object(statements, "load_model", training_of_statements.learn(taught).get):
            for at in range(part, len(articles), PARTS):
                document = articles[at].document
                names = entities.find_entities(document)
                hearing = listen(document, names)
                groups = group_mentions(document, find_mentions(hearing))
                learnt[at] = Learnt(document, articles[at].labels, groups, names, hearing)
    return [learnt[at] for at in range(len(articles))]


def fit(rows: Sequence[Iterable[str]], labels: Sequence[Any], weight: float) -> tuple[list[str], LogisticRegression]:
    seen: dict[str, int] = {}
    for row in rows:
        for feature in row:
            seen[feature] = seen.get(feature, 0) + 1
    features = sorted(feature for feature, times in seen.items() if times >= LEAST_SEEN)
    index = {feature: at for at, feature in enumerate(features)}
    table = np.zeros((len(rows), len(features)), dtype=np.float32)
    for at, row in enumerate(rows):
        table[at, [index[feature] for feature in row if feature in index]] = 1
    return features, LogisticRegression(C=weight, max_iter=2000).fit(table, labels)


def binary(rows: Sequence[Iterable[str]], labels: Sequence[bool], weight: float) -> dict[str, float]:
    features, model = fit(rows, labels, weight)
    return {"bias": float(model.intercept_[0]), **dict(zip(features, model.coef_[0].tolist(), strict=True))}


def learn(articles: Sequence[Learnt]) -> SourceModels:
    """Learn the three models."""
    rows, labels, kind_rows, kinds, way_rows, way_labels = [], [], [], [], [], []
    for one in articles:
        types = Types.of(one.document, one.names)
        for group in one.groups:
            gold = one.gold_of(group, SCORE)
            rows.append(group.features())
            labels.append(gold is not None)
            if gold is None:
                continue
            kind_rows.append(kind_features(one.document, group, types))
            kinds.append(gold["kind"])
            for mention in group.mentions:
                for features, carrier in group.ways(mention):
                    carried = one.document.slice(carrier.name)
                    way_rows.append(features)
                    way_labels.append(bool(gold["via"]) and SCORE.same_name(gold["via"], carried))
    of_kind, model = fit(kind_rows, kinds, FITS["kind"])
    weights = {"bias": tuple(model.intercept_.tolist())}
    weights |= {feature: tuple(row) for feature, row in zip(of_kind, model.coef_.T.tolist(), strict=True)}
    return SourceModels(
        binary(rows, labels, FITS["source"]),
        binary(way_rows, way_labels, FITS["way"]),
        tuple(map(str, model.classes_)),
        weights,
    )


def save(models: SourceModels) -> None:
    arrays: dict[str, Any] = {"card": np.array(CARD), "kinds": np.array(json.dumps(models.kinds))}
    for name in ("source", "way", "kind"):
        weights = getattr(models, name)
        arrays[f"{name}_features"] = np.array(json.dumps(list(weights), ensure_ascii=False))
        arrays[f"{name}_weights"] = np.array(list(weights.values()), dtype=np.float32)
    np.savez_compressed(TARGET, **arrays)


def score(articles: Sequence[Learnt], found: Sequence[Sequence[dict[str, Any]]]) -> str:
    """Score sources as the scorer beside the gold does."""
    same = SCORE.same_name
    n = dict.fromkeys(("gold", "got", "hit", "kind", "via_gold", "via_got", "via_hit"), 0)
    for one, sources in zip(articles, found, strict=True):
        pairs = SCORE.match(one.gold, sources, lambda a, b: same(a["name"], b["name"]))
        n["gold"] += len(one.gold)
        n["got"] += len(sources)
        n["hit"] += len(pairs)
        n["kind"] += sum(a["kind"] == b["kind"] for a, b in pairs)
        gold_via = [source for source in one.gold if source["via"]]
        via = [source for source in sources if source["via"]]
        n["via_gold"] += len(gold_via)
        n["via_got"] += len(via)
        n["via_hit"] += len(
            SCORE.match(gold_via, via, lambda a, b: same(a["name"], b["name"]) and same(a["via"], b["via"]))
        )
    sources = SCORE.prf(n["hit"], n["got"], n["gold"])
    ways = SCORE.prf(n["via_hit"], n["via_got"], n["via_gold"])
    return f"sources {sources}  kind {n['kind'] / max(1, n['hit']):.3f}  via {ways}"


def cross_validate(articles: Sequence[Learnt]) -> None:
    models: dict[int, SourceModels] = {}
    for part in range(PARTS):
        models[part] = learn([one for at, one in enumerate(articles) if at % PARTS != part])
    for likely_source, likely_way in ((0.36, 0.28), (0.4, 0.28), (0.44, 0.28), (0.48, 0.28), (0.42, 0.36)):
        attribution.LIKELY_SOURCE, attribution.LIKELY_WAY = likely_source, likely_way
        found = []
        for at, one in enumerate(articles):
            attribution.load_source_models = lambda model=models[at % PARTS]: model  # type: ignore[assignment,misc]
            told = attribution.find_sources(one.document, one.names, one.hearing)[0]
            found.append([as_json(source) for source in told])
        print(likely_source, likely_way, score(articles, found), flush=True)


def main() -> None:
    """Learn, or print figures."""
    articles = read()
    if "--cross-validate" in sys.argv:
        cross_validate(articles)
    else:
        save(learn(articles))


if __name__ == "__main__":
    main()
