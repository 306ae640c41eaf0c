"""
Sentences: where one ends in Arabic news.

A paragraph always ends one. A full stop, question or exclamation mark ends one unless it stands inside a number or an
address, after a title or initial («د. أحمد»، «م. 5»), or within quotation marks that close soon: words quoted in one
breath stay together. The Arabic comma and semicolon end nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Sentence", "find_sentences"]

# A quotation may hold several sentences and still be one act of speech; longer ones are cut like other text.
LONGEST_QUOTATION = 400

#: Titles and units written with a full stop in Arabic print (دكتور، أستاذ، مهندس، صفحة، تليفون، هاتف …).
ABBREVIATIONS = frozenset(
    (
        *("د", "أ", "م", "ص", "ت", "هـ", "ه", "ق", "ب", "ج", "س", "ط", "ع", "ر", "ل", "ن", "ش"),
        *("م.م", "ج.م", "ق.م", "د.إ", "ر.س", "Mr", "Mrs", "Dr", "St", "vs", "No", "U.S"),
    )
)

_END = re.compile(r"[.!?؟…]+[\"'”»’)\]]*")
_QUOTATION = re.compile(
    rf"«[^«»\n]{{1,{LONGEST_QUOTATION}}}»|“[^“”\n]{{1,{LONGEST_QUOTATION}}}”"
    # A straight mark with a space or a sign behind it closes what an earlier one opened.
    rf"|\"(?![\s.,:;!?)،؛؟])[^\"\n]{{1,{LONGEST_QUOTATION}}}(?<!\s)\""
    rf"|\([^()\n]{{1,{LONGEST_QUOTATION}}}\)"
)
_LAST_WORD = re.compile(r"[^\s(«“\"]+$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence without the spaces around it: the slice ``start:end`` of the text."""

    text: str
    start: int
    end: int


def find_sentences(text: str) -> tuple[Sentence, ...]:
    """Cut a text into sentences, in order; together they hold everything but spaces.

    >>> [s.text for s in find_sentences('قال د. سعيد: "نعم. لا". ثم غادر.')]
    ['قال د. سعيد: "نعم. لا".', 'ثم غادر.']
    """
    sentences = []
    for paragraph in re.finditer(r"[^\n]+", text):
        sentences += _of_paragraph(text, paragraph.start(), paragraph.end())
    return tuple(sentences)


def _of_paragraph(text: str, start: int, end: int) -> list[Sentence]:
    quoted = [(match.start(), match.end()) for match in _QUOTATION.finditer(text, start, end)]
    cuts = [start]
    for mark in _END.finditer(text, start, end):
        inside = any(opened < mark.start() and mark.end() < closed for opened, closed in quoted)
        if mark.end() < end and not inside and _ends_sentence(text, cuts[-1], mark):
            cuts.append(mark.end())
    cuts.append(end)
    found = []
    for cut, following in pairwise(cuts):
        piece = text[cut:following]
        bare = piece.strip()
        if bare:
            at = cut + piece.index(bare)
            found.append(Sentence(bare, at, at + len(bare)))
    return found


def _ends_sentence(text: str, start: int, mark: re.Match[str]) -> bool:
    following = text[mark.end()]
    if not following.isspace():
        # Outlets forget the space after a full stop: «غادر.وأضاف»; a number or an address has none either.
        before = text[mark.start() - 1] if mark.start() > start else ""
        return (
            mark.group() == "."
            and _is_arabic_letter(before)
            and _is_arabic_letter(following)
            and _is_long(text, start, mark.start(), mark.end())
        )
    if mark.group() != ".":
        return True
    last = _LAST_WORD.search(text, start, mark.start())
    return last is None or last.group() not in ABBREVIATIONS


def _is_long(text: str, start: int, before: int, after: int) -> bool:
    """Tell whether words, not the letters of an abbreviation (أ.ف.ب), stand on both sides of a full stop."""
    last = _LAST_WORD.search(text, start, before)
    following = re.compile(r"\w+").match(text, after)
    return bool(last and following and len(last.group()) > 2 and len(following.group()) > 2)


def _is_arabic_letter(letter: str) -> bool:
    return "\u0621" <= letter <= "\u064a"
