"""
The text core in figures: stems beside the peers', boundaries and parts of speech, speed and memory; in one run.

``python -m bench.words [--failures] [--treebank]``. Stems: ``words.tsv`` of the shared data and ``words_own.tsv``
beside this file; acceptable is what a reader listed. Snowball always, Tashaphyne (GPL, never shipped) where installed.
``--treebank`` reads the raw sentences of the treebank through ``read_words``: the model that ships was trained on them,
so this shows that the tokeniser agrees with the treebank, and no more. What unseen sentences give stands in the model's
card, printed here, and is measured again by ``python -m training.tagger --cross-validate``.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import itertools
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.dates import DATA, HERE

from tawatur.text.letters import fold_letters, normalised_text
from tawatur.text.segmenter import load_segmenter
from tawatur.text.stems import stem
from tawatur.text.tagger import load_tagger
from tawatur.text.tokens import find_tokens
from tawatur.text.vocabulary import load_vocabulary
from tawatur.text.words import read_many

Case = tuple[str, frozenset[str], str]


def read_cases(path: Path) -> list[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if not row[0].startswith("#")]
    return [(row[0], frozenset(row[1].split()), row[2] if len(row) > 2 else "") for row in rows]


def stemmers() -> dict[str, Callable[[str], str]]:
    table: dict[str, Callable[[str], str]] = {"tawatur": stem}
    with contextlib.suppress(ImportError):
        import snowballstemmer

        table["Snowball"] = snowballstemmer.stemmer("arabic").stemWord
    with contextlib.suppress(ImportError):
        from tashaphyne.stemming import ArabicLightStemmer  # type: ignore[import-not-found]

        light = ArabicLightStemmer()
        table["Tashaphyne"] = light.light_stem
    return table


def print_stems(*, failures: bool) -> None:
    sets = {"own": read_cases(HERE / "words_own.tsv")}
    if DATA.is_dir():
        sets = {"words.tsv": read_cases(DATA / "words.tsv"), **sets}
    sizes = ", ".join(f"{name}: {len(cases)}" for name, cases in sets.items())
    names = sum(kind == "name" for _, _, kind in sets["own"])
    print(f"acceptable stems ({sizes}), and names broken of {names}")
    for name, stemmer in stemmers().items():
        cells, broken = [], 0
        for cases in sets.values():
            wrong = [
                (word, kind)
                for word, accepted, kind in cases
                if fold_letters(normalised_text(stemmer(word), "match")) not in accepted
            ]
            broken += sum(kind == "name" for _, kind in wrong)
            cells.append(f"{len(cases) - len(wrong):4} ({1 - len(wrong) / len(cases):.1%})")
            if failures and name == "tawatur":
                print("   ", " · ".join(f"{word} {stem(word)}" for word, _ in wrong))
        print(f"  {name:12}", *(cell.rjust(16) for cell in cells), f"{broken:6} broken")


def read_treebank() -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Give each sentence as printed, with the places and tags of its segments."""
    with gzip.open(DATA / "ud" / "pud.train.conllu.gz", "rt", encoding="utf-8") as lines:
        for _, block in itertools.groupby(lines, key=lambda line: line != "\n"):
            rows = [line.rstrip("\n").split("\t") for line in block]
            text = next((row[0].removeprefix("# text = ") for row in rows if row[0].startswith("# text = ")), "")
            segments, at = [], 0
            for row in rows:
                if len(row) > 9:
                    start = text.index(row[1], at)
                    at = start + len(row[1])
                    segments.append((start, at, row[3]))
            if segments:
                yield text, segments


def print_treebank() -> None:
    sentences = list(read_treebank())
    right = made = wanted = found = tagged = total = 0
    for (text, gold), words in zip(sentences, read_many(text for text, _ in sentences), strict=True):
        ours: dict[tuple[int, int], str] = {}
        for word in words:
            at = word.start
            for segment in word.segments:
                ours[at, at + len(segment.text)] = segment.pos
                at += len(segment.text)
        inner = {start for start, _ in ours if start and not text[start - 1].isspace()}
        gold_inner = {start for start, _, _ in gold if start and not text[start - 1].isspace()}
        right, made, wanted = right + len(inner & gold_inner), made + len(inner), wanted + len(gold_inner)
        total += len(gold)
        found += sum((start, end) in ours for start, end, _ in gold)
        tagged += sum(ours.get((start, end)) == tag for start, end, tag in gold)
    print(
        f"treebank, raw sentences the model has SEEN: boundaries within words F1 {2 * right / (made + wanted):.4f}, "
        f"tags {tagged / found:.4f} of segments found, {tagged / total:.4f} of all"
    )


def print_speed() -> None:
    if not DATA.is_dir():
        return
    with gzip.open(DATA / "ant.jsonl.gz", "rt", encoding="utf-8") as lines:
        bodies = [json.loads(line)["body"] for line in itertools.islice(lines, 100)]
    tokens = sum(len(find_tokens(body)) for body in bodies)

    def rate(what: str, count: int, work: Callable[[], object]) -> None:
        start = time.process_time()
        work()
        print(f"  {what:44}{count / (time.process_time() - start):12,.0f}/s of processor")

    print(f"speed on 100 articles, {tokens:,} tokens, one core")
    rate("tokens found", tokens, lambda: [find_tokens(body) for body in bodies])
    rate("tokens read (read_words), cold", tokens, lambda: read_many(bodies))
    rate("tokens read, warm, at once", tokens, lambda: read_many(bodies))
    rate("tokens read, warm, article by article", tokens, lambda: [read_many([body]) for body in bodies])
    words = [token.text for body in bodies for token in find_tokens(body) if token.kind == "word"]
    rate("stems, warm", len(words), lambda: [stem(word) for word in words])
    known = list(load_vocabulary().index)[20_000:24_000]
    rate("stems of new word types", len(known), lambda: [stem("وب" + word) for word in known])
    rate("types segmented by the model, in batches", len(known), lambda: load_segmenter().segment(known))
    print(f"  most memory of this run {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def main() -> None:
    print_stems(failures="--failures" in sys.argv)
    card = load_tagger().card
    print(
        "tagger, unseen sentences (from its card):", next((card[key] for key in card if key.startswith("figures")), {})
    )
    if "--treebank" in sys.argv:
        print_treebank()
    print_speed()


if __name__ == "__main__":
    main()
