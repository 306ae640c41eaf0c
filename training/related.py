"""Learn which articles belong to one affair from windows read by hand (see tawatur.stories.related).

python -m training.related            prints what each window is worth to a model without it, learns from all, and saves
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.affairs import COLUMNS, Affairs, bridged, expanded
from tawatur.stories.features import sketch, text_to_embed
from tawatur.text.vectors import embed
from training.corpora import GOLD
from training.stories import MODELS, WINDOWS, evidence_of, read_articles, regression

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Window:
    """Two days of news, read by hand."""

    ids: list[str]
    themes: NDArray[np.int64]
    #: Pairs that share their text; they are neither learned nor shown.
    copies: NDArray[np.bool_]
    evidence: NDArray[np.float32]


def read_window(name: str) -> Window:
    """Read one window and hold each two of its articles against each other."""
    gold = json.loads((GOLD / f"{name}.stories.json").read_text(encoding="utf-8"))
    shared = json.loads((GOLD / f"{name}.copies.json").read_text(encoding="utf-8"))
    names = sorted({story["theme"] for story in gold["stories"]})
    theme_of = {article: names.index(story["theme"]) for story in gold["stories"] for article in story["ids"]}
    articles = list(read_articles(set(theme_of)).values())
    vectors = embed([text_to_embed(article) for article in articles])
    evidence = evidence_of([sketch(article, None, vector) for article, vector in zip(articles, vectors, strict=True)])
    ids = [article.id for article in articles]
    at = {id_: place for place, id_ in enumerate(ids)}
    copies = np.zeros((len(ids), len(ids)), np.bool_)
    for one, other in shared["copies"]:
        copies[at[one], at[other]] = copies[at[other], at[one]] = True
    return Window(ids, np.array([theme_of[id_] for id_ in ids]), copies, evidence[:, :, COLUMNS])


def learn(windows: Sequence[Window]) -> Affairs:
    """Learn the odds of a pair, then what a bridge over a third article adds."""
    first = _fit([_direct(window) for window in windows])
    direct = Affairs(*first, np.array([1.0, 0.0], np.float32), 0.0)
    second = _fit([_with_bridges(window, direct) for window in windows])
    return Affairs(*first, *second)


def _direct(window: Window) -> tuple[Floats, Floats]:
    one, other = _pairs(window)
    return expanded(window.evidence[one, other]).astype(np.float64), _same(window, one, other)


def _with_bridges(window: Window, model: Affairs) -> tuple[Floats, Floats]:
    one, other = _pairs(window)
    odds = odds_of(window, model)
    return np.column_stack([odds[one, other], bridged(odds)[one, other]]).astype(np.float64), _same(window, one, other)


def odds_of(window: Window, model: Affairs) -> NDArray[np.float32]:
    """Give the direct log odds of each two articles."""
    size = len(window.ids)
    odds = model.direct(window.evidence.reshape(size * size, -1)).reshape(size, size)
    np.fill_diagonal(odds, -9)
    return odds


def _pairs(window: Window) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    one, other = np.triu_indices(len(window.ids), 1)
    kept = ~window.copies[one, other]
    return one[kept], other[kept]


def _same(window: Window, one: NDArray[np.int64], other: NDArray[np.int64]) -> Floats:
    same: Floats = (window.themes[one] == window.themes[other]).astype(np.float64)
    return same


def _fit(parts: Sequence[tuple[Floats, Floats]]) -> tuple[NDArray[np.float32], float]:
    values = np.concatenate([rows for rows, _ in parts])
    same = np.concatenate([labels for _, labels in parts])
    mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    fitted = regression((values - mean) / spread, same, np.ones(len(same)))
    weights = fitted[:-1] / spread
    return weights.astype(np.float32), float(fitted[-1] - mean @ weights)


def shown(window: Window, model: Affairs, least: float, first: float) -> dict[str, float]:
    """Count as ``score.py related`` does what a model would show."""
    return shown_of(window, model.odds(odds_of(window, model)), least, first)


def shown_of(window: Window, odds: NDArray[np.float32], least: float, first: float) -> dict[str, float]:
    """Count what would be shown: the likest from ``first`` on, the others from ``least`` on."""
    good = found = served = could = silent = alone = 0
    for at in range(len(window.ids)):
        fits = (window.themes == window.themes[at]) & ~window.copies[at]
        fits[at] = False
        order = [j for j in np.argsort(-odds[at]) if j != at and not window.copies[at, j]][:5]
        got = [j for rank, j in enumerate(order) if odds[at, j] >= (least if rank else first)]
        found += len(got)
        good += int(fits[got].sum())
        could += bool(fits.any())
        served += bool(fits[got].any())
        alone += not fits.any()
        silent += not fits.any() and not got
    return {"precision": good / max(1, found), "served": served / max(1, could), "silent": silent / max(1, alone)}


def save(model: Affairs) -> None:
    """Write the model that ships, with its card."""
    card = (
        "Which two articles are of one affair. Learned from the themes of four windows of two days of the ANT corpus "
        "2.1 (free for research), 1,291 articles of five outlets read by hand; weights only, no text. "
        "python -m training.related"
    )
    np.savez_compressed(
        MODELS / "affairs.npz",
        weights=model.weights,
        constant=np.float32(model.constant),
        bridge_weights=model.bridge_weights,
        bridge_constant=np.float32(model.bridge_constant),
        card=np.frombuffer(card.encode(), np.uint8),
    )


def main() -> None:
    """Print each window's figures for a model that did not see it; learn from all and save."""
    windows = [read_window(name) for name in WINDOWS]
    left_out = [learn([other for other in windows if other is not window]) for window in windows]
    for least, first in product((2.0, 2.5, 3.0), (0.0, 0.5, 1.0)):
        figures = [shown(window, model, least, first) for window, model in zip(windows, left_out, strict=True)]
        means = {name: round(float(np.mean([of[name] for of in figures])), 3) for name in figures[0]}
        print(least, first, means, [{name: round(value, 2) for name, value in of.items()} for of in figures])
    save(learn(windows))


if __name__ == "__main__":
    main()
