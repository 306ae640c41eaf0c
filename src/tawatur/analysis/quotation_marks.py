"""
Quotation marks: which opens, which closes, and what lies between.

Guillemets and curly marks tell their side; the straight mark does not, and outlets type curly ones the wrong way
round. The letters beside a mark decide: one that follows a space and touches the next word opens, one that touches the
word before it closes, and where neither is plain the marks take turns. A mark that finds no partner in its paragraph is
a stray (an inch, a slip), unless the next paragraph begins with one that only closes, or it opens and is the last of
its paragraph: the closing one was forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

__all__ = ["Marked", "find_marked"]

# A speech may run over several paragraphs inside one pair of marks; longer ones are a lost mark.
_PARAGRAPHS_IN_ONE_PAIR = 5
_OPENING, _CLOSING = "\u00ab\u2039", "\u00bb\u203a"
_MARK = re.compile("\u00ab|\u00bb|\u2039|\u203a|[\u201c\u201d\u201e\u201f\u2033\"\uff02]{1,2}|''|``|\\(\\(|\\)\\)|\n")
_BEFORE_OPENING = frozenset(" \t\u00a0\u200f\u200e\u202b\u202a([:،,.-–—ـ")
_ENDS_WORD = frozenset(" \t\u00a0\u200f\u200e\u202c.,،؛:;!؟?)]-–—\n")

_SENTENCE_END = re.compile(r"[.!؟?\n]\s")

Side = Literal["opens", "closes", "either"]


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in quotation marks: ``start:end`` is what lies between them, without the spaces at its ends."""

    start: int
    end: int
    #: With the marks.
    outer_start: int
    outer_end: int
    #: How many pairs it lies in.
    depth: int


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: str
    side: Side


def find_marked(text: str) -> tuple[Marked, ...]:
    """Find words in quotation marks, in the order of their first letters; pairs inside a pair are there too.

    >>> text = 'قال: "نعم. \u00abلا\u00bb" طوله 5" فقط'
    >>> [text[m.start:m.end] for m in find_marked(text)]
    ['نعم. «لا»', 'لا']
    """
    found: list[Marked] = []
    carried: list[tuple[_Mark, int]] = []
    for paragraph, (marks, end) in enumerate(_paragraphs(text)):
        opened = [mark for mark, since in carried if paragraph - since <= _PARAGRAPHS_IN_ONE_PAIR]
        since = dict(carried)
        carried = []
        for place, mark in enumerate(marks):
            partner = _partner(mark, opened, marks[place + 1 :])
            if partner is None:
                if mark.side != "closes":
                    opened.append(mark)
                continue
            while opened[-1] is not partner:
                opened.pop()
            opened.pop()
            marked = _between(text, partner, mark, len(opened))
            if marked is not None:
                found.append(marked)
        found = _closed_together(text, found, [mark for mark in opened if mark.family == "straight"])
        left = _left_open(text, opened, marks, end)
        if left is not None:
            found.append(left)
        carried = [(mark, since.get(mark, paragraph)) for mark in opened if mark.family == "angle"]
    return tuple(sorted(found, key=lambda marked: (marked.outer_start, -marked.outer_end)))


def _closed_together(text: str, found: list[Marked], opened: list[_Mark]) -> list[Marked]:
    """Let an open mark share the closing one of a pair that begins in its sentence: «"لم يتخذ قرار "بناء على ضغوط"»."""
    for mark in opened:
        inner = next((one for one in found if one.outer_start > mark.end), None)
        if inner is not None and not _SENTENCE_END.search(text, mark.end, inner.outer_start):
            closing = _Mark(inner.outer_end - 1, inner.outer_end, "straight", "closes")
            wider = _between(text, mark, closing, 0)
            if wider is not None:
                found = [one for one in found if one is not inner] + [wider]
    return found


def _left_open(text: str, opened: list[_Mark], marks: list[_Mark], end: int) -> Marked | None:
    """Give what the last mark of a paragraph opens: «وأضاف: "سنمضي قدما ¶» runs to the paragraph's end."""
    if not opened or not marks or opened[-1] is not marks[-1]:
        return None
    mark = opened[-1]
    if mark.family != "straight" or mark.side != "opens":
        return None
    return _between(text, mark, _Mark(end, end, "straight", "closes"), 0)


def _paragraphs(text: str) -> Iterator[tuple[list[_Mark], int]]:
    marks: list[_Mark] = []
    for match in _MARK.finditer(text):
        if match.group() == "\n":
            yield marks, match.start()
            marks = []
        else:
            marks.append(_mark(text, match))
    yield marks, len(text)


def _mark(text: str, match: re.Match[str]) -> _Mark:
    sign = match.group()
    if sign in _OPENING or sign == "((":
        return _Mark(match.start(), match.end(), "angle" if sign != "((" else "round", "opens")
    if sign in _CLOSING or sign == "))":
        return _Mark(match.start(), match.end(), "angle" if sign != "))" else "round", "closes")
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else "\n"
    free_before, free_after = before in _BEFORE_OPENING or before == "\n", after in _ENDS_WORD
    side: Side = "either"
    if free_before and not free_after:
        side = "opens"
    elif (free_after and not free_before) or (free_after and before in ".!؟?…"):
        side = "closes"
    return _Mark(match.start(), match.end(), "straight", side)


def _partner(mark: _Mark, opened: list[_Mark], following: list[_Mark]) -> _Mark | None:
    """Give the open mark that this one closes, None when it opens or is a stray."""
    if mark.side == "opens" and (mark.family != "straight" or _closes_ahead(mark, following)):
        return None
    return next((one for one in reversed(opened) if one.family == mark.family), None)


def _closes_ahead(mark: _Mark, following: list[_Mark]) -> bool:
    """Tell whether the next mark of the kind can close what this one opens."""
    following_side = next((one.side for one in following if one.family == mark.family), "opens")
    return following_side != "opens"


def _between(text: str, opening: _Mark, closing: _Mark, depth: int) -> Marked | None:
    inside = text[opening.end : closing.start]
    bare = inside.strip().strip("\u200f\u200e،, ")
    if not bare:
        return None
    start = opening.end + inside.index(bare)
    return Marked(start, start + len(bare), opening.start, closing.end, depth)
