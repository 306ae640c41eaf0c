"""
What was found, marked in the text: spans become nested ``<mark>`` elements, and nothing else becomes markup.

A mark that lies within another is nested in it. Where two overlap without one lying in the other, the one of less
weight is parted at the edge of the other, the later of two alike; every mark is parted at the end of a paragraph. Only
its first piece carries the id that a link leads to, and can be reached with the keyboard.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup, escape

from tawatur.web.safety import shown

__all__ = ["Mark", "mark_paragraphs", "mark_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place in a text that something was found at."""

    start: int
    end: int
    #: Class of the element: ``quote direct``, ``named per``.
    kind: str
    #: What a link leads to; None where no link does.
    anchor: str | None = None
    #: Said when the mark is pointed at or focused: who speaks.
    says: str | None = None
    #: Id of the element that tells the same to who cannot see it.
    told_by: str | None = None
    #: Marks of another rank than 0 are parted where they are in the way of one with rank 0.
    rank: int = 0

    def opened(self, *, first: bool) -> Markup:
        attributes = [Markup(' class="{}"').format(self.kind)]
        if self.says:
            attributes.append(Markup(' data-says="{}"').format(shown(self.says)))
        if first and self.anchor:
            attributes.append(Markup(' id="{}"').format(self.anchor))
        if first and self.told_by:
            attributes.append(Markup(' tabindex="0" aria-describedby="{}"').format(self.told_by))
        return Markup("<mark{}>").format(Markup("").join(attributes))


def mark_text(text: str, marks: Iterable[Mark]) -> Markup:
    """Write a text with its marks; one that is no place in this text marks nothing.

    >>> mark_text("قال <بوتين>", [Mark(start=5, end=10, kind="name")])
    Markup('قال &lt;<mark class="name">بوتين</mark>&gt;')
    """
    return _marked(text, 0, len(text), _in_order(marks, len(text)), set())


def mark_paragraphs(text: str, marks: Iterable[Mark]) -> tuple[Markup, ...]:
    """Write the paragraphs of a text that are not blank, with their marks."""
    waiting = _in_order(marks, len(text))[::-1]
    opened: set[int] = set()
    live: list[Mark] = []
    paragraphs: list[Markup] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        live = [mark for mark in live if mark.end > start]
        while waiting and waiting[-1].start < end:
            live.append(waiting.pop())
        if line.strip():
            paragraphs.append(_marked(text, start, end, live, opened))
        start = end + 1
    return tuple(paragraphs)


def _in_order(marks: Iterable[Mark], length: int) -> list[Mark]:
    """Order marks so that one that holds another comes first, and part those in the way of rank 0."""
    held = sorted((mark for mark in marks if 0 <= mark.start < mark.end <= length), key=lambda mark: mark.rank)
    whole = [mark for mark in held if mark.rank == 0]
    pieces = [piece for mark in held for piece in (_parted(mark, whole) if mark.rank else [mark])]
    return sorted(pieces, key=lambda mark: (mark.start, -mark.end, mark.rank))


def _parted(mark: Mark, whole: Iterable[Mark]) -> list[Mark]:
    """Part a mark at the edges of marks that it overlaps without either lying in the other."""
    edges = {mark.start, mark.end}
    for other in whole:
        if mark.start < other.start < mark.end < other.end:
            edges.add(other.start)
        elif other.start < mark.start < other.end < mark.end:
            edges.add(other.end)
    pieces = [replace(mark, start=start, end=end) for start, end in pairwise(sorted(edges))]
    return pieces[:1] + [replace(piece, anchor=None, told_by=None) for piece in pieces[1:]]


def _marked(text: str, start: int, end: int, marks: Sequence[Mark], opened: set[int]) -> Markup:
    """Write ``text[start:end]``; ``opened`` holds the marks whose first piece is written."""
    edges = {start, end} | {edge for mark in marks for edge in (mark.start, mark.end) if start < edge < end}
    pieces: list[Markup] = []
    stack: list[Mark] = []
    waiting = list(reversed(marks))
    for here, there in pairwise(sorted(edges)):
        ending = next((depth for depth, mark in enumerate(stack) if mark.end <= here), None)
        if ending is not None:
            # What was opened after it is closed with it, and what of that goes on is opened again.
            pieces += [Markup("</mark>")] * (len(stack) - ending)
            going_on = [mark for mark in stack[ending:] if mark.end > here]
            del stack[ending:]
            waiting += reversed(going_on)
        while waiting and waiting[-1].start <= here:
            mark = waiting.pop()
            pieces.append(mark.opened(first=id(mark) not in opened))
            opened.add(id(mark))
            stack.append(mark)
        pieces.append(escape(shown(text[here:there])))
    pieces += [Markup("</mark>")] * len(stack)
    return Markup("").join(pieces)
