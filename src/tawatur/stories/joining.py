"""
Joining: how likely two articles are to be of one story, learned from windows read by hand.

Boosted trees over the evidence (``data/joining.npz``; ``training/stories.py`` makes it and prints what it is worth on
windows that it did not see). What they give is log odds, cut at both ends: one odd pair must not decide over a story
of fifty.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tawatur.stories.evidence import EVIDENCE
from tawatur.stories.finer import WEIGHED
from tawatur.stories.trees import Trees

__all__ = ["LEAST_ODDS", "MOST_ODDS", "Joining", "load_joining", "may_join", "odds_across_languages", "of_one_form"]

Floats = NDArray[np.float32]

#: Log odds are cut at these.
LEAST_ODDS = -7.0
MOST_ODDS = 4.0

# Pairs that share less than this in text, meaning and lead are of two stories: one pair of the gold in 150 is lost.
_LEAST_TEXT = 0.05
_LEAST_VECTOR = 0.35
_LEAST_LEAD = 0.08
# Articles in two writings share no word: what counts is what headlines and leads mean, as the sentence vectors have it.
# Set by hand: of paraphrases in two languages the two cosines' mean is .45 to .75, of unrelated texts .05 to .25.
_MEANING_OF_ONE_STORY = 0.48
_ODDS_OF_MEANING = 10.0
# One form filled with other names: «the Emir congratulates Malta», «the Emir congratulates Mali». Headline and text are
# alike, and neither a name nor a keyphrase nor a number is. In eleven windows read by hand three pairs are so.
_LEAST_OF_FORM = 0.45
_MOST_OF_PHRASES = 0.2
_MOST_OF_NAMES = 0.05
_FORM = [EVIDENCE.index(name) for name in ("title", "text")]
_NAMES = [EVIDENCE.index(name) for name in ("people", "places", "numbers")]
_PHRASES = EVIDENCE.index("phrases")
_TEXT, _VECTOR, _LEAD = (EVIDENCE.index(name) for name in ("text", "vector", "lead"))


@dataclass(frozen=True, slots=True)
class Joining:
    """A trained model."""

    trees: Trees
    #: Groups of articles that agree so well are one story (see ``linking.agreement``).
    threshold: float

    def odds(self, weighed: Floats) -> Floats:
        """Give the log odds that each row's two articles are of one story; a row has the figures of ``WEIGHED``."""
        return np.clip(self.trees.read(weighed), LEAST_ODDS, MOST_ODDS)


def of_one_form(evidence: Floats) -> NDArray[np.bool_]:
    """Tell which rows' two articles fill one form with other names; both must bear names."""
    alike = (evidence[:, _FORM] > _LEAST_OF_FORM).all(axis=1)
    other = (evidence[:, _NAMES] < _MOST_OF_NAMES).all(axis=1) & (evidence[:, _PHRASES] < _MOST_OF_PHRASES)
    return np.asarray(alike & other)


def odds_across_languages(weighed: Floats) -> Floats:
    """Give log odds for articles in two writings; a row has the figures of ``WEIGHED``."""
    meaning = weighed[:, [WEIGHED.index("vector"), WEIGHED.index("headline")]].mean(axis=1)
    odds = (meaning - _MEANING_OF_ONE_STORY) * np.float32(_ODDS_OF_MEANING)
    return np.asarray(np.clip(odds, LEAST_ODDS, MOST_ODDS), np.float32)


def may_join(evidence: Floats) -> NDArray[np.bool_]:
    """Tell which rows have enough in common to be asked about."""
    return np.asarray(
        (evidence[:, _TEXT] > _LEAST_TEXT) | (evidence[:, _VECTOR] > _LEAST_VECTOR) | (evidence[:, _LEAD] > _LEAST_LEAD)
    )


@lru_cache(maxsize=1)
def load_joining() -> Joining:
    """Load the model that ships."""
    with (files("tawatur.stories") / "data" / "joining.npz").open("rb") as file:
        kept = np.load(file)
        names = tuple(bytes(kept["weighed"]).decode().split())
        if names != WEIGHED:
            raise ValueError(f"joining.npz weighs {names}, not {WEIGHED}: train it anew")
        trees = Trees(kept["columns"], kept["edges"], kept["lefts"], kept["values"], float(kept["start"]))
        return Joining(trees=trees, threshold=float(kept["threshold"]))
