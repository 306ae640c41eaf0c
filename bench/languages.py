"""
Languages told apart, headline by headline: ours beside py3langid alone, in one run.

``python -m bench.languages [--failures]``. 200 texts a language. Arabic: headlines of the shared data, and dialect
lines of our own. Persian: link texts of five words and more of the Persian pages there. English, Russian, Turkish,
Spanish: sentences of XQuAD cut to at most twelve words. French (the French feed of the data is half English), Urdu and
Kurdish: lines of our own, put together from ``languages_own.toml``. py3langid's codes for Arabic of a region count as
Arabic, its ``sdh`` as ``ckb``.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
import sys
import tarfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator

from bench.dates import DATA, HERE
from lxml import html
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from tawatur.text.language import identify

TEXTS = 200
LONGEST_WORDS = 12
_ALONE = {"arz": "ar", "ary": "ar", "apc": "ar", "arb": "ar", "sdh": "ckb", "ku": "ckb"}


def arabic() -> Iterator[str]:
    for name in ("ant.jsonl.gz", "saudi.jsonl.gz", "aljazeera-gaza-headlines.jsonl.gz"):
        with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
            yield from itertools.islice((json.loads(line)["title"] for line in lines), 9_000)


def xquad(language: str) -> Iterator[str]:
    with gzip.open(DATA / "search" / f"xquad.{language}.json.gz", "rt", encoding="utf-8") as file:
        for article in json.load(file)["data"]:
            for paragraph in article["paragraphs"]:
                for sentence in re.split(r"(?<=[.!?])\s+", paragraph["context"]):
                    yield " ".join(sentence.split()[:LONGEST_WORDS])


def persian() -> Iterator[str]:
    with tarfile.open(DATA / "html" / "arabic-listings.tar.gz") as archive:
        for member in archive.getmembers():
            if member.name.startswith("neighbors/fa_") and (file := archive.extractfile(member)):
                tree = html.fromstring(file.read().decode("utf-8", "replace"))
                links = (" ".join(link.text_content().split()) for link in tree.iter("a"))
                yield from (link for link in links if len(link.split()) >= 5)


def own(language: str) -> Iterator[str]:
    table = tomllib.loads((HERE / "languages_own.toml").read_text(encoding="utf-8"))[language]
    yield from table.get("lines", [])
    for who, what in itertools.product(table.get("who", []), table.get("what", [])):
        yield f"{who} {what}"


def texts() -> dict[str, list[str]]:
    sources: dict[str, Iterator[str]] = {
        "ar": arabic(), "ar, dialects": own("dialects"), "fa": itertools.chain(persian(), own("fa")), "ur": own("ur"),
        "ckb": own("ckb"), "en": xquad("en"), "ru": xquad("ru"), "fr": own("fr"),
        "tr": xquad("tr"), "es": xquad("es"),
    }  # fmt: skip
    chosen = {}
    for language, found in sources.items():
        usable = list(dict.fromkeys(text for text in found if len(text.split()) >= 3 and any(map(str.isalpha, text))))
        chosen[language] = random.Random(11).sample(usable, min(TEXTS, len(usable)))
    return chosen


def main() -> None:
    alone = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def langid(text: str) -> str:
        code = str(alone.classify(text)[0])
        return _ALONE.get(code, code)

    readers: dict[str, Callable[[str], str]] = {"tawatur": lambda text: identify(text).code, "py3langid alone": langid}
    sets = texts()
    print("language".ljust(16), *(name.rjust(18) for name in readers), "texts".rjust(8))
    right: Counter[str] = Counter()
    seconds = dict.fromkeys(readers, 0.0)
    for language, chosen in sets.items():
        wanted = language[:3].rstrip(",")
        cells = []
        for name, reader in readers.items():
            start = time.perf_counter()
            given = [reader(text) for text in chosen]
            seconds[name] += time.perf_counter() - start
            good = given.count(wanted)
            right[name] += good
            cells.append(f"{good / len(chosen):.1%}".rjust(18))
            if name == "tawatur" and "--failures" in sys.argv:
                for text, code in zip(chosen, given, strict=True):
                    if code != wanted:
                        print(f"    {wanted} taken for {code}: {text}")
        print(language.ljust(16), *cells, str(len(chosen)).rjust(8))
    total = sum(map(len, sets.values()))
    print("over all".ljust(16), *(f"{right[name] / total:.1%}".rjust(18) for name in readers), str(total).rjust(8))
    print("texts/s".ljust(16), *(f"{total / seconds[name]:,.0f}".rjust(18) for name in readers))


if __name__ == "__main__":
    main()
