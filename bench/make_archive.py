"""
An archive of any size from the real one: sentences of articles of one section change places, words stay real.

``python -m bench.make_archive 100000 > archive.jsonl`` writes articles as ``tawatur ingest`` takes them. Article ``n``
of round ``r`` takes its headline and first sentence from a real article, the others by turns from it and from its
neighbour in the section, and is dated ``r`` years after. The same number always gives the same archive.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from typing import Any

from bench.search_sets import articles

from tawatur.text.sentences import find_sentences

ROUND = timedelta(days=365)


def make_archive(count: int) -> Iterator[dict[str, Any]]:
    """Give so many articles, oldest round first."""
    by_section: dict[str, list[dict[str, str]]] = {}
    for article in articles():
        by_section.setdefault(article["section"], []).append(article)
    whole = [(article, peers) for peers in by_section.values() for article in peers]
    whole.sort(key=lambda pair: pair[0]["id"])
    return islice(_rounds(whole), count)


def _rounds(whole: list[tuple[dict[str, str], list[dict[str, str]]]]) -> Iterator[dict[str, Any]]:
    places = {article["id"]: at for _, peers in whole[:1] for at, article in enumerate(peers)}
    for _, peers in whole:
        places |= {article["id"]: at for at, article in enumerate(peers)}
    turn = 0
    while True:
        for article, peers in whole:
            neighbour = peers[(places[article["id"]] + turn * 7) % len(peers)] if turn else article
            published = datetime.fromisoformat(article["published"]).astimezone(UTC) + turn * ROUND
            yield {
                "id": f"{article['id']}-{turn}",
                "url": f"https://{article['source'].lower()}.example/{turn}/{article['id']}",
                "source": article["source"].lower(),
                "section": article["section"],
                "title": article["title"],
                "published": published.isoformat(),
                "body": _mixed(article["body"], neighbour["body"]) if turn else article["body"],
                "language": "ar",
            }
        turn += 1


def _mixed(one: str, other: str) -> str:
    ours, theirs = _sentences(one), _sentences(other)
    return "\n".join(theirs[at] if at % 2 and at < len(theirs) else sentence for at, sentence in enumerate(ours))


@cache
def _sentences(body: str) -> tuple[str, ...]:
    """Give the sentences of a real article, which every round reads again."""
    return tuple(sentence.text for sentence in find_sentences(body))


def main() -> None:
    for article in make_archive(int(sys.argv[1]) if len(sys.argv) > 1 else 1000):
        print(json.dumps(article, ensure_ascii=False))


if __name__ == "__main__":
    main()
