"""Reading feeds: the same entries as feedparser, how much faster, and what hostile documents cost.

    python -m bench.feeds [FOLDER]

The saved feeds of real outlets are read by both in turns. With FOLDER (the ``tests`` of a feedparser source
distribution) their documents are compared too: every item gets an address, since ours leaves out items without one.
"""

from __future__ import annotations

import calendar
import io
import os
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import feedparser

from tawatur.errors import AddressError, FeedError
from tawatur.feeds import read_feed
from tawatur.feeds.clean_text import clean_text
from tawatur.model import Capture, canonical_url

DATA = Path(os.environ.get("TAWATUR_DATA") or Path(__file__).parents[2] / "shared" / "data")
ADDRESS = "http://example.com/feed.xml"
ROUNDS = 5

Read = dict[str, tuple[str | None, datetime | None]]


def capture(body: bytes) -> Capture:
    return Capture(url=ADDRESS, requested_url=ADDRESS, fetched_at=datetime.now(UTC), status=200, body=body)


def ours(body: bytes) -> Read:
    return {entry.url: (entry.title, entry.published) for entry in read_feed(capture(body)).entries}


def theirs(body: bytes, **options: bool) -> Read:
    read: Read = {}
    for entry in feedparser.parse(io.BytesIO(body), **options).entries:
        try:
            url = canonical_url(entry.get("link") or "", base=ADDRESS)
        except AddressError:
            continue
        stamp: Any = entry.get("published_parsed") or entry.get("updated_parsed")
        instant = datetime.fromtimestamp(calendar.timegm(stamp), UTC) if stamp else None
        read.setdefault(url, (clean_text(entry.get("title")), instant))
    return read


def theirs_bare(body: bytes) -> Read:
    return theirs(body, sanitize_html=False, resolve_relative_uris=False)


def with_addresses(body: bytes) -> bytes:
    numbers = count(1)
    body = re.sub(
        rb"<entry([^>]*?)>", lambda m: b'<entry%s><link href="http://example.com/%d"/>' % (m[1], next(numbers)), body
    )
    return re.sub(
        rb"<item(\s[^>/]*)?>",
        lambda m: b"<item%s><link>http://example.com/%d</link>" % (m[1] or b"", next(numbers)),
        body,
    )


def hostile() -> dict[str, bytes]:
    entity = "".join(
        f'<!ENTITY {name} "{10 * f"&{called};"}">' for name, called in zip("abcdefg", "bcdefgh", strict=True)
    )
    laughs = f'<!DOCTYPE rss [<!ENTITY h "ha">{entity}]><rss><channel><item><title>&a;</title></item></channel></rss>'
    item = "<item><title>خبر</title><link>https://example.org/1</link><b></item>"
    return {
        "billion laughs": laughs.encode(),
        "200,000 elements deep": ("<rss><channel>" + "<a>" * 200_000).encode(),
        "8 MB of elements": ("<rss><channel>" + "<a/>" * 2_000_000).encode(),
        "8 MB of broken items": ("<rss><channel>" + item * 100_000).encode(),
        "8 MB of bare &": ("<rss><channel>" + "&" * 8_000_000 + "</channel></rss>").encode(),
        "JSON 5,000,000 deep": b"[" * 5_000_000,
    }


def seconds(reader: Callable[[bytes], object], bodies: list[bytes]) -> float:
    start = time.process_time()
    for body in bodies:
        reader(body)
    return time.process_time() - start


def main() -> None:
    warnings.simplefilter("ignore")
    saved = [file.read_bytes() for file in sorted((DATA / "feeds").glob("*.xml"))]
    same = sum(ours(body) == theirs_bare(body) for body in saved)
    print(f"{len(saved)} saved feeds; entries, titles and dates as feedparser reads them: {same}\n")
    readers: dict[str, Callable[[bytes], Read]] = {
        "tawatur": ours,
        "feedparser, no sanitising": theirs_bare,
        "feedparser": theirs,
    }
    spent = dict.fromkeys(readers, 0.0)
    for _ in range(ROUNDS):
        for name, reader in readers.items():
            spent[name] += seconds(reader, saved)
    print(f"{'':28}feeds/s   times slower")
    for name, duration in spent.items():
        print(f"{name:28}{ROUNDS * len(saved) / duration:7.0f}{duration / spent['tawatur']:12.1f}")
    if len(sys.argv) > 1:
        compare(Path(sys.argv[1]))
    print("\nhostile documents           seconds  answer")
    for name, body in hostile().items():
        start = time.process_time()
        try:
            answer = f"{len(read_feed(capture(body)).entries)} entries"
        except FeedError as error:
            answer = str(error).replace(ADDRESS, "")[:70]
        print(f"{name:28}{time.process_time() - start:7.2f}  {answer}")


def compare(folder: Path) -> None:
    outcome: Counter[str] = Counter()
    for file in sorted((folder / "wellformed").rglob("*.xml")):
        body = with_addresses(file.read_bytes())
        expected = [clean_text(entry.get("title")) for entry in feedparser.parse(io.BytesIO(body)).entries]
        try:
            read = [entry.title for entry in read_feed(capture(body)).entries]
        except FeedError:
            read = []
        same = (
            sum(one == other for one, other in zip(expected, read, strict=False)) if len(expected) == len(read) else 0
        )
        outcome["same"] += same
        outcome["other"] += len(expected) - same
    print(f"\nfeedparser's own well-formed tests: {outcome['same']} of {outcome.total()} items have the same title")


if __name__ == "__main__":
    main()
