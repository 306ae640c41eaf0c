"""Learn which articles are of one story from windows read by hand (see tawatur.stories.joining).

python -m training.stories counts     counts how many articles of the unlabelled news hold each stem
python -m training.stories            learns from the four windows, and prints what each is worth to a model without it
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tawatur.model import Article, article_from_json
from tawatur.stories.evidence import EVIDENCE, LiveIndex
from tawatur.stories.features import Sketch, sketch, text_to_embed
from tawatur.stories.joining import LEAST_ODDS, Joining, expanded, may_join
from tawatur.stories.linking import link
from tawatur.stories.terms import terms_of
from tawatur.text.vectors import embed

DATA = Path(os.environ.get("TAWATUR_DATA", "../shared/data"))
MODELS = Path("src/tawatur/stories/data")
WINDOWS = ("dev", "devB", "devC", "devD")

#: A stem in fewer articles is as rare as one in none.
LEAST_ARTICLES = 3
LETTERS_COUNTED = 2_500

# What two articles agree in is worth more when they agree in the other as well.
PRODUCTS = (
    ("text", "title"),
    ("lead", "vector"),
    ("text", "vector"),
    ("title", "vector"),
    ("text", "hours"),
    ("text", "same_outlet"),
)
# Chosen with the model left out of each window in turn; .5 to 10 make no difference of a point.
PENALTY = 3.0
# How well two groups agree (see tawatur.stories.linking). Of -2 to -.5 over the windows left out; a quarter to either
# side costs up to two points.
THRESHOLD = -1.5


_NEVER_MOVES = 1e-5


@dataclass(frozen=True)
class Window:
    """Two days of news, read by hand."""

    articles: list[Article]
    ids: list[str]
    stories: NDArray[np.int64]
    #: Evidence of each two articles, shape (articles, articles, figures).
    evidence: NDArray[np.float32]


def count_terms() -> None:
    """Count stems over the unlabelled news; texts that stand twice are counted once."""
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for name in ("ant.jsonl.gz", "saudi.jsonl.gz"):
        with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                body = record.get("body") or ""
                if body[:200] in seen:
                    continue
                seen.add(body[:200])
                parts = (record.get("title") or "", record.get("abstract") or "", body[:LETTERS_COUNTED])
                counts.update(set(terms_of("\n".join(parts))))
    kept = sorted(term for term, count in counts.items() if count >= LEAST_ARTICLES)
    np.savez_compressed(
        MODELS / "term_counts.npz",
        terms=np.frombuffer("\n".join(kept).encode(), np.uint8),
        counts=np.array([counts[term] for term in kept], np.uint16),
        articles=np.int64(len(seen)),
    )


def read_articles(ids: set[str]) -> dict[str, Article]:
    """Read articles by id; of pages that stand twice the first is kept."""
    found: dict[str, Article] = {}
    with gzip.open(DATA / "ant.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["id"] in ids and record["id"] not in found:
                found[record["id"]] = article_from_json(record)
    return found


def read_window(name: str) -> Window:
    """Read one window and hold each two of its articles against each other.

    What the analysis finds is not looked at, and so gets no weight: the finder of names came after this model.
    """
    gold = json.loads((DATA / "gold" / f"{name}.stories.json").read_text(encoding="utf-8"))
    story_of = {article: at for at, story in enumerate(gold["stories"]) for article in story["ids"]}
    articles = list(read_articles(set(story_of)).values())
    vectors = embed([text_to_embed(article) for article in articles])
    sketches = [sketch(article, None, vector) for article, vector in zip(articles, vectors, strict=True)]
    ids = [article.id for article in articles]
    return Window(articles, ids, np.array([story_of[article] for article in ids]), evidence_of(sketches))


def evidence_of(sketches: Sequence[Sketch]) -> NDArray[np.float32]:
    """Give the evidence of each two articles."""
    index = LiveIndex()
    found = np.zeros((len(sketches), len(sketches), len(EVIDENCE)), np.float32)
    for at, one in enumerate(sketches):
        found[at, :at] = index.evidence(one)
        found[:at, at] = found[at, :at]
        index.add(one)
    return found


def link_window(window: Window, model: Joining) -> list[int]:
    """Group a window that has come in whole; gives the number of each article's story."""
    size = len(window.ids)
    odds = model.odds(window.evidence.reshape(-1, len(EVIDENCE))).reshape(size, size).astype(np.float64)
    np.fill_diagonal(odds, LEAST_ODDS)
    found = [0] * size
    for at, group in enumerate(link(odds, model.threshold)):
        for article in group:
            found[article] = at
    return found


def learn(windows: Sequence[Window], threshold: float = THRESHOLD) -> Joining:
    """Learn from windows."""
    products = tuple((EVIDENCE.index(one), EVIDENCE.index(other)) for one, other in PRODUCTS)
    parts = [_pairs(window) for window in windows]
    rows = np.concatenate([evidence for evidence, _, _ in parts])
    same = np.concatenate([labels for _, labels, _ in parts])
    weight = np.concatenate([weights for _, _, weights in parts])
    values = expanded(rows, products).astype(np.float64)
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    fitted = regression((values - mean) / spread, same, weight)
    weights = fitted[:-1] / spread
    weights[spread < _NEVER_MOVES] = 0
    return Joining(products, weights.astype(np.float32), float(fitted[-1] - mean @ weights), threshold)


def _pairs(window: Window) -> tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.float64]]:
    """Give rows, labels and weights of a window's pairs; a story of fifty weighs no more than its articles do."""
    one, other = np.triu_indices(len(window.ids), 1)
    rows = window.evidence[one, other]
    asked = may_join(rows)
    one, other, rows = one[asked], other[asked], rows[asked]
    same = (window.stories[one] == window.stories[other]).astype(np.float64)
    sizes = np.bincount(window.stories)[window.stories[one]]
    return rows, same, np.where(same > 0, 1 / np.sqrt(sizes), 1.0)


def regression(
    values: NDArray[np.float64], labels: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Fit a logistic regression by Newton's method; the constant comes last and is not held down."""
    values = np.hstack([values, np.ones((len(values), 1))])
    held = np.eye(values.shape[1]) * PENALTY
    held[-1, -1] = 1e-6
    found = np.zeros(values.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-values @ found))
        slope = values.T @ (weights * (chance - labels)) + held @ found
        curve = (values * (weights * chance * (1 - chance))[:, None]).T @ values + held
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-6:
            break
    return found


def save(model: Joining) -> None:
    """Write the model that ships, with its card."""
    card = (
        "Which two articles are of one story. Learned from four windows of two days of the ANT corpus 2.1 (free for "
        "research), 1,291 articles of five outlets read by hand; weights only, no text. python -m training.stories"
    )
    np.savez_compressed(
        MODELS / "joining.npz",
        evidence=np.frombuffer(" ".join(EVIDENCE).encode(), np.uint8),
        products=np.array(model.products, np.int8),
        weights=model.weights,
        constant=np.float32(model.constant),
        threshold=np.float32(model.threshold),
        card=np.frombuffer(card.encode(), np.uint8),
    )


def main() -> None:
    """Count, or learn and save."""
    if sys.argv[1:] == ["counts"]:
        count_terms()
        return
    save(learn([read_window(name) for name in WINDOWS]))


if __name__ == "__main__":
    main()
