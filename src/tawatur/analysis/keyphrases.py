"""
Keyphrases: the names and noun phrases a newsroom would tag an article with.

Every noun phrase of the article is a candidate (``noun_phrases``), and every name that was found. They are ranked by
how editors tag (``phrase_ranker``) over what is known of each (``phrase_features``), and taken from the top; one that
says again what is taken already is passed over: a part of it, the same words inflected, another form of one name.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from tawatur.analysis.document import Document
from tawatur.analysis.phrase_features import Candidate, PhraseText, features_of, read_phrases
from tawatur.analysis.phrase_frequencies import ArchiveFrequencies
from tawatur.analysis.phrase_ranker import load_ranker
from tawatur.model.analysis import Entity, KeyPhrase

__all__ = ["MOST", "VERSION", "find_keyphrases"]

VERSION = 2

#: Readers tag 9.4 phrases an article in the mean, ten in most.
MOST = 10
# A phrase less likely than this is left out, though fewer than ten are found.
LEAST_SCORE = 0.04
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
    candidates, texts = read_phrases(document)
    scores = load_ranker().score(features_of(candidates, texts, entities, archive))
    found: list[KeyPhrase] = []
    taken: list[frozenset[str]] = []
    canonical = {entity.text: entity.canonical for entity in entities}
    names: set[str] = set()
    for at in np.argsort(-scores, kind="stable"):
        if len(found) == MOST or scores[at] < LEAST_SCORE:
            break
        words = frozenset(candidates[at].key.split(" "))
        text = printed_form(candidates[at], texts)
        if not text or canonical.get(text) in names or any(words <= other or other <= words for other in taken):
            continue
        taken.append(words)
        if text in canonical:
            names.add(canonical[text])
        found.append(KeyPhrase(text=text, score=round(float(scores[at]), 4)))
    return tuple(found)


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
