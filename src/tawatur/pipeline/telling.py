"""
Telling: what a story says of itself is made of its articles, whenever these changed.

Its words are the outlets' own: the headline that shares most with the others', the summary of that article, the names
and keyphrases that most of its reports have. Copies count with their originals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tawatur.model import Article
from tawatur.model.analysis import Analysis, Entity, KeyPhrase
from tawatur.model.story import Origin, Story
from tawatur.store import Store
from tawatur.stories.credits import agency_signature, outlet_key
from tawatur.stories.terms import terms_of

__all__ = ["tell_untold"]

_ENTITIES, _KEYPHRASES = 24, 12


def tell_untold(store: Store, most: int) -> int:
    """Tell stories whose articles changed; how many were told.

    Raises:
        StoreError: The database does not answer.
    """
    waiting = store.stories.untold(most)
    return sum(_tell(store, story_id) for story_id in waiting)


def _tell(store: Store, story_id: str) -> bool:
    members = store.stories.members(story_id)
    if not members:
        return False
    held = store.articles.get_many(members)
    articles = [held[id_] for id_ in members if id_ in held]
    story = _story(store, story_id, articles)
    return store.stories.tell(story, outlets=len({article.source for article in articles}))


def _story(store: Store, story_id: str, articles: Sequence[Article]) -> Story:
    ids = [article.id for article in articles]
    placed = store.stories.placements(ids)
    copy_of = {id_: placed[id_].copy_of for id_ in ids if id_ in placed and placed[id_].copy_of in set(ids)}
    originals = [article for article in articles if article.id not in copy_of]
    analyses = store.analyses.get_many([article.id for article in originals])
    head = _most_central(originals)
    dated = [article.published for article in articles if article.published is not None]
    told = analyses.get(head.id)
    return Story(
        id=story_id,
        title=head.title,
        articles=tuple(ids),
        origins=_origins(originals, copy_of),
        entities=_entities(analyses.values()),
        keyphrases=_keyphrases(analyses.values()),
        summary=told.summary if told else (),
        began=dated[0] if dated else None,
        latest=dated[-1] if dated else None,
        theme=next((place.theme for place in placed.values()), None),
    )


def _most_central(articles: Sequence[Article]) -> Article:
    """Give the article whose headline shares most with those of the others; the earliest of several."""
    terms = [frozenset(terms_of(article.title or "")) for article in articles]
    shared = [
        sum(len(own & other) / len(own | other) for other in terms if other is not own and own | other) for own in terms
    ]
    return articles[max(range(len(articles)), key=lambda at: (round(shared[at], 6), -at))]


def _origins(originals: Sequence[Article], copy_of: Mapping[str, str | None]) -> tuple[Origin, ...]:
    """Give the independent voices: texts of one agency are one, and so are those of one outlet."""
    voices: dict[str, list[Article]] = {}
    for article in originals:
        name = agency_signature(article) or outlet_key(article.source or "")
        voices.setdefault(name, []).append(article)
    return tuple(
        Origin(
            name=name or articles[0].id,
            article=articles[0].id,
            carried_by=tuple(
                id_
                for id_ in [*(article.id for article in articles[1:]), *copy_of]
                if copy_of.get(id_, id_) in {article.id for article in articles}
            ),
        )
        for name, articles in voices.items()
    )


def _entities(analyses: Iterable[Analysis]) -> tuple[Entity, ...]:
    """Give the names of a story, those most of its reports bear first; their places are in the articles."""
    bearers: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Entity] = {}
    for analysis in analyses:
        borne: dict[tuple[str, str], Entity] = {(entity.type, entity.canonical): entity for entity in analysis.entities}
        bearers.update(borne.keys())
        first = {**borne, **first}
    return tuple(replace(first[key], text=first[key].canonical, spans=()) for key, _ in bearers.most_common(_ENTITIES))


def _keyphrases(analyses: Iterable[Analysis]) -> tuple[KeyPhrase, ...]:
    """Give the keyphrases of a story: those of its reports, by their mean score."""
    scores: Counter[str] = Counter()
    number = 0
    for analysis in analyses:
        number += 1
        for phrase in analysis.keyphrases:
            scores[phrase.text] += phrase.score  # type: ignore[assignment]  # a Counter counts with fractions too
    return tuple(
        KeyPhrase(text=text, score=round(score / number, 4)) for text, score in scores.most_common(_KEYPHRASES)
    )
