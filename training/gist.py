"""
The vectors of gist: ``stories/data/gist.npz``.

``python -m training.gist``

Learns from the unlabelled articles of both corpora, without the days of the windows that joining learns from and is
scored on: what is measured on them holds for days that the vectors never saw. A step takes some days of news at once;
the headline or the lead of each article is to be nearer to its own body, or to that of a likely report of the same
happening in another outlet, than to all other bodies (InfoNCE, van den Oord et al. 2018). Bodies that share much are no
counterexamples. Terms are left out at random, so that no single rare word is leant on.
"""

from __future__ import annotations

import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain, islice

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from torch.nn import functional

from tawatur.model import Article, article_from_json
from tawatur.stories.features import lead_of
from tawatur.stories.gist import GIST_WIDTH
from tawatur.stories.terms import learn_terms, terms_of
from training.corpora import GOLD, texts_once
from training.stories import MODELS, READ_BY_US, WINDOWS, read_articles

LEAST_ARTICLES = 4
LETTERS_OF_BODY = 4_000
# The first words of a body repeat the headline's.
TERMS_SKIPPED = 10
MOST_TERMS = 220
ARTICLES_READ_AT_ONCE = 256
ARTICLES_AT_ONCE = 384
ROUNDS = 10
RATE, LAST_RATE = 5e-3, 2e-4
LEFT_OUT = 0.4
# Cosines of bodies: from the first on two are no counterexamples; between the others, in two outlets and so many hours,
# they are likely reports of one happening, and taken for one another so often.
TOO_ALIKE = 0.18
LIKELY_ONE = (0.30, 0.90)
HOURS_APART = 36.0
SWAPPED = 0.7

# SaudiNewsNet calls its dates otherwise: its articles are taken without, and have no likely reports beside them.
_KEYS = ("id", "source", "title", "published", "abstract", "body")

Terms = tuple[list[int], list[float]]


@dataclass(slots=True)
class Text:
    """An article as it is learned from."""

    outlet: str
    hours: float | None
    title: list[str]
    lead: list[str]
    body: list[str]
    near: list[int] = field(default_factory=list)


def read_texts() -> list[Text]:
    """Read both corpora in the order of time, each text once, without the windows' days."""
    left_out = days_of_windows()
    found: list[tuple[str, Text]] = []
    for part in _parts():
        learn_terms(text for article in part for text in (article.title or "", article.body[:LETTERS_OF_BODY]))
        found += [
            (f"{article.published is None}{article.published}{article.id}", _text(article))
            for article in part
            if str(article.published)[:10] not in left_out
        ]
    found.sort(key=lambda pair: pair[0])
    return [text for _, text in found if len(text.title) > 1 and len(text.body) >= TERMS_SKIPPED]


def days_of_windows() -> set[str]:
    """Give the days that joining is learned from and scored on."""
    days = {date.fromisoformat(day) for day in json.loads(READ_BY_US.read_text(encoding="utf-8"))}
    two = {str(day + timedelta(days=more)) for day in days for more in (0, 1)}
    gold = [json.loads((GOLD / f"{name}.stories.json").read_text(encoding="utf-8")) for name in WINDOWS]
    ids = {id_ for window in gold for story in window["stories"] for id_ in story["ids"]}
    return two | {str(article.published)[:10] for article in read_articles(ids).values()}


def _parts() -> Iterator[list[Article]]:
    articles = (article_from_json({key: record.get(key) for key in _KEYS}) for record in texts_once())
    while part := list(islice(articles, ARTICLES_READ_AT_ONCE)):
        yield part


def _text(article: Article) -> Text:
    shown = article.published if isinstance(article.published, datetime) else None
    return Text(
        outlet=article.source or "",
        hours=shown.timestamp() / 3600 if shown else None,
        title=terms_of(article.title or ""),
        lead=terms_of(lead_of(article)),
        body=terms_of(article.body[:LETTERS_OF_BODY])[TERMS_SKIPPED:],
    )


class Model(torch.nn.Module):
    """A vector and a weight a term."""

    def __init__(self, rarities: NDArray[np.float32]) -> None:
        super().__init__()
        self.vectors = torch.nn.Embedding(len(rarities), GIST_WIDTH)
        torch.nn.init.normal_(self.vectors.weight, std=1 / math.sqrt(GIST_WIDTH))
        self.weights = torch.nn.Parameter(torch.tensor(rarities).log())
        self.sharpness = torch.nn.Parameter(torch.tensor(math.log(15.0)))

    def forward(self, texts: Sequence[Terms]) -> torch.Tensor:
        terms = torch.tensor(list(chain.from_iterable(terms for terms, _ in texts)))
        weights = torch.tensor(list(chain.from_iterable(weights for _, weights in texts)))
        starts = torch.tensor(np.cumsum([0, *(len(terms) for terms, _ in texts)])[:-1])
        sums = functional.embedding_bag(
            terms, self.vectors.weight, starts, mode="sum", per_sample_weights=weights * self.weights.exp()[terms]
        )
        return functional.normalize(sums, dim=1)


def learn(texts: Sequence[Text]) -> tuple[list[str], NDArray[np.float32]]:
    """Give the terms and their vectors, each as long as its term is heavy."""
    torch.manual_seed(0)
    chance = random.Random(0)
    held = Counter(term for text in texts for term in {*text.title, *text.body})
    terms = sorted(term for term, count in held.items() if count >= LEAST_ARTICLES)
    places = {term: place for place, term in enumerate(terms)}
    rarities = np.array([math.log(len(texts) / held[term]) for term in terms], np.float32)
    titles, leads, bodies = (
        [_terms(getattr(text, part), places) for text in texts] for part in ("title", "lead", "body")
    )
    cosines = _matrix(bodies, rarities)
    _find_near(texts, cosines)
    model = Model(rarities)
    optimiser = torch.optim.Adam(model.parameters(), lr=RATE)
    for turn in range(ROUNDS):
        optimiser.param_groups[0]["lr"] = RATE * (1 - turn / ROUNDS) + LAST_RATE
        shift = chance.randrange(ARTICLES_AT_ONCE)
        starts = list(range(-shift, len(texts), ARTICLES_AT_ONCE))
        chance.shuffle(starts)
        lost = 0.0
        for start in starts:
            at_once = range(max(0, start), min(len(texts), start + ARTICLES_AT_ONCE))
            if len(at_once) < ARTICLES_AT_ONCE // 8:
                continue
            lost += _step(model, optimiser, _batch(at_once, texts, (titles, leads, bodies), chance), cosines[at_once])
        print(f"round {turn + 1}: {lost / len(starts):.3f}", flush=True)
    with torch.no_grad():
        heavy = model.vectors.weight * model.weights.exp()[:, None]
    return terms, np.asarray(heavy.numpy(), np.float32)


def _batch(
    at_once: range, texts: Sequence[Text], parts: tuple[list[Terms], list[Terms], list[Terms]], chance: random.Random
) -> tuple[list[Terms], list[Terms]]:
    """Give headlines or leads, and bodies that belong to them."""
    titles, leads, bodies = parts
    asked, answers = [], []
    for at in at_once:
        near = texts[at].near
        other = chance.choice(near) if near and chance.random() < SWAPPED else at
        asked.append(_thinned(titles[at] if chance.random() < 0.5 else leads[at], chance))
        answers.append(_thinned(bodies[other], chance))
    return asked, answers


def _step(
    model: Model, optimiser: torch.optim.Optimizer, batch: tuple[list[Terms], list[Terms]], bodies: csr_matrix
) -> float:
    too_alike = torch.tensor((bodies @ bodies.T).toarray() > TOO_ALIKE)
    too_alike.fill_diagonal_(False)
    odds = (model(batch[0]) @ model(batch[1]).T * model.sharpness.exp()).masked_fill(too_alike, -1e4)
    right = torch.arange(len(odds))
    loss = (functional.cross_entropy(odds, right) + functional.cross_entropy(odds.T, right)) / 2
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return float(loss.detach())


def _terms(words: Sequence[str], places: dict[str, int]) -> Terms:
    counts = Counter(places[word] for word in words if word in places)
    kept = list(counts.items())[:MOST_TERMS] or [(0, 1)]
    return [term for term, _ in kept], [1 + math.log(count) for _, count in kept]


def _thinned(text: Terms, chance: random.Random) -> Terms:
    """Leave terms out."""
    kept = [at for at in range(len(text[0])) if chance.random() > LEFT_OUT] or [0]
    return [text[0][at] for at in kept], [text[1][at] for at in kept]


def _matrix(texts: Sequence[Terms], rarities: NDArray[np.float32]) -> csr_matrix:
    """Give texts as unit rows over terms weighed by their rarity."""
    starts = np.cumsum([0, *(len(terms) for terms, _ in texts)])
    terms = np.fromiter(chain.from_iterable(terms for terms, _ in texts), np.int64)
    weights = np.fromiter(chain.from_iterable(weights for _, weights in texts), np.float32) * rarities[terms]
    rows = csr_matrix((weights, terms, starts), shape=(len(texts), len(rarities)))
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return csr_matrix(diags(1 / np.maximum(lengths, 1e-9)) @ rows)


def _find_near(texts: Sequence[Text], bodies: csr_matrix) -> None:
    """Note for each article the likely reports of the same happening in other outlets, among the next 600."""
    for start in range(0, len(texts), 600):
        block = range(start, min(len(texts), start + 1200))
        cosines = (bodies[block] @ bodies[block].T).toarray()
        for at in range(min(600, len(block))):
            for beside in np.flatnonzero((cosines[at] > LIKELY_ONE[0]) & (cosines[at] < LIKELY_ONE[1])).tolist():
                one, other = texts[block[at]], texts[block[beside]]
                if beside > at and one.outlet != other.outlet and _apart(one, other) < HOURS_APART:
                    one.near.append(block[beside])
                    other.near.append(block[at])


def _apart(one: Text, other: Text) -> float:
    return math.inf if one.hours is None or other.hours is None else abs(one.hours - other.hours)


def save(terms: Sequence[str], vectors: NDArray[np.float32]) -> None:
    """Write what ships: a byte a number, and the scale of each term."""
    card = (
        "Vectors of stems, learned from headlines, leads and bodies of the ANT corpus 2.1 (free for research) and "
        "SaudiNewsNet without labels, the days of the windows left out; no text. python -m training.gist"
    )
    scales = np.abs(vectors).max(axis=1) / 127
    np.savez_compressed(
        MODELS / "gist.npz",
        terms=np.frombuffer("\n".join(terms).encode(), np.uint8),
        vectors=np.round(vectors / scales[:, None]).astype(np.int8),
        scales=scales.astype(np.float32),
        card=np.frombuffer(card.encode(), np.uint8),
    )


def main() -> None:
    """Learn and save."""
    torch.set_num_threads(1)
    save(*learn(read_texts()))


if __name__ == "__main__":
    main()
