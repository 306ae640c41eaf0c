"""
Names of running text: each word is outside a name, or begins or goes on with a person, a place or an organisation.

A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over the evidence of ``entity_evidence``.
What a word form adds to itself and to its neighbours is summed once and remembered, so that a text costs a few sums.
``training/entities.py`` makes the model; the card is in the model file (``NameTagger.card``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tawatur.analysis.entity_evidence import Form, FormEvidence, evidence_of, pair_evidence
from tawatur.analysis.name_lists import NameLists, load_name_lists
from tawatur.text.recurrent import Floats

__all__ = ["LABELS", "MODEL_FILE", "NameTagger", "load_name_tagger", "sentence_evidence"]

MODEL_FILE = "entities.npz"
LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
#: Forms whose sums are remembered; some 10 MB when full.
REMEMBERED_FORMS = 50_000
_REACH = 2
_IMPOSSIBLE = -1e4


@dataclass(frozen=True, slots=True)
class _Seen:
    """A form's evidence and what it adds to the words from two after it to two before it."""

    evidence: FormEvidence
    sums: Floats


@dataclass(frozen=True, slots=True)
class NameTagger:
    """The trained model; ``load_name_tagger`` gives the one that ships."""

    rows: dict[str, int]
    weights: Floats
    transitions: Floats
    lists: NameLists
    card: dict[str, Any]
    seen: dict[Form, _Seen] = field(default_factory=dict, repr=False)

    def tag(self, sentences: Sequence[Sequence[Form]]) -> list[list[str]]:
        """Label the words of sentences."""
        return [labels for labels, _ in self.weigh(sentences)]

    def weigh(self, sentences: Sequence[Sequence[Form]]) -> list[tuple[list[str], dict[int, float]]]:
        """Label the words of sentences; of names of one word, tell by how much each is likelier than none."""
        scored = [self.scores(forms) for forms in sentences]
        return [
            ([LABELS[label] for label in labels], self._margins(scores, labels))
            for scores, labels in zip(scored, self._best(scored), strict=True)
        ]

    def scores(self, forms: Sequence[Form]) -> Floats:
        """Score the labels of each word of a sentence by its evidence."""
        seen = [self._look(form) for form in forms]
        count = len(seen)
        scores = np.zeros((count + 2 * _REACH, len(LABELS)), np.float32)
        sums = np.stack([one.sums for one in seen]) if seen else np.zeros((0, 2 * _REACH + 1, len(LABELS)), np.float32)
        for offset in range(2 * _REACH + 1):
            # What stands ``offset - 2`` places from a word adds to it.
            scores[2 * _REACH - offset : 2 * _REACH - offset + count] += sums[:, offset]
        scores = scores[_REACH : _REACH + count]
        if count:
            scores[0] += self._sum(("-1edge",))
            scores[-1] += self._sum(("1edge",))
        for at in range(count - 1):
            together = pair_evidence(seen[at].evidence, seen[at + 1].evidence)
            scores[at] += self._sum([f"+{one}" for one in together])
            scores[at + 1] += self._sum(together)
        for at, listed in enumerate(self.lists.evidence([form.core for form in forms])):
            if listed:
                scores[at] += self._sum(listed)
                if at:
                    scores[at - 1] += self._sum([f"1{one}" for one in listed])
                if at + 1 < count:
                    scores[at + 1] += self._sum([f"-1{one}" for one in listed])
        return scores

    def _margins(self, scores: Floats, labels: Sequence[int]) -> dict[int, float]:
        """Give by how much each name of one word outweighs none in its place."""
        found = {}
        for at, label in enumerate(labels):
            following = labels[at + 1] if at + 1 < len(labels) else 0
            if not label or LABELS[label][0] == "I" or LABELS[following][0] == "I":
                continue
            margin = scores[at, label] - scores[at, 0]
            if at:
                margin += self.transitions[labels[at - 1], label] - self.transitions[labels[at - 1], 0]
            if at + 1 < len(labels):
                margin += self.transitions[label, following] - self.transitions[0, following]
            found[at] = float(margin)
        return found

    def _look(self, form: Form) -> _Seen:
        known = self.seen.get(form)
        if known is None:
            if len(self.seen) >= REMEMBERED_FORMS:
                for old in list(self.seen)[: REMEMBERED_FORMS // 2]:
                    del self.seen[old]
            evidence = evidence_of(form)
            sides = (
                [f"-2{one}" for one in evidence.near],
                [f"-1{one}" for one in evidence.beside],
                ["bias", *evidence.here],
                [f"1{one}" for one in evidence.beside],
                [f"2{one}" for one in evidence.near],
            )
            known = self.seen[form] = _Seen(evidence, np.stack([self._sum(side) for side in sides]))
        return known

    def _sum(self, evidence: Iterable[str]) -> Floats:
        known = [row for one in evidence if (row := self.rows.get(one)) is not None]
        return np.asarray(self.weights[known].sum(axis=0), np.float32)

    def _best(self, scored: Sequence[Floats]) -> list[list[int]]:
        """Find the likeliest labels of all sentences at once (Viterbi)."""
        longest = max((len(scores) for scores in scored), default=0)
        if not longest:
            return [[] for _ in scored]
        padded = np.zeros((longest, len(scored), len(LABELS)), np.float32)
        for at, scores in enumerate(scored):
            padded[: len(scores), at] = scores
        best = padded[0] + _first()
        bests, origins = [best], [np.zeros(best.shape, np.intp)]
        for step in padded[1:]:
            ways = best[:, :, None] + self.transitions
            origins.append(ways.argmax(axis=1))
            best = ways.max(axis=1) + step
            bests.append(best)
        return [_trace(bests, origins, at, len(scores)) for at, scores in enumerate(scored)]


def _trace(bests: list[Floats], origins: list[NDArray[np.intp]], sentence: int, length: int) -> list[int]:
    """Follow the best labels of one sentence back from its last word."""
    if not length:
        return []
    labels = [int(bests[length - 1][sentence].argmax())]
    for step in range(length - 1, 0, -1):
        labels.append(int(origins[step][sentence, labels[-1]]))
    return labels[::-1]


@lru_cache(maxsize=1)
def _first() -> Floats:
    """No name goes on at a sentence's first word."""
    return np.array([_IMPOSSIBLE if label[0] == "I" else 0 for label in LABELS], np.float32)


def sentence_evidence(forms: Sequence[Form], lists: NameLists) -> list[list[str]]:
    """Give the evidence of each word of a sentence in full, as the model is trained on it."""
    own = [evidence_of(form) for form in forms]
    listed = lists.evidence([form.core for form in forms])
    return [["bias", *one.here, *listed[at], *_around(own, listed, at)] for at, one in enumerate(own)]


def _around(own: Sequence[FormEvidence], listed: Sequence[tuple[str, ...]], at: int) -> Iterator[str]:
    """Give what a word's neighbours add to it."""
    for offset in (-1, 1):
        if 0 <= at + offset < len(own):
            yield from (f"{offset}{one}" for one in (*own[at + offset].beside, *listed[at + offset]))
        else:
            yield f"{offset}edge"
    for offset in (-2, 2):
        if 0 <= at + offset < len(own):
            yield from (f"{offset}{one}" for one in own[at + offset].near)
    if at:
        yield from pair_evidence(own[at - 1], own[at])
    if at + 1 < len(own):
        yield from (f"+{one}" for one in pair_evidence(own[at], own[at + 1]))


@lru_cache(maxsize=1)
def load_name_tagger() -> NameTagger:
    """Load the model that ships (once a process)."""
    with as_file(files("tawatur.analysis") / "data" / MODEL_FILE) as path, np.load(path) as arrays:
        names = arrays["evidence"].tobytes().decode("utf-8").split("\n")
        weights = arrays["weights"].astype(np.float32) * arrays["scale"]
        transitions = arrays["transitions"].astype(np.float32)
        card = json.loads(arrays["card"].tobytes().decode("utf-8"))
    rows = {name: row for row, name in enumerate(names)}
    return NameTagger(rows, weights, transitions, load_name_lists(), card)
