"""Count the word forms of the unlabelled news and place them among their neighbours (see tawatur.text.vocabulary)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.utils.extmath import randomized_svd

from tawatur.text.segmenter import load_segmenter
from tawatur.text.vocabulary import SUFFIX_BITS, pack_count
from training.corpora import texts_once

MODELS = Path("src/tawatur/text/data/models")

LEAST_COUNT = 5
WORDS_WITH_VECTORS = 50_000
WIDTH = 96
CONTEXTS = 4_000
# A neighbour two places off says less of a word's class than the one beside it; .6 was best of .3, .6 and 1.
WEIGHT_BY_OFFSET = {-2: 0.6, -1: 1.0, 1: 1.0, 2: 0.6}

_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_TOKEN = re.compile(r"[\u0621-\u064a\u066e-\u06d3\u06fa-\u06fc]+|[A-Za-z]+|\d+|[^\w\s]")


def read_sentences() -> Iterator[list[str]]:
    """Give the sentences of the unlabelled news as tokens, texts that stand twice once."""
    for record in texts_once():
        for part in (record.get("title"), record.get("abstract"), record.get("body")):
            for paragraph in (part or "").split("\n"):
                for sentence in re.split(r"(?<=[.!?؟])\s+", paragraph):
                    tokens = _TOKEN.findall(_MARKS.sub("", sentence))
                    if tokens:
                        yield tokens


def place_words(sentences: list[list[str]], words: list[str]) -> np.ndarray:
    """Give unit vectors of the words from what stands around them."""
    index = {word: at for at, word in enumerate(words)}
    boundary, other = CONTEXTS, CONTEXTS + 1
    flat = [-1]
    for sentence in sentences:
        flat.extend(index.get(token, -2) for token in sentence)
        flat.append(-1)
    at = np.array(flat, dtype=np.int32)
    context = np.where(at == -1, boundary, np.where((at < 0) | (at >= CONTEXTS), other, at))
    blocks = []
    for offset, weight in WEIGHT_BY_OFFSET.items():
        here = at >= 0
        if abs(offset) == 2:
            here &= np.roll(at, -1 if offset > 0 else 1) != -1
        neighbour = np.roll(context, -offset)[here]
        counts = sparse.coo_matrix(
            (np.ones(len(neighbour), dtype=np.float32), (at[here], neighbour)), shape=(len(words), CONTEXTS + 2)
        ).tocsr()
        counts.sum_duplicates()
        by_word = np.asarray(counts.sum(axis=1)).ravel()
        by_context = np.asarray(counts.sum(axis=0)).ravel() ** 0.75
        by_context /= by_context.sum()
        cells = counts.tocoo()
        information = np.log(cells.data / (by_word[cells.row] * by_context[cells.col]) + 1e-12)
        blocks.append(sparse.csr_matrix((weight * np.maximum(information, 0), (cells.row, cells.col)), counts.shape))
    matrix = sparse.hstack(blocks).tocsr()
    matrix.eliminate_zeros()
    left, singular, _ = randomized_svd(matrix, WIDTH, n_iter=4, random_state=1)
    vectors = left * np.sqrt(singular)
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


def main() -> None:
    """Write the vocabulary file."""
    sentences = list(read_sentences())
    counts = Counter(token for sentence in sentences for token in sentence)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    words = [word for word, count in ranked if count >= LEAST_COUNT]
    print(f"{len(sentences):,} sentences, {counts.total():,} words, {len(words):,} forms kept")
    vectors = place_words(sentences, words[:WORDS_WITH_VECTORS])
    affixes = load_segmenter().segment(words)
    MODELS.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        MODELS / "vocabulary.npz",
        words=np.frombuffer("\n".join(words).encode("utf-8"), dtype=np.uint8),
        log_counts=np.array([pack_count(counts[word]) for word in words], dtype=np.uint8),
        affixes=np.array(
            [min(15, affixes[word].prefix) << SUFFIX_BITS | min(15, affixes[word].suffix) for word in words],
            dtype=np.uint8,
        ),
        vectors=np.round(vectors * 127).astype(np.int8),
    )


if __name__ == "__main__":
    main()
