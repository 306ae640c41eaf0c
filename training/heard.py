"""
What the archive teaches of names: ``analysis/data/names_heard.tsv.gz``.

A field that sees of a word all but its letters, so that it knows no name by heart, tags ``ARTICLES`` of the ANT and
SaudiNewsNet articles (those of the reading gold left out). Of each word that is part of a name more often than one
time in ten ships which types it is a part of, by fifths (``d=``), and the logarithm of how often it stands (``dn=``);
of each name of several words, its type. Counts over words; no text.
"""

from __future__ import annotations

import gzip
import json
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tawatur.analysis.entities import name_ranges
from tawatur.analysis.entity_evidence import Form, read_form
from tawatur.analysis.entity_tagger import LABELS, NameTagger
from tawatur.text.sentences import find_sentences
from tawatur.text.words import read_many
from training import entities

TARGET = entities.MODELS / "names_heard.tsv.gz"
ARTICLES = 8_000
LETTERS_OF_A_BODY, WORDS_OF_A_SENTENCE = 2500, 150
LEAST_COUNT, LEAST_ARTICLES, LONGEST_NAME = 3, 2, 7
# A word is heard of where it is no name nine times in ten or less; a type, where it is one in ten.
MOSTLY_NONE, SOME = 0.9, 0.1
FIFTHS, MOST_FIFTHS, MOST_DOUBLINGS = 5, 4, 6
# A name has one type, and is one where its words stand together, more often than not.
ONE_TYPE, MOSTLY_A_NAME = 0.6, 0.5
OF_ITSELF = ("w=", "b=", "ww=", "+ww=")

Article = list[list[Form]]


def read_archive() -> Iterator[list[Article]]:
    """Read the articles, forty at a time, as forms by sentence."""
    gold = {
        json.loads(line)["id"]
        for name in ("train", "dev")
        for line in (entities.DATA / "gold" / f"reading-articles.{name}.jsonl").open(encoding="utf-8")
    }
    lines: list[str] = []
    for name in ("ant.jsonl.gz", "saudi.jsonl.gz"):
        with gzip.open(entities.DATA / name, "rt", encoding="utf-8") as opened:
            lines += opened
    random.Random(1).shuffle(lines)
    for at in range(0, ARTICLES, 40):
        records = [json.loads(line) for line in lines[at : at + 40]]
        texts = [texts_of(record) for record in records if record["id"] not in gold]
        read = iter(read_many([text for of_article in texts for text in of_article]))
        yield [
            [forms for text in of_article for forms in sentences(text, next(read))] for of_article in texts
        ]  # fmt: skip


def texts_of(record: dict[str, str]) -> list[str]:
    texts = (record.get("title"), record.get("abstract"), (record.get("body") or "")[:LETTERS_OF_A_BODY])
    return [text for text in texts if text]


def sentences(text: str, words) -> Iterator[list[Form]]:
    ends = iter([sentence.end for sentence in find_sentences(text)])
    end, forms = next(ends, len(text)), []
    for word in words:
        while word.start >= end:
            end = next(ends, len(text))
            if forms:
                yield forms[:WORDS_OF_A_SENTENCE]
                forms = []
        forms.append(read_form(word.text, word.kind, tuple((part.text, part.pos) for part in word.segments)))
    if forms:
        yield forms[:WORDS_OF_A_SENTENCE]


def tagger_of_contexts() -> NameTagger:
    """Train the field that knows no name by heart."""

    def evidence(item: entities.Item) -> list[entities.Row]:
        return [[one for one in row if not one.startswith(OF_ITSELF)] for row in entities.features(item)]

    with tempfile.TemporaryDirectory() as folder:
        found = [example for part in entities.examples(None, evidence) for example in part]
        return entities.tagger_of([(entities.learn(Path(folder) / "contexts.crf", found, 0), 1.0)])


def hear(archive: Iterator[list[Article]]) -> dict[str, str]:
    """Tag the archive and tell of each word and name what was heard."""
    tagger = tagger_of_contexts()
    words: dict[str, list[int]] = defaultdict(lambda: [0] * len(LABELS))
    names: dict[str, Counter[str]] = defaultdict(Counter)
    articles: Counter[str] = Counter()
    kept = []
    for batch in archive:
        for article in batch:
            seen = set()
            for forms, labels in zip(article, tagger.tag(article), strict=True):
                cores = [form.core for form in forms]
                kept.append(cores)
                for core, label in zip(cores, labels, strict=True):
                    words[core][LABELS.index(label)] += 1
                for first, last, kind in name_ranges(labels):
                    name = " ".join(cores[first : last + 1])
                    names[name][kind] += 1
                    seen.add(name)
            articles.update(seen)
    often = {name for name, kinds in names.items() if is_often(name, sum(kinds.values()), articles[name])}
    stands = how_often(often, kept)
    heard = {word: told for word, counts in words.items() if " " not in word and (told := of_word(counts))}
    return heard | {
        name: kind
        for name in often
        for kind, times in names[name].most_common(1)
        if times >= ONE_TYPE * sum(names[name].values()) and times >= MOSTLY_A_NAME * stands[name]
    }


def is_often(name: str, times: int, articles: int) -> bool:
    several = 1 < len(name.split(" ")) <= LONGEST_NAME and len(name.split()) == len(name.split(" "))
    return several and times >= LEAST_COUNT and articles >= LEAST_ARTICLES


def how_often(names: set[str], sentences: list[list[str]]) -> Counter[str]:
    """Count how often the words of names stand together, names or not."""
    longest: Counter[str] = Counter()
    for name in names:
        first, *others = name.split(" ")
        longest[first] = max(longest[first], 1 + len(others))
    stands: Counter[str] = Counter()
    for cores in sentences:
        for at, core in enumerate(cores):
            for length in range(2, min(longest[core], len(cores) - at) + 1 if core in longest else 0):
                stands[" ".join(cores[at : at + length])] += 1
    return stands


def of_word(counts: list[int]) -> str:
    """Tell of a word which types it is a part of and how often it stands; empty for what is no part of names."""
    total = sum(counts)
    if total < LEAST_COUNT or counts[0] > MOSTLY_NONE * total:
        return ""
    shares = {kind[0]: (counts[at] + counts[at + 1]) / (total + 1) for at, kind in ((1, "PER"), (3, "LOC"), (5, "ORG"))}
    told = [f"d={kind}{min(int(share * FIFTHS), MOST_FIFTHS)}" for kind, share in shares.items() if share >= SOME]
    return " ".join([*told, f"dn={min(int(np.log2(total)), MOST_DOUBLINGS)}"]) if told else ""


def write(archive: Iterator[list[Article]] | None = None) -> None:
    """Make the list; what an older one says is not heard while it is made."""
    pack({})
    forget()
    pack(hear(archive if archive is not None else read_archive()))
    forget()


def pack(heard: dict[str, str]) -> None:
    lines = "".join(
        f"{name}\t{told}\n" for name, told in sorted(heard.items()) if "\n" not in name and "\t" not in name
    )
    head = "# What tagging the archive told of words and names; training/heard.py. Counts of our own, CC BY-SA 3.0.\n"
    with gzip.GzipFile(TARGET, "wb", mtime=0) as packed:
        packed.write((head + lines).encode("utf-8"))


def forget() -> None:
    """Let the lists be read anew."""
    from tawatur.analysis import entity_evidence, name_lists

    name_lists.heard_names.cache_clear()
    name_lists.load_name_lists.cache_clear()
    entity_evidence.evidence_of.cache_clear()
