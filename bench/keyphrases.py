"""
Keyphrases in figures: soft and exact F1 of the first ten, ours beside YAKE, RAKE and TF-IDF.

``python -m bench.keyphrases [gold] [akec]`` (both when nothing is named). ``gold`` is the dev part of the reading gold,
``akec`` the AKEC corpus, whose first fifteen phrases an article are the answers. Every way gives ten phrases an
article; *soft* counts a phrase that says the same in more or fewer words, as the scorer beside the gold does.

YAKE is the package ``yake`` (GPL: for measuring only), with its Arabic stop words, phrases to three words. RAKE (Rose
and others 2010, "Automatic keyword extraction from individual documents") and TF-IDF over runs of one to three words
without stop words are written out here, with our tokens, our stop words and the counts that ship.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from typing import Any

from bench.analyse import GOLD, labelled_documents, scorer
from bench.dates import DATA
from bench.events import names_of

from tawatur.analysis.document import Document, read_documents
from tawatur.analysis.keyphrases import find_keyphrases
from tawatur.analysis.phrase_frequencies import load_phrase_frequencies, phrase_hashes
from tawatur.model import article_from_json
from tawatur.text.stop_words import is_stop_word

TEN, FIFTEEN, LONGEST = 10, 15, 3

Way = Callable[[Document], list[str]]
Case = tuple[Document, list[str]]


def gold_cases() -> Iterator[Case]:
    lines = (GOLD / "reading.gold.jsonl").read_text(encoding="utf-8").splitlines()
    tagged = {line["id"]: line["keyphrases"] for line in map(json.loads, lines)}
    for document in labelled_documents():
        yield document, tagged[document.article.id]


def akec_cases() -> Iterator[Case]:
    with gzip.open(GOLD / "keyphrases-akec.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    articles = [(article_from_json({"id": each["id"], "body": each["body"]}), UTC) for each in records]
    for document, record in zip(read_documents(articles), records, strict=True):
        yield document, record["keyphrases"][:FIFTEEN]


def ours(document: Document) -> list[str]:
    return [phrase.text for phrase in find_keyphrases(document, names_of(document))]


def runs(document: Document) -> Iterator[list[tuple[str, str]]]:
    """Runs of words and their stems between signs and stop words."""
    for passage in document.passages:
        run: list[tuple[str, str]] = []
        for word in passage.words:
            if word.kind != "word" or is_stop_word(word.text, news=True):
                if run:
                    yield run
                run = []
            else:
                run.append((word.text, word.light_stem))
        if run:
            yield run


def rake(document: Document) -> list[str]:
    """Phrases between stop words by the degree of their words over their frequency."""
    phrases = [run for run in runs(document) if len(run) <= LONGEST]
    frequency, degree = Counter[str](), Counter[str]()
    for run in phrases:
        for _, stem in run:
            frequency[stem] += 1
            degree[stem] += len(run)
    return best({joined(run): sum(degree[stem] / frequency[stem] for _, stem in run) for run in phrases})


def tf_idf(document: Document) -> list[str]:
    counts, texts = Counter[str](), dict[str, str]()
    for run in runs(document):
        for size in range(1, LONGEST + 1):
            for at in range(len(run) - size + 1):
                key = " ".join(stem for _, stem in run[at : at + size])
                counts[key] += 1
                texts.setdefault(key, joined(run[at : at + size]))
    shipped = load_phrase_frequencies()
    articles, _ = shipped.of(phrase_hashes(list(counts)))
    return best(
        {
            texts[key]: count * math.log(shipped.articles / (1 + float(found)))
            for (key, count), found in zip(counts.items(), articles, strict=True)
        }
    )


def yake_way() -> Way:
    import yake  # type: ignore[import-not-found,import-untyped,unused-ignore]

    extractor = yake.KeywordExtractor(lan="ar", n=LONGEST, top=TEN)

    def extract(document: Document) -> list[str]:
        text = "\n".join(passage.text for passage in document.passages)
        return [found[0] for found in extractor.extract_keywords(text)]

    return extract


def joined(run: Iterable[tuple[str, str]]) -> str:
    return " ".join(text for text, _ in run)


def best(scores: dict[str, float]) -> list[str]:
    return sorted(scores, key=lambda text: -scores[text])[:TEN]


def figures(cases: list[Case], way: Way, score: Any) -> tuple[float, float, float]:
    """Soft and exact F1 at ten, and milliseconds of 200 words."""
    soft = exact = found = wanted = 0
    for document, _ in cases:  # caches warm, names found
        names_of(document)
    way(cases[0][0])
    start = time.process_time()
    answers = [way(document)[:TEN] for document, _ in cases]
    spent = time.process_time() - start
    for (_, gold), given in zip(cases, answers, strict=True):
        soft += len(score.match(gold, given, score.same_name))
        exact += len(score.match(gold, given, lambda a, b: score.words(a) == score.words(b)))
        found, wanted = found + len(given), wanted + len(gold)
    words = sum(len(passage.words) for document, _ in cases for passage in document.passages)
    return 2 * soft / (found + wanted), 2 * exact / (found + wanted), 200_000 * spent / words


def main() -> int:
    if not DATA.is_dir():
        print(f"the real news is not at {DATA}; set TAWATUR_DATA", file=sys.stderr)
        return 1
    ways: dict[str, Way] = {"ours": ours, "TF-IDF": tf_idf, "RAKE": rake}
    try:
        ways["YAKE"] = yake_way()
    except ImportError:
        print("yake is not installed: its row is left out", file=sys.stderr)
    sets = {"gold": gold_cases, "akec": akec_cases}
    for name in sys.argv[1:] or sets:
        cases = list(sets[name]())
        print(f"{name + f', {len(cases)} articles':24}{'soft F1@10':>12}{'exact':>8}{'ms/200 words':>14}")
        for label, way in ways.items():
            soft, exact, spent = figures(cases, way, scorer())
            print(f"{label:24}{soft:>12.3f}{exact:>8.3f}{spent:>14.2f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
