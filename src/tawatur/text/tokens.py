"""
Tokens: the words, numbers, signs and addresses of a text, each with its place.

A word is a run of letters of one script with the marks that belong to them, so that ``لـBBC`` is two. What must stay
whole does: addresses, hashtags, dotted abbreviations (``أ.ف.ب``), numbers with Arabic or Latin separators, dates and
clock times. Every character that is no space is in exactly one token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from .letter_tables import MARKS, MATCH_STRAYS

__all__ = ["Token", "TokenKind", "find_tokens"]

TokenKind = Literal["word", "abbreviation", "number", "date", "time", "url", "email", "hashtag", "mention", "sign"]


@dataclass(frozen=True, slots=True)
class Token:
    """One token: ``text`` is the slice ``start:end`` of what was given."""

    text: str
    start: int
    end: int
    kind: TokenKind


def _class_of(letters: frozenset[str]) -> str:
    return "".join(re.escape(letter) for letter in sorted(letters))


_ARABIC = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff"
    "\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdf1\ufdfa-\ufdfb\ufe70-\ufefc"
)
_TATWEEL = "\u0640"
_INSIDE_ARABIC = _class_of(MARKS | MATCH_STRAYS)
_INSIDE_BUT_TATWEEL = _class_of((MARKS | MATCH_STRAYS) - {_TATWEEL})
# Tatweel lengthens a word from within (محـــمد) and holds an opening one to what follows (لـBBC, الـ84, لـ «حماس»);
# behind a whole word it is printed for a dash.
_ARABIC_WORD = (
    rf"(?=[{_ARABIC}])[وف]?[بلك]?(?:ال|ل)?{_TATWEEL}+(?![{_ARABIC}{_INSIDE_BUT_TATWEEL}{_TATWEEL}])"
    rf"|[{_ARABIC}](?:[{_ARABIC}{_INSIDE_BUT_TATWEEL}]|{_TATWEEL}+(?=[{_ARABIC}{_INSIDE_BUT_TATWEEL}]))*"
    rf"(?:{_TATWEEL}+(?=[^\W{_TATWEEL}]|[«\"“(\[]))?"
)
# Letters of other scripts, with an apostrophe or hyphen inside: d'Ivoire, Al-Monitor, Сент-Луис.
_OTHER_LETTER = f"(?:(?![{_ARABIC}{_INSIDE_ARABIC}_])[^\\W\\d])"
_OTHER_WORD = (
    f"{_OTHER_LETTER}(?:{_OTHER_LETTER}|[\u0300-\u036f]|\\d)*(?:['’-]{_OTHER_LETTER}(?:{_OTHER_LETTER}|\\d)*)*"
)
_DIGITS = r"\d+"
# ARABIC DECIMAL SEPARATOR, ARABIC THOUSANDS SEPARATOR, and the comma some outlets type between digits
_NUMBER = rf"{_DIGITS}(?:[.,\u066b\u066c\u060c]{_DIGITS})*"

_ABBREVIATION = (
    rf"(?P<abbreviation>(?:[{_ARABIC}]\.){{2,}}[{_ARABIC}]?(?![{_ARABIC}])"
    rf"|[{_ARABIC}](?:\.[{_ARABIC}])+\.?(?![{_ARABIC}])|(?:[A-Z]\.){{2,}})"
)

_PATTERN = re.compile(
    "|".join(
        (
            rf"(?P<url>(?:https?://|www\.)[^\s<>«»“”\"{_ARABIC}][^\s<>«»“”\"]*[^\s<>«»“”\".,;:!?؟،؛)\]}}'])",
            r"(?P<email>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)",
            rf"(?P<hashtag>[#\uff03][^\W_](?:[\w{_INSIDE_ARABIC}])*)",
            r"(?P<mention>@[A-Za-z0-9_]{2,})",
            rf"(?P<date>{_DIGITS}[/\-.]{_DIGITS}[/\-.]{_DIGITS})(?![/\-.\d])",
            r"(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?![:\d])",
            _ABBREVIATION,
            rf"(?P<number>{_NUMBER})",
            rf"(?P<word>{_ARABIC_WORD}|{_OTHER_WORD})",
            r"(?P<sign>\.{2,}|…+|-{2,}|\u0640+|\S)",
        )
    )
)


def find_tokens(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens, in order.

    >>> [token.text for token in find_tokens("قال «نعم» لـBBC: 1,5٪ #قره_باغ (أ.ف.ب)")]
    ['قال', '«', 'نعم', '»', 'لـ', 'BBC', ':', '1,5', '٪', '#قره_باغ', '(', 'أ.ف.ب', ')']
    """
    return tuple(
        Token(match.group(), match.start(), match.end(), cast("TokenKind", match.lastgroup))
        for match in _PATTERN.finditer(text)
    )
