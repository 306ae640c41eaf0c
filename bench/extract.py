"""
How well pages are read, beside trafilatura, newspaper4k and readability on the same pages in the same run.

``python -m bench.extract [--quick]`` reads the pages with gold under ``TAWATUR_DATA``: Arabic, scrapinghub's benchmark
and WCXB's articles. The body's F1 is that of scrapinghub's benchmark, over shingles of four words: precision and recall
of each page are averaged over a set, and the F1 is of these averages. WCXB's own measure (words, a page at a time) and
its required and forbidden snippets are printed beside it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
import statistics
import tarfile
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.conftest import data_folder

from tawatur.errors import ExtractionError
from tawatur.extract import read_document
from tawatur.extract.zones import zone_of
from tawatur.model import Article

_TOKEN = re.compile(r"\w+")
_SHINGLE = 4
#: What a peer cannot do here, and would be wrong to count as 0.
_CANNOT = frozenset((("newspaper4k", "arabic"),))
#: Every how many pages of the English sets ``--quick`` reads.
_QUICK = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A page and what it should give."""

    set_name: str
    name: str
    html: bytes
    url: str
    body: str
    needed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    record: dict[str, Any] = field(default_factory=dict)


def arabic_pages(folder: Path) -> Iterator[Gold]:
    gold = json.loads((folder / "html/arabic/gold.json").read_text("utf-8"))
    for name, record in gold.items():
        yield Gold(
            set_name="arabic",
            name=name,
            html=(folder / "html/arabic" / record["file"]).read_bytes(),
            url=record["url"],
            body=record["body"],
            forbidden=tuple(record["noise"]),
            record=record,
        )


def scrapinghub_pages(folder: Path) -> Iterator[Gold]:
    with tarfile.open(folder / "html/scrapinghub.tar.gz") as archive:
        gold = json.loads(_member(archive, "ground-truth.json"))
        for name, record in gold.items():
            html = gzip.decompress(_member(archive, f"html/{name}.html.gz"))
            yield Gold(set_name="scrapinghub", name=name, html=html, url=record["url"], body=record["articleBody"])


def wcxb_pages(folder: Path) -> Iterator[Gold]:
    with tarfile.open(folder / "html/wcxb-articles.tar.gz") as archive:
        for member in sorted(
            name for name in archive.getnames() if "/ground-truth/" in name and name.endswith(".json")
        ):
            record = json.loads(_member(archive, member))
            gold = record["ground_truth"]
            html = member.replace("ground-truth", "html").replace(".json", ".html.gz")
            yield Gold(
                set_name="wcxb",
                name=record["file_id"],
                html=gzip.decompress(_member(archive, html)),
                url=record["url"],
                body=gold["main_content"],
                needed=tuple(gold.get("with") or ()),
                forbidden=tuple(gold.get("without") or ()),
            )


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        raise FileNotFoundError(name)
    return file.read()


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[place : place + _SHINGLE]) for place in range(max(1, len(tokens) - _SHINGLE + 1)))


def precision_recall(gold: str, read: str) -> tuple[float, float]:
    """Give precision and recall of a text over four-word shingles, as scrapinghub's ``evaluate.py`` counts them."""
    true, found = shingles(gold), shingles(read)
    common = sum((true & found).values())
    if not true and not found:
        return 1.0, 1.0
    return (
        common / sum(found.values()) if found and common else 0.0,
        common / sum(true.values()) if true and common else 0.0,
    )


def f1_of(pairs: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    precision, recall = statistics.mean(p for p, _ in pairs), statistics.mean(r for _, r in pairs)
    return (2 * precision * recall / (precision + recall) if precision + recall else 0.0), precision, recall


def word_f1(gold: str, read: str) -> float:
    """Give the F1 of single words, as WCXB counts it."""
    true, found = Counter(_TOKEN.findall(gold.lower())), Counter(_TOKEN.findall(read.lower()))
    common = sum((true & found).values())
    if not common:
        return 0.0
    precision, recall = common / sum(found.values()), common / sum(true.values())
    return 2 * precision * recall / (precision + recall)


# The readers compared: bytes and address in, body text out.


def ours(html: bytes, url: str) -> str:
    try:
        return read_document(html, url=url).article.body
    except ExtractionError:
        return ""


def trafilatura_precision(html: bytes, url: str) -> str:
    import trafilatura

    document = trafilatura.bare_extraction(html, url=url, favor_precision=True)
    return (document.text or "") if document is not None else ""  # type: ignore[union-attr]


def trafilatura_balanced(html: bytes, url: str) -> str:
    import trafilatura

    document = trafilatura.bare_extraction(html, url=url)
    return (document.text or "") if document is not None else ""  # type: ignore[union-attr]


def newspaper(html: bytes, url: str) -> str:
    import newspaper as newspaper4k

    # Its Arabic needs nltk, which is not installed here: ``read_all`` leaves that cell out.
    language = "ar" if "\u0627\u0644" in html.decode("utf-8", "ignore")[:200_000] else "en"
    article = newspaper4k.Article(url, language=language, fetch_images=False)
    article.download(input_html=html.decode("utf-8", "replace"))
    article.parse()
    return str(article.text)


def readability(html: bytes, url: str) -> str:
    from lxml.html import fromstring
    from readability import Document

    summary = Document(html.decode("utf-8", "replace"), url=url).summary()
    return "\n".join(str(fromstring(summary).text_content()).split("\n"))


READERS: dict[str, Callable[[bytes, str], str]] = {
    "tawatur": ours,
    "trafilatura, precision": trafilatura_precision,
    "trafilatura, balanced": trafilatura_balanced,
    "newspaper4k": newspaper,
    "readability": readability,
}


def read_all(pages: Sequence[Gold]) -> None:
    """Print a table of the body's F1 by reader and set."""
    sets = list(dict.fromkeys(page.set_name for page in pages))
    counts = {name: sum(page.set_name == name for page in pages) for name in sets}
    print(
        f"{'body F1 (precision, recall)':<24}"
        + "".join(f"{f'{name} ({counts[name]})':>28}" for name in sets)
        + f"{'wcxb words':>12}{'snippets':>10}"
    )
    for reader, read in READERS.items():
        pairs: dict[str, list[tuple[float, float]]] = {name: [] for name in sets}
        by_words: list[float] = []
        snippets: list[bool] = []
        for page in pages:
            try:
                text = read(page.html, page.url)
            except Exception as error:  # a peer's failure is its score
                logging.getLogger("bench").info("%s on %s: %s", reader, page.name, error)
                text = ""
            pairs[page.set_name].append(precision_recall(page.body, text))
            if page.set_name == "wcxb":
                by_words.append(word_f1(page.body, text))
            snippets += [snippet in text for snippet in page.needed] + [
                snippet not in text for snippet in page.forbidden
            ]
        cells = "".join(f"{_cell(reader, name, pairs[name]):>28}" for name in sets)
        print(
            f"{reader:<24}{cells}{statistics.mean(by_words or [0]):>12.4f}{statistics.mean(snippets or [0]):>10.4f}",
            flush=True,
        )


def _cell(reader: str, set_name: str, pairs: Sequence[tuple[float, float]]) -> str:
    if (reader, set_name) in _CANNOT:
        return "–"
    return "{:.4f} ({:.3f}, {:.3f})".format(*f1_of(pairs))


def local_day(article: Article, html: bytes, url: str) -> str | None:
    """Give the calendar day of publication on the outlet's own clock."""
    from tawatur.extract.page import open_page

    if not isinstance(article.published, datetime):
        return article.published.isoformat() if article.published is not None else None
    zone = zone_of(open_page(html.decode("utf-8", "replace"), url=url)) or ZoneInfo("UTC")
    return article.published.astimezone(zone).date().isoformat()


def read_fields(pages: Sequence[Gold]) -> None:
    """Print which fields of the Arabic pages are right."""
    print(f"\n{'arabic page':<24}{'headline':>10}{'day':>6}{'byline':>8}{'credit':>8}{'noise':>7}{'body F1':>9}")
    for page in pages:
        article = read_document(page.html, url=page.url).article
        gold = page.record
        credit = article.credit.name if article.credit else None
        right = (
            article.title == gold["title"],
            local_day(article, page.html, page.url) == gold["date"],
            article.authors == ((gold["author"],) if gold["author"] else ()),
            credit == gold["credit"],
            not any(noise in article.body for noise in page.forbidden),
        )
        marks = ["right" if mark else "WRONG" for mark in right]
        score = f1_of([precision_recall(page.body, article.body)])[0]
        print(f"{page.name:<24}{marks[0]:>10}{marks[1]:>6}{marks[2]:>8}{marks[3]:>8}{marks[4]:>7}{score:>9.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help=f"read every {_QUICK}th page of the English sets")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    folder = data_folder()
    step = _QUICK if options.quick else 1
    arabic = list(arabic_pages(folder))
    english = [*list(scrapinghub_pages(folder))[::step], *list(wcxb_pages(folder))[::step]]
    read_all([*arabic, *english])
    read_fields(arabic)
    print("\n–: newspaper4k reads Arabic with nltk, which is not installed.")


if __name__ == "__main__":
    main()
