"""Copies: precision and recall on the gold and on reprints of our making, beside MinHash.

``python -m bench copies`` prints the pairs of all windows pooled, then 2,000 synthetic reprints of real texts: lead
changed, tail cut, words of another article put in, slips of the pen, vowel marks. Beside it stands MinHash over runs of
three words (datasketch, 128 permutations) with the threshold that suits it best on the answers themselves.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tawatur.model import Article, article_from_json
from tawatur.stories.copies import CopyFinder
from tawatur.stories.shingles import body_words

DATA = Path(os.environ.get("TAWATUR_DATA", "../shared/data"))
WINDOWS = ("dev", "devB", "devC", "devD")
ORIGINALS, REPRINTS = 4_000, 2_000
MARKS = "\u064e\u064f\u0650\u0651"
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)

Pair = frozenset[str]


def main() -> None:
    """Print all figures."""
    windows = [_gold(name) for name in WINDOWS]
    articles = _articles({id_ for gold in windows for id_ in gold["ids"]})
    hit = found = wanted = 0
    peers = dict.fromkeys(THRESHOLDS, (0, 0))
    for gold in windows:
        own = sorted((articles[id_] for id_ in gold["ids"]), key=lambda article: (str(article.published), article.id))
        want = {frozenset(pair) for pair in gold["copies"]}
        either = {frozenset(pair) for pair in gold["either"]}
        got = _pairs(_originals(own)) - either
        hit, found, wanted = hit + len(got & want), found + len(got), wanted + len(want)
        for threshold in THRESHOLDS:
            pairs = _min_hash(own, threshold) - either
            peers[threshold] = (peers[threshold][0] + len(pairs & want), peers[threshold][1] + len(pairs))
    print(f"gold, {wanted} pairs: tawatur {_figures(hit, found, wanted)}")
    best = max(peers, key=lambda threshold: _f1(*peers[threshold], wanted))
    print(f"gold, {wanted} pairs: MinHash at {best}: {_figures(*peers[best], wanted)}")
    _synthetic()


def _synthetic() -> None:
    chance = random.Random(7)  # the same reprints each time
    originals = list(_long_articles(ORIGINALS))
    chosen = chance.sample(originals, REPRINTS)
    reprints = [_reprint(article, chance.choice(originals), chance) for article in chosen]
    stream = sorted([*originals, *reprints], key=lambda article: (str(article.published), article.id))
    began = time.perf_counter()
    copy_of = _originals(stream)
    seconds = time.perf_counter() - began
    roots = {article.id: copy_of.get(article.id) or article.id for article in originals}
    right = sum(copy_of.get(each.id) == roots[each.id.removesuffix("-reprint")] for each in reprints)
    given = sum(copy_of.get(each.id) is not None for each in reprints)
    print(f"{REPRINTS} synthetic reprints: tawatur {_figures(right, given, REPRINTS)}, {len(stream) / seconds:.0f}/s")


def _gold(name: str) -> dict[str, list[str]]:
    gold: dict[str, list[str]] = json.loads((DATA / "gold" / f"{name}.copies.json").read_text(encoding="utf-8"))
    return gold


def _records() -> Iterator[Article]:
    with gzip.open(DATA / "ant.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from (article_from_json(json.loads(line)) for line in lines)


def _articles(ids: set[str]) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for article in _records():
        if article.id in ids:
            found.setdefault(article.id, article)
    return found


def _long_articles(count: int) -> Iterator[Article]:
    """Give articles of four paragraphs or sentences and more, each address once."""
    seen: set[str] = set()
    for article in _records():
        is_dated = isinstance(article.published, datetime)
        if article.url and article.url not in seen and is_dated and len(body_words(article.body)) >= 120:
            seen.add(article.url)
            yield article
            if len(seen) == count:
                return


def _reprint(article: Article, other: Article, chance: random.Random) -> Article:
    """Make a reprint: another lead, a cut tail, own text, slips and marks, each for some."""
    words = article.body.split()
    if chance.random() < 0.6:
        words = [*other.body.split()[:25], *words[25:]]
    if chance.random() < 0.6:
        words = words[: max(60, int(len(words) * chance.uniform(0.6, 0.9)))]
    if chance.random() < 0.5:
        own = other.body.split()[25:]
        at = len(words) // 2
        words = [*words[:at], *own[: int(len(words) * 0.3)], *words[at:]]
    words = [_slip(word, chance) if chance.random() < 0.02 else word for word in words]
    if chance.random() < 0.3:
        words = [word[:1] + chance.choice(MARKS) + word[1:] for word in words]
    published = article.published
    assert isinstance(published, datetime)
    return replace(
        article,
        id=f"{article.id}-reprint",
        url=None,
        source="reprints",
        title=f"{other.title}",
        body=" ".join(words),
        abstract=None,
        published=published + timedelta(hours=chance.uniform(1, 20)),
    )


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :] if len(word) > 3 else word


def _originals(articles: Iterable[Article]) -> dict[str, str | None]:
    finder = CopyFinder()
    ids = []
    for article in articles:
        finder.find(article)
        ids.append(article.id)
    return {id_: finder.original_of(id_) for id_ in ids}


def _pairs(copy_of: dict[str, str | None]) -> set[Pair]:
    groups: dict[str, list[str]] = {}
    for id_, original in copy_of.items():
        groups.setdefault(original or id_, []).append(id_)
    return {frozenset((one, other)) for group in groups.values() for one in group for other in group if one < other}


def _min_hash(articles: list[Article], threshold: float) -> set[Pair]:
    """Give the pairs whose estimated Jaccard likeness reaches a threshold."""
    from datasketch import MinHash  # a peer of the bench only

    hashes = []
    for article in articles:
        words = body_words(article.body)
        made = MinHash(num_perm=128)
        made.update_batch([" ".join(words[at : at + 3]).encode() for at in range(max(0, len(words) - 2))])
        hashes.append((article.id, made, bool(words)))
    return {
        frozenset((one[0], other[0]))
        for at, one in enumerate(hashes)
        for other in hashes[:at]
        if one[2] and other[2] and one[1].jaccard(other[1]) >= threshold
    }


def _f1(hit: int, found: int, wanted: int) -> float:
    return 2 * hit / max(1, found + wanted)


def _figures(hit: int, found: int, wanted: int) -> str:
    return f"precision {hit / max(1, found):.3f} recall {hit / wanted:.3f}"


if __name__ == "__main__":
    main()
