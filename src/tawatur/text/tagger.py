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
    remembered: dict[str, Floats] = field(default_factory=dict, repr=False)

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[tuple[Segment, ...]]]:
        """Cut and tag the words of sentences.

        Args:
            sentences: Tokens of each sentence, diacritics and tatweel removed, Persian letters folded.

        Returns:
            For each sentence the segments of each token.

        >>> load_tagger().tag([["قال", "للرئيس", "وبوتين"]])[0][1]
        (Segment(text='ل', pos='ADP'), Segment(text='لرئيس', pos='NOUN'))
        """
        filled = [at for at, sentence in enumerate(sentences) if sentence]
        result: list[list[tuple[Segment, ...]]] = [[] for _ in sentences]
        if not filled:
            return result
        scores, rows = self._score([sentences[at] for at in filled])
        for at, first_row in zip(filled, rows, strict=True):
            result[at] = [self._cut(word, scores[first_row + n]) for n, word in enumerate(sentences[at])]
        return result

    def _score(self, sentences: Sequence[Sequence[str]]) -> tuple[Floats, list[int]]:
        """Score openings, tags and closings side by side, a row a token; and the first row of each sentence."""
        self._remember({word for sentence in sentences for word in sentence})
        longest = max(map(len, sentences))
        inputs = np.zeros((longest, len(sentences), self.into_bias.shape[0]), np.float32)
        present = np.zeros((longest, len(sentences), 1), np.float32)
        for at, sentence in enumerate(sentences):
            inputs[: len(sentence), at] = [self.remembered[word] for word in sentence]
            present[: len(sentence), at] = 1
        states = np.concatenate((self.layer.run(inputs, present), inputs), axis=-1)
        here = present[..., 0].T.astype(bool)
        rows = states.transpose(1, 0, 2)[here] @ self.out_weights + self.out_bias
        starts = np.cumsum([0, *map(len, sentences)])[:-1]
        return rows, starts.tolist()

    def _remember(self, words: Iterable[str]) -> None:
        """Compute what the sentence adds nothing to, once a word form; the oldest are forgotten."""
        new = sorted(word for word in words if word not in self.remembered)
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
        self.remembered.update(
            zip(new, np.maximum(inputs @ self.into_weights + self.into_bias, 0), strict=True),
        )

    def _cut(self, word: str, row: Floats) -> tuple[Segment, ...]:
        """Choose the best of the ways a word can be cut and tagged."""
        tags_from, closings_from = len(self.openings), len(self.openings) + len(self.tags)
        of_tags = row[tags_from:closings_from]
        best, choice = -np.inf, (0, 0, 0)
        for o, opening in enumerate(self.openings):
            if not word.startswith(opening.letters):
                continue
            with_opening = row[o] + of_tags + self.opening_tag[o]
            for c, closing in enumerate(self.closings):
                if not word.endswith(closing.letters) or len(word) <= len(opening.letters) + len(closing.letters):
                    continue
                score = with_opening + row[closings_from + c] + self.tag_closing[:, c]
                tag = int(score.argmax())
                if score[tag] > best:
                    best, choice = float(score[tag]), (o, tag, c)
        opening, closing = self.openings[choice[0]], self.closings[choice[2]]
        stem = word[len(opening.letters) : len(word) - len(closing.letters)]
        return (*opening.segments, Segment(stem, self.tags[choice[1]]), *closing.segments)


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
