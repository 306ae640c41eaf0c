"""
Clitics and parts of speech of words in their sentence, decided together.

A word is read as *opening* clitics + stem + *closing* pronoun; each way that its letters allow is scored with each
Universal Dependencies tag of the stem by a small BiLSTM over the sentence (``tawatur.text.word_evidence`` is what it
sees of a word). So وليد stays whole as a name and ``و+قال`` comes apart, and neither decision is made before the other.

``training/tagger.py`` makes the model and prints its figures; the card is in the model file (``Tagger.card``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np

from tawatur.text.letters import normalised_text
from tawatur.text.names import whole_names
from tawatur.text.recurrent import BothWays, Floats, read_layer, read_matrix
from tawatur.text.vocabulary import Vocabulary, load_vocabulary
from tawatur.text.word_evidence import weigh

#: Word forms whose first layer is remembered; some 40 MB when full.
REMEMBERED_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a word with its Universal Dependencies tag; the parts of a word joined give the word."""

    text: str
    pos: str


@dataclass(frozen=True, slots=True)
class Clitics:
    """Opening or closing clitics that go together, such as و + ب; empty for none."""

    segments: tuple[Segment, ...]
    letters: str


@dataclass(frozen=True, slots=True)
class _Remembered:
    """What the sentence adds nothing to: of a word form, once."""

    first_layer: Floats
    ways: tuple[tuple[int, int], ...]
    #: By opening, tag and closing, those chosen so far.
    segments: dict[tuple[int, int, int], tuple[Segment, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tagger:
    """The trained model; ``load_tagger`` gives the one that ships."""

    vocabulary: Vocabulary
    affix_index: dict[str, int]
    affix_vectors: Floats
    into_weights: Floats
    into_bias: Floats
    layer: BothWays
    out_weights: Floats
    out_bias: Floats
    openings: tuple[Clitics, ...]
    tags: tuple[str, ...]
    closings: tuple[Clitics, ...]
    opening_tag: Floats
    tag_closing: Floats
    card: dict[str, Any]
    remembered: dict[str, _Remembered] = field(default_factory=dict, repr=False)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[tuple[Segment, ...]]]:
        """Cut and tag the words of sentences.

        Args:
            sentences: Tokens of each sentence, diacritics and tatweel removed, Persian letters folded.

        Returns:
            For each sentence the segments of each token.

        >>> load_tagger().tag([["قال", "للرئيس", "وبوتين"]])[0][1]
        (Segment(text='ل', pos='ADP'), Segment(text='لرئيس', pos='NOUN'))
        """
        result: list[list[tuple[Segment, ...]]] = [[] for _ in sentences]
        words = [word for sentence in sentences for word in sentence]
        if not words:
            return result
        cut = iter(self._cut(words, self._score(words, [len(sentence) for sentence in sentences if sentence])))
        return [[next(cut) for _ in sentence] for sentence in sentences]

    def _score(self, words: Sequence[str], lengths: Sequence[int]) -> Floats:
        """Score openings, tags and closings side by side, a row a word."""
        self._remember(words)
        inputs = np.stack([self.remembered[word].first_layer for word in words])
        states = np.concatenate((self.layer.run(inputs, lengths), inputs), axis=1)
        return np.asarray(states @ self.out_weights + self.out_bias, dtype=np.float32)

    def _remember(self, words: Iterable[str]) -> None:
        """Work out what the sentence adds nothing to, once a word form; the oldest are forgotten."""
        new = sorted({word for word in words if word not in self.remembered})
        if not new:
            return
        if len(self.remembered) + len(new) > REMEMBERED_WORDS:
            for word in list(self.remembered)[: len(self.remembered) // 2]:
                del self.remembered[word]
            self._remember({word for word in words if word not in new})
        affixes = self.vocabulary.affixes_of(new)
        evidence = [weigh(word, affixes[word], self.vocabulary, self.affix_index) for word in new]
        of_affixes = self.affix_vectors[np.array([e.affix_ids for e in evidence])].reshape(len(new), -1)
        wanted = self.into_weights.shape[0] - of_affixes.shape[1]
        inputs = np.concatenate((np.stack([e.numbers[:wanted] for e in evidence]), of_affixes), axis=1)
        first_layer = np.maximum(inputs @ self.into_weights + self.into_bias, 0)
        for word, row in zip(new, first_layer, strict=True):
            self.remembered[word] = _Remembered(row.copy(), self._ways(word))

    def _ways(self, word: str) -> tuple[tuple[int, int], ...]:
        """
        List the openings and closings that the letters of a word allow together; at least none and none.

        A name of the list is never cut: لينا is no لي with a pronoun, كمال no مال behind ك.
        """
        if normalised_text(word, "index") in whole_names():
            return ((0, 0),)
        closings = [(c, len(it.letters)) for c, it in enumerate(self.closings) if word.endswith(it.letters)]
        return tuple(
            (o, c)
            for o, opening in enumerate(self.openings)
            if word.startswith(opening.letters)
            for c, length in closings
            if len(word) > len(opening.letters) + length
        ) or ((0, 0),)

    def _cut(self, words: Sequence[str], rows: Floats) -> list[tuple[Segment, ...]]:
        """Choose the best of the ways each word can be cut and tagged; of equals the first."""
        tags_from, closings_from = len(self.openings), len(self.openings) + len(self.tags)
        ways_of = [self.remembered[word].ways for word in words]
        counts = np.array([len(ways) for ways in ways_of])
        ways = np.array([way for ways in ways_of for way in ways])
        opening, closing = ways[:, 0], ways[:, 1]
        which = np.repeat(np.arange(len(words)), counts)
        scores = rows[which, opening][:, None] + rows[which, tags_from:closings_from] + self.opening_tag[opening]
        scores = scores + rows[which, closings_from + closing][:, None] + self.tag_closing.T[closing]
        tags = scores.argmax(axis=1)
        best = scores.max(axis=1)
        starts = np.cumsum(counts) - counts
        reached = np.flatnonzero(best == np.repeat(np.maximum.reduceat(best, starts), counts))
        chosen = reached[np.searchsorted(reached, starts)]
        choices = zip(words, opening[chosen].tolist(), tags[chosen].tolist(), closing[chosen].tolist(), strict=True)
        return [self._segments(*choice) for choice in choices]

    def _segments(self, word: str, o: int, tag: int, c: int) -> tuple[Segment, ...]:
        known = self.remembered[word].segments
        found = known.get((o, tag, c))
        if found is None:
            opening, closing = self.openings[o], self.closings[c]
            stem = word[len(opening.letters) : len(word) - len(closing.letters)]
            found = (*opening.segments, Segment(stem, self.tags[tag]), *closing.segments)
            known[o, tag, c] = found
        return found


def read_clitics(text: str) -> Clitics:
    """Read clitics as the model file keeps them.

    >>> read_clitics("و/CCONJ+ب/ADP").letters
    'وب'
    """
    segments = tuple(Segment(*part.split("/")) for part in text.split("+") if part)
    return Clitics(segments, "".join(segment.text for segment in segments))


@lru_cache(maxsize=1)
def load_tagger() -> Tagger:
    """Load the model that ships (once a process)."""
    with as_file(files("tawatur.text") / "data" / "models" / "tagger.npz") as path, np.load(path) as weights:
        arrays = {name: weights[name] for name in weights.files}
    card = json.loads(arrays["card"].tobytes().decode("utf-8"))
    return Tagger(
        vocabulary=load_vocabulary(),
        affix_index={affix: at for at, affix in enumerate(card["affixes"], start=1)},
        affix_vectors=read_matrix(arrays, "affixes.weight"),
        into_weights=np.ascontiguousarray(read_matrix(arrays, "into.weight").T),
        into_bias=arrays["into.bias"],
        layer=read_layer(arrays, "lstm", 0),
        out_weights=np.ascontiguousarray(read_matrix(arrays, "out.weight").T),
        out_bias=arrays["out.bias"],
        openings=tuple(read_clitics(text) for text in card["openings"]),
        tags=tuple(card["tags"]),
        closings=tuple(read_clitics(text) for text in card["closings"]),
        opening_tag=arrays["opening_tag"],
        tag_closing=arrays["tag_closing"],
        card={name: value for name, value in card.items() if name != "affixes"},
    )
