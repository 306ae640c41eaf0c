"""
Train the tagger (see tawatur.text.tagger): an ensemble on the treebank teaches one network on unlabelled news.

``python -m training.tagger`` writes the model. Each teacher leaves a fifth of the treebank out and is scored on it;
those figures stand in the model's card. The network that ships has seen the whole treebank; ``--cross-validate`` trains
it and its teachers without a fold, in turn, and prints what it scores there.
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
from training.corpora import DATA
from training.treebank import Piece, Reading, read_treebank, read_word
from training.vocabulary import MODELS, read_sentences

KNOWN_AFFIXES = 3_000
AFFIX_WIDTH = 16
IN_WIDTH = 160
TEACHERS = 4
FOLDS = 5
TEACHER_ROUNDS = 16
TEACHER_STATE, STUDENT_STATE = 128, 160
SILVER_SENTENCES = 8_000
SILVER_ROUNDS = 4
# A batch of the student is treebank rather than news in one case of three.
TREEBANK_SHARE = 0.35
IMPOSSIBLE = -1e9


@dataclass
class Labels:
    """The clitics and tags a word can have, as the treebank shows them.

    An opening is a conjunction and a preposition or particle, either of which may be missing: pairs that the treebank
    hardly has (``ول``, ``وب``) are put together from what is learned of each.
    """

    firsts: list[tuple[Piece, ...]]
    seconds: list[tuple[Piece, ...]]
    tags: list[str]
    closings: list[tuple[Piece, ...]]

    def __post_init__(self):
        self.pairs = [
            (f, s)
            for f, first in enumerate(self.firsts)
            for s, second in enumerate(self.seconds)
            if not (first and first[0][0] == "أ" and second)
        ]
        self.openings = [self.firsts[f] + self.seconds[s] for f, s in self.pairs]
        self.opening_letters = ["".join(form for form, _ in pieces) for pieces in self.openings]
        self.closing_letters = ["".join(form for form, _ in pieces) for pieces in self.closings]

    @classmethod
    def of(cls, readings: list[Reading]) -> Labels:
        """Gather the labels of a treebank's words."""
        pieces = {piece for opening, _, _ in readings for piece in opening}
        conjunctions = sorted(p for p in pieces if p[0] in "وفأ" and p[1] != "ADP")
        return cls(
            [(), *((p,) for p in conjunctions)],
            [(), *((p,) for p in sorted(pieces) if p[0] in "بلكس" and p[1] in {"ADP", "PART"})],
            sorted({r[1] for r in readings}),
            [closing for closing, _ in Counter(r[2] for r in readings).most_common() if len(closing) < 2],
        )

    def possible(self, word: str) -> tuple[np.ndarray, np.ndarray]:
        """Tell which openings and which closings the letters of a word allow."""
        return (
            np.array([len(word) > len(o) and word.startswith(o) for o in self.opening_letters]),
            np.array([len(word) > len(c) and word.endswith(c) for c in self.closing_letters]),
        )

    def number(self, reading: Reading, word: str) -> tuple[int, int, int]:
        """Give a reading as the places of its opening, tag and closing, -1 each for one outside the labels."""
        opening, tag, closing = reading
        opening = tuple((form, "PART" if form == "ف" else pos) for form, pos in opening)
        if opening not in self.openings or closing not in self.closings:
            return -1, -1, -1
        o, c = self.openings.index(opening), self.closings.index(closing)
        if len(self.opening_letters[o]) + len(self.closing_letters[c]) >= len(word):
            return -1, -1, -1
        return o, self.tags.index(tag), c

    def pieces(self, number: tuple[int, int, int], word: str) -> list[Piece]:
        """Give the segments that an opening, a tag and a closing say."""
        o, t, c = number
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
    """A sentence ready for the network; labels are rows of opening, tag and closing."""

    words: list[str]
    numbers: torch.Tensor
    affixes: torch.Tensor
    openings: torch.Tensor
    closings: torch.Tensor
    labels: torch.Tensor
    gold: list[list[Piece]] | None = None


class Network(nn.Module):
    """Evidence of words in, scores of openings, tags and closings out."""

    def __init__(self, evidence: Evidence, labels: Labels, state: int, dropout: float):
        super().__init__()
        self.labels = labels
        self.affixes = nn.Embedding(len(evidence.affixes) + 1, AFFIX_WIDTH, padding_idx=0)
        self.into = nn.Linear(width(evidence.vocabulary) + 2 * len(AFFIX_LENGTHS) * AFFIX_WIDTH, IN_WIDTH)
        self.lstm = nn.LSTM(IN_WIDTH, state, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(dropout)
        self.sizes = len(labels.firsts), len(labels.seconds), len(labels.tags), len(labels.closings)
        self.out = nn.Linear(2 * state + IN_WIDTH, sum(self.sizes))
        self.first_tag = nn.Parameter(torch.zeros(self.sizes[0], self.sizes[2]))
        self.second_tag = nn.Parameter(torch.zeros(self.sizes[1], self.sizes[2]))
        self.tag_closing = nn.Parameter(torch.zeros(self.sizes[2], self.sizes[3]))
        self.pair_firsts = torch.tensor([f for f, _ in labels.pairs])
        self.pair_seconds = torch.tensor([s for _, s in labels.pairs])

    def forward(self, batch):
        """Score openings with tags (batch, time, openings, tags) and tags with closings (…, tags, closings).

        A reading's score is the sum of the two; what the letters do not allow is far below zero.
        """
        numbers, affixes, openings, closings, _, lengths = batch
        inputs = torch.cat([numbers, self.affixes(affixes).flatten(2)], -1)
        inputs = self.dropout(torch.relu(self.into(self.dropout(inputs))))
        packed = nn.utils.rnn.pack_padded_sequence(inputs, lengths, batch_first=True, enforce_sorted=False)
        states, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        first, second, tag, closing = self.out(self.dropout(torch.cat([states, inputs], -1))).split(self.sizes, -1)
        opening = first[..., self.pair_firsts] + second[..., self.pair_seconds]
        opening_tag = self.first_tag[self.pair_firsts] + self.second_tag[self.pair_seconds]
        before = (opening[..., None] + opening_tag).masked_fill(~openings[..., None], IMPOSSIBLE)
        after = (closing[..., None, :] + self.tag_closing).masked_fill(~closings[..., None, :], IMPOSSIBLE)
        return before + tag[..., None, :], after

    def loss(self, batch):
        """Give how surprising the labels are. Openings and closings are summed apart, which is exact but for words so
        short that both would meet."""
        before, after = self(batch)
        total = torch.logsumexp(torch.logsumexp(before, -2) + torch.logsumexp(after, -1), -1)
        o, t, c = batch[4].clamp(min=0).unbind(-1)
        b, n = torch.meshgrid(torch.arange(o.shape[0]), torch.arange(o.shape[1]), indexing="ij")
        labelled = batch[4][..., 0] >= 0
        return (total - before[b, n, o, t] - after[b, n, t, c])[labelled].mean()


def best_readings(scores, words: list[str], labels: Labels) -> list[tuple[int, int, int]]:
    """Choose the best reading of each word of a sentence that leaves it a stem."""
    before, after = scores
    long_enough = torch.tensor([[len(o) + len(c) for c in labels.closing_letters] for o in labels.opening_letters])
    lengths = torch.tensor([len(word) for word in words])[:, None, None]
    every = before[: len(words), :, :, None] + after[: len(words), None]
    every = every.masked_fill((long_enough >= lengths)[:, :, None, :] & (long_enough > 0)[:, None], 2 * IMPOSSIBLE)
    flat = every.flatten(1).argmax(-1).tolist()
    tags, closings = len(labels.tags), len(labels.closings)
    return [(n // (tags * closings), n // closings % tags, n % closings) for n in flat]


def prepare(words: list[str], evidence: Evidence, labels: Labels, gold=None) -> Example:
    """Make one sentence ready."""
    possible = [labels.possible(word) for word in words]
    numbered = [labels.number(read_word(gold[n]), word) if gold else (-1, -1, -1) for n, word in enumerate(words)]
    return Example(
        words,
        torch.tensor(np.stack([evidence.of[word].numbers for word in words])),
        torch.tensor([evidence.of[word].affix_ids for word in words]),
        torch.tensor(np.stack([openings for openings, _ in possible])),
        torch.tensor(np.stack([closings for _, closings in possible])),
        torch.tensor(numbered),
        gold,
    )


def collate(examples: list[Example]):
    """Pad sentences into one batch."""
    pad = nn.utils.rnn.pad_sequence
    return (
        pad([e.numbers for e in examples], batch_first=True),
        pad([e.affixes for e in examples], batch_first=True),
        pad([e.openings for e in examples], batch_first=True),
        pad([e.closings for e in examples], batch_first=True),
        pad([e.labels for e in examples], batch_first=True, padding_value=-1),
        torch.tensor([len(e.words) for e in examples]),
    )


def fit(network: Network, batches: list[list[Example]]) -> Network:
    """Train on the batches in their order."""
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-3)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=len(batches))
    network.train()
    for examples in batches:
        loss = network.loss(collate(examples))
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        pace.step()
    return network.eval()


def teach_one(treebank: list[Example], evidence: Evidence, labels: Labels, seed: int) -> Network:
    """Train one teacher on the treebank."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    batches = []
    for _ in range(TEACHER_ROUNDS):
        order = rng.sample(treebank, len(treebank))
        batches += [order[at : at + 16] for at in range(0, len(order), 16)]
    return fit(Network(evidence, labels, TEACHER_STATE, 0.4), batches)


def teach(
    treebank: list[Example], news: list[Example], evidence: Evidence, labels: Labels
) -> tuple[Network, list[Figures]]:
    """Train the teachers on the treebank, let them label the news, and train the student on both.

    Returns:
        The student, and what each teacher scored on the sentences it did not see.
    """
    order = random.Random(7).sample(range(len(treebank)), len(treebank))
    teachers, figures = [], []
    for seed in range(TEACHERS):
        left_out = set(order[seed::FOLDS])
        seen = [example for at, example in enumerate(treebank) if at not in left_out]
        teachers.append(teach_one(seen, evidence, labels, seed))
        figures.append(score(teachers[-1], [treebank[at] for at in sorted(left_out)]))
        print(f"teacher {seed}: {figures[-1]}", flush=True)
    with torch.no_grad():
        for at in range(0, len(news), 32):
            examples = news[at : at + 32]
            batch = collate(examples)
            scored = [teacher(batch) for teacher in teachers]
            before, after = (sum(parts) for parts in zip(*scored, strict=True))
            for n, example in enumerate(examples):
                example.labels = torch.tensor(best_readings((before[n], after[n]), example.words, labels))
    torch.manual_seed(99)
    rng = random.Random(99)
    steps = math.ceil(len(news) * SILVER_ROUNDS / 16)
    batches = [rng.sample(treebank if rng.random() < TREEBANK_SHARE else news, 16) for _ in range(steps)]
    return fit(Network(evidence, labels, STUDENT_STATE, 0.3), batches), figures


def mean_figures(figures: list[Figures]) -> dict[str, float]:
    """Give the mean of each figure, as the card has it."""
    return {
        name: round(float(np.mean([getattr(figure, name) for figure in figures])), 4)
        for name in ("boundaries", "tags_of_found", "tags")
    }


def spans(pieces: list[Piece]) -> dict[tuple[int, int], str]:
    """Give the segments of a word by their places."""
    found, at = {}, 0
    for form, tag in pieces:
        found[at, at + len(form)] = tag
        at += len(form)
    return found


@dataclass
class Figures:
    """What sentences left out say of a network."""

    boundaries: float
    #: Tagged right among the gold segments whose place was found.
    tags_of_found: float
    #: Found and tagged right among all gold segments.
    tags: float
    confusions: Counter

    def __str__(self):
        return f"boundaries F1 {self.boundaries:.4f}, tags {self.tags_of_found:.4f} of found, {self.tags:.4f} of all"


def score(network: Network, examples: list[Example]) -> Figures:
    """Score a network on sentences it has not seen."""
    right = made = wanted = tagged = found = segments = 0
    confusions: Counter = Counter()
    with torch.no_grad():
        for at in range(0, len(examples), 32):
            part = examples[at : at + 32]
            before, after = network(collate(part))
            for n, example in enumerate(part):
                numbers = best_readings((before[n], after[n]), example.words, network.labels)
                for word, number, gold in zip(example.words, numbers, example.gold, strict=True):
                    ours, theirs = spans(network.labels.pieces(number, word)), spans(gold)
                    inner, gold_inner = {s for s, _ in ours} - {0}, {s for s, _ in theirs} - {0}
                    right, made, wanted = right + len(inner & gold_inner), made + len(inner), wanted + len(gold_inner)
                    segments += len(theirs)
                    found += len(ours.keys() & theirs.keys())
                    tagged += sum(ours.get(place) == tag for place, tag in theirs.items())
                    if ours.keys() != theirs.keys():
                        confusions["+".join(f for f, _ in gold) + " " + "+".join(word[a:b] for a, b in ours)] += 1
    return Figures(2 * right / (made + wanted), tagged / found, tagged / segments, confusions)


def put_together(network: Network) -> dict[str, torch.Tensor]:
    """Give the weights with a row an opening in place of rows of its two parts: the reader needs to know no more."""
    weights = dict(network.state_dict())
    firsts, seconds = network.pair_firsts, network.pair_seconds
    for name in ("out.weight", "out.bias"):
        first, second, *rest = weights[name].split(network.sizes)
        weights[name] = torch.cat([first[firsts] + second[seconds], *rest])
    weights["opening_tag"] = weights.pop("first_tag")[firsts] + weights.pop("second_tag")[seconds]
    return weights


def write(network: Network, evidence: Evidence, labels: Labels, figures: dict[str, float]) -> None:
    """Write the model file with its card."""

    def clitics(pieces):
        return "+".join(f"{form}/{tag}" for form, tag in pieces)

    card = {
        "what": "clitics and Universal Dependencies tags of Arabic words in their sentence",
        "trained_on": "UD Arabic-PUD, 800 sentences (CC BY-SA 3.0); 8,000 unlabelled news sentences labelled by "
        "four teachers trained on the same; no text is in the model",
        "licence": "CC BY-SA 3.0",
        "figures_of_teachers_on_unseen_sentences": figures,
        "openings": [clitics(pieces) for pieces in labels.openings],
        "tags": labels.tags,
        "closings": [clitics(pieces) for pieces in labels.closings],
        "affixes": evidence.affixes,
    }
    arrays = {"card": np.frombuffer(json.dumps(card, ensure_ascii=False).encode("utf-8"), dtype=np.uint8)}
    for name, tensor in put_together(network).items():
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
    labels = Labels.of(readings)
    rng = random.Random(5)
    pool = [s for s in rng.sample(list(read_sentences()), 2 * SILVER_SENTENCES) if 6 <= len(s) <= 50]
    pool = pool[:SILVER_SENTENCES]
    words = [["".join(form for form, _ in word) for word in sentence] for sentence in sentences]
    evidence = Evidence({word for sentence in (*words, *pool) for word in sentence})
    treebank = [prepare(w, evidence, labels, s) for w, s in zip(words, sentences, strict=True)]
    news = [prepare(sentence, evidence, labels) for sentence in pool]
    if not folds_wanted:
        network, figures = teach(treebank, news, evidence, labels)
        write(network, evidence, labels, mean_figures(figures))
        return
    order = random.Random(3).sample(range(len(treebank)), len(treebank))
    figures = []
    for fold in range(folds_wanted):
        started = time.time()
        left_out = set(order[fold::FOLDS])
        network, _ = teach([e for at, e in enumerate(treebank) if at not in left_out], news, evidence, labels)
        figures.append(score(network, [treebank[at] for at in sorted(left_out)]))
        print(f"fold {fold}: {figures[-1]}, {time.time() - started:.0f} s", flush=True)
        print("   ", figures[-1].confusions.most_common(30), flush=True)
    print("mean:", mean_figures(figures))


if __name__ == "__main__":
    main()
