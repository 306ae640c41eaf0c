"""Counting: the numbers of a sentence that count something the news follows, such as the dead or the displaced."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from tawatur.text.letters import normalise
from tawatur.text.numerals import number_words, read_number
from tawatur.text.stems import stem

__all__ = ["Count", "counts_in", "is_toll"]

_TOKEN = re.compile(r"[%\u066a]|\d+(?:[.,\u066b\u066c ]\d{3}(?!\d))*(?:[.,\u066b]\d+)?|[^\W\d_]+")
_CLITICS = ("\u0648", "\u0641", "\u0628", "\u0644", "\u0643")
_BEFORE, _AFTER = 8, 3
_MULTIPLIERS = {
    **dict.fromkeys(("الف", "الفا", "الاف", "thousand", "тысяч", "тысячи"), 1_000),
    **dict.fromkeys(("مليون", "مليونا", "ملايين", "million", "миллионов"), 1_000_000),
    **dict.fromkeys(("مليار", "مليارا", "مليارات", "بليون", "billion"), 1_000_000_000),
    **dict.fromkeys(("تريليون", "ترليون", "تريليونات", "trillion"), 1_000_000_000_000),
    **dict.fromkeys(("مايه", "ميه"), 100),
}
_WHOLE = {"مايه": 100, "ميه": 100, "ميتي": 200, "ميتين": 200, "الفي": 2000, "الفين": 2000, "الف": 1000}
# Letters of an article that stand before figures: «هدفه الـ18» is the eighteenth.
_ARTICLES = frozenset(("ال", "لل", "بال", "وال", "فال", "كال"))
_YEARS = range(1800, 2200)


@dataclass(frozen=True, slots=True)
class Count:
    """A number in a sentence and what it counts; ``start:end`` from the number to its word, in the sentence."""

    kind: str
    value: float
    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    bare: str
    start: int
    end: int


def counts_in(sentence: str) -> tuple[Count, ...]:
    """Give what a sentence counts, in order.

    >>> [(count.kind, count.value) for count in counts_in("مقتل 20 شخصا وإصابة أكثر من 200 جريح")]
    [('dead', 20), ('wounded', 200)]
    """
    return tuple(_counts(_tokens(sentence)))


def is_toll(sentence: str) -> bool:
    """Tell whether a sentence brings a count up to date: «ارتفاع حصيلة اليوم الأول إلى 27 قتيلا»."""
    return any(token.bare in _beside("tolls") for token in _tokens(sentence))


def _tokens(sentence: str) -> list[_Token]:
    folded = normalise(sentence, "index")
    found = []
    for match in _TOKEN.finditer(folded.text):
        start, end = folded.original_span(match.start(), match.end())
        found.append(_Token(match[0], _bare(match[0]), start, end))
    return found


def _bare(word: str) -> str:
    """Cut one clitic before a word that is counted without it."""
    words = _words()
    if word in words or word in _WHOLE or word in _MULTIPLIERS:
        return word
    return word[1:] if word[:1] in _CLITICS and len(word) > 3 else word


def _counts(tokens: list[_Token]) -> Iterator[Count]:
    said = {token.text for token in tokens}
    at = 0
    while at < len(tokens):
        dual = _words().get(tokens[at].bare, {}).get("two")
        if dual is not None:
            yield Count(dual, 2, tokens[at].text, tokens[at].start, tokens[at].end)
        value, size = _number(tokens, at)
        if value is None:
            at += 1
            continue
        found = None if _is_no_count(tokens, at, at + size, value) else _counted(tokens, at, at + size)
        if found is not None and (_needed().get(found[0], said) & said):
            kind, word = found
            first, last = min(tokens[at], word, key=_place), max(tokens[at + size - 1], word, key=_place)
            yield Count(kind, value, word.text, first.start, last.end)
        at += size


def _place(token: _Token) -> int:
    return token.start


def _number(tokens: list[_Token], at: int) -> tuple[float | None, int]:
    """Read the number at a place with the words that multiply it: «97 ألفا و735», «خمسين ألف»."""
    text = tokens[at].text
    value: float | None = None
    size = 1
    if text[0].isdigit():
        value = read_number(text.replace(" ", ""))
    elif tokens[at].bare in _WHOLE:
        value = _WHOLE[tokens[at].bare]
    else:
        read = number_words([tokens[at].bare, *(token.text for token in tokens[at + 1 : at + 3])])
        value, size = (read[0], read[1]) if read is not None else (None, 1)
    if value is None:
        return None, 1
    if at + size < len(tokens) and tokens[at + size].text in _MULTIPLIERS:
        value *= _MULTIPLIERS[tokens[at + size].text]
        size += 1
        following = at + size
        if following + 1 < len(tokens) and tokens[following].text == "\u0648" and tokens[following + 1].text.isdigit():
            value += float(tokens[following + 1].text)
            size += 2
    return (int(value) if value == int(value) else value), size


def _is_no_count(tokens: list[_Token], start: int, end: int, value: float) -> bool:
    """Tell whether a number is a day, a year, a share, an ordinal, «أحد», or counts a part of what was counted."""
    before = tokens[start - 1].text if start else ""
    after = [token.text for token in tokens[end : end + 2]] + ["", ""]
    if before in _ARTICLES or before in _beside("parts"):
        return True
    if value == 1 and not tokens[start].text[0].isdigit():
        return True
    if after[0] in _beside("shares") or (after[0] == "في" and after[1] in _beside("shares")):
        return True
    if before in _beside("weekdays") or after[0] in _beside("months"):
        return True
    return value in _YEARS and (before in _beside("years") or before in _beside("months"))


def _counted(tokens: list[_Token], start: int, end: int) -> tuple[str, _Token] | None:
    """Give what the number at ``start:end`` counts: the word after it, else the nearest before it."""
    after = tokens[end : end + _AFTER]
    for token in after:
        if token.bare in _beside("units"):
            return None
        if token.text[0].isdigit() or token.text.removeprefix("\u0648") == token.bare != token.text:
            break  # «٢٠ شخصا وإصابة ٢٠٠»: what follows is of the next number
        if token.text in _beside("parts"):
            break  # «ثلاثة عناصر أحدهم جريح»
        kind = _words().get(token.bare, {}).get("after")
        if kind is not None:
            return kind, token
    for at in range(start - 1, max(-1, start - 1 - _BEFORE), -1):
        token = tokens[at]
        kind = _words().get(token.bare, {}).get("before")
        if kind is not None:
            return None if _is_joined(tokens, at, kind) else (kind, token)
        if token.text[0].isdigit() or token.text in _beside("sums") or _is_conjunct(token):
            return None
    return None


def _is_joined(tokens: list[_Token], at: int, kind: str) -> bool:
    """Tell whether a number counts two kinds together: «قتل وإصابة ٤٠», «قتلت أو أصابت ١٠٠»."""
    if at and tokens[at - 1].text == "او":
        before = tokens[max(0, at - 4) : at - 1]
    else:
        before = tokens[max(0, at - 1) : at] if tokens[at].text.startswith("\u0648") else []
    others = {_words().get(token.bare, {}).get("before") for token in before}
    return bool(others - {None, kind})


def _is_conjunct(token: _Token) -> bool:
    """Tell whether a word begins another thing told: «مقتل الآلاف وتشريد ٩٠٠ ألف»."""
    return token.text.startswith("\u0648") and not stem(token.text).startswith("\u0648")


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    """Give for each word the kind it counts, by where it stands to the number."""
    found: dict[str, dict[str, str]] = {}
    for kind, sides in _table("counted").items():
        for side, words in sides.items():
            for word in words:
                found.setdefault(word, {})[side] = kind
    return found


@lru_cache(maxsize=1)
def _needed() -> dict[str, set[str]]:
    """Give the words of which a sentence must bear one, by the kinds that need them."""
    return {kind: set(sides["needs"]) for kind, sides in _table("counted").items() if "needs" in sides}


@lru_cache(maxsize=8)
def _beside(name: str) -> frozenset[str]:
    return frozenset(_table("not_counted")[name])


@lru_cache(maxsize=2)
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("tawatur.stories") / "data" / f"{name}.toml").read_text(encoding="utf-8"))
