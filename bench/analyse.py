"""
Analyses in figures: what is found in the reading gold, what each finder costs, whether anything is made up.

``python -m bench.analyse [quality] [speed] [archive [COUNT]]`` (all but ``archive`` when nothing is named).

``quality`` scores with the scorer beside the gold; beside ours stands the plain way: every pair of quotation marks,
its speaker the nearest run of words tagged as names. ``speed`` times the finders over the same articles, one core,
words seen before; medians in milliseconds, per article and per 200 words. ``archive`` analyses real news (every article
of both corpora, or COUNT of them evenly spread) and counts findings that do not stand in their article.
"""

from __future__ import annotations

import functools
import gzip
import importlib.util
import json
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import tzinfo
from itertools import islice
from typing import Any

from bench.dates import DATA
from bench.standing import not_in_text

from tawatur.analysis import analyse_dated, attribution, entities, events, keyphrases, quotes, statements, summary
from tawatur.analysis.analysing import analyse_document
from tawatur.analysis.document import Document, read_document, read_documents
from tawatur.cli.analysing import dated_article_lines
from tawatur.cli.common import Refused
from tawatur.model import Article, as_json

GOLD = DATA / "gold"
ARTICLES = GOLD / "reading-articles.dev.jsonl"
MARKS = re.compile(r"[«\"“]([^«»\"“”\n]{3,1000})[»\"”]")


def labelled_articles() -> list[tuple[Article, tzinfo]]:
    """The articles of the reading gold, each with the zone of its outlet."""
    return list(dated_article_lines(str(ARTICLES), Refused()))


def labelled_documents() -> list[Document]:
    """The articles of the reading gold, read."""
    return read_documents(labelled_articles())


def scorer() -> Any:
    """The scorer beside the gold."""
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(records: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What the scorer says of analyses of the reading gold."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        file.flush()
        told: dict[str, Any] = scorer().analyse(GOLD / "reading.gold.jsonl", file.name, ARTICLES)
        return told


def plain_way(document: Document) -> dict[str, Any]:
    """Every pair of quotation marks, spoken by the nearest name."""
    found = []
    for passage in document.passages:
        names = [
            (word.start, word.text) for word in passage.words if word.segments and word.segments[-1].pos == "PROPN"
        ]
        for match in MARKS.finditer(passage.text):
            speaker = min(names, key=lambda name: abs(name[0] - match.start()), default=(0, None))[1]
            found.append({"text": match[1], "kind": "direct", "speaker": speaker})
    return {"id": document.article.id, "quotes": found}


def print_quality() -> None:
    dated = labelled_articles()
    ours = score(as_json(analysis) for analysis in analyse_dated(dated))
    plain = score(map(plain_way, read_documents(dated)))
    print(f"{'reading gold, 50 articles':42}{'ours':>10}{'plain':>10}")
    for name, value in ours.items():
        beside = plain[name]
        if isinstance(value, dict):
            print(f"{name:42}{value['f1']:>10.3f}{beside['f1']:>10.3f}    p {value['p']:.3f} r {value['r']:.3f}")
        else:
            print(f"{name:42}{value:>10}{beside:>10}")


def print_speed() -> None:
    dated = labelled_articles()
    spent: dict[str, list[float]] = {}
    words = [sum(len(passage.words) for passage in document.passages) for document in read_documents(dated)]

    def timed(name: str, call: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = call()
        spent.setdefault(name, []).append(1000 * (time.perf_counter() - start))
        return result

    for _ in range(2):
        spent.clear()
        for article, zone in dated:
            document = timed("words", functools.partial(read_document, article, zone))
            _time_finders(document, timed)
    spent["whole"] = [sum(each) for each in zip(*spent.values(), strict=True)]
    print(f"{'milliseconds, one core, words known':42}{'median':>10}{'of 200 words':>14}")
    for name, times in spent.items():
        of_200 = statistics.median(200 * each / max(1, count) for each, count in zip(times, words, strict=True))
        print(f"{name:42}{statistics.median(times):>10.2f}{of_200:>14.2f}")


def _time_finders(document: Document, timed: Callable[[str, Callable[[], Any]], Any]) -> None:
    names = timed("entities", lambda: entities.find_entities(document))
    heard = timed("statements", lambda: statements.listen(document, names))
    _, links = timed("attribution", lambda: attribution.find_sources(document, names, heard))
    timed("quotes", lambda: quotes.quotes_of(document, heard.statements, links))
    timed("events", lambda: events.find_events(document, names))
    phrases = timed("keyphrases", lambda: keyphrases.find_keyphrases(document, names))
    timed("summary", lambda: summary.find_summary(document, phrases))


def archive(count: int | None) -> Iterator[tuple[Article, Any]]:
    """Real news with its zones: all of it, or ``count`` evenly spread."""
    for name, total in (("ant.jsonl.gz", 30_597), ("saudi.jsonl.gz", 25_020)):
        every = 1 if count is None else max(1, 2 * total // max(1, count))
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as chosen:
            with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
                chosen.writelines(line for number, line in enumerate(lines) if number % every == 0)
            chosen.flush()
            yield from dated_article_lines(chosen.name, Refused())


def print_archive(count: int | None) -> int:
    made_up: Counter[str] = Counter()
    found: Counter[str] = Counter()
    articles = 0
    start = time.perf_counter()
    waiting = archive(count)
    while batch := list(islice(waiting, 16)):
        for document in read_documents(batch):
            articles += 1
            article = document.article
            try:
                analysis = analyse_document(document)
            except Exception as error:
                made_up["failed"] += 1
                print(f"{article.id}: {type(error).__name__}: {error}", file=sys.stderr)
                continue
            for part in ("quotes", "sources", "entities", "events", "keyphrases", "summary"):
                found[part] += len(getattr(analysis, part))
            for kind, text in not_in_text(article, analysis):
                made_up[kind] += 1
                print(f"{article.id}: {kind} {text!r} does not stand where it should", file=sys.stderr)
            if articles % 1000 == 0:
                print(f"{articles:,} in {time.perf_counter() - start:,.0f} s: {dict(made_up)}", file=sys.stderr)
    seconds = time.perf_counter() - start
    total = sum(made_up.values())
    print(f"{articles:,} articles in {seconds:,.0f} s; made up, misplaced or failed: {total} {dict(made_up)}")
    print("found an article: " + ", ".join(f"{name} {number / articles:.1f}" for name, number in found.items()))
    return total


def main() -> int:
    asked = sys.argv[1:] or ["quality", "speed"]
    if not DATA.is_dir():
        print(f"the real news is not at {DATA}; set TAWATUR_DATA", file=sys.stderr)
        return 1
    if "quality" in asked:
        print_quality()
    if "speed" in asked:
        print_speed()
    if "archive" in asked:
        number = asked[asked.index("archive") + 1 :]
        return int(print_archive(int(number[0]) if number and number[0].isdigit() else None) > 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
