"""What reading gives: the article, and what is known beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.errors import ExtractionError
from tawatur.extract.wording import words
from tawatur.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article as read, and what is known beside it."""

    article: Article
    #: Address of the next page of the same article; None when this is its last or only one.
    next_page: str | None = None
    #: SHA-256 of the body's folded words: the same text on other addresses has the same digest.
    text_digest: str = ""
    #: What was not as it should be, for the source's page.
    problems: tuple[str, ...] = ()


def digest_of(text: str) -> str:
    """Give the SHA-256 of a text's folded words, hexadecimal: spelling and punctuation make no other text."""
    return hashlib.sha256(" ".join(words(text)).encode("utf-8", "replace")).hexdigest()


def refuse_repeated(reading: Reading, others: Sequence[str]) -> Reading:
    """Let a reading through unless its text stands on other addresses of its host.

    Args:
        reading: What was read.
        others: Addresses on the same host, other than its own, that have this very text
            (``store.articles.same_text`` gives them).

    Raises:
        ExtractionError: There are such addresses: a wall, an error page or a template is no article.
    """
    if others:
        raise ExtractionError(
            reading.article.url, "repeated_text", f"the same text stands on {len(others)} other addresses: {others[0]}"
        )
    return reading
