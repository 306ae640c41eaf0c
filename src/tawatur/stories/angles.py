"""Angles: what each outlet alone reports of a story, in a sentence of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tawatur.model.article import Article
from tawatur.stories.sentences_of import Said, sentences_of, weight_of
from tawatur.stories.standing import stands_alone
from tawatur.text.spans import Field

__all__ = ["Angle", "find_angles"]

# A sentence of which others have less than two fifths is its outlet's own; shorter ones tell nothing by themselves.
_SHARED = 0.4
_LETTERS = range(50, 320)
# Later in an article stands background, which is also nobody else's.
_PLACES = range(1, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Angle:
    """A sentence that tells what no other outlet does: the slice ``start:end`` of a field of an article."""

    outlet: str
    article: str
    field: Field
    start: int
    end: int
    text: str


def find_angles(articles: Sequence[Article], copy_of: Mapping[str, str | None]) -> tuple[Angle, ...]:
    """Find what each outlet alone reports, one sentence an outlet, in the order of the articles; copies have none."""
    originals = [article for article in articles if copy_of.get(article.id) is None]
    outlets = {article.id: article.source or article.id for article in originals}
    if len(set(outlets.values())) < 2:
        return ()
    said = {article.id: sentences_of(article) for article in originals}
    terms: dict[str, frozenset[str]] = {}
    for id_, sentences in said.items():
        terms[outlets[id_]] = terms.get(outlets[id_], frozenset()).union(*(each.terms for each in sentences))
    best: dict[str, tuple[float, Said]] = {}
    for id_, sentences in said.items():
        outlet = outlets[id_]
        others = frozenset().union(*(of for name, of in terms.items() if name != outlet))
        about = frozenset().union(*(each.terms for each in sentences[:3]))
        for sentence in sentences:
            own = _own(sentence, others)
            # It must hang on the story: share a term with the headline and lead of its article.
            if own > 1 - _SHARED and sentence.terms & about:
                found = own * weight_of(sentence.terms - others)
                if outlet not in best or found > best[outlet][0]:
                    best[outlet] = found, sentence
    return tuple(
        Angle(outlet=outlet, article=at.article, field=at.field, start=at.start, end=at.end, text=at.text)
        for outlet, (_, at) in best.items()
    )


def _own(sentence: Said, others: frozenset[str]) -> float:
    """Give the share of a sentence's weight that stands in no other outlet; 0 for one that cannot stand alone."""
    if sentence.place not in _PLACES or len(sentence.text) not in _LETTERS or not stands_alone(sentence.text):
        return 0.0
    total = weight_of(sentence.terms)
    return weight_of(sentence.terms - others) / total if total else 0.0
