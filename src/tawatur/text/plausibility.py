"""
Plausibility: does a text read as Arabic, or as a Latin-letter language?

A wrong charset gives letters, but not in the order of any language. For Arabic the mean of a table of letter pairs
(``data/letter_pairs.txt``) tells: about 5.3 for news, under 3 for the same bytes read otherwise.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

__all__ = ["arabic_plausibility", "latin_plausibility"]

_LETTERS = "".join(map(chr, [*range(0x621, 0x63B), *range(0x641, 0x64B)]))
_ARABIC_RUN = re.compile("[\u0621-\u063a\u0641-\u064a]+")
# Signs that Arabic news prints beside its letters and that stand in windows-1256 above 0x7F.
_SIGNS = re.compile(
    "[\u0640\u060c\u061b\u061f\u00ab\u00bb\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u200c-\u200f\u00a0\u00a9\u00ae\u00b0\u067e\u0686\u0698\u06af\u06a9\u06be\u06cc\u06c1\u0660-\u0669\u06f0-\u06f9]"
)
# Tanween ends a word (an alef may follow); anywhere else a vowel mark only follows a letter.
_MARKS = re.compile(
    "(?<=[\u0621-\u064a])(?:[\u064b-\u064d](?=\u0627?(?![\u0621-\u064a\u064b-\u0652]))|[\u064e-\u0652]{1,2})"
)
_ASCII = re.compile(r"[\x00-\x7f]+")
_LATIN_LETTER = re.compile("[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e]")
_LATIN_IN_WORD = re.compile(
    "(?:(?<=[A-Za-z])[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0153\u0161]{1,2}(?![\u00c0-\u00ff])|(?<![\u00c0-\u00ff])[\u00c0-\u00ff](?=[A-Za-z]))"
)


# A pair Arabic never has tells more than one it often has: it is weighed against two good ones.
_VALUES = (-8, -3, 1, 3, 4, 5, 6, 7, 8, 9)


@cache
def _pairs() -> dict[str, int]:
    table = resources.files(__package__).joinpath("data/letter_pairs.txt").read_text("utf-8")
    rows = [row for row in table.splitlines() if not row.startswith("#")]
    letters = " " + _LETTERS
    return {
        first + second: _VALUES[int(row[i])]
        for first, row in zip(letters, rows, strict=True)
        for i, second in enumerate(letters)
    }


def arabic_plausibility(text: str) -> float:
    """Say how much the non-ASCII part of a text reads as Arabic: 0 (not at all) to about 6.

    Every letter pair counts, and every sign that Arabic does not print counts as an impossible pair.
    """
    pairs = _pairs()
    text = _MARKS.sub("", text)
    words = _ARABIC_RUN.findall(text)
    values = [pairs[first + second] for word in words for first, second in zip(f" {word}", f"{word} ", strict=True)]
    foreign = len(_SIGNS.sub("", _ASCII.sub("", text))) - sum(map(len, words))
    total = len(values) + max(0, foreign)
    return sum(values) / total if total else 0.0


def latin_plausibility(text: str) -> float:
    """Say how much the non-ASCII part of a text reads as French, Spanish or their like, on the same scale.

    Accented letters stand alone or in twos inside a word of plain ones.
    """
    outside = _SIGNS.sub("", _ASCII.sub("", text))
    if not outside:
        return 0.0
    in_words = sum(map(len, _LATIN_IN_WORD.findall(text)))
    return 6.0 * in_words / max(len(outside), len(_LATIN_LETTER.findall(text)))
