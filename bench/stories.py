"""
Stories: ours beside plain ways, in one run.

python -m bench.stories            windows read by hand, each grouped by a model that never saw it
python -m bench.stories --shipped  the model that ships, which learned from them all
python -m bench.stories --speed    articles a second, as the archive grows

The plain ways get the threshold that is best on the answers; ours has one for all.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import math
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from bench.copies import news_blur
from bench.stability import take
from numpy.typing import NDArray
from training.stories import WINDOWS, Window, learn, link_window, read_own_windows, read_window

from tawatur.model import article_from_json
from tawatur.stories.features import text_to_embed
from tawatur.stories.grouping import Grouper
from tawatur.stories.joining import load_joining
from tawatur.stories.terms import terms_of
from tawatur.text.vectors import embed

DATA = Path(os.environ.get("TAWATUR_DATA", "../shared/data"))
FIGURES = ("BCubed", "pairwise", "whole")


@lru_cache(maxsize=1)
def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", DATA / "gold" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(DATA / "gold" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(name: str, ids: Sequence[str], groups: Sequence[int]) -> tuple[float, float, float]:
    """Score groups with the scorer beside the gold."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for article, group in zip(ids, groups, strict=True):
            file.write(json.dumps({"id": article, "story": str(group)}) + "\n")
        file.flush()
        found = _scorer().stories(DATA / "gold" / f"{name}.stories.json", file.name)
    return found["bcubed"]["f1"], found["pairwise"]["f1"], found["multi_outlet_stories_recovered_whole"]


def ours_left_out(windows: dict[str, Window], own: dict[str, Window]) -> dict[str, tuple[float, float, float]]:
    """Group each window with a model of the others and of those that we read ourselves."""
    known = windows | own
    return {
        name: score(name, of.ids, link_window(of, learn(other for key, other in known.items() if key != name)))
        for name, of in windows.items()
    }


def ours_shipped(windows: dict[str, Window]) -> dict[str, tuple[float, float, float]]:
    """Group each window with the model that ships."""
    return {name: score(name, of.ids, link_window(of, load_joining())) for name, of in windows.items()}


def best_threshold(
    windows: dict[str, Window], likeness: Callable[[Window], NDArray[np.float64]]
) -> dict[str, tuple[float, float, float]]:
    """Average link over a likeness; for each window the threshold with the best pairwise F1."""
    found = {}
    for name, of in windows.items():
        alike = likeness(of)
        scores = (score(name, of.ids, average_link(alike, threshold)) for threshold in np.arange(0.1, 0.75, 0.05))
        found[name] = max(scores, key=lambda figures: figures[1])
    return found


def average_link(alike: NDArray[np.float64], threshold: float) -> list[int]:
    """Group by the mean likeness across groups."""
    means, counts = alike.copy(), np.ones(len(alike))
    np.fill_diagonal(means, -1)
    group = np.arange(len(alike))
    while True:
        one, other = sorted(divmod(int(np.argmax(means)), len(means)))
        if means[one, other] < threshold:
            return list(group.tolist())
        means[one] = (means[one] * counts[one] + means[other] * counts[other]) / (counts[one] + counts[other])
        means[:, one] = means[one]
        means[one, one], means[other], means[:, other] = -1, -1, -1
        counts[one] += counts[other]
        group[group == other] = one


def tf_idf(of: Window) -> NDArray[np.float64]:
    """Cosines over stems weighed by the window's own document frequency: headline thrice, first 1,500 letters."""
    texts = [terms_of(f"{article.title} " * 3 + article.body[:1500]) for article in of.articles]
    held = Counter(term for text in texts for term in set(text))
    places = {term: at for at, term in enumerate(held)}
    rows = np.zeros((len(texts), len(places)))
    for at, text in enumerate(texts):
        for term, count in Counter(text).items():
            rows[at, places[term]] = (1 + math.log(count)) * math.log(len(texts) / held[term])
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(rows @ rows.T)


def vector_cosines(of: Window) -> NDArray[np.float64]:
    """Cosines of the sentence vectors of headline and lead."""
    vectors = embed([text_to_embed(article) for article in of.articles])
    return np.asarray(vectors @ vectors.T, np.float64)


def title_rule(windows: dict[str, Window]) -> dict[str, tuple[float, float, float]]:
    """NewsBlur's rule (PEERS.md): headlines of two outlets that share .6 of their words are of one story."""
    found = {}
    for name, of in windows.items():
        group = list(range(len(of.articles)))
        for one, article in enumerate(of.articles):
            for other in range(one):
                if news_blur(article, of.articles[other]):
                    old, new = group[one], group[other]
                    group = [new if at == old else at for at in group]
        found[name] = score(name, of.ids, group)
    return found


def show(way: str, found: dict[str, tuple[float, float, float]]) -> None:
    """Print a line a figure."""
    print(way)
    for at, figure in enumerate(FIGURES):
        each = [figures[at] for figures in found.values()]
        of_windows = "  ".join(f"{name} {value:.3f}" for name, value in zip(found, each, strict=True))
        print(f"  {figure:10} mean {np.mean(each):.3f}  {of_windows}")


def speed(articles: int) -> None:
    """Group a stream, without looking for names, and print how fast each thousand went in."""
    grouper = Grouper()
    with gzip.open(DATA / "ant.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = sorted((json.loads(line) for line in lines), key=lambda record: str(record.get("published")))
    stream = [article_from_json(record) for record in records[-articles:]]
    for start in range(0, len(stream), 1000):
        batch = stream[start : start + 1000]
        begun = time.perf_counter()
        take(grouper, batch, plain=True, at_once=32)
        took = time.perf_counter() - begun
        print(f"{start + len(batch):6} articles in, the last {len(batch)} at {len(batch) / took:.0f} a second")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="bench stories", description=__doc__)
    parser.add_argument("--shipped", action="store_true")
    parser.add_argument("--speed", type=int, nargs="?", const=5000)
    chosen = parser.parse_args(arguments)
    if chosen.speed:
        speed(chosen.speed)
        return
    windows = {name: read_window(name) for name in WINDOWS}
    if chosen.shipped:
        show("ours, the model that ships (it learned from these windows)", ours_shipped(windows))
        return
    show("ours, each window by a model of the others", ours_left_out(windows, read_own_windows()))
    show("TF-IDF, average link, best threshold on the answers", best_threshold(windows, tf_idf))
    show("sentence vectors, average link, best threshold on the answers", best_threshold(windows, vector_cosines))
    show("NewsBlur's title rule", title_rule(windows))


if __name__ == "__main__":
    main()
