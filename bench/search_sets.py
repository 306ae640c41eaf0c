"""What search is measured on: questions and paragraphs of XQuAD among real news, headlines and their articles."""

from __future__ import annotations

import gzip
import json
import os
import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tawatur.search.function_words import FUNCTION_WORDS
from tawatur.search.terms import words_of

DATA = Path(os.environ.get("TAWATUR_DATA") or Path(__file__).parents[2] / "shared" / "data")
DISTRACTORS = 12_000
HEADLINES = 2_000
LANGUAGES = ("ar", "en", "es", "ru", "tr")


@dataclass(frozen=True)
class Case:
    """A query and the text that answers it."""

    query: str
    answer: str


@lru_cache(maxsize=1)
def articles() -> list[dict[str, str]]:
    """Real articles with a headline and a body, each address and each body once, in an order of chance."""
    seen: set[str] = set()
    found = []
    with gzip.open(DATA / "ant.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            body, title = article.get("body") or "", article.get("title") or ""
            keys = {article["url"], body[:300]}
            if len(body) > 200 and len(title) > 15 and not keys & seen:
                seen |= keys
                found.append(article)
    random.Random(4).shuffle(found)
    return found


@lru_cache(maxsize=8)
def xquad(language: str) -> tuple[dict[str, str], list[Case]]:
    """Paragraphs by id and the questions to them; ids are the same in all languages."""
    with gzip.open(DATA / "search" / f"xquad.{language}.json.gz", "rt", encoding="utf-8") as file:
        data = json.load(file)["data"]
    paragraphs, cases = {}, []
    for a, article in enumerate(data):
        for p, paragraph in enumerate(article["paragraphs"]):
            id_ = f"xquad-{a}-{p}"
            paragraphs[id_] = paragraph["context"].strip()
            cases += [Case(question["question"], id_) for question in paragraph["qas"]]
    return paragraphs, cases


def texts() -> dict[str, str]:
    """240 paragraphs and 12,000 bodies without their headlines."""
    paragraphs, _ = xquad("ar")
    return paragraphs | {article["id"]: article["body"] for article in articles()[:DISTRACTORS]}


def case_sets() -> dict[str, list[Case]]:
    """The measured sets by name."""
    chance = random.Random(9)
    chosen = articles()[:HEADLINES]
    sets = {
        "questions": xquad("ar")[1],
        "headlines": [Case(article["title"], article["id"]) for article in chosen],
    }
    for count in (2, 3, 4):
        cases = []
        for article in chosen:
            words = [w for w in article["title"].split() if (f := words_of(w)) and f[0] not in FUNCTION_WORDS]
            if len(words) >= count:
                places = sorted(chance.sample(range(len(words)), count))
                cases.append(Case(" ".join(words[at] for at in places), article["id"]))
        sets[f"{count} words"] = cases
    return sets


def halves(cases: list[Case]) -> tuple[list[Case], list[Case]]:
    """Those that parameters were chosen on, and those kept aside."""
    return cases[0::2], cases[1::2]
