"""
Prefix, stem and suffix of a single Arabic word, without its sentence.

The model is arabic-morph-segmenter's (Faisal Alshargi, MIT licence, the notice beside the weights): a character
BiLSTM with a conditional random field over the labels prefix, stem, suffix. Its weights run here in numpy, packed
into bytes (the same answer in 997 of 1,000 word types), a batch of words at a time.
Of 32 tricky words it stems 30 acceptably, Snowball 11.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from tawatur.text.recurrent import BothWays, Floats, read_layer, read_matrix

_UNKNOWN = 1
_FIRST_CHARACTER = 2
_WORDS_IN_A_BATCH = 1024

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
    #: What each character comes to before the gates of the first layer, both ways.
    table: Floats
    layers: tuple[BothWays, BothWays]
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
        distinct = dict.fromkeys(words)
        found = {word: Affixes(0, 0) for word in distinct if not 1 < len(word) <= LONGEST_WORD}
        # In the order of the letters: what begins alike is read once.
        asked = sorted(word for word in distinct if word not in found)
        for start in range(0, len(asked), _WORDS_IN_A_BATCH):
            batch = sorted(asked[start : start + _WORDS_IN_A_BATCH], key=len, reverse=True)
            states = self._states(batch)
            at = 0
            for size, group in groupby(batch, key=len):
                same_length = list(group)
                end = at + size * len(same_length)
                labels = self._label(states[at:end].reshape(len(same_length), size, -1))
                at = end
                prefixes, suffixes = (labels == 0).sum(axis=0), (labels == 2).sum(axis=0)
                for word, prefix, suffix in zip(same_length, prefixes.tolist(), suffixes.tolist(), strict=True):
                    found[word] = Affixes(prefix, suffix)
        return found

    def _states(self, words: list[str]) -> Floats:
        """Read words, the longest first: states of both ways, letter by letter, word after word.

        The first layer reads each beginning and each ending once, however many words share it.
        """
        lower, upper = self.layers
        lengths = [len(word) for word in words]
        onwards = np.full((len(words), lengths[0]), _UNKNOWN, np.intp)
        for letters, word in zip(onwards, words, strict=True):
            letters[: len(word)] = [self.characters.get(letter, _UNKNOWN) for letter in word]
        sizes = np.array(lengths)[:, None]
        places = np.arange(lengths[0])
        stands = places < sizes
        from_end = np.where(stands, sizes - 1 - places, places)
        half = self.table.shape[1] // 2
        begun = lower.grow(self.table[:, :half], onwards, lengths, 0)
        ended = lower.grow(self.table[:, half:], np.take_along_axis(onwards, from_end, 1), lengths, 1)
        wide = begun.states.shape[1]
        rows = (begun.states @ upper.from_input[:wide])[begun.nodes[stands]]
        rows += (ended.states @ upper.from_input[wide:])[np.take_along_axis(ended.nodes, from_end, 1)[stands]]
        rows += upper.bias
        return upper.run_projected(rows, lengths)

    def _label(self, states: Floats) -> NDArray[np.intp]:
        """Label the letters of equally long words (words, letters, states).

        Returns:
            0 prefix, 1 stem or 2 suffix, by letter and word.
        """
        emissions = (states @ self.label_weights + self.label_bias).swapaxes(0, 1)
        score = self.first + emissions[0]
        came_from = []
        for emission in emissions[1:]:
            ways = score[:, :, None] + self.follows
            came_from.append(ways.argmax(axis=1))
            score = ways.max(axis=1) + emission
        label = (score + self.last).argmax(axis=1)
        labels = [label]
        for back in reversed(came_from):
            label = back[np.arange(len(label)), label]
            labels.append(label)
        return np.array(labels[::-1])


@lru_cache(maxsize=1)
def load_segmenter() -> Segmenter:
    """Load the weights that ship (2.3 MB, once a process)."""
    with as_file(files("tawatur.text") / "data" / "models" / "segmenter.npz") as path, np.load(path) as weights:
        lower = read_layer(weights, "lstm", 0)
        return Segmenter(
            characters={str(c): i for i, c in enumerate(weights["characters"], start=_FIRST_CHARACTER)},
            table=read_matrix(weights, "embedding.weight") @ lower.from_input + lower.bias,
            layers=(lower, read_layer(weights, "lstm", 1)),
            label_weights=np.ascontiguousarray(read_matrix(weights, "classifier.weight").T),
            label_bias=weights["classifier.bias"],
            first=weights["crf.start_transitions"],
            last=weights["crf.end_transitions"],
            follows=weights["crf.transitions"],
        )
