"""
Train the tagger of names (see tawatur.analysis.entity_tagger): a conditional random field on labelled news.

``python -m training.entities`` writes the model (an averaged perceptron); ``--cross-validate`` prints
first what it scores on articles of ours and blocks of ANERcorp left out.
Needs python-crfsuite (the ``bench`` group), at training only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pycrfsuite

from tawatur.analysis.entities import name_ranges
from tawatur.analysis.entity_evidence import Form, read_form
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


def prepare(times: int = READING_WEIGHT) -> tuple[pycrfsuite.Trainer, dict[str, list[tuple[int, Item]]]]:
    """Give a trainer that holds all labels, a fifth of the articles and of the blocks in each fold."""
    trainer = pycrfsuite.Trainer(algorithm="ap", verbose=False)
    held: dict[str, list[tuple[int, Item]]] = {"reading": [], "anercorp": []}
    articles = [items for items, _ in read_reading()]
    for source, groups, weight in (("reading", articles, times), ("anercorp", read_anercorp(), 1)):
        order = random.Random(SEED).sample(range(len(groups)), len(groups))
        for place, at in enumerate(order):
            for item in groups[at]:
                rows = pycrfsuite.ItemSequence(features(item))
                for _ in range(weight):
                    trainer.append(rows, item.labels, place % FOLDS)
                held[source].append((place % FOLDS, item))
    trainer.set_params({"max_iterations": ROUNDS, "feature.minfreq": 2, "feature.possible_transitions": True})
    return trainer, held


def cross_validate(trainer: pycrfsuite.Trainer, held: dict[str, list[tuple[int, Item]]]) -> dict[str, float]:
    """Train without each fold in turn; the F1 of exact spans on what was left out, by source."""
    counts: Counter[tuple[str, str]] = Counter()
    for fold in range(FOLDS):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "fold.crf"
            trainer.train(str(path), fold)
            tagger = pycrfsuite.Tagger()
            tagger.open(str(path))
            for source, items in held.items():
                for item in (item for of, item in items if of == fold):
                    gold = set(name_ranges(item.labels))
                    found = set(name_ranges(tagger.tag(pycrfsuite.ItemSequence(features(item)))))
                    counts[source, "right"] += len(gold & found)
                    counts[source, "both"] += len(gold) + len(found)
    return {source: round(2 * counts[source, "right"] / counts[source, "both"], 4) for source in held}


def write_model(trained: Path, figures: dict[str, float]) -> None:
    """Write what was learnt as the tagger reads it; weights so small that they decide nothing are left out."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(trained))
    learnt = tagger.info()
    rows: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(LABELS), np.float32))
    for (evidence, name), weight in learnt.state_features.items():
        rows[evidence][LABELS.index(name)] = weight
    kept = {
        evidence: row for evidence, row in rows.items() if np.abs(row).max() > LEAST_WEIGHT and "\n" not in evidence
    }
    weights = np.stack(list(kept.values()))
    scale = np.float32(np.abs(weights).max() / 32_000)
    transitions = np.full((len(LABELS), len(LABELS)), IMPOSSIBLE, np.float32)
    for (before, after), weight in learnt.transitions.items():
        if after[0] != "I" or before[2:] == after[2:]:
            transitions[LABELS.index(before), LABELS.index(after)] = weight
    card = {
        "name": "names of Arabic news (PER, LOC, ORG)",
        "learnt from": "150 articles read for this project (reading.train); ANERcorp's usual train part (Benajiba)",
        "licence": "CC BY-SA 3.0, as the treebank and corpora it learnt from; no text is in it",
        "figures": figures,
    }
    np.savez_compressed(
        MODELS / MODEL_FILE,
        evidence=np.frombuffer("\n".join(kept).encode("utf-8"), np.uint8),
        weights=np.round(weights / scale).astype(np.int16),
        scale=scale,
        transitions=transitions,
        card=np.frombuffer(json.dumps(card, ensure_ascii=False).encode("utf-8"), np.uint8),
    )


def main() -> None:
    """Train on all labels and write the model."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cross-validate", action="store_true", help="print what is scored on folds left out first")
    chosen = options.parse_args()
    trainer, held = prepare()
    figures = cross_validate(trainer, held) if chosen.cross_validate else {}
    print(figures)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.crf"
        trainer.train(str(path))
        write_model(path, figures)


if __name__ == "__main__":
    main()
