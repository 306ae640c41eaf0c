"""Articles on several pages: which page follows, and how the pages become one article."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, urlsplit

from tawatur.extract.page import Page, host_of
from tawatur.extract.record import Reading
from tawatur.extract.wording import fold, words
from tawatur.model import Article

#: Words of a link that leads to the next page of the same article.
_NEXT = re.compile(r"^(?:الصفحه )?التاليه?(?: صفحه)?$|^التالي$|^next(?: page)?$|^suivant$|^[›»→>]+$|^\d{1,2}$")
_PAGE_NAMES = frozenset(("page", "p", "pg", "pageno", "pagenum", "paged", "pagenumber", "صفحة"))
#: Letters of the longest such link.
_NEXT_LETTERS = 20


def find_next_page(page: Page) -> str | None:
    """Give the address of the following page of the same article; None when there is none.

    A link counts that leads to the same address with the next page number. ``rel=next`` alone does not: many
    outlets set it to the next article.
    """
    if page.url is None:
        return None
    here = _numbered(page.url)
    if here is None:
        return None
    stem, number = here
    for address in _candidates(page):
        there = _numbered(address)
        if there is not None and there[0] == stem and there[1] == number + 1 and host_of(address) == page.host:
            return address
    return None


def _candidates(page: Page) -> Iterator[str]:
    for element in page.tree.xpath("//link[@rel='next'] | //a[@rel='next']")[:4]:
        if address := page.absolute(element.get("href")):
            yield address
    for block in page.outline:
        for text, target in block.links:
            if len(text) <= _NEXT_LETTERS and _leads_on(text) and (address := page.absolute(target)):
                yield address


def _leads_on(text: str) -> bool:
    """Whether a link's words lead to another page; ``2 التالي`` are two links to one."""
    folded = fold(text)
    return _NEXT.match(folded) is not None or any(_NEXT.match(word) for word in folded.split())


def _numbered(url: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], int] | None:
    """Give what an address is without its page number, and the number; page one when it names none.

    >>> _numbered("https://example.org/a/7?page=2")[1], _numbered("https://example.org/a/7/page/3")[1]
    (2, 3)
    """
    try:
        parts = urlsplit(url)
        query = parse_qsl(parts.query)
    except ValueError:
        return None
    number = 1
    rest: list[tuple[str, str]] = []
    for name, value in query:
        if name.lower() in _PAGE_NAMES and value.isdigit() and len(value) <= 2:
            number = int(value)
        else:
            rest.append((name, value))
    path = parts.path.rstrip("/")
    found = re.match(
        r"^(?P<stem>.+?)/(?:page|p|صفحة|%D8%B5%D9%81%D8%AD%D8%A9)[/-]?(?P<number>\d{1,2})$", path, re.IGNORECASE
    )
    if found:
        path, number = found["stem"], int(found["number"])
    else:
        # WordPress: the article's address and then the bare number.
        found = re.match(r"^(?P<stem>.*/[^/]*(?:[-%]|\d{4}|[^/]{12})[^/]*)/(?P<number>\d{1,2})$", path)
        if found and number == 1 and int(found["number"]) >= 2:
            path, number = found["stem"], int(found["number"])
    return (path, tuple(rest)), number


def join_pages(first: Reading, following: Sequence[Reading]) -> Article:
    """Join the pages of one article: the first page's record with the text of all.

    Paragraphs that every page repeats at its head (the standfirst, the opening) are taken once. When the last
    page given still names a next one, the article is flagged ``truncated``.
    """
    lines = first.article.body.split("\n")
    seen = {fold(line) for line in lines} | {fold(first.article.abstract or "")}
    for reading in following:
        own = reading.article.body.split("\n")
        start = 0
        while start < len(own) and fold(own[start]) in seen:
            start += 1
        fresh = own[start:]
        lines += fresh
        seen |= {fold(line) for line in fresh if len(words(line)) > 4}
    last = following[-1] if following else first
    article = first.article
    flags = article.flags
    if last.next_page is not None and "truncated" not in flags:
        flags = (*flags, "truncated")
    credit = article.credit or next((reading.article.credit for reading in following if reading.article.credit), None)
    read_also = {link.title: link for reading in (first, *following) for link in reading.article.read_also}
    return dataclasses.replace(
        article, body="\n".join(lines), credit=credit, flags=flags, read_also=tuple(read_also.values())
    )
