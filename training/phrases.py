"""
Counts of noun phrases in the news: ``analysis/data/phrase_frequencies.npz``.

``python -m training.phrases``

Every noun phrase that ``analysis/noun_phrases`` finds in the ANT and SaudiNewsNet articles is counted once an article,
and once more where the title has it. Phrases of fewer than ``LEAST`` articles are left out. What ships is a hash and
two bytes a phrase: no text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from itertools import islice
from pathlib import Path

import numpy as np

from tawatur.analysis.document import read_documents
from tawatur.analysis.noun_phrases import find_noun_phrases, find_touching, read_units
from tawatur.analysis.phrase_frequencies import COUNT_STEP, phrase_hash
from tawatur.model import Article, article_from_json
from training.corpora import read_records

TARGET = Path("src/tawatur/analysis/data/phrase_frequencies.npz")
# Three articles make a phrase of more than one affair's; four keep the file under 3 MB.
LEAST = 4
# The rarest are forgotten now and then, so that counting fits into 2 GB.
FORGET_EVERY = 12_000


def articles() -> Iterator[Article]:
    """Give the articles of both corpora, one a title."""
    seen = set()
    for record in read_records():
        title = (record.get("title") or "").strip()
        if title and title in seen:
            continue
        seen.add(title)
        yield article_from_json({key: record.get(key) for key in ("id", "title", "abstract", "body")})


def count() -> tuple[int, Counter[str], Counter[str]]:
    """Count articles, the articles of each phrase, and the titles of each."""
    read, found, titles = 0, Counter[str](), Counter[str]()
    waiting = ((article, UTC) for article in articles())
    while batch := list(islice(waiting, 16)):
        for document in read_documents(batch):
            keys = {
                passage.field: {phrase.key for phrase in find_noun_phrases(read_units(passage), find_touching(passage))}
                for passage in document.passages
            }
            found.update(set().union(*keys.values()))
            titles.update(keys.get("title", ()))
        read += len(batch)
        if read % FORGET_EVERY < 16:
            found = Counter({key: number for key, number in found.items() if number > 1})
            print(f"{read:,} articles, {len(found):,} phrases", flush=True)
    return read, found, titles


def pack(number: int) -> int:
    """Pack a count into a byte, in steps of its logarithm."""
    return min(255, round(float(np.log1p(number)) / COUNT_STEP))


def main() -> None:
    read, found, titles = count()
    kept = {phrase_hash(key): key for key, number in found.items() if number >= LEAST}
    hashes = np.array(sorted(kept), dtype=np.uint32)
    keys = [kept[int(each)] for each in hashes]
    np.savez_compressed(
        TARGET,
        articles=np.int64(read),
        hashes=hashes,
        counts=np.array([pack(found[key]) for key in keys], dtype=np.uint8),
        titles=np.array([pack(titles[key]) for key in keys], dtype=np.uint8),
    )
    print(f"{len(keys):,} phrases of {read:,} articles, {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
