"""
Ranking again: the 4-grams within words, of the best candidates only.

Stems miss what 4-grams see (foreign names spelled two ways, endings no stemmer knows), but 4-grams of whole bodies make
an index five times as large and queries seven times as slow. So stems find the candidates and BM25 over the 4-grams of
the query is computed on the fly from the texts of the best (EVIDENCE §3: .814 against .791 and, for 4-grams of
everything, .816). How rare a 4-gram is comes from the vocabulary of the news that ships, and from the index where the
words of the query are more frequent in it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tawatur.text.letter_tables import INDEX_LETTERS as _FOLDED
from tawatur.text.vocabulary import load_vocabulary

__all__ = ["GramScorer", "grams_of"]

LENGTH = 4
K1, B = 1.2, 0.75
# The vocabulary's texts: 17.5 million words in articles of 260.
_BACKGROUND_ARTICLES = 67_000
_BUCKETS = 524_287  # a prime: the hash of a 4-gram is a polynomial of its letters
_MULTIPLIER = 0x9E3779B1


def grams_of(word: str) -> tuple[str, ...]:
    """Give the 4-grams of a word; a shorter word is one itself, between spaces.

    >>> grams_of("بوتين"), grams_of("باغ")
    (('بوتي', 'وتين'), (' باغ ',))
    """
    if len(word) < LENGTH:
        return (f" {word} ",)
    return tuple(word[at : at + LENGTH] for at in range(len(word) - LENGTH + 1))


@dataclass(frozen=True, slots=True)
class GramScorer:
    """Scores texts by the 4-grams of one query."""

    rarity: Mapping[str, float]
    title_weight: float

    @classmethod
    def of(cls, words: Sequence[str], found_in: Mapping[str, int], articles: int, title_weight: float) -> GramScorer:
        """Set up for the words of a query; ``found_in`` says how many articles hold each as it stands."""
        rarity: dict[str, float] = {}
        for word in words:
            for gram in grams_of(word):
                share = max(_background_share(gram), found_in.get(word, 0) / max(articles, 1))
                count = min(share * articles, articles)
                rarity[gram] = min(rarity.get(gram, math.inf), math.log(1 + (articles - count + 0.5) / (count + 0.5)))
        return cls(rarity, title_weight)

    def scores(self, texts: Sequence[tuple[str, str]]) -> list[float]:
        """Score folded texts (title, body): words with single spaces around each."""
        lengths = [len(title) + len(body) for title, body in texts]
        usual = sum(lengths) / max(len(lengths), 1) or 1.0
        return [self._score(title, body, length / usual) for (title, body), length in zip(texts, lengths, strict=True)]

    def _score(self, title: str, body: str, length: float) -> float:
        total = 0.0
        damping = K1 * (1 - B + B * length)
        for gram, rarity in self.rarity.items():
            count = body.count(gram) + self.title_weight * title.count(gram)
            if count:
                total += rarity * count * (K1 + 1) / (count + damping)
        return total


def _background_share(gram: str) -> float:
    """Estimate the share of news articles that hold a 4-gram."""
    count = float(_background()[_bucket(gram)])
    return 1 - math.exp(-count / _BACKGROUND_ARTICLES)


@lru_cache(maxsize=1)
def _background() -> NDArray[np.float64]:
    """Count 4-grams over the vocabulary, in buckets by hash: few of the 150,000 4-grams share one.

    Words are cut all at once: one by one took a fifth of a second of the first query.
    """
    vocabulary = load_vocabulary()
    words = list(vocabulary.index)
    times = vocabulary.counts()
    letters = np.frombuffer("".join(words).translate(_FOLDED).encode("utf-32-le"), np.uint32).astype(np.uint64)
    lengths = np.array([len(word) for word in words])
    grams = np.maximum(lengths - LENGTH + 1, 0)
    starts = np.repeat(np.cumsum(lengths) - lengths - np.cumsum(grams) + grams, grams) + np.arange(grams.sum())
    hashes = np.zeros(len(starts), np.uint64)
    for place in range(LENGTH):
        hashes = hashes * np.uint64(_MULTIPLIER) + letters[starts + place]
    buckets = (hashes % np.uint64(_BUCKETS)).astype(np.intp)
    counts = np.bincount(buckets, np.repeat(times, grams), _BUCKETS).astype(np.float64)
    for at in np.flatnonzero(grams == 0).tolist():
        counts[_bucket(f" {words[at].translate(_FOLDED)} ")] += times[at]
    return counts


def _bucket(gram: str) -> int:
    number = 0
    for letter in gram:
        number = (number * _MULTIPLIER + ord(letter)) % 2**64
    return number % _BUCKETS
