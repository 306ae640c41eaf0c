"""
How much a day of news moves of what stood: the share of older articles whose story is another after it.

``python -m bench.stability [--from 2018-03-12] [--days 4] [--plain]`` takes days of real news through the reader of
analyses and the grouper, 16 articles at once as ``pipeline.grouping`` does, and asks after each day where the articles
of the days before stand. Wanted: fewer than 2 in 100 move. ``--plain`` groups without looking for names.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bench.search_sets import DATA

from tawatur.analysis.analysing import analyse_many
from tawatur.model import Article, article_from_json
from tawatur.stories.features import sentence_vectors, sketch
from tawatur.stories.grouping import Grouper

AT_ONCE = 16


def read_days(first: date, days: int) -> dict[date, list[Article]]:
    """Real articles by day, in the order of their time."""
    found: dict[date, list[Article]] = defaultdict(list)
    with gzip.open(DATA / "ant.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if record.get("title") and record.get("published"):
                day = datetime.fromisoformat(record["published"]).date()
                if first <= day < first + timedelta(days=days):
                    found[day].append(article_from_json(record))
    return {day: sorted(found[day], key=lambda article: (str(article.published), article.id)) for day in sorted(found)}


def take(grouper: Grouper, articles: Sequence[Article], *, plain: bool, at_once: int = AT_ONCE) -> None:
    """Group articles in their order, some at once; ``plain`` without looking for names."""
    for start in range(0, len(articles), at_once):
        part = articles[start : start + at_once]
        analyses = [None] * len(part) if plain else analyse_many(part)
        vectors, headlines = sentence_vectors(part)
        for article, analysis, vector, headline in zip(part, analyses, vectors, headlines, strict=True):
            grouper.take(sketch(article, analysis, vector, headline))
        grouper.settle()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what each day moved."""
    parser = argparse.ArgumentParser(prog="bench stability", description=__doc__)
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default=date(2018, 3, 12))
    parser.add_argument("--days", type=int, default=4)
    parser.add_argument("--plain", action="store_true")
    chosen = parser.parse_args(arguments)
    grouper = Grouper()
    stood: dict[str, str | None] = {}
    moved = asked = 0
    for day, articles in read_days(chosen.first, chosen.days).items():
        take(grouper, articles, plain=chosen.plain)
        others = sum(grouper.story_of(id_) != story for id_, story in stood.items())
        moved, asked = moved + others, asked + len(stood)
        print(f"{day}: {len(articles):4} articles, {others} of {len(stood)} older ones moved", flush=True)
        stood = {**{id_: grouper.story_of(id_) for id_ in stood}, **{a.id: grouper.story_of(a.id) for a in articles}}
    print(f"moved by a day of news: {moved / max(asked, 1):.2%} of the older articles")


if __name__ == "__main__":
    main()
