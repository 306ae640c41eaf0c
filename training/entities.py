"""
Train the finders of names (see tawatur.analysis.entity_tagger, entity_heads) on labelled news.

``python -m training.entities`` makes all of it, in this order; a step is made alone by its name:

``kin``     ``word_kin.npz``: the sorts of words (``training/kin.py``);
``tagger``  ``entities.npz``: several averaged perceptrons, each on the labels in another order, added up;
``heads``   ``entity_heads.npz``: which runs behind a common word are names (``training/entity_heads.py``).

``python -m training.entities folds`` prints figures, a third of the articles and blocks left out by turns.
Needs python-crfsuite and scikit-learn, at training only.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path

import numpy as np
import pycrfsuite

from tawatur.analysis import entities
from tawatur.analysis.document import Document, read_documents
from tawatur.analysis.entities import find_entities, form_of, name_ranges
from tawatur.analysis.entity_evidence import Form, evidence_of
from tawatur.analysis.entity_tagger import LABELS, MODEL_FILE, NameTagger, sentence_evidence
from tawatur.analysis.name_lists import load_name_lists
from tawatur.cli.analysing import dated_article_lines
from tawatur.cli.common import Refused
from tawatur.text.sentences import find_sentences
from tawatur.text.words import Word, read_many
from training.corpora import DATA, GOLD

LONGEST_PRONOUN = 3
MODELS = Path("src/tawatur/analysis/data")
LEAST_WEIGHT = 0.02
IMPOSSIBLE = -1e4
ROUNDS = 12
#: Orders in which all labels are learnt; each alone lies .01 from the next.
ORDERS = (0, 1, 2)
# What is added of a field that learns only what does not clash with our labels.
SHARE_OF_UNCLASHING = 0.3
FOLDS = 3
SEED = 5
# Ours is what is asked for, so it counts more than what others label by other rules.
READING_WEIGHT = 4
TYPES = {"PERS": "PER", "LOC": "LOC", "ORG": "ORG"}


@dataclass
class Item:
    """A sentence: its words' forms, and its labels."""

    forms: list[Form]
    labels: list[str]
    words: list[Word] = field(default_factory=list)


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
    articles = [json.loads(line) for line in (GOLD / "reading-articles.train.jsonl").open(encoding="utf-8")]
    gold = {row["id"]: row for row in map(json.loads, (GOLD / "reading.train.jsonl").open(encoding="utf-8"))}
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


Row = list[str]
#: A sentence with its evidence and labels, and how often it counts.
Example = tuple[pycrfsuite.ItemSequence, list[str], int]


def features(item: Item) -> list[Row]:
    """Give the evidence of a sentence's words."""
    return sentence_evidence(item.forms, load_name_lists())


def clashes(item: Item) -> bool:
    """Tell whether a sentence leaves unlabelled what our labels may hold as an organisation («الحكومة الأمريكية»)."""
    return any(
        label == "O" and form.tag != "VERB" and "l=body" in evidence_of(form).here
        for form, label in zip(item.forms, item.labels, strict=True)
    )


@lru_cache(maxsize=1)
def labelled() -> tuple[list[tuple[list[Item], set[tuple[str, str]]]], list[list[Item]]]:
    """Read all labels, once: ours by article, ANERcorp's by block."""
    return read_reading(), read_anercorp()


def left_out(fold: int | None) -> tuple[set[int], set[int]]:
    """Give the articles and the blocks of a fold; none for None."""
    if fold is None:
        return set(), set()
    counts = (len(groups) for groups in labelled())
    reading, anercorp = (random.Random(SEED).sample(range(count), count)[fold::FOLDS] for count in counts)
    return set(reading), set(anercorp)


def examples(
    fold: int | None, evidence: Callable[[Item], list[Row]] = features
) -> tuple[list[Example], list[Example], list[Example]]:
    """Give our sentences, those of ANERcorp that do not clash with ours, and those that do; a fold left out."""
    articles, blocks = labelled()
    reading, anercorp = left_out(fold)

    def read(item: Item, weight: int) -> Example:
        return pycrfsuite.ItemSequence(evidence(item)), item.labels, weight

    ours = [
        read(item, READING_WEIGHT)
        for at, (items, _) in enumerate(articles)
        if at not in reading
        for item in items
        if item.forms
    ]
    theirs = [item for at, block in enumerate(blocks) if at not in anercorp for item in block if item.forms]
    agreeing = [read(item, 1) for item in theirs if not clashes(item)]
    return ours, agreeing, [read(item, 1) for item in theirs if clashes(item)]


def learn(path: Path, found: Sequence[Example], order: int) -> Path:
    """Train one field on sentences in an order of its own."""
    trainer = pycrfsuite.Trainer(algorithm="ap", verbose=False)
    for sequence, labels, weight in random.Random(order).sample(found, len(found)):
        for _ in range(weight):
            trainer.append(sequence, labels)
    trainer.set_params({"max_iterations": ROUNDS, "feature.minfreq": 2, "feature.possible_transitions": True})
    trainer.train(str(path))
    return path


def train(folder: Path, fold: int | None) -> list[tuple[Path, float]]:
    """Train what is added up, a fold left out; give the files with their shares."""
    ours, agreeing, clashing = examples(fold)
    everything = [*ours, *agreeing, *clashing]
    parts = [(learn(folder / f"{order}.crf", everything, order), 1 / len(ORDERS)) for order in ORDERS]
    return [*parts, (learn(folder / "agreeing.crf", [*ours, *agreeing], len(ORDERS)), SHARE_OF_UNCLASHING)]


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


def tagger_of(trained: Sequence[tuple[Path, float]]) -> NameTagger:
    """Give the tagger that several fields make together."""
    rows, transitions = blend(trained)
    names = {evidence: at for at, evidence in enumerate(rows)}
    return NameTagger(names, np.stack(list(rows.values())), transitions, load_name_lists(), {})


def write_model(trained: Sequence[tuple[Path, float]], folder: Path = MODELS) -> None:
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
        "figures": "docs/entities.md",
    }
    np.savez_compressed(
        folder / MODEL_FILE,
        evidence=np.frombuffer("\n".join(kept).encode("utf-8"), np.uint8),
        weights=np.round(weights / scale).astype(np.int16),
        scale=scale,
        transitions=transitions,
        card=np.frombuffer(json.dumps(card, ensure_ascii=False).encode("utf-8"), np.uint8),
    )


@lru_cache(maxsize=1)
def documents() -> list[Document]:
    """Read the articles of the train labels."""
    return read_documents(dated_article_lines(str(GOLD / "reading-articles.train.jsonl"), Refused()))


def taggers_of_folds() -> dict[int, NameTagger]:
    """Train a tagger for each third of the labels that has not seen it."""
    found = {}
    for fold in range(FOLDS):
        with tempfile.TemporaryDirectory() as folder:
            found[fold] = tagger_of(train(Path(folder), fold))
    return found


def print_folds() -> None:
    """Print figures of a third left out by turns: distinct forms of ours, exact spans of ANERcorp by the tagger."""
    from bench.analyse import scorer

    from training import entity_heads

    words = scorer().words
    reading, anercorp = Counter(), Counter()
    articles, blocks = labelled()
    taggers = taggers_of_folds()
    asked = entity_heads.ask(taggers)
    for fold, tagger in taggers.items():
        ours, theirs = left_out(fold)
        heads = entity_heads.model_of(*entity_heads.fit([one for one in asked if one.article not in ours]))
        entities.load_name_tagger, entities.load_head_model = (
            (lambda tagger=tagger: tagger),
            (lambda heads=heads: heads),
        )
        for at in ours:
            found = {(tuple(words(one.text)), one.type) for one in find_entities(documents()[at])}
            count(reading, {(tuple(words(text)), kind) for text, kind in articles[at][1]}, found)
        for at in theirs:
            items = [item for item in blocks[at] if item.forms]
            for item, labels in zip(items, tagger.tag([item.forms for item in items]), strict=True):
                count(anercorp, set(name_ranges(item.labels)), set(name_ranges(labels)))
    print(f"reading   {figures(reading)}\nANERcorp  {figures(anercorp)}")


def count(counts: Counter, gold: set, found: set) -> None:
    for kind in ("PER", "LOC", "ORG"):
        for name, names in (("right", gold & found), ("gold", gold), ("found", found)):
            counts[name, kind] += sum(one[-1] == kind for one in names)


def figures(counts: Counter) -> str:
    def f1(*kinds: str) -> float:
        right, gold, found = (sum(counts[name, kind] for kind in kinds) for name in ("right", "gold", "found"))
        return 2 * right / max(1, gold + found)

    parts = "  ".join(f"{kind} {f1(kind):.3f}" for kind in ("PER", "LOC", "ORG"))
    right, gold, found = (sum(counts[name, kind] for kind in TYPES.values()) for name in ("right", "gold", "found"))
    shares = f"precision {right / max(1, found):.3f}  recall {right / max(1, gold):.3f}"
    return f"F1 {f1('PER', 'LOC', 'ORG'):.3f}  {shares}  ({parts})"


def main() -> None:
    from training import entity_heads, kin

    for step in sys.argv[1:] or ["kin", "tagger", "heads"]:
        if step == "kin":
            kin.main()
        elif step == "tagger":
            with tempfile.TemporaryDirectory() as folder:
                write_model(train(Path(folder), None))
        elif step == "heads":
            entity_heads.write()
        elif step == "folds":
            print_folds()
        else:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
