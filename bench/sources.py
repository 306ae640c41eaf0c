"""
Sources, what they are, and the carriers of their words, in figures: ours beside a plain way.

``python -m bench.sources``

Scores the sources of the reading gold (50 articles kept from training) with the scorer beside it. The plain way takes
every name of the registry as a source, and the run of names behind every verb of saying; what carried the words is the
next name of the registry in the sentence. The cost of the finder is the median over the same articles, one core, words
seen before.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

from bench.analyse import labelled_documents, score
from bench.dates import DATA

from tawatur.analysis.attribution import find_sources
from tawatur.analysis.carriers import find_carriers
from tawatur.analysis.cue_words import cue_words
from tawatur.analysis.document import Document, Passage
from tawatur.analysis.entities import find_entities
from tawatur.analysis.reading import Reading, read_passage
from tawatur.analysis.statements import listen
from tawatur.model import as_json
from tawatur.model.analysis import InformationSource

FIGURES = ("sources", "source_kind_right", "via")


def plain_way(document: Document) -> dict[str, Any]:
    """Names of the registry, and names behind verbs of saying."""
    found: dict[str, dict[str, Any]] = {}
    for passage in document.passages:
        reading = read_passage(passage)
        known = [carrier for carrier in find_carriers(reading) if carrier.outlet is not None]
        for carrier in known:
            name = document.slice(carrier.name)
            kind = carrier.outlet.kind if carrier.outlet else "outlet"
            found.setdefault(name, {"name": name, "kind": "social" if kind == "platform" else kind, "via": None})
        for at, name in _named_behind_verbs(passage, reading):
            stop = reading.sentence_of[at][1]
            via = next((document.slice(one.name) for one in known if at < one.first < stop), None)
            found.setdefault(name, {"name": name, "kind": "person", "via": via})
    return {"id": document.article.id, "sources": list(found.values())}


def _named_behind_verbs(passage: Passage, reading: Reading) -> Iterator[tuple[int, str]]:
    forms = cue_words().forms
    for at, glance in enumerate(reading.glances[:-1]):
        form = forms.get(glance.unjoined)
        if form is None or form.form not in ("past", "present"):
            continue
        last = at
        while last + 1 < len(reading.glances) and reading.glances[last + 1].tag in ("PROPN", "NOUN", "ADJ"):
            last += 1
        names = [place for place in range(at + 1, last + 1) if reading.glances[place].tag == "PROPN"]
        if names:
            yield at, passage.text[reading.start(names[0]) : reading.end(names[-1])]


def ours_of(document: Document) -> tuple[InformationSource, ...]:
    """The sources as the product finds them."""
    names = find_entities(document)
    return find_sources(document, names, listen(document, names))[0]


def print_speed(documents: list[Document]) -> None:
    times: list[float] = []
    for _ in range(2):
        times.clear()
        for document in documents:
            names = find_entities(document)
            heard = listen(document, names)
            start = time.perf_counter()
            find_sources(document, names, heard)
            times.append(1000 * (time.perf_counter() - start))
    print(f"milliseconds an article, one core, words known: median {statistics.median(times):.2f}")


def main() -> int:
    if not DATA.is_dir():
        print(f"the real news is not at {DATA}; set TAWATUR_DATA", file=sys.stderr)
        return 1
    documents = labelled_documents()
    ours = score(
        {
            "id": document.article.id,
            "sources": [as_json(source) for source in ours_of(document)],
        }
        for document in documents
    )
    plain = score(map(plain_way, documents))
    print(f"{'reading gold, 50 articles':30}{'ours':>10}{'plain':>10}")
    for name in FIGURES:
        mine, theirs = ours[name], plain[name]
        if isinstance(mine, dict):
            print(f"{name:30}{mine['f1']:>10.3f}{theirs['f1']:>10.3f}    p {mine['p']:.3f} r {mine['r']:.3f}")
        else:
            print(f"{name:30}{mine:>10.3f}{theirs:>10.3f}")
    print_speed(documents)
    return 0


if __name__ == "__main__":
    sys.exit(main())
