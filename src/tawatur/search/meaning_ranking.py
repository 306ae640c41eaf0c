"""
Ranking by meaning: the articles nearest by their one vector, read again word by word and sentence by sentence.

Names and numbers are the same in every language: by them the nearest are put in order first, and those that lead are
read closely. A word of the question comes as near to a text as its nearest word there (Khattab and Zaharia 2020,
"ColBERT", with the vectors of single words), or as the name that sounds like it; what matters is what two sentences
side by side hold of the question, beside what the whole text does. Of each text the sentences that hold most are then
compared whole: three give a better order than all, in a third of the time. Weights: chosen on the even questions from
English (``python -m bench.search languages`` measures the odd ones).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tawatur.search.function_words import FUNCTION_WORDS
from tawatur.search.records import Document
from tawatur.search.sounds import agreement, names_of, numbers_of
from tawatur.text.sentences import find_sentences

__all__ = ["Embedders", "rank_by_sentences"]

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

# Beside 1 for the likeness of the whole text and of its nearest sentence together.
NAME_WEIGHT = 0.06
NUMBER_WEIGHT = 0.15
#: Words of the question that the text has, and that two of its sentences side by side have.
WORDS_WEIGHT = 1.0
PASSAGE_WEIGHT = 1.0
# A name that sounds alike is nearly as good as the translation of a word.
SOUND_LIKENESS = 0.9
#: Articles read closely, of those given.
READ_CLOSELY = 30
# Sentences of an article whose words are read, those that are compared whole, and letters of each: later ones hardly
# ever answer what the first do not.
_SENTENCES, _COMPARED, _LETTERS = 10, 3, 400
_LETTERS_READ = 4_000
_WORD = re.compile(r"[^\W\d_]{3,}")


class Embedders(NamedTuple):
    """What gives unit vectors of sentences, and of single words."""

    sentences: Embed
    words: Embed


@dataclass(frozen=True, slots=True)
class _Read:
    """An article near the question, as read."""

    id: str
    document: Document
    #: What its vector, its names and its numbers speak for it.
    likeness: float
    names: Mapping[str, frozenset[str]]


class _Question:
    """What was asked, taken apart."""

    def __init__(self, text: str) -> None:
        self.words = sorted(set(_words(text)))
        self.names = names_of(text)
        self.sounds = frozenset[str]().union(*self.names.values())
        self.numbers = numbers_of(text)


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
    question = _Question(text)
    read = _by_names([(id_, likeness, documents[id_]) for id_, likeness in near if id_ in documents], question)
    closely, rest = read[:READ_CLOSELY], read[READ_CLOSELY:]
    ranked = _by_words(closely, question, asked, embed)
    lowest = ranked[-1][1] if ranked else 1.0
    ranked += [(each.id, min(each.likeness, lowest), "") for each in rest]
    return ranked + [(id_, min(likeness, lowest), "") for id_, likeness in near if id_ not in documents]


def _by_names(near: Sequence[tuple[str, float, Document]], question: _Question) -> list[_Read]:
    """Order articles by likeness, names and numbers."""
    texts = [f"{document.title} {document.body[:_LETTERS_READ]}" for _, _, document in near]
    names = [names_of(text) for text in texts]
    sounds = [frozenset[str]().union(*each.values()) for each in names]
    rarity = _rarity(sounds)
    heard = agreement(question.sounds, frozenset().union(*sounds))
    found = []
    for (id_, likeness, document), text, own, theirs in zip(near, texts, names, sounds, strict=True):
        in_common = sum(
            rarity.get(name, 1.0) * max((worth for other, worth in alike.items() if other in theirs), default=0.0)
            for name, alike in heard.items()
        )
        score = likeness + NAME_WEIGHT * in_common / max(len(question.sounds), 1)
        if question.numbers:
            score += NUMBER_WEIGHT * len(question.numbers & numbers_of(text))
        found.append(_Read(id_, document, score, own))
    return sorted(found, key=lambda each: (-each.likeness, each.id))


def _by_words(
    read: Sequence[_Read], question: _Question, asked: Vectors, embed: Embedders
) -> list[tuple[str, float, str]]:
    """Order articles by what their words and sentences say beside."""
    if not read:
        return []
    sentences = [_sentences(each.document) for each in read]
    held = _held(question, read, sentences, embed.words)
    # A word that comes near in every article tells them apart as little as one that stands in all of them.
    rarity = 1.0 / (0.2 + np.stack([each.max(axis=0) for each in held]).mean(axis=0))
    rarity = rarity / max(float(rarity.sum()), 1e-9)
    chosen = [
        [own[at] for at in np.argsort(-(each @ rarity), kind="stable")[:_COMPARED]]
        for own, each in zip(sentences, held, strict=True)
    ]
    likenesses = embed.sentences([sentence for own in chosen for sentence in own]) @ asked
    ranked, at = [], 0
    for each, own, words in zip(read, chosen, held, strict=True):
        best = int(np.argmax(likenesses[at : at + len(own)]))
        passages = np.maximum(words[:-1], words[1:]) if len(words) > 1 else words
        in_words = WORDS_WEIGHT * float(words.max(axis=0) @ rarity)
        in_passage = PASSAGE_WEIGHT * float((passages @ rarity).max())
        score = (each.likeness + float(likenesses[at + best]) + in_words + in_passage) / 2
        ranked.append((each.id, score, own[best]))
        at += len(own)
    return sorted(ranked, key=lambda each: (-each[1], each[0]))


def _held(
    question: _Question, read: Sequence[_Read], sentences: Sequence[Sequence[str]], embed: Embed
) -> list[NDArray[np.float32]]:
    """Tell how near each sentence of each article comes to each word of the question; a row a sentence."""
    words = [[_words(sentence) for sentence in own] for own in sentences]
    types = sorted({word for own in words for sentence in own for word in sentence})
    if not question.words or not types:
        return [np.zeros((len(own), len(question.words)), np.float32) for own in sentences]
    vectors = embed([*question.words, *types])
    likeness = vectors[: len(question.words)] @ vectors[len(question.words) :].T
    place = {word: at for at, word in enumerate(types)}
    _hear(likeness, question, read, place)
    none = np.zeros(len(question.words), np.float32)
    return [
        np.stack(
            [likeness[:, [place[word] for word in sentence]].max(axis=1) if sentence else none for sentence in own]
        )
        for own in words
    ]


def _hear(likeness: Vectors, question: _Question, read: Sequence[_Read], place: Mapping[str, int]) -> None:
    """Raise the likeness of words that are names and sound alike."""
    by_sound: dict[str, set[int]] = {}
    for each in read:
        for word, sounds in each.names.items():
            if (at := place.get(word)) is not None:
                for sound in sounds:
                    by_sound.setdefault(sound, set()).add(at)
    heard = agreement(question.sounds, by_sound.keys())
    for row, word in enumerate(question.words):
        for sound in question.names.get(word, ()):
            for other, worth in heard[sound].items():
                alike = list(by_sound[other])
                likeness[row, alike] = np.maximum(likeness[row, alike], SOUND_LIKENESS * worth)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in FUNCTION_WORDS]


def _sentences(document: Document) -> list[str]:
    """Give the headline and the first sentences; at least one, if an empty one."""
    found = [sentence.text[:_LETTERS] for sentence in find_sentences(document.body[:_LETTERS_READ])[:_SENTENCES]]
    return [document.title, *found] if document.title or not found else found


def _rarity(names: Sequence[frozenset[str]]) -> dict[str, float]:
    counts = Counter(name for each in names for name in each)
    return {name: math.log((len(names) + 1) / (count + 0.5)) for name, count in counts.items()}
