"""
Labelled articles: who said what, who is credited, and through whom.

150 are those of ``gold/reading.train.jsonl``. More were read by us as those were, each in full by one reader who had
seen fourteen of them with their labels, no tool deciding (``statements_read.json``): articles of the ANT and
SaudiNewsNet corpora, named by the first twelve hexadecimal digits of the SHA-256 of their ids. What was marked stands
there as places in the text, ``body:120-180``; no text of the articles does.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.corpora import GOLD, read_records

__all__ = ["Labels", "read_labels"]

READ_BY_US = Path(__file__).parent / "statements_read.json"

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Labels:
    """An article and what a reader marked, in the form of ``reading.train.jsonl``."""

    article: Record
    quotes: list[Record]
    sources: list[Record]
    is_shared: bool


def read_labels() -> list[Labels]:
    """Read all labelled articles, the shared ones first."""
    articles = map(_article, map(json.loads, _lines(GOLD / "reading-articles.train.jsonl")))
    marked = {record["id"]: record for record in map(json.loads, _lines(GOLD / "reading.train.jsonl"))}
    shared = [
        Labels(article, marked[article["id"]]["quotes"], marked[article["id"]]["sources"], is_shared=True)
        for article in articles
    ]
    return shared + list(_read_by_us())


def _read_by_us() -> Iterator[Labels]:
    read: dict[str, Record] = json.loads(READ_BY_US.read_text(encoding="utf-8"))
    found = {short: article for short, article in _archive() if short in read}
    for short, marks in read.items():
        article = found[short]
        quotes = [
            {"text": _text(article, place), "kind": kind, "cue": cue, "speaker": _text(article, speaker)}
            for place, kind, cue, speaker in marks["quotes"]
        ]
        sources = [
            {"name": _text(article, name), "kind": kind, "via": _text(article, via)}
            for name, kind, via in marks["sources"]
        ]
        yield Labels(article, quotes, sources, is_shared=False)


def _archive() -> Iterable[tuple[str, Record]]:
    """Give the articles of both corpora by short name; of pages that stand twice the first."""
    seen: set[str] = set()
    for record in read_records():
        short = hashlib.sha256(record["id"].encode()).hexdigest()[:12]
        if short not in seen:
            seen.add(short)
            yield short, _article(record)


def _article(record: Record) -> Record:
    return {key: record.get(key) for key in ("id", "title", "abstract", "body")}


def _text(article: Record, place: str | None) -> str | None:
    """Give the text at a place, ``body:120-180``."""
    if place is None:
        return None
    field, span = place.split(":")
    start, end = map(int, span.split("-"))
    return str(article[field][start:end])


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
