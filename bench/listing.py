"""Listing pages: how many of the article links we find, beside the plain rule of four words.

    python -m bench.listing

The 22 pages are of 2010-13 and list other sites' headlines; their gold was picked by a program, so it holds a few
names of sites, and addresses are compared in canonical form.
"""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from tawatur.errors import AddressError, FeedError
from tawatur.feeds import read_feed
from tawatur.model import Capture, canonical_url

DATA = Path(os.environ.get("TAWATUR_DATA") or Path(__file__).parents[2] / "shared" / "data")


def ours(page: bytes, url: str) -> set[str]:
    capture = Capture(url=url, requested_url=url, fetched_at=datetime.now(UTC), status=200, body=page)
    try:
        return {entry.url for entry in read_feed(capture, kind="listing").entries}
    except FeedError:
        return set()


def four_words(page: bytes, url: str) -> set[str]:
    """The addresses of all links of four words and more, whatever their host."""
    found = set()
    for anchor in LexborHTMLParser(page.decode("utf-8", "replace")).css("a[href]"):
        if len(anchor.text().split()) >= 4 and (address := _address(anchor.attributes["href"] or "", url)):
            found.add(address)
    return found


def four_words_same_host(page: bytes, url: str) -> set[str]:
    """The same, but only those of the page's own host."""
    return {found for found in four_words(page, url) if urlsplit(found).hostname == urlsplit(url).hostname}


def _address(link: str, url: str) -> str | None:
    try:
        return canonical_url(link, base=url)
    except AddressError:
        return None


READERS: dict[str, Callable[[bytes, str], set[str]]] = {
    "tawatur": ours,
    "four words": four_words,
    "four words, same host": four_words_same_host,
}


def measure(archive: tarfile.TarFile) -> dict[str, tuple[float, float]]:
    """Precision and recall of each reader over all links of all pages."""
    right = dict.fromkeys(READERS, 0)
    found = dict.fromkeys(READERS, 0)
    wanted = 0
    for page in json.load(_open(archive, "listing/index.json")):
        host, _, rest = page["origin"].split(":", 1)[1].partition("/")
        url = f"http://{host}/{rest.partition('/')[2]}"
        gold = {address for link in page["links"] if (address := _address(link["href"], url))}
        wanted += len(gold)
        body = _open(archive, page["file"]).read()
        for name, reader in READERS.items():
            answer = reader(body, url)
            right[name] += len(answer & gold)
            found[name] += len(answer)
    return {name: (right[name] / max(1, found[name]), right[name] / wanted) for name in READERS}


def main() -> None:
    with tarfile.open(DATA / "html" / "arabic-listings.tar.gz") as archive:
        scores = measure(archive)
    print("Article links of 22 Arabic listing pages\n")
    print(f"{'':24}precision  recall     F1")
    for name, (precision, recall) in scores.items():
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{name:24}{precision:9.3f}{recall:8.3f}{f1:7.3f}")


def _open(archive: tarfile.TarFile, name: str):  # noqa: ANN202
    file = archive.extractfile(name)
    assert file is not None
    return file


if __name__ == "__main__":
    main()
