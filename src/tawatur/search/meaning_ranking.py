"""
Ranking by meaning: the articles nearest by their one vector, read again sentence by sentence.

A question is answered by one sentence of an article more than by the whole, by words that translate each other (for
each word of the question the nearest of the article: Khattab and Zaharia 2020, "ColBERT", with the vectors of single
words), and names and numbers are the same in every language. MRR@10 of questions in en, es, ru, tr on one third of
XQuAD: whole .77 .73 .71 .64; with the nearest sentence .82 .78 .75 .70; with names and numbers .86 .81 .78 .73; with
words .87 .82 .81 .80 (``python -m bench.search languages``).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tawatur.search.function_words import FUNCTION_WORDS
from tawatur.search.records import Document
from tawatur.search.sounds import agreeing, numbers_of, skeletons_of
from tawatur.text.sentences import find_sentences

__all__ = ["Embedders", "rank_by_sentences"]

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

NAME_WEIGHT = 0.06
NUMBER_WEIGHT = 0.15
WORD_WEIGHT = 1.0
# Sentences read of each article, and letters of each: later ones hardly ever answer what the first do not.
_SENTENCES, _LETTERS = 10, 400
_WORD = re.compile(r"[^\W\d_]{3,}")


class Embedders(NamedTuple):
    """What gives unit vectors of sentences, and of single words."""

    sentences: Embed
    words: Embed


def rank_by_sentences(
    text: str,
    asked: Vectors,
    near: Sequence[tuple[str, float]],
    documents: Mapping[str, Document],
    embed: Embedders,
) -> list[tuple[str, float, str]]:
    """Rank articles that are near a question by all that speaks for them; those not to be read keep their order.

    Returns:
        Id, likeness, and the sentence that is nearest, the best first.
    """
    read = [(id_, likeness, documents[id_]) for id_, likeness in near if id_ in documents]
    sentences = [[document.title, *_sentences(document.body)] for _, _, document in read]
    likenesses = embed.sentences([sentence for each in sentences for sentence in each]) @ asked
    names = [skeletons_of(f"{document.title} {document.body}") for _, _, document in read]
    rarity = _rarity(names)
    asked_names, asked_numbers = skeletons_of(text), numbers_of(text)
    words = [sorted(set(_words(" ".join(each)))) for each in sentences]
    translated = _translated(sorted(set(_words(text))), words, embed.words)
    ranked, at = [], 0
    for (id_, likeness, document), own, theirs, in_common in zip(read, sentences, names, translated, strict=True):
        best = int(np.argmax(likenesses[at : at + len(own)]))
        score = (likeness + float(likenesses[at + best])) / 2
        score += WORD_WEIGHT / 2 * in_common
        score += NAME_WEIGHT / 2 * agreeing(asked_names, theirs, rarity) / max(len(asked_names), 1)
        if asked_numbers:
            score += NUMBER_WEIGHT / 2 * len(asked_numbers & numbers_of(f"{document.title} {document.body}"))
        ranked.append((id_, score, own[best]))
        at += len(own)
    ranked.sort(key=lambda each: (-each[1], each[0]))
    lowest = ranked[-1][1] if ranked else 1.0
    return ranked + [(id_, min(likeness, lowest), "") for id_, likeness in near if id_ not in documents]


def _translated(asked: Sequence[str], found: Sequence[Sequence[str]], embed: Embed) -> list[float]:
    """Tell of each article how near its words come to those of the question, the rare ones weighing more."""
    if not asked:
        return [0.0] * len(found)
    types = sorted({word for words in found for word in words})
    vectors = embed([*asked, *types])
    place = {word: at for at, word in enumerate(types)}
    likeness = vectors[: len(asked)] @ vectors[len(asked) :].T
    near = np.zeros((len(found), len(asked)), np.float32)
    for at, words in enumerate(found):
        if words:
            near[at] = likeness[:, [place[word] for word in words]].max(axis=1)
    # A word that comes near in every article tells them apart as little as one that stands in all of them.
    rarity = 1.0 / (0.2 + near.mean(axis=0))
    totals: list[float] = (near @ rarity / rarity.sum()).tolist()
    return totals


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in FUNCTION_WORDS]


def _sentences(body: str) -> list[str]:
    return [sentence.text[:_LETTERS] for sentence in find_sentences(body)[:_SENTENCES]]


def _rarity(names: Sequence[set[str]]) -> dict[str, float]:
    counts = Counter(name for each in names for name in each)
    return {name: math.log((len(names) + 1) / (count + 0.5)) for name, count in counts.items()}
