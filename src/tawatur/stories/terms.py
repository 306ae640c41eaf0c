"""
Terms: the stems that a text is about, and how rare each is in the news.

How many of 53,000 articles hold a stem is counted beforehand (``data/term_counts.npz``, ``training/stories.py``), so
that the first article of an empty archive is weighed like the millionth.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

import numpy as np

from tawatur.text.letters import normalised_text
from tawatur.text.stems import form_of, learn_forms
from tawatur.text.stop_words import stop_words

__all__ = ["learn_terms", "numbers_of", "rarity", "terms_of"]

_WORD = re.compile("[\u0621-\u064a]+|[^\\W\\d_\u0600-\u06ff]+")
_NUMBER = re.compile(r"\d+(?:[.,\u066b\u066c]\d+)*")
_SHORTEST_TERM = 2
_REMEMBERED_TERMS = 50_000
# The titles, leads, texts and names of sixteen articles.
_REMEMBERED_TEXTS = 512


def terms_of(text: str) -> list[str]:
    """Give the stems of a text in order, without function words.

    >>> terms_of("استقالة وزير الخارجية من الحكومة")
    ['استقال', 'وزير', 'خارج', 'حكوم']
    """
    return [term for word in _words(text) if (term := _term(word))]


def learn_terms(texts: Iterable[str]) -> None:
    """Take the words of many texts apart beforehand, which is far quicker than one by one (``text.stems``)."""
    learn_forms(word for text in texts for word in _words(text))


@lru_cache(maxsize=_REMEMBERED_TEXTS)
def _words(text: str) -> tuple[str, ...]:
    """Give the words of a text; those of a batch are read ahead and soon asked for again."""
    return tuple(_WORD.findall(normalised_text(text, "index")))


@lru_cache(maxsize=_REMEMBERED_TERMS)
def _term(word: str) -> str:
    """Give the stem of a word as ``_words`` has it; nothing for a function word."""
    if word in stop_words("function"):
        return ""
    stem = form_of(word).stem
    return stem if len(stem) >= _SHORTEST_TERM else ""


def numbers_of(text: str) -> list[str]:
    """Give the numbers printed in a text, in ASCII digits without separators of thousands.

    >>> numbers_of("مقتل ٣٥ شخصا و1,200 جريح")
    ['35', '1200']
    """
    ascii_digits = normalised_text(text, "index")
    return [number.replace(",", "").replace("\u066c", "") for number in _NUMBER.findall(ascii_digits)]


@lru_cache(maxsize=_REMEMBERED_TERMS)
def rarity(term: str) -> float:
    """Give the natural logarithm of one over the share of articles that hold a stem."""
    counts, articles = _counts()
    return math.log((articles + 1) / (counts.get(term, 0) + 1))


@lru_cache(maxsize=1)
def _counts() -> tuple[dict[str, int], int]:
    with (files("tawatur.stories") / "data" / "term_counts.npz").open("rb") as file:
        kept = np.load(file)
        terms = bytes(kept["terms"]).decode().split("\n")
        return dict(zip(terms, kept["counts"].tolist(), strict=True)), int(kept["articles"])
