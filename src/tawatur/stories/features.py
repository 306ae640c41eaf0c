"""
Sketches: what joining looks at in an article, made once when it comes in.

A sketch holds several *views* of an article, each a unit vector over terms weighed by their rarity in the news: the
headline, the lead, the whole text, its people, places and bodies, its keyphrases and numbers. Terms within one text
are told apart from names: a name is one term however many words it has, in its canonical form.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from tawatur.model.analysis import Analysis
from tawatur.model.article import Article
from tawatur.stories.gist import gist
from tawatur.stories.terms import learn_terms, numbers_of, rarity, terms_of
from tawatur.text.letters import normalised_text
from tawatur.text.spans import Span
from tawatur.text.vectors import WIDTH, embed

__all__ = ["GISTS", "VIEWS", "Sketch", "View", "lead_of", "read_ahead", "sentence_vectors", "sketch", "text_to_embed"]

View = Mapping[str, float]

#: What a sketch is compared by.
VIEWS = ("title", "lead", "text", "people", "places", "bodies", "phrases", "numbers")
#: What of it has a gist: the headline, headline and lead, the whole text.
GISTS = ("title", "lead", "text")

# A news text has told its happening by then; what follows is background, which joins stories of one affair.
# Of 800, 1,500, 2,500 and all letters, see docs/stories.md.
_LETTERS_OF_TEXT = 1_500
_LETTERS_OF_LEAD = 350
# Who did what: the first terms of the lead.
_TERMS_OF_OPENING = 9
# «موسكو: لا علاقة لنا»: a colon so early in a headline stands after a speaker.
_LETTERS_OF_SPEAKER = 40
_WORD = re.compile(r"\w+")
# A term of the headline counts as three of the text.
_TITLE_WEIGHT = 3
_MICROSECONDS_IN_AN_HOUR = 3_600.0


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """An article as the grouper keeps it."""

    id: str
    outlet: str
    #: Hours since 1970 of its publication; None when it bears no date.
    hours: float | None
    #: By name of ``VIEWS``; a view is empty where the article has nothing of it.
    views: Mapping[str, View]
    #: Days that its dated events happened on, ISO.
    days: frozenset[str]
    #: Unit vector of its headline and lead.
    vector: NDArray[np.float32]
    #: Unit vector of its headline alone; zeros when nobody made it.
    headline: NDArray[np.float32]
    #: By name of ``GISTS``.
    gists: Mapping[str, NDArray[np.float32]]
    #: The first terms of its lead.
    opening: View
    #: Whether its headline announces an explainer, a profile or a list, not a happening.
    explains: bool
    #: Whether its headline names a speaker and what he said.
    tells: bool
    #: The writing of most of its headline and lead: ``arabic``, ``latin``, ``cyrillic``, …; empty when it has no word.
    script: str


def text_to_embed(article: Article) -> str:
    """Give the text whose sentence vector a sketch wants: the headline and the lead.

    >>> text_to_embed(Article(id="1", url=None, source=None, title="زلزال في المغرب", body="ضرب زلزال المغرب."))
    'زلزال في المغرب. ضرب زلزال المغرب.'
    """
    return f"{article.title or ''}. {lead_of(article)}"


def read_ahead(articles: Sequence[Article], analyses: Iterable[Analysis] = ()) -> None:
    """Take the words of articles apart that are to be sketched, all at once."""
    texts = [part for article in articles for part in (article.title or "", lead_of(article), _whole(article))]
    learn_terms([*texts, *(name for analysis in analyses for name in _named(analysis))])


def sentence_vectors(articles: Sequence[Article]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Give the vectors that sketches of articles want, a row an article: of headline and lead, and of the headline."""
    texts = [text_to_embed(article) for article in articles]
    vectors = embed(texts + [article.title or "" for article in articles])
    return vectors[: len(articles)], vectors[len(articles) :]


def sketch(
    article: Article,
    analysis: Analysis | None,
    vector: NDArray[np.float32],
    headline: NDArray[np.float32] | None = None,
) -> Sketch:
    """Take down what joining looks at; ``headline`` is the sentence vector of the headline, where it is wanted."""
    title = _terms_of(article.title or "")
    lead = _terms_of(lead_of(article))
    text = _terms_of(_whole(article))
    counts = {
        "title": Counter(title),
        "lead": Counter(title + lead),
        "text": Counter(title * _TITLE_WEIGHT + text),
    }
    views: dict[str, View] = {
        **{view: _weighed(of) for view, of in counts.items()},
        "numbers": _numbers(article),
        **_names(analysis),
    }
    return Sketch(
        id=article.id,
        outlet=article.source or "",
        hours=_hours(article.published),
        views=views,
        days=_days(analysis),
        vector=vector,
        headline=np.zeros(WIDTH, np.float32) if headline is None else headline,
        gists={view: gist(counts[view]) for view in GISTS},
        opening=_weighed(Counter(lead[:_TERMS_OF_OPENING])),
        explains=_explains(article.title or ""),
        tells=":" in (article.title or "")[:_LETTERS_OF_SPEAKER],
        script=_script(f"{article.title or ''} {lead_of(article)}"),
    )


@lru_cache(maxsize=64)
def _terms_of(text: str) -> tuple[str, ...]:
    """Give the terms of a text; an article is sketched for its story and again for what is read beside it."""
    return tuple(terms_of(text))


def lead_of(article: Article) -> str:
    """Give the standfirst, or the start of the text where there is none or it is short."""
    abstract = article.abstract or ""
    if len(abstract) >= _LETTERS_OF_LEAD // 2:
        return abstract[:_LETTERS_OF_LEAD]
    return f"{abstract}\n{article.body[:_LETTERS_OF_LEAD]}".strip()


def _whole(article: Article) -> str:
    abstract = article.abstract or ""
    body = article.body[:_LETTERS_OF_TEXT]
    return body if abstract[:60] and abstract[:60] in body else f"{abstract}\n{body}"


def _script(text: str) -> str:
    """Tell a writing by the first word of its letters' names (``ARABIC LETTER ALEF``)."""
    letters = Counter(text)
    writings: Counter[str] = Counter()
    for letter in letters:
        if letter.isalpha():
            writings[unicodedata.name(letter, " ").split(" ")[0]] += letters[letter]
    return writings.most_common(1)[0][0].lower() if writings else ""


def _explains(title: str) -> bool:
    padded = f" {' '.join(_WORD.findall(normalised_text(title, 'index')))} "
    starts, anywhere = _cues()
    asks = "\u061f" in title or "?" in title
    return asks or title[:1].isdigit() or padded.startswith(starts) or any(cue in padded for cue in anywhere)


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read the cues of headlines that explain: those that begin one, and those that stand anywhere."""
    text = (files("tawatur.stories") / "data" / "explaining_headlines.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    folded = [(place, f" {normalised_text(cue, 'index').strip()} ") for place, cue in rows]
    starts = tuple(cue for place, cue in folded if place == "start")
    return starts, tuple(cue for place, cue in folded if place == "anywhere")


def _weighed(counts: Mapping[str, float]) -> View:
    return _unit({term: (1 + math.log(count)) * rarity(term) for term, count in counts.items()})


def _unit(weights: Mapping[str, float]) -> View:
    norm = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {term: weight / norm for term, weight in weights.items()} if norm else {}


def _numbers(article: Article) -> View:
    """Weigh the numbers of headline and lead: 35 dead tell more than 3, and a year tells nothing."""
    found = numbers_of(f"{article.title or ''}\n{lead_of(article)}\n{article.body[: _LETTERS_OF_TEXT // 2]}")
    return _unit({number: min(len(number), 4) - 0.5 for number in found if not _is_year(number)})


def _is_year(number: str) -> bool:
    return len(number) == 4 and number[:2] in {"19", "20"}


def _named(analysis: Analysis) -> list[str]:
    return [entity.canonical for entity in analysis.entities] + [phrase.text for phrase in analysis.keyphrases]


def _names(analysis: Analysis | None) -> dict[str, View]:
    names: dict[str, dict[str, float]] = {"people": {}, "places": {}, "bodies": {}}
    phrases: dict[str, float] = {}
    if analysis is not None:
        kinds = {"PER": names["people"], "LOC": names["places"], "ORG": names["bodies"]}
        for entity in analysis.entities:
            key = _key(entity.canonical)
            if key:
                kinds[entity.type][key] = kinds[entity.type].get(key, 0.0) + _prominence(entity.spans)
        for phrase in analysis.keyphrases:
            key = _key(phrase.text)
            if key:
                phrases[key] = max(phrases.get(key, 0.0), 0.2 + phrase.score)
    return {
        **{kind: _unit({key: weight * _rarity_of(key) for key, weight in of.items()}) for kind, of in names.items()},
        "phrases": _unit({key: weight * _rarity_of(key) for key, weight in phrases.items()}),
    }


@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    return " ".join(terms_of(name)) or normalised_text(name, "index").strip()


def _rarity_of(key: str) -> float:
    """Give the rarity of a name: that of its rarest word."""
    return max(map(rarity, key.split()), default=0.0)


def _prominence(spans: Iterable[Span]) -> float:
    """Weigh where a name stands: in the headline, in the lead, further on."""
    weight = 0.0
    for span in spans:
        if span.field == "title":
            weight = max(weight, 3.0)
        elif span.field == "abstract" or span.start < _LETTERS_OF_LEAD:
            weight = max(weight, 2.0)
        elif span.start < _LETTERS_OF_TEXT:
            weight = max(weight, 1.0)
    return weight


def _days(analysis: Analysis | None) -> frozenset[str]:
    if analysis is None:
        return frozenset()
    return frozenset(event.when[:10] for event in analysis.events if event.when and len(event.when.split("/")[0]) >= 10)


def _hours(published: datetime | date | None) -> float | None:
    if published is None:
        return None
    if not isinstance(published, datetime):
        published = datetime(published.year, published.month, published.day, 12, tzinfo=UTC)
    return published.timestamp() / _MICROSECONDS_IN_AN_HOUR
