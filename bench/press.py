"""
How the pages of the sample press are read: fields that differ from what each page says, by outlet, in one run.

``python -m bench.press [--failures]``. The press is served on the loopback at its real dates, each readable page is
captured plainly and read by ``tawatur.extract``, and the record is held against ``Press.articles()``. An article on
several pages is left out: joining is the pipeline's. Figures are counts of pages; a dot is none.
"""

from __future__ import annotations

import http.client
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import Message
from urllib.parse import urlsplit

from tawatur.errors import ExtractionError
from tawatur.extract import read_page
from tawatur.model import Article, Capture, ReadAlso
from tawatur.press import Press, drafts

START = datetime(2023, 9, 20, 12, tzinfo=UTC)
FIELDS = (
    *("url", "title", "abstract", "published", "precision", "found_in", "modified", "authors", "dateline", "body"),
    *("language", "direction", "image", "section", "tags", "credit", "read_also", "updates", "flags"),
)


def capture(url: str) -> Capture:
    """One plain GET: the press is ours, and stands on the loopback."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    told = Message()
    told["Content-Type"] = answer.getheader("Content-Type") or "text/html"
    return Capture(
        url=url,
        requested_url=url,
        fetched_at=datetime.now(UTC),
        status=answer.status,
        body=body,
        media_type=told.get_content_type(),
        charset=told.get_content_charset(),
    )


def differing(wanted: Article, found: Article) -> Iterator[tuple[str, object, object]]:
    """The fields that differ; a credit and a related link count by their words."""
    for field in FIELDS:
        pair = getattr(_by_words(wanted), field), getattr(_by_words(found), field)
        if pair[0] != pair[1]:
            yield field, *pair


def _by_words(article: Article) -> Article:
    credit = replace(article.credit, url=None) if article.credit else None
    return replace(article, credit=credit, read_also=tuple(ReadAlso(title=link.title) for link in article.read_also))


def main() -> None:
    wrong: Counter[tuple[str, str]] = Counter()
    pages: Counter[str] = Counter()
    with Press(START) as press:
        sources = {source.id: source for source in press.sources()}
        for name, wanted in press.articles().items():
            if drafts()[name].first_page:
                continue
            outlet = drafts()[name].outlet
            pages[outlet] += 1
            try:
                found = read_page(capture(str(wanted.url)), sources[outlet]).article
            except ExtractionError as error:
                wrong["refused", outlet] += 1
                _tell(name, "refused", "an article", error)
                continue
            for field, should, does in differing(wanted, found):
                wrong[field, outlet] += 1
                _tell(name, field, should, does)
    _print(wrong, pages)


def _tell(name: str, field: str, should: object, does: object) -> None:
    if "--failures" in sys.argv:
        print(f"{name} {field}\n  should be {str(should)[-300:]!r}\n  is        {str(does)[-300:]!r}")


def _print(wrong: Counter[tuple[str, str]], pages: Counter[str]) -> None:
    print(f"{'':10}" + "".join(f"{outlet:>10}" for outlet in pages))
    print(f"{'pages':10}" + "".join(f"{count:>10}" for count in pages.values()))
    for field in (*FIELDS, "refused"):
        if any(wrong[field, outlet] for outlet in pages):
            print(f"{field:10}" + "".join(f"{wrong[field, outlet] or '.':>10}" for outlet in pages))


if __name__ == "__main__":
    main()
