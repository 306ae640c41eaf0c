"""
Train the tagger (see tawatur.text.tagger): an ensemble on the treebank teaches one network on unlabelled news.

``python -m training.tagger`` writes the model; ``--cross-validate`` prints the figures of folds left out in turn.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections import Counter
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from tawatur.text.recurrent import pack_matrix
from tawatur.text.vocabulary import load_vocabulary
from tawatur.text.word_evidence import AFFIX_LENGTHS, weigh, width
from training.treebank import Piece, Reading, read_treebank, read_word
from training.vocabulary import DATA, MODELS, read_sentences

KNOWN_AFFIXES = 3_000
AFFIX_WIDTH = 16
IN_WIDTH = 160
TEACHERS = 4
TEACHER_STATE, STUDENT_STATE = 128, 160
SILVER_SENTENCES = 8_000
SILVER_ROUNDS = 5
# A batch of the student is treebank rather than news in one case of three.
TREEBANK_SHARE = 0.35
IMPOSSIBLE = -1e9


@dataclass
class Labels:
    """The clitics and tags a word can have, as the treebank shows them."""

    openings: list[tuple[Piece, ...]]
    tags: list[str]
    closings: list[tuple[Piece, ...]]

    def __post_init__(self):
        self.opening_letters = ["".join(form for form, _ in pieces) for pieces in self.openings]
        self.closing_letters = ["".join(form for form, _ in pieces) for pieces in self.closings]

    def possible(self, word: str) -> np.ndarray:
        """Tell which pairs of opening and closing the letters of a word allow."""
        allowed = np.zeros((len(self.openings), len(self.closings)), dtype=bool)
        for o, first in enumerate(self.opening_letters):
            for c, last in enumerate(self.closing_letters):
                allowed[o, c] = word.startswith(first) and word.endswith(last) and len(word) > len(first) + len(last)
        return allowed

    def number(self, reading: Reading, allowed: np.ndarray) -> int:
        """Give a reading as one number, -1 for one outside the labels."""
        opening, tag, closing = reading
        if opening not in self.openings or closing not in self.closings:
            return -1
        o, c = self.openings.index(opening), self.closings.index(closing)
        return (o * len(self.tags) + self.tags.index(tag)) * len(self.closings) + c if allowed[o, c] else -1

    def pieces(self, number: int, word: str) -> list[Piece]:
        """Give the segments that a number says."""
        rest, c = divmod(number, len(self.closings))
        o, t = divmod(rest, len(self.tags))
        stem = word[len(self.opening_letters[o]) : len(word) - len(self.closing_letters[c])]
        return [*self.openings[o], (stem, self.tags[t]), *self.closings[c]]


class Evidence:
    """The evidence of word forms, gathered once each."""

    def __init__(self, words):
        self.vocabulary = load_vocabulary()
        counts = Counter()
        for word in list(self.vocabulary.index)[:75_000]:
            for n in AFFIX_LENGTHS:
                if len(word) >= n:
                    counts.update(("^" + word[:n], word[-n:] + "$"))
        self.affixes = [affix for affix, _ in counts.most_common(KNOWN_AFFIXES)]
        index = {affix: at for at, affix in enumerate(self.affixes, start=1)}
        words = sorted(words)
        parts = self.vocabulary.affixes_of(words)
        self.of = {word: weigh(word, parts[word], self.vocabulary, index) for word in words}


@dataclass
class Example:
    """A sentence ready for the network."""

    words: list[str]
    numbers: torch.Tensor
    affixes: torch.Tensor
    allowed: torch.Tensor
    labels: torch.Tensor
    gold: list[list[Piece]] | None = None


class Network(nn.Module):
    """Evidence of words in, scores of openings x tags x closings out."""

    def __init__(self, evidence: Evidence, labels: Labels, state: int, dropout: float):
        super().__init__()
        self.labels = labels
        self.affixes = nn.Embedding(len(evidence.affixes) + 1, AFFIX_WIDTH, padding_idx=0)
        self.into = nn.Linear(width(evidence.vocabulary) + 2 * len(AFFIX_LENGTHS) * AFFIX_WIDTH, IN_WIDTH)
        self.lstm = nn.LSTM(IN_WIDTH, state, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        sizes = len(labels.openings), len(labels.tags), len(labels.closings)
        self.sizes = sizes
        self.out = nn.Linear(2 * state + IN_WIDTH, sum(sizes))
        self.opening_tag = nn.Parameter(torch.zeros(sizes[0], sizes[1]))
        self.tag_closing = nn.Parameter(torch.zeros(sizes[1], sizes[2]))

    def forward(self, batch):
        """Score every label of every word; impossible ones far below zero. Shape (batch, time, labels)."""
        numbers, affixes, allowed, _, lengths = batch
        inputs = torch.cat([numbers, self.affixes(affixes).flatten(2)], -1)
        inputs = self.dropout(torch.relu(self.into(self.dropout(inputs))))
        packed = nn.utils.rnn.pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
        states, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        opening, tag, closing = self.out(self.dropout(torch.cat([states, inputs], -1))).split(self.sizes, -1)
        scores = (
            opening[..., :, None, None]
            + tag[..., None, :, None]
            + closing[..., None, None, :]
            + self.opening_tag[:, :, None]
            + self.tag_closing[None]
        )
        return scores.masked_fill(~allowed[:, :, :, None, :], IMPOSSIBLE).flatten(2)


def prepare(words: list[str], evidence: Evidence, labels: Labels, gold=None) -> Example:
    """Make one sentence ready."""
    allowed = np.stack([labels.possible(word) for word in words])
    numbered = [labels.number(read_word(gold[n]), allowed[n]) if gold else -1 for n in range(len(words))]
    return Example(
        words,
        torch.tensor(np.stack([evidence.of[word].numbers for word in words])),
        torch.tensor([evidence.of[word].affix_ids for word in words]),
        torch.tensor(allowed),
        torch.tensor(numbered),
        gold,
    )


def collate(examples: list[Example]):
    """Pad sentences into one batch."""
    pad = nn.utils.rnn.pad_sequence
    allowed = pad([e.allowed for e in examples], batch_first=True)
    allowed[:, :, 0, 0] = True
    return (
        pad([e.numbers for e in examples], batch_first=True),
        pad([e.affixes for e in examples], batch_first=True),
        allowed,
        pad([e.labels for e in examples], batch_first=True, padding_value=-1),
        torch.tensor([len(e.words) for e in examples]),
    )


def fit(network: Network, batches: list[list[Example]]) -> Network:
    """Train on the batches in their order."""
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-3)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=len(batches))
    network.train()
    for examples in batches:
        batch = collate(examples)
        loss = nn.functional.cross_entropy(network(batch).flatten(0, 1), batch[3].flatten(), ignore_index=-1)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        pace.step()
    return network.eval()


def teach(treebank: list[Example], news: list[Example], evidence: Evidence, labels: Labels) -> Network:
    """Train the teachers on the treebank, let them label the news, and train the student on both."""
    teachers = []
    for seed in range(TEACHERS):
        torch.manual_seed(seed)
        rng = random.Random(seed)
        batches = []
        for _ in range(16):
            order = rng.sample(treebank, len(treebank))
            batches += [order[at : at + 16] for at in range(0, len(order), 16)]
        teachers.append(fit(Network(evidence, labels, TEACHER_STATE, 0.4), batches))
    with torch.no_grad():
        for at in range(0, len(news), 32):
            examples = news[at : at + 32]
            batch = collate(examples)
            best = sum(teacher(batch) for teacher in teachers).argmax(-1)
            for row, example in zip(best, examples, strict=True):
                example.labels = row[: len(example.words)].clone()
    torch.manual_seed(99)
    rng = random.Random(99)
    steps = math.ceil(len(news) * SILVER_ROUNDS / 16)
    batches = [rng.sample(treebank if rng.random() < TREEBANK_SHARE else news, 16) for _ in range(steps)]
    return fit(Network(evidence, labels, STUDENT_STATE, 0.3), batches)


def spans(pieces: list[Piece]) -> dict[tuple[int, int], str]:
    """Give the segments of a word by their places."""
    found, at = {}, 0
    for form, tag in pieces:
        found[at, at + len(form)] = tag
        at += len(form)
    return found


def score(network: Network, examples: list[Example]) -> tuple[float, float, Counter]:
    """Give the F1 of inner boundaries, the share of gold segments found and tagged right, and the confusions."""
    right = made = wanted = tagged = segments = 0
    confusions: Counter = Counter()
    with torch.no_grad():
        for at in range(0, len(examples), 32):
            part = examples[at : at + 32]
            for row, example in zip(network(collate(part)).argmax(-1), part, strict=True):
                for word, number, gold in zip(example.words, row.tolist(), example.gold, strict=False):
                    ours, theirs = spans(network.labels.pieces(number, word)), spans(gold)
                    inner, gold_inner = {s for s, _ in ours} - {0}, {s for s, _ in theirs} - {0}
                    right, made, wanted = right + len(inner & gold_inner), made + len(inner), wanted + len(gold_inner)
                    segments += len(theirs)
                    tagged += sum(ours.get(place) == tag for place, tag in theirs.items())
                    confusions.update((tag, ours.get(place)) for place, tag in theirs.items() if ours.get(place) != tag)
    return 2 * right / (made + wanted), tagged / segments, confusions


def write(network: Network, evidence: Evidence, labels: Labels, figures: dict[str, float]) -> None:
    """Write the model file with its card."""

    def clitics(pieces):
        return "+".join(f"{form}/{tag}" for form, tag in pieces)

    card = {
        "what": "clitics and Universal Dependencies tags of Arabic words in their sentence",
        "trained_on": "UD Arabic-PUD, 800 sentences (CC BY-SA 3.0); 8,000 unlabelled news sentences labelled by "
        "four teachers trained on the same; no text is in the model",
        "licence": "CC BY-SA 3.0",
        "figures": figures,
        "openings": [clitics(pieces) for pieces in labels.openings],
        "tags": labels.tags,
        "closings": [clitics(pieces) for pieces in labels.closings],
        "affixes": evidence.affixes,
    }
    arrays = {"card": np.frombuffer(json.dumps(card, ensure_ascii=False).encode("utf-8"), dtype=np.uint8)}
    for name, tensor in network.state_dict().items():
        values = tensor.numpy()
        if values.ndim == 2 and values.size > 2_000:
            arrays[name], arrays[f"{name}.scale"] = pack_matrix(values)
        else:
            arrays[name] = values.astype(np.float32)
    np.savez_compressed(MODELS / "tagger.npz", **arrays)


def main() -> None:
    """Train or cross-validate."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cross-validate", type=int, nargs="?", const=5, default=0, metavar="FOLDS")
    folds_wanted = parser.parse_args().cross_validate
    torch.set_num_threads(1)
    sentences = read_treebank(DATA / "ud" / "pud.train.conllu.gz")
    readings = [read_word(word) for sentence in sentences for word in sentence]
    labels = Labels(
        [pieces for pieces, n in Counter(r[0] for r in readings).most_common() if n > 1],
        sorted({r[1] for r in readings}),
        [pieces for pieces, _ in Counter(r[2] for r in readings).most_common() if len(pieces) < 2],
    )
    rng = random.Random(5)
    pool = [s for s in rng.sample(list(read_sentences()), 2 * SILVER_SENTENCES) if 6 <= len(s) <= 50]
    pool = pool[:SILVER_SENTENCES]
    words = [["".join(form for form, _ in word) for word in sentence] for sentence in sentences]
    evidence = Evidence({word for sentence in (*words, *pool) for word in sentence})
    treebank = [prepare(w, evidence, labels, s) for w, s in zip(words, sentences, strict=True)]
    news = [prepare(sentence, evidence, labels) for sentence in pool]
    if not folds_wanted:
        write(teach(treebank, news, evidence, labels), evidence, labels, {})
        return
    order = random.Random(3).sample(range(len(treebank)), len(treebank))
    figures = []
    for fold in range(folds_wanted):
        started = time.time()
        left_out = set(order[fold::5])
        network = teach([e for at, e in enumerate(treebank) if at not in left_out], news, evidence, labels)
        boundary, tags, confusions = score(network, [treebank[at] for at in sorted(left_out)])
        figures.append((boundary, tags))
        print(f"fold {fold}: boundaries F1 {boundary:.4f}, tags {tags:.4f}, {time.time() - started:.0f} s", flush=True)
        print("   ", confusions.most_common(8), flush=True)
    print("mean: boundaries F1 {:.4f}, tags {:.4f}".format(*np.mean(figures, axis=0)))


if __name__ == "__main__":
    main()
