"""
The ranker of keyphrases: ``analysis/data/keyphrases.npz``.

``python -m training.keyphrases [--cross-validate]``

Learns which noun phrases of an article careful readers tagged, from the 150 articles of ``gold/reading.train.jsonl``
(labels ours). A phrase that a reader tagged in these very words is worth 1, one that says the same in more or fewer
words ``ALIKE``. ``--cross-validate`` prints figures, five parts of the articles in turn left out.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from itertools import islice
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from tawatur.analysis.document import read_documents
from tawatur.analysis.entities import find_entities
from tawatur.analysis.keyphrases import most_telling, printed_form
from tawatur.analysis.phrase_features import FEATURES, features_of, read_phrases
from tawatur.analysis.phrase_ranker import LEAVES
from tawatur.cli.analysing import dated_article_lines
from tawatur.cli.common import Refused
from tawatur.model.analysis import Entity
from training.corpora import GOLD

TARGET = Path("src/tawatur/analysis/data/keyphrases.npz")
ALIKE = 0.2
SEEDS = 3
TREES = 60
# The share of names that the finder misses in articles it has not learnt from.
MISSED_NAMES = 0.2


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read() -> list[dict[str, Any]]:
    """Read the train articles: features, texts and labels of the phrases of each."""
    score = scorer()
    lines = (GOLD / "reading.train.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {line["id"]: line["keyphrases"] for line in map(json.loads, lines)}
    found = []
    chance = np.random.default_rng(0)
    articles = list(dated_article_lines(str(GOLD / "reading-articles.train.jsonl"), Refused()))
    for document in read_documents(articles):
        names = as_if_unseen(find_entities(document), chance)
        candidates, texts = read_phrases(document, names)
        printed = [printed_form(candidate, texts) for candidate in candidates]
        tagged = gold[document.article.id]
        exact = {tuple(score.words(phrase)) for phrase in tagged}
        labels = [
            1.0 if tuple(score.words(text)) in exact
            else ALIKE if any(score.same_name(text, phrase) for phrase in tagged)
            else 0.0
            for text in printed
        ]  # fmt: skip
        rows = features_of(candidates, texts, names)
        found.append({"keys": [each.key for each in candidates], "texts": printed, "rows": rows,
                      "labels": np.array(labels), "gold": tagged})  # fmt: skip
    return found


def as_if_unseen(names: tuple[Entity, ...], chance: np.random.Generator) -> tuple[Entity, ...]:
    """Leave out some names: the finder of names has seen these articles, and finds fewer in others."""
    return tuple(name for name in names if chance.random() >= MISSED_NAMES)


def learn(articles: list[dict[str, Any]]) -> list[lightgbm.Booster]:
    rows = np.vstack([each["rows"] for each in articles])
    labels = np.concatenate([each["labels"] for each in articles])
    found = []
    for seed in range(SEEDS):
        model = lightgbm.LGBMRegressor(
            objective="xentropy", n_estimators=TREES, learning_rate=0.1, num_leaves=LEAVES - 1, min_child_samples=40,
            subsample=0.7, subsample_freq=1, colsample_bytree=0.5, reg_lambda=5, random_state=seed, n_jobs=1,
            verbose=-1,
        )  # fmt: skip
        found.append(model.fit(rows, labels).booster_)
    return found


def pack(models: list[lightgbm.Booster]) -> dict[str, np.ndarray]:
    """Lay trees out as ``Ranker`` asks them; the models' answers are averaged."""
    trees = [tree["tree_structure"] for model in models for tree in model.dump_model()["tree_info"]]
    features = np.zeros((len(trees), LEAVES - 1), dtype=np.uint8)
    thresholds = np.full((len(trees), LEAVES - 1), np.inf, dtype=np.float32)
    masks = np.full((len(trees), LEAVES - 1), 0xFFFF, dtype=np.uint16)
    values = np.zeros((len(trees), LEAVES), dtype=np.float32)
    for number, tree in enumerate(trees):
        splits = 0
        leaves = 0

        def walk(node: dict[str, Any], number: int = number) -> list[int]:
            nonlocal splits, leaves
            if "leaf_value" in node:
                values[number, leaves] = node["leaf_value"] / len(models)
                leaves += 1
                return [leaves - 1]
            at, splits = splits, splits + 1
            features[number, at] = node["split_feature"]
            thresholds[number, at] = np.nextafter(np.float32(node["threshold"]), np.float32(-np.inf), dtype=np.float32)
            if float(np.nextafter(thresholds[number, at], np.float32(np.inf))) <= node["threshold"]:
                thresholds[number, at] = np.nextafter(thresholds[number, at], np.float32(np.inf))
            left = walk(node["left_child"])
            for leaf in left:  # a row that fails goes right: the left leaves are ruled out
                masks[number, at] &= 0xFFFF ^ (1 << leaf)
            return left + walk(node["right_child"])

        walk(tree)
    return {"features": features.ravel(), "thresholds": thresholds.ravel(), "masks": masks.ravel(), "values": values}


def chosen(article: dict[str, Any], scores: np.ndarray, most: int = 10) -> list[str]:
    """Choose as ``find_keyphrases`` does."""
    texts = (article["texts"][at] for at in most_telling(article["keys"], scores))
    return list(islice(filter(None, texts), most))


def cross_validate(articles: list[dict[str, Any]]) -> str:
    score = scorer()
    part = np.arange(len(articles)) % 5
    np.random.default_rng(0).shuffle(part)
    exact = soft = found = gold = 0
    for left_out in range(5):
        models = learn([each for each, number in zip(articles, part, strict=True) if number != left_out])
        for article, number in zip(articles, part, strict=True):
            if number == left_out:
                got = chosen(article, np.mean([model.predict(article["rows"]) for model in models], axis=0))
                exact += len(score.match(article["gold"], got, lambda a, b: score.words(a) == score.words(b)))
                soft += len(score.match(article["gold"], got, score.same_name))
                found, gold = found + len(got), gold + len(article["gold"])
    both = found + gold
    return f"five parts, each left out once: exact F1@10 {2 * exact / both:.3f}, soft {2 * soft / both:.3f}"


def main() -> None:
    articles = read()
    figures = cross_validate(articles)
    print(figures)
    if "--cross-validate" in sys.argv:
        return
    models = learn(articles)
    card = {
        "what": "boosted trees that rank noun phrases as keyphrases",
        "made_by": "python -m training.keyphrases",
        "learnt_from": "gold/reading.train.jsonl: 1,409 keyphrases of 150 articles, labels of this project",
        "licence": "Apache-2.0, as the code; no text of the articles is in it",
        "figures": figures,
        "features": list(FEATURES),
    }
    np.savez_compressed(TARGET, card=np.array(json.dumps(card, ensure_ascii=False)), **pack(models))
    print(f"{TARGET}: {TARGET.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
