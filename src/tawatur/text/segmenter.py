"""
Prefix, stem and suffix of a single Arabic word, without its sentence.

The model is arabic-morph-segmenter's (Faisal Alshargi, MIT licence, the notice beside the weights): a character
BiLSTM with a conditional random field over the labels prefix, stem, suffix. Its weights run here in numpy, packed
into bytes (the same answer in 997 of 1,000 word types), a batch of equally long words at a time.
Of 32 tricky words it stems 30 acceptably, Snowball 11.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from tawatur.text.recurrent import BothWays, Floats, read_layer, read_matrix

_UNKNOWN = 1
_FIRST_CHARACTER = 2
_WORDS_IN_A_BATCH = 256

# Longer "words" are run-together text or noise; the longest Arabic word form of 17 million tokens of news has 15.
LONGEST_WORD = 24


@dataclass(frozen=True, slots=True)
class Affixes:
    """How many letters of a word are prefix (و ف ب ل ك س and ال) and suffix (plural, feminine, pronoun)."""

    prefix: int
    suffix: int


@dataclass(frozen=True, slots=True)
class Segmenter:
    """The trained model; ``load_segmenter`` gives the one that ships."""

    characters: dict[str, int]
    embedding: Floats
    layers: tuple[BothWays, ...]
    label_weights: Floats
    label_bias: Floats
    first: Floats
    last: Floats
    follows: Floats

    def segment(self, words: Iterable[str]) -> dict[str, Affixes]:
        """Find the affixes of each distinct word.

        Returns:
            The affixes by word; a word of more than ``LONGEST_WORD`` letters is all stem.

        >>> load_segmenter().segment(["وبالسلطات", "وباشينيان", "بوتين"])["وباشينيان"]
        Affixes(prefix=1, suffix=0)
        """
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        found: dict[str, Affixes] = {}
        for word in dict.fromkeys(words):
            if 1 < len(word) <= LONGEST_WORD:
                by_length[len(word)].append(word)
            else:
                found[word] = Affixes(0, 0)
        for same_length in by_length.values():
            for start in range(0, len(same_length), _WORDS_IN_A_BATCH):
                batch = same_length[start : start + _WORDS_IN_A_BATCH]
                labels = self._label(batch)
                prefixes, suffixes = (labels == 0).sum(axis=0), (labels == 2).sum(axis=0)
                for word, prefix, suffix in zip(batch, prefixes.tolist(), suffixes.tolist(), strict=True):
                    found[word] = Affixes(prefix, suffix)
        return found

    def _label(self, words: list[str]) -> NDArray[np.intp]:
        """Label the letters of equally long words: (letter, word) of 0 prefix, 1 stem, 2 suffix."""
        letters = np.array([[self.characters.get(letter, _UNKNOWN) for letter in word] for word in words])
        states = self.embedding[letters.ravel()]
        for layer in self.layers:
            states = layer.run(states, [letters.shape[1]] * len(words))
        emissions = (states @ self.label_weights + self.label_bias).reshape(*letters.shape, -1).swapaxes(0, 1)
        score = self.first + emissions[0]
        came_from = []
        for emission in emissions[1:]:
            ways = score[:, :, None] + self.follows
            came_from.append(ways.argmax(axis=1))
            score = ways.max(axis=1) + emission
        label = (score + self.last).argmax(axis=1)
        labels = [label]
        for back in reversed(came_from):
            label = back[np.arange(len(words)), label]
            labels.append(label)
        return np.array(labels[::-1])


@lru_cache(maxsize=1)
def load_segmenter() -> Segmenter:
    """Load the weights that ship (2.3 MB, once a process)."""
    with as_file(files("tawatur.text") / "data" / "models" / "segmenter.npz") as path, np.load(path) as weights:
        return Segmenter(
            characters={str(c): i for i, c in enumerate(weights["characters"], start=_FIRST_CHARACTER)},
            embedding=read_matrix(weights, "embedding.weight"),
            layers=(read_layer(weights, "lstm", 0), read_layer(weights, "lstm", 1)),
            label_weights=np.ascontiguousarray(read_matrix(weights, "classifier.weight").T),
            label_bias=weights["classifier.bias"],
            first=weights["crf.start_transitions"],
            last=weights["crf.end_transitions"],
            follows=weights["crf.transitions"],
        )
