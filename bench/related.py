"""Read also: precision, how many are served, and silence, on windows that the model did not see.

``python -m bench related`` prints the mean over the four windows, each scored by a model learned from the others with
the thresholds that ship; beside it what plain likeness gives (sentence vectors, texts weighed by rarity), with the
threshold that suits it best on the answers themselves.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from training.related import Window, learn, odds_of, read_window, shown_of
from training.stories import WINDOWS

from tawatur.stories.affairs import COLUMNS, Affairs
from tawatur.stories.evidence import EVIDENCE
from tawatur.stories.related import RelatedOptions

THRESHOLDS = np.arange(0.1, 0.95, 0.05)


def main() -> None:
    """Print all figures."""
    options = RelatedOptions()
    windows = [read_window(name) for name in WINDOWS]
    ours = []
    for window in windows:
        model: Affairs = learn([other for other in windows if other is not window])
        ours.append(shown_of(window, model.odds(odds_of(window, model)), options.further, options.first))
    _print("tawatur", ours)
    for name in ("vector", "text"):
        likeness = [window.evidence[:, :, COLUMNS.index(EVIDENCE.index(name))] for window in windows]
        _print(f"plain {name}", max((_at(windows, likeness, least) for least in THRESHOLDS), key=_worth))


def _at(windows: list[Window], likeness: list[NDArray[np.float32]], least: float) -> list[dict[str, float]]:
    return [shown_of(window, of, least, least) for window, of in zip(windows, likeness, strict=True)]


def _worth(figures: list[dict[str, float]]) -> float:
    means = _means(figures)
    return means["precision"] + means["served"]


def _means(figures: list[dict[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([of[name] for of in figures])) for name in figures[0]}


def _print(name: str, figures: list[dict[str, float]]) -> None:
    print(name, " ".join(f"{of} {value:.3f}" for of, value in _means(figures).items()))


if __name__ == "__main__":
    main()
