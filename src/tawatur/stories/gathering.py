"""Gathering: the headline, the names and the keyphrases of a story, out of its reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tawatur.model.analysis import Analysis, Entity, KeyPhrase
from tawatur.model.article import Article
from tawatur.stories.terms import terms_of

__all__ = ["entities_of", "keyphrases_of", "most_central"]

_ENTITIES, _KEYPHRASES = 24, 12


def most_central(articles: Sequence[Article]) -> Article | None:
    """Give the article whose headline shares most with those of the others; the earliest of several."""
    terms = [frozenset(terms_of(article.title or "")) for article in articles]
    if not terms:
        return None
    shared = [
        sum(len(own & other) / len(own | other) for other in terms if other is not own and own | other) for own in terms
    ]
    return articles[max(range(len(articles)), key=lambda at: (round(shared[at], 6), -at))]


def entities_of(analyses: Iterable[Analysis]) -> tuple[Entity, ...]:
    """Give the names of a story, those most of its reports bear first; their places are in the articles."""
    bearers: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Entity] = {}
    for analysis in analyses:
        borne: dict[tuple[str, str], Entity] = {(entity.type, entity.canonical): entity for entity in analysis.entities}
        bearers.update(borne.keys())
        first = {**borne, **first}
    return tuple(replace(first[key], text=first[key].canonical, spans=()) for key, _ in bearers.most_common(_ENTITIES))


def keyphrases_of(analyses: Iterable[Analysis]) -> tuple[KeyPhrase, ...]:
    """Give the keyphrases of a story: those of its reports, by their mean score."""
    scores: dict[str, float] = {}
    number = 0
    for analysis in analyses:
        number += 1
        for phrase in analysis.keyphrases:
            scores[phrase.text] = scores.get(phrase.text, 0.0) + phrase.score
    order = sorted(scores, key=lambda text: -scores[text])[:_KEYPHRASES]
    return tuple(KeyPhrase(text=text, score=round(scores[text] / number, 4)) for text in order)
