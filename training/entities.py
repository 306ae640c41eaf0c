"""
Train the tagger of names (see tawatur.analysis.entity_tagger): a conditional random field on labelled news.

``python -m training.entities`` writes the model: two averaged perceptrons, added up. A fifth of the labels is marked as
one fold, which ``train(path, holdout)`` of the trainer leaves out.
Needs python-crfsuite (the ``bench`` group), at training only.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import numpy as np
import pycrfsuite

from tawatur.analysis.entity_evidence import Form, evidence_of, read_form
from tawatur.analysis.entity_tagger import LABELS, MODEL_FILE, sentence_evidence
from tawatur.analysis.name_lists import load_name_lists
from tawatur.text.sentences import find_sentences
from tawatur.text.words import Word, read_many

DATA = Path(os.environ.get("TAWATUR_DATA", "../shared/data"))
LONGEST_PRONOUN = 3
MODELS = Path("src/tawatur/analysis/data")
LEAST_WEIGHT = 0.02
IMPOSSIBLE = -1e4
ROUNDS = 12
# What all labels teach, and a share of what those teach that do not clash: .3 of 0, .3, .7 on a fold left out.
SHARES = ((1.0, True), (0.3, False))
# On the fold left out (30 articles of ours, 42 blocks of ANERcorp): distinct forms of ours, exact spans of ANERcorp.
FIGURES = {"reading, F1": 0.797, "anercorp, exact spans F1": 0.758}
FOLDS = 5
SEED = 5
# Ours is what is asked for, so it counts more than what others label by other rules.
READING_WEIGHT = 2
TYPES = {"PERS": "PER", "LOC": "LOC", "ORG": "ORG"}


@dataclass
class Item:
    """A sentence: its words' forms, and its labels."""

    forms: list[Form]
    labels: list[str]
    words: list[Word] = field(default_factory=list)


def form_of(word: Word) -> Form:
    return read_form(word.text, word.kind, tuple([(part.text, part.pos) for part in word.segments]))


def split(text: str, words) -> list[list[Word]]:
    """Part words into sentences."""
    ends = iter([sentence.end for sentence in find_sentences(text)])
    end, found = next(ends, len(text)), [[]]
    for word in words:
        while word.start >= end:
            end = next(ends, len(text))
            found.append([])
        found[-1].append(word)
    return [sentence for sentence in found if sentence]


def read_reading() -> list[tuple[list[Item], set[tuple[str, str]]]]:
    """Read the labels of whole articles: every place of every form is labelled, longer forms first."""
    folder = DATA / "gold"
    articles = [json.loads(line) for line in (folder / "reading-articles.train.jsonl").open(encoding="utf-8")]
    gold = {row["id"]: row for row in map(json.loads, (folder / "reading.train.jsonl").open(encoding="utf-8"))}
    read = []
    for article in articles:
        texts = [article.get(name) or "" for name in ("title", "abstract", "body")]
        names = sorted(((e["text"], e["type"]) for e in gold[article["id"]]["entities"]), key=lambda n: -len(n[0]))
        items = []
        for text, words in zip(texts, read_many(texts), strict=True):
            labels = label(text, words, names)
            at = 0
            for sentence in split(text, words):
                items.append(Item([form_of(w) for w in sentence], labels[at : at + len(sentence)], sentence))
                at += len(sentence)
        read.append((items, set(names)))
    return read


def label(text: str, words, names) -> list[str]:
    """Label the words of a text with the names that stand in it."""
    labels = ["O"] * len(words)
    starts = [word.start for word in words]
    for name, kind in names:
        for found in re.finditer(re.escape(name), text):
            first = int(np.searchsorted(starts, found.start(), side="right")) - 1
            last = int(np.searchsorted(starts, found.end() - 1, side="right")) - 1
            before = text[starts[first] : found.start()] if first >= 0 else "x"
            left = words[last].end - found.end()
            whole = left == 0 or (left <= LONGEST_PRONOUN and found.end() > starts[last] + LONGEST_PRONOUN)
            if re.fullmatch("#?[وفبلكس]{0,2}", before) and whole and set(labels[first : last + 1]) == {"O"}:
                labels[first : last + 1] = [f"B-{kind}"] + [f"I-{kind}"] * (last - first)
    return labels


def read_anercorp() -> list[list[Item]]:
    """Read ANERcorp as blocks of sentences, read anew by our own reader."""
    sentences = [[]]
    with gzip.open(DATA / "ner" / "anercorp.train.txt.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                sentences.append([])
                continue
            token, _, tag = line.strip().rpartition(" ")
            sentences[-1].append((token, tag))
    sentences = [s for s in sentences if s]
    texts = [" ".join(token for token, _ in s) for s in sentences]
    items = []
    for _, words, sentence in zip(texts, read_many(texts), sentences, strict=True):
        labels, at, starts = [], 0, []
        for token, _ in sentence:
            starts.append(at)
            at += len(token) + 1
        previous = None
        for word in words:
            n = int(np.searchsorted(starts, word.start, side="right")) - 1
            tag = sentence[n][1]
            place, _, kind = tag.partition("-")
            kind = TYPES.get(kind)
            if kind is None:
                labels.append("O")
            else:
                labels.append(f"{'I' if place == 'I' or previous == n else 'B'}-{kind}")
            previous = n
        items.append(Item([form_of(w) for w in words], mend(labels), list(words)))
    return [items[at : at + 20] for at in range(0, len(items), 20)]


def mend(labels: list[str]) -> list[str]:
    """Begin with B what goes on from nothing."""
    return [
        "B" + label[1:] if label[0] == "I" and (at == 0 or labels[at - 1][2:] != label[2:]) else label
        for at, label in enumerate(labels)
    ]


def features(item: Item) -> list[list[str]]:
    """Give the evidence of a sentence's words."""
    return sentence_evidence(item.forms, load_name_lists())


def clashes(item: Item) -> bool:
    """Tell whether a sentence leaves unlabelled what our labels may hold as an organisation («الحكومة الأمريكية»)."""
    return any(
        label == "O" and form.tag != "VERB" and "l=body" in evidence_of(form).here
        for form, label in zip(item.forms, item.labels, strict=True)
    )


def prepare(*, clashing: bool) -> pycrfsuite.Trainer:
    """Give a trainer that holds all labels, a fifth of the articles and of the blocks in each fold.

    Args:
        clashing: Whether to take the sentences of ANERcorp that clash with our labels, too.
    """
    trainer = pycrfsuite.Trainer(algorithm="ap", verbose=False)
    articles = [items for items, _ in read_reading()]
    for source, groups, weight in (("reading", articles, READING_WEIGHT), ("anercorp", read_anercorp(), 1)):
        order = random.Random(SEED).sample(range(len(groups)), len(groups))
        for place, at in enumerate(order):
            for item in groups[at]:
                if source == "anercorp" and not clashing and clashes(item):
                    continue
                rows = pycrfsuite.ItemSequence(features(item))
                for _ in range(weight):
                    trainer.append(rows, item.labels, place % FOLDS)
    trainer.set_params({"max_iterations": ROUNDS, "feature.minfreq": 2, "feature.possible_transitions": True})
    return trainer


def blend(trained: list[tuple[Path, float]]) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Add up what several models learnt, each so much."""
    rows: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(LABELS), np.float32))
    transitions = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for path, share in trained:
        tagger = pycrfsuite.Tagger()
        tagger.open(str(path))
        learnt = tagger.info()
        for (evidence, name), weight in learnt.state_features.items():
            rows[evidence][LABELS.index(name)] += share * weight
        for (before, after), weight in learnt.transitions.items():
            transitions[LABELS.index(before), LABELS.index(after)] += share * weight
    for before, after in product(LABELS, LABELS):
        if after[0] == "I" and before[2:] != after[2:]:
            transitions[LABELS.index(before), LABELS.index(after)] = IMPOSSIBLE
    return rows, transitions


def write_model(trained: list[tuple[Path, float]], folder: Path = MODELS, figures: dict[str, float] = FIGURES) -> None:
    """Write what was learnt as the tagger reads it; weights so small that they decide nothing are left out."""
    rows, transitions = blend(trained)
    kept = {
        evidence: row for evidence, row in rows.items() if np.abs(row).max() > LEAST_WEIGHT and "\n" not in evidence
    }
    weights = np.stack(list(kept.values()))
    scale = np.float32(np.abs(weights).max() / 32_000)
    card = {
        "name": "names of Arabic news (PER, LOC, ORG)",
        "learnt from": "150 articles read for this project (reading.train); ANERcorp's usual train part (Benajiba)",
        "licence": "CC BY-SA 3.0, as the treebank and corpora it learnt from; no text is in it",
        "figures": figures,
    }
    np.savez_compressed(
        folder / MODEL_FILE,
        evidence=np.frombuffer("\n".join(kept).encode("utf-8"), np.uint8),
        weights=np.round(weights / scale).astype(np.int16),
        scale=scale,
        transitions=transitions,
        card=np.frombuffer(json.dumps(card, ensure_ascii=False).encode("utf-8"), np.uint8),
    )


def main() -> None:
    """Train on all labels and write the model."""
    with tempfile.TemporaryDirectory() as folder:
        trained = []
        for share, clashing in SHARES:
            trained.append((Path(folder) / f"{clashing}.crf", share))
            prepare(clashing=clashing).train(str(trained[-1][0]))
        write_model(trained)


if __name__ == "__main__":
    main()
