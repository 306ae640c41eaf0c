"""
Copies: precision and recall on the gold and on reprints of our making, beside what else there is.

``python -m bench copies`` prints the pairs of all windows pooled, then 2,000 synthetic reprints of real texts: lead
changed, tail cut, 30 % of own text put in, slips of the pen, vowel marks; three headlines in five are others. Beside
it, each with the setting that is best on the answers themselves (words in a run, threshold): MinHash of datasketch and
of rensa, 128 permutations, every two texts compared; and the rules by which readers fold entries: tt-rss's (headlines
alike by trigrams, .75, of one day) and NewsBlur's (headlines of two outlets that share .6 of the shorter one's words).
rensa is asked where it is installed.
"""

from __future__ import annotations

import gzip
import importlib
import json
import os
import random
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tawatur.model import Article, article_from_json
from tawatur.stories.copies import CopyFinder
from tawatur.stories.shingles import body_words

DATA = Path(os.environ.get("TAWATUR_DATA", "../shared/data"))
WINDOWS = ("dev", "devB", "devC", "devD")
ORIGINALS, REPRINTS = 4_000, 2_000
MARKS = "\u064e\u064f\u0650\u0651"
THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
RUNS = (1, 2, 3)
PERMUTATIONS = 128
HOURS_OF_RULES = 24.0
SUFFIX = "-reprint"

Pair = frozenset[str]
Matrix = NDArray[np.uint64]
#: Library, words in a run, threshold.
Setting = tuple[str, int, float]


def main() -> None:
    """Print all figures."""
    _on_gold()
    _on_synthetic()


def _on_gold() -> None:
    windows = [_gold(name) for name in WINDOWS]
    articles = _articles({id_ for gold in windows for id_ in gold["ids"]})
    answers = dict.fromkeys(("tawatur", *(name for name, _ in RULES)), (0, 0))
    min_hash: dict[Setting, tuple[int, int]] = {}
    wanted = 0
    for gold in windows:
        own = _in_order(articles[id_] for id_ in gold["ids"])
        want = {frozenset(pair) for pair in gold["copies"]}
        either = {frozenset(pair) for pair in gold["either"]}
        wanted += len(want)
        _add(answers, "tawatur", _pairs(_originals(own)) - either, want)
        for name, rule in RULES:
            pairs = {frozenset((a.id, b.id)) for at, a in enumerate(own) for b in own[:at] if rule(a, b)}
            _add(answers, name, pairs - either, want)
        for setting, matrix in _signatures(own):
            alike = _likeness(matrix, range(len(own)))
            for threshold in THRESHOLDS:
                one, other = np.nonzero(np.triu(alike >= threshold, 1))
                pairs = {frozenset((own[a].id, own[b].id)) for a, b in zip(one, other, strict=True)}
                _add(min_hash, (*setting, threshold), pairs - either, want)
    print(f"gold, {wanted} pairs")
    _show(answers, min_hash, wanted)


def _on_synthetic() -> None:
    chance = random.Random(7)  # the same reprints each time
    originals = list(_long_articles(ORIGINALS))
    reprints = [_reprint(article, chance.choice(originals), chance) for article in chance.sample(originals, REPRINTS)]
    stream = _in_order([*originals, *reprints])
    began = time.perf_counter()
    copy_of = _originals(stream)
    seconds = time.perf_counter() - began
    roots = {article.id: copy_of.get(article.id) or article.id for article in originals}
    at = [place for place, article in enumerate(stream) if article.id.endswith(SUFFIX)]

    def count(found: Iterable[tuple[str, str | None]]) -> tuple[int, int]:
        given = [(id_, original) for id_, original in found if original is not None]
        own = (roots.get(original, original) == roots[id_.removesuffix(SUFFIX)] for id_, original in given)
        return sum(own), len(given)

    answers = {"tawatur": count((stream[place].id, copy_of.get(stream[place].id)) for place in at)}
    for name, rule in RULES:
        found = ((stream[place].id, _first(rule, stream, place)) for place in at)
        answers[name] = count(found)
    min_hash: dict[Setting, tuple[int, int]] = {}
    for setting, matrix in _signatures(stream):
        alike = _likeness(matrix, at)
        for row, place in enumerate(at):
            alike[row, place:] = 0.0
        best, score = alike.argmax(axis=1), alike.max(axis=1)
        for threshold in THRESHOLDS:
            nearest = [
                stream[one].id if is_like else None for one, is_like in zip(best, score >= threshold, strict=True)
            ]
            min_hash[(*setting, threshold)] = count(zip((stream[place].id for place in at), nearest, strict=True))
    print(f"{REPRINTS} synthetic reprints among {ORIGINALS} articles; tawatur {len(stream) / seconds:.0f} texts/s")
    _show(answers, min_hash, REPRINTS)


def _add(answers: dict[Any, tuple[int, int]], way: Any, got: set[Pair], want: set[Pair]) -> None:
    hit, found = answers.get(way, (0, 0))
    answers[way] = hit + len(got & want), found + len(got)


def _show(answers: dict[str, tuple[int, int]], min_hash: dict[Setting, tuple[int, int]], wanted: int) -> None:
    """Print a line a way; of MinHash the setting with the best F1."""
    rows = {way: (*figures, "") for way, figures in answers.items()}
    for library in dict.fromkeys(library for library, _, _ in min_hash):
        own = {setting: figures for setting, figures in min_hash.items() if setting[0] == library}
        best = max(own, key=lambda setting: 2 * own[setting][0] / max(1, own[setting][1] + wanted))
        rows[f"MinHash, {library}"] = (*own[best], f"runs of {best[1]} words, threshold {best[2]}")
    for way, (hit, found, note) in rows.items():
        print(f"  {way:22} precision {hit / max(1, found):.3f}  recall {hit / wanted:.3f}  {note}")


def _in_order(articles: Iterable[Article]) -> list[Article]:
    return sorted(articles, key=lambda article: (str(article.published), article.id))


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
        id=f"{article.id}{SUFFIX}",
        url=None,
        source="reprints",
        title=other.title if chance.random() < 0.6 else article.title,
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


def _signatures(articles: Sequence[Article]) -> Iterator[tuple[tuple[str, int], Matrix]]:
    """Give MinHash signatures by library and length of the runs."""
    words = [body_words(article.body) for article in articles]
    for length in RUNS:
        runs = [[" ".join(of[at : at + length]) for at in range(max(0, len(of) - length + 1))] for of in words]
        yield ("datasketch", length), _datasketch(runs)
        rensa = _rensa(runs)
        if rensa is not None:
            yield ("rensa", length), rensa


def _datasketch(texts: Sequence[Sequence[str]]) -> Matrix:
    from datasketch import MinHash  # a peer of the bench only

    rows = []
    for runs in texts:
        made = MinHash(num_perm=PERMUTATIONS)
        made.update_batch([run.encode() for run in runs])
        rows.append(made.hashvalues)
    return _told_apart(np.array(rows, np.uint64), texts)


def _rensa(texts: Sequence[Sequence[str]]) -> Matrix | None:
    try:
        make = importlib.import_module("rensa").RMinHash  # a peer of the bench only
    except ImportError:
        return None
    rows = []
    for runs in texts:
        made = make(num_perm=PERMUTATIONS, seed=7)
        made.update(list(runs))
        rows.append(made.digest())
    return _told_apart(np.array(rows, np.uint64), texts)


def _told_apart(matrix: Matrix, texts: Sequence[Sequence[str]]) -> Matrix:
    """Let texts without words be like nothing."""
    for at, runs in enumerate(texts):
        if not runs:
            matrix[at] = np.arange(PERMUTATIONS) + 2**40 + at * PERMUTATIONS
    return matrix


def _likeness(matrix: Matrix, rows: Sequence[int]) -> NDArray[np.float32]:
    """Give the estimated Jaccard likeness of some texts to all."""
    return np.stack([(matrix == matrix[row]).mean(axis=1, dtype=np.float32) for row in rows])


def _first(rule: Callable[[Article, Article], bool], stream: Sequence[Article], place: int) -> str | None:
    """Give the first text of the day before that a rule takes for the same."""
    own = stream[place]
    for other in reversed(stream[:place]):
        if _hours(own, other) > HOURS_OF_RULES:
            return None
        if rule(own, other):
            return other.id
    return None


def _hours(one: Article, other: Article) -> float:
    assert isinstance(one.published, datetime)
    assert isinstance(other.published, datetime)
    return abs((one.published - other.published).total_seconds()) / 3600


def _tt_rss(one: Article, other: Article) -> bool:
    """The plugin ``af_psql_trgm``: pg_trgm's likeness of headlines, .75 by default, of one day."""
    here, there = _trigrams(one.title or ""), _trigrams(other.title or "")
    return bool(here and there) and len(here & there) / len(here | there) >= 0.75 and _hours(one, other) <= 24


@lru_cache(maxsize=20_000)
def _trigrams(title: str) -> frozenset[str]:
    padded = [f"  {word} " for word in re.findall(r"\w+", title.lower())]
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def news_blur(one: Article, other: Article) -> bool:
    """NewsBlur's rule: headlines of two outlets that share .6 of the shorter one's words."""
    here, there = _title_words(one.title or ""), _title_words(other.title or "")
    least = min(len(here), len(there))
    return one.source != other.source and least > 0 and len(here & there) / least >= 0.6


@lru_cache(maxsize=20_000)
def _title_words(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", title))


RULES = (("tt-rss's rule", _tt_rss), ("NewsBlur's rule", news_blur))


if __name__ == "__main__":
    main()
