"""
Ranking again: the best candidates, read word by word.

Stems find the candidates; what tells the article that answers from those that only hold the words is where the words
stand: near each other, in the order asked, in the headline and the opening (news says what matters first), printed
as typed. Each sign is a sum of inverse document frequencies, as BM25 is, so that signs add up. Weights
(``compiling.Weights``) are those of a listwise logistic regression over the candidates of the even questions and
headlines of ``bench/search.py``, rounded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tawatur.search.compiling import Weights
from tawatur.search.grams import K1, B, GramScorer
from tawatur.search.index import Snapshot
from tawatur.search.schema import Stored
from tawatur.search.word_forms import forms_of, words_having

__all__ = ["Reranker", "Term"]

# Words of a sentence or two; words of the lead; words of the first paragraphs, about a third of an article.
NEAR_WORDS = 20
LEAD_WORDS = 30
OPENING_WORDS = 80
# Two words of the query side by side, or with one between them.
_PAIR_WORDS = 2
# Twice the longest articles but one in a hundred; what stands behind is only counted.
_MOST_WORDS = 1_500


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the query, and other words that stand for it."""

    letters: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """A candidate as the signs see it."""

    #: Place and term of each word that answers, in order.
    places: list[tuple[int, int]]
    #: How often each term stands in it letter by letter.
    exact: list[int]
    length: int


class Reranker:
    """Scores candidates for the words of one query."""

    def __init__(self, snapshot: Snapshot, terms: Sequence[Term], weights: Weights) -> None:
        self._weights = weights
        self._terms = tuple(terms)
        self._stems: dict[str, int] = {}
        self._lights: dict[str, int] = {}
        for at, term in enumerate(terms):
            for letters in (term.letters, *term.others):
                forms = forms_of(letters)
                self._stems.setdefault(forms.stem, at)
                self._lights.setdefault(forms.light, at)
        articles, counts = snapshot.count(), snapshot.searcher.doc_freq
        holding = {term.letters: counts("body_letters", term.letters) for term in terms}
        self._exact_rarity = [rarity_of(holding[term.letters], articles) for term in terms]
        self._rarity = []
        for term in terms:
            forms = forms_of(term.letters)
            of_stem, of_light = counts("body_stems", forms.stem), counts("body_lights", forms.light)
            self._rarity.append((rarity_of(of_stem, articles) + rarity_of(of_light, articles)) / 2)
        self._grams = GramScorer.of([term.letters for term in terms], holding, articles, weights.title)

    def scores(self, candidates: Sequence[Stored]) -> list[float]:
        """Give what is to be added to the score of each candidate."""
        weights = self._weights
        grams = self._grams.scores([(f" {each.title_words} ", f" {each.body_words} ") for each in candidates])
        texts = [[*each.title_words.split(), *each.body_words.split()] for each in candidates]
        answers = self._answers(texts)
        read = [self._read(words, answers) for words in texts]
        usual = sum(each.length for each in read) / max(len(read), 1) or 1.0
        return [
            weights.grams * gram
            + weights.letters * self._as_typed(each, usual)
            + weights.near * self._near(each.places)
            + weights.lead * self._within(each.places, LEAD_WORDS)
            + weights.opening * self._within(each.places, OPENING_WORDS)
            + weights.pairs * self._in_order(each.places)
            for gram, each in zip(grams, read, strict=True)
        ]

    def _answers(self, texts: Sequence[Sequence[str]]) -> dict[str, int]:
        """Give the words of the texts that answer, and the term that each answers."""
        answers = {}
        for word in words_having(set().union(*texts), (*self._stems, *self._lights)):
            forms = forms_of(word)
            at = self._stems.get(forms.stem, self._lights.get(forms.light))
            if at is not None:
                answers[word] = at
        return answers

    def _read(self, words: Sequence[str], answers: Mapping[str, int]) -> _Read:
        places = [(place, answers[word]) for place, word in enumerate(words[:_MOST_WORDS]) if word in answers]
        return _Read(places, [words.count(term.letters) for term in self._terms], len(words))

    def _as_typed(self, read: _Read, usual: float) -> float:
        damping = K1 * (1 - B + B * read.length / usual)
        return sum(
            rarity * count * (K1 + 1) / (count + damping)
            for rarity, count in zip(self._exact_rarity, read.exact, strict=True)
            if count
        )

    def _near(self, places: list[tuple[int, int]]) -> float:
        """Weigh the stretch of ``NEAR_WORDS`` words that holds most of what was asked."""
        best = held = 0.0
        inside = [0] * len(self._terms)
        first = 0
        for place, at in places:
            if not inside[at]:
                held += self._rarity[at]
            inside[at] += 1
            while place - places[first][0] >= NEAR_WORDS:
                gone = places[first][1]
                inside[gone] -= 1
                if not inside[gone]:
                    held -= self._rarity[gone]
                first += 1
            best = max(best, held)
        return best

    def _within(self, places: list[tuple[int, int]], words: int) -> float:
        return sum(self._rarity[at] for at in {at for place, at in places if place < words})

    def _in_order(self, places: list[tuple[int, int]]) -> float:
        """Weigh the neighbours of the query that are neighbours in the text, each once."""
        pairs = {
            at for (place, at), (other, after) in pairwise(places) if after == at + 1 and other - place <= _PAIR_WORDS
        }
        return sum(min(self._rarity[at], self._rarity[at + 1]) for at in pairs)


def rarity_of(holding: int, articles: int) -> float:
    """Give the inverse document frequency of BM25.

    >>> round(rarity_of(1, 1000), 2)
    6.5
    """
    return math.log(1 + (max(articles - holding, 0) + 0.5) / (holding + 0.5))
