"""Credits: which outlets and agencies an article names for its text, and how two names of one outlet are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tawatur.model.analysis import Analysis
from tawatur.model.article import Article
from tawatur.sources import load_registry

__all__ = ["agency_signature", "credited", "outlet_key"]

_SIGN_OFF = re.compile(r"\(([^()\n]{2,40})\)\s*\Z")
_SEPARATORS = re.compile(r"\s+[-\u2013\u2014/|]\s+|[:،,|/]")
_LONGEST_OPENING = 60
# «فرانس24/ أ ف ب», «"رويترز"»: who signs in a last line of his own.
_LONGEST_SIGNATURE = 40
_QUOTES = ' "\u00ab\u00bb\u201c\u201d().'
_OPENING = re.compile(r"\A([^\n.:]{2,60}?)\s*[-\u2013\u2014:]\s")


@lru_cache(maxsize=8192)
def outlet_key(name: str) -> str:
    """Give one id for an outlet however it is named: its registry id, else the name as it is.

    >>> outlet_key("أ ف ب") == outlet_key("فرانس برس"), outlet_key("almadar")
    (True, 'almadar')
    """
    registry = load_registry()
    found = registry.find_by_domain(name) if "." in name and " " not in name else None
    found = found or registry.find_by_name(name)
    return found.id if found is not None else name


def credited(article: Article, analysis: Analysis | None = None) -> frozenset[str]:
    """Give the outlets and agencies that an article credits for its text, its own outlet left out."""
    keys = {outlet_key(name) for name in _names(article) if name}
    if analysis is not None and analysis.sources:
        keys |= {source.registry for source in analysis.sources if source.registry is not None}
    return frozenset(keys - ({outlet_key(article.source)} if article.source else set()))


def agency_signature(article: Article) -> str | None:
    """Give the agency of the world whose text an article says it is, in its credit, dateline, byline or sign-off.

    Returns:
        Its registry id; None when the article signs with none, and for a text of the agency itself.
    """
    own = outlet_key(article.source) if article.source else None
    for name in _names(article):
        key = outlet_key(name)
        if key in _agencies() and key != own:
            return key
    # A text made of several agencies' is its outlet's own.
    signed = {key for name in _last_line(article) if (key := outlet_key(name)) in _agencies()}
    return signed.pop() if len(signed) == 1 and own not in signed else None


@lru_cache(maxsize=1)
def _agencies() -> frozenset[str]:
    return frozenset(outlet.id for outlet in load_registry() if outlet.kind == "agency")


def _last_line(article: Article) -> list[str]:
    """Give the names in the last line of a text, where that is a signature and no sentence."""
    above, _, line = article.body.rstrip().rpartition("\n")
    line = line.strip(_QUOTES)
    if not above or len(line) > _LONGEST_SIGNATURE:
        return []
    return [name for part in _SEPARATORS.split(line) if (name := part.strip(_QUOTES))]


def _names(article: Article) -> Iterator[str]:
    """Give the names an article signs with."""
    if article.credit is not None:
        yield article.credit.name
        yield from _SEPARATORS.split(article.credit.name)
    for text in (*article.authors, article.dateline or ""):
        yield text
        yield from filter(None, map(str.strip, _SEPARATORS.split(text)))
    signed = _SIGN_OFF.search(article.body[-_LONGEST_OPENING:])
    if signed:
        yield signed[1]
    opened = _OPENING.match(article.body)
    if opened:
        yield from filter(None, map(str.strip, _SEPARATORS.split(opened[1])))
        yield from re.findall(r"\(([^()]{2,40})\)", opened[1])
