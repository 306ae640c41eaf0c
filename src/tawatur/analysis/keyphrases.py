"""
Keyphrases: the names and noun phrases a newsroom would tag an article with.

Every noun phrase of the article is a candidate (``noun_phrases``), and every name that was found. They are ranked by
how editors tag (``phrase_ranker``) over what is known of each (``phrase_features``), and taken from the top; one that
says again what is taken already is passed over: a part of it, the same words inflected, another form of one name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from tawatur.analysis.document import Document
from tawatur.analysis.phrase_cuts import cuts_name, mended, words_of_dateline
from tawatur.analysis.phrase_features import Candidate, PhraseText, features_of, name_words, read_phrases
from tawatur.analysis.phrase_frequencies import load_phrase_frequencies, phrase_hashes
from tawatur.analysis.phrase_ranker import load_ranker
from tawatur.model.analysis import Entity, KeyPhrase
from tawatur.model.frequencies import ArchiveFrequencies, PhraseHashes

__all__ = ["MOST", "VERSION", "choose_keyphrases", "find_keyphrases", "hashes_of", "most_telling", "printed_form"]

VERSION = 5

#: Readers tag 9.4 phrases an article in the mean, ten in most.
MOST = 10
# A phrase less likely than this is left out, though fewer than ten are found.
LEAST_SCORE = 0.04
# A phrase whose words are all but those of one before is worth this much of its own (cross-validated: soft F1 .602
# without, .611 from .5 to .7).
SHARED_WORDS_LEAVE = 0.5
# Of the articles that have a phrase, the share in which it stands inside a longer one that takes its place (train:
# exact F1 .552 without, .554 at .3 with what recurs in the article, soft .661 and .663; .552 at .45).
OFTEN_WHOLE = 0.3
_KNOWN_ARTICLES, _RECURS, _WORDS_CUT_OFF = 20, 3, 2
_FULL_NAME, _LONGEST_FULL_NAME = 2, 3
# How many of the likeliest are weighed against one another.
_WEIGHED = 60
_OUTWEIGHS_HASHTAGS = 1000


def find_keyphrases(
    document: Document, entities: tuple[Entity, ...], *, archive: ArchiveFrequencies | None = None
) -> tuple[KeyPhrase, ...]:
    """Find the keyphrases of an article, the most important first.

    Args:
        document: The article.
        entities: The names found in it.
        archive: What the archive has counted itself, added to the counts that ship.
    """
    return choose_keyphrases(*read_phrases(document, entities), entities, archive)


def hashes_of(candidates: Sequence[Candidate]) -> PhraseHashes:
    """Give the phrases of an article as an archive counts them."""
    return np.unique(phrase_hashes([candidate.key for candidate in candidates]))


def choose_keyphrases(
    candidates: list[Candidate],
    texts: list[PhraseText],
    entities: tuple[Entity, ...],
    archive: ArchiveFrequencies | None = None,
) -> tuple[KeyPhrase, ...]:
    """Choose among the phrases of an article that is read."""
    scores = load_ranker().score(features_of(candidates, texts, entities, archive))
    tags = _Tags.of(candidates, texts, entities)
    found: list[KeyPhrase] = []
    for at in most_telling([candidate.key for candidate in candidates], scores):
        if text := tags.take(candidates[at]):
            found.append(KeyPhrase(text=text, score=round(float(scores[at]), 4)))
        if len(found) == MOST:
            break
    return tuple(sorted(found, key=lambda phrase: -phrase.score))


@dataclass(slots=True)
class _Tags:
    """The phrases of an article, and what has been taken of them."""

    candidates: Sequence[Candidate]
    texts: list[PhraseText]
    #: Of each name that was found, the canonical one.
    canonical: Mapping[str, str]
    #: The names of places and bodies.
    things: Collection[str]
    #: Of each last name, the same person's name in full.
    full: Mapping[str, str]
    #: Of each text, the words before the report.
    dateline: Sequence[int]
    #: Of each text, the first and last words of persons' names.
    places: Sequence[Collection[tuple[int, int]]]
    names: set[str] = field(default_factory=set)
    #: The words of what has been taken, and whether they name a place or a body.
    said: dict[frozenset[str], bool] = field(default_factory=dict)

    @classmethod
    def of(cls, candidates: Sequence[Candidate], texts: list[PhraseText], entities: Sequence[Entity]) -> Self:
        """Begin to choose among the phrases of an article."""
        canonical = {entity.text: entity.canonical for entity in entities}
        things = {entity.text for entity in entities if entity.type != "PER"}
        datelines = [words_of_dateline(text) for text in texts]
        number_of = {text.passage.field: number for number, text in enumerate(texts)}
        places: list[set[tuple[int, int]]] = [set() for _ in texts]
        for of, first, last, _ in name_words(texts, [entity for entity in entities if entity.type == "PER"]):
            places[number_of[of]].add((first, last))
        return cls(candidates, texts, canonical, things, _full_names(entities), datelines, places)

    def take(self, phrase: Candidate) -> str:
        """Give a phrase as it is printed as a tag; empty where it is none, or says what is taken already."""
        if all(place.last < self.dateline[number] for number, place in phrase.places):
            return ""
        text = printed_form(phrase, self.texts)
        if text not in self.canonical:
            whole = self._tag(phrase)
            text = printed_form(whole, self.texts) if whole else ""
            phrase = whole or phrase
        words = frozenset(phrase.key.split(" "))
        if not text or self.canonical.get(text) in self.names or self._is_said(words, is_name=text in self.canonical):
            return ""
        if text in self.canonical:
            self.names.add(self.canonical[text])
        self.said[words] = text in self.things
        return self.full.get(text, text)

    def _is_said(self, words: frozenset[str], *, is_name: bool) -> bool:
        """Tell whether words are taken, are part of a phrase taken, or hold one.

        A name may be part of another phrase («إيران», «الاتفاق النووي مع إيران»); of a person only the title is.
        """
        if words in self.said:
            return True
        held = any(other < words and not is_thing for other, is_thing in self.said.items())
        return held or (not is_name and any(words < other for other in self.said))

    def _tag(self, phrase: Candidate) -> Candidate | None:
        """Give the whole of which a phrase is a part cut off; None where neither is a tag."""
        whole = _whole(phrase, self.candidates)
        if not printed_form(whole, self.texts):
            whole = phrase
        if cuts_name(whole, self.places):
            return None
        return mended(whole, self.candidates, self.texts)


def _full_names(entities: Sequence[Entity]) -> dict[str, str]:
    """Give for each person's last name alone the name of two words or three that stands for the same most often."""
    people = [entity for entity in entities if entity.type == "PER"]
    full: dict[str, Entity] = {}
    for entity in people:
        if _FULL_NAME <= len(entity.text.split()) <= _LONGEST_FULL_NAME:
            known = full.setdefault(entity.canonical, entity)
            full[entity.canonical] = max(known, entity, key=lambda one: len(one.spans))
    return {
        entity.text: full[entity.canonical].text
        for entity in people
        if " " not in entity.text and entity.canonical in full
    }


def _whole(phrase: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """Give the longest phrase of which this one is a part cut off: «وقف إطلاق النار» for «إطلاق النار».

    It must be how the news says it (one in ``OFTEN_WHOLE`` articles of the part has it), or how this article ends the
    part every time it stands.
    """
    longer = [
        other
        for other in candidates
        if other.key.count(" ") - phrase.key.count(" ") <= _WORDS_CUT_OFF
        and (other.key.startswith(f"{phrase.key} ") or other.key.endswith(f" {phrase.key}"))
    ]
    if not longer:
        return phrase
    hashes = phrase_hashes([phrase.key, *(other.key for other in longer)])
    (of_part, *articles), _ = load_phrase_frequencies().of(hashes)
    whole = [
        other
        for other, count in zip(longer, articles, strict=True)
        if (count >= _KNOWN_ARTICLES and count >= OFTEN_WHOLE * max(of_part, 1)) or _always_ends(phrase, other)
    ]
    return max(whole, key=lambda other: len(other.key), default=phrase)


def _always_ends(part: Candidate, whole: Candidate) -> bool:
    return whole.key.startswith(part.key) and len(whole.places) == len(part.places) >= _RECURS


def most_telling(keys: Sequence[str], scores: NDArray[np.float32]) -> Iterator[int]:
    """Give the places of phrases, the likeliest first, as each adds to those given before.

    A phrase loses by the words it shares with one given before, and is left out when it is part of one or holds one.
    """
    order = np.argsort(-scores, kind="stable")[:_WEIGHED]
    left = {int(at): frozenset(keys[at].split(" ")) for at in order if scores[at] >= LEAST_SCORE}
    shared = dict.fromkeys(left, 0.0)
    while left:
        best = max(left, key=lambda at: scores[at] * SHARED_WORDS_LEAVE ** shared[at])
        yield best
        taken = left.pop(best)
        for at, words in list(left.items()):
            common = len(words & taken) / min(len(words), len(taken))
            if common == 1:
                del left[at]
            else:
                shared[at] = max(shared[at], common)


def printed_form(candidate: Candidate, texts: list[PhraseText]) -> str:
    """Give a phrase as the article prints it most often, clitics cut; empty where it prints it only behind «لل».

    A hashtag is not taken where plain words stand too.
    """
    forms: Counter[str] = Counter()
    for number, phrase in candidate.places:
        text = texts[number]
        unit, word = text.units[phrase.first], text.passage.words[phrase.first]
        if not unit.assimilated:
            printed = text.passage.text[word.start + unit.behind : text.passage.words[phrase.last].end]
            forms[printed] += 1 if word.kind == "hashtag" else _OUTWEIGHS_HASHTAGS
    return forms.most_common(1)[0][0] if forms else ""
