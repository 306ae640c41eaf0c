"""
Letters: Arabic spelling brought to one form, at a named level, with the way back to the original.

========== ====================================================================================================
display    what readers see, without what they cannot see: presentation forms become letters, direction controls
           and zero-width strays go, the result is NFC. Tatweel, vowel marks, digits and letters stay.
match      what readers treat as the same text: also without tatweel and marks, one spelling for each letter,
           ASCII digits, lower case, plain spaces. Compare and look up names with it.
index      what a search treats as the same: also compatibility forms (NFKC), the hamza carriers ؤ ئ as their
           carrier, Latin letters without accents, case folded.
========== ====================================================================================================

Letters of Persian, Urdu and Kurdish keyboards: ی ک ھ ہ ۀ ۃ ە ے are the Arabic letters in another dress and become
them from ``match`` on. گ چ پ ژ ڤ are sounds Arabic has no letter for, which news writes with the nearest one
(پوتین stands beside بوتين); they become ك ج ب ز ف from ``match`` on, and stay in ``display``.

Most text needs no more than one ``str.translate``; only clusters with marks, forms and strays are looked at one by one.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from .letter_tables import (
    DISPLAY_STRAYS,
    INDEX_LETTERS,
    MARKS,
    MATCH_LETTERS,
    MATCH_STRAYS,
    PLAIN,
    SAME_LETTER,
    is_presentation_form,
)

__all__ = ["Level", "Normalised", "fold_letters", "normalise", "normalised_text"]

# Longer stretches are text of another script, seldom met twice.
_USUAL_STRETCH = 16

Level = Literal["display", "match", "index"]


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text at one level, and where each of its letters stood in the original.

    ``pieces`` holds ``(at, start, end, size)``: from ``at`` in ``text``, ``size`` letters stand for the original's
    ``start:end``; letter by letter when both have the same length, as a whole otherwise.
    """

    text: str
    level: Level
    pieces: tuple[tuple[int, int, int, int], ...] = ()

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the original that ``text[start:end]`` stands for.

        Marks and tatweel after a letter belong to it; a ligature belongs whole to each of its letters.
        An empty span stays empty.
        """
        if start >= end:
            place = self._piece_of(start)[0] if start < len(self.text) else self._end()
            return place, place
        return self._piece_of(start)[0], self._piece_of(end - 1)[1]

    def _end(self) -> int:
        return self.pieces[-1][2] if self.pieces else 0

    def _piece_of(self, position: int) -> tuple[int, int]:
        index = bisect_right(self.pieces, position, key=lambda piece: piece[0]) - 1
        at, start, end, size = self.pieces[index]
        if end - start == size:
            return start + position - at, start + position - at + 1
        return start, end


def fold_letters(text: str) -> str:
    """Give letters that Arabic readers treat as one letter a single spelling.

    Use the result to compare and to search; show readers the original. Marks and tatweel stay:
    ``normalise`` takes them out.

    Returns:
        A text of the same length, so a position in it is the same position in ``text``.

    >>> fold_letters("فی الأرمینیة")
    'في الارمينيه'
    """
    return text.translate(SAME_LETTER)


def normalised_text(text: str, level: Level = "match") -> str:
    """Give a text at a level, when the way back is not needed.

    >>> normalised_text("مُحَمَّـــد الأرمینیة ٢٠٢٣")
    'محمد الارمينيه 2023'
    """
    special, letters = _special(level), _letters(level)
    output: list[str] = []
    done = 0
    for found in special.finditer(text):
        start, end = found.span()
        output.append(text[done:start].translate(letters))
        stretch = text[start:end]
        output.append(_stretch(stretch, level) if len(stretch) <= _USUAL_STRETCH else normalise(stretch, level).text)
        done = end
    if not done:
        return text.translate(letters)
    output.append(text[done:].translate(letters))
    return "".join(output)


def normalise(text: str, level: Level = "match") -> Normalised:
    """Give a text at a level, with the way back. Twice is the same as once.

    >>> folded = normalise("قال مُحَمَّد")
    >>> folded.text, folded.original_span(4, 8)
    ('قال محمد', (4, 12))
    """
    letters = _letters(level)
    output: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    at = done = 0
    for special in _special(level).finditer(text):
        if special.start() > done:
            output.append(text[done : special.start()].translate(letters))
            pieces.append((at, done, special.start(), special.start() - done))
            at += special.start() - done
        for start, end in _clusters(text, special.start(), special.end(), level):
            resolved, kept_end = _resolved(text[start:end], level)
            if resolved:
                output.append(resolved)
                # A cluster of as many letters as before may have changed places: it is one whole.
                pieces.extend(_cluster_pieces(at, start, start + kept_end, len(resolved)))
                at += len(resolved)
        done = special.end()
    if done < len(text):
        output.append(text[done:].translate(letters))
        pieces.append((at, done, len(text), len(text) - done))
    return Normalised("".join(output), level, tuple(pieces))


def _cluster_pieces(at: int, start: int, end: int, size: int) -> list[tuple[int, int, int, int]]:
    if end - start != size or size == 1:
        return [(at, start, end, size)]
    return [(at + i, start, end, 1) for i in range(size)]


@lru_cache(maxsize=8)
def _special(level: Level) -> re.Pattern[str]:
    """What one ``translate`` cannot do: a plain letter followed by, or a run of, anything else."""
    plain = PLAIN + ("\u0640" if level == "display" else "")
    return re.compile(f"[{plain}]?[^{plain}]+")


@lru_cache(maxsize=8)
def _letters(level: Level) -> dict[int, str]:
    return {"display": {}, "match": MATCH_LETTERS, "index": INDEX_LETTERS}[level]


@lru_cache(maxsize=65536)
def _stretch(stretch: str, level: Level) -> str:
    """Give what stands for a stretch that one ``translate`` cannot do; news has few different ones (``ة«``)."""
    clusters = _clusters(stretch, 0, len(stretch), level)
    return "".join([_resolved(stretch[start:end], level)[0] for start, end in clusters])


def _clusters(text: str, start: int, end: int, level: Level) -> list[tuple[int, int]]:
    """Cut a stretch where NFC can never join what stands before with what stands after.

    Strays stay with what precedes them: without them, a mark behind may join the letter before.
    """
    strays = DISPLAY_STRAYS if level == "display" else MATCH_STRAYS
    cuts = [start]
    seen = ""
    for position in range(start, end):
        letter = text[position]
        if letter in strays:
            continue
        if seen and not _joins(seen, letter, level):
            cuts.append(position)
            seen = letter
        else:
            seen += letter
    return list(pairwise([*cuts, end]))


@lru_cache(maxsize=65536)
def _joins(seen: str, letter: str, level: Level) -> bool:
    """Tell whether a letter could become one with, or change places with, what stands before it."""
    form: Literal["NFC", "NFKC"] = "NFKC" if level == "index" else "NFC"
    shown = unicodedata.normalize(form, _letter_of_form(letter))
    if letter in MARKS or not shown or unicodedata.combining(shown[0]):
        return True
    before = unicodedata.normalize(form, "".join(map(_letter_of_form, seen)))
    return unicodedata.normalize(form, before + shown) != before + shown


@lru_cache(maxsize=65536)
def _resolved(cluster: str, level: Level) -> tuple[str, int]:
    """Give a cluster at a level, and how far it reaches (strays at its end are no part of it)."""
    strays = DISPLAY_STRAYS if level == "display" else MATCH_STRAYS
    reach = len(cluster)
    while reach and cluster[reach - 1] in strays:
        reach -= 1
    previous, current = None, cluster
    while current != previous:  # what one step lays bare, the next may join: three rounds at the most
        previous, current = current, _step(current, level)
    return current, reach


def _step(text: str, level: Level) -> str:
    strays = DISPLAY_STRAYS if level == "display" else MATCH_STRAYS
    text = "".join(_letter_of_form(letter) for letter in text if letter not in strays)
    if level == "index":
        text = unicodedata.normalize("NFKC", text)
        text = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    text = unicodedata.normalize("NFC", text)
    if level == "display":
        return text
    text = "".join(letter for letter in text if letter not in MARKS)
    text = "".join(map(str.casefold if level == "index" else str.lower, text))
    text = text.translate(_letters(level))
    text = "".join(_ascii_digit(letter) for letter in text)
    return unicodedata.normalize("NFC", text)


def _ascii_digit(letter: str) -> str:
    if letter.isascii() or not letter.isdecimal():
        return letter
    return str(unicodedata.decimal(letter))


def _letter_of_form(letter: str) -> str:
    """Give the letters a presentation form shows; marks that stand on a space or tatweel lose it."""
    if not is_presentation_form(letter):
        return letter
    letters = unicodedata.normalize("NFKC", letter)
    if len(letters) > 1 and letters[0] in " \u0640" and all(mark in MARKS for mark in letters[1:]):
        return letters[1:]
    return letters
