"""
What changed between two states of an article, paragraph by paragraph and, inside a paragraph, word by word.

Method: longest matching blocks (Python's difflib) over paragraphs, then over the words of paragraphs that took each
other's place. Paragraphs that share little are shown as one removed and one added: a word-by-word mixture of two
different sentences cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Literal

from tawatur.model import Article
from tawatur.store.protocol import Version

Kind = Literal["same", "added", "removed", "edited"]
Part = Literal["title", "abstract", "body", "credit", "authors", "dateline", "tags", "published", "modified", "section"]

# States that are compared; a source that rewrites a page every minute must not make its history slow to show.
REVISIONS = 30
# Below this share of words in common two paragraphs are two texts, not one text edited.
ALIKE = 0.5
# Words that are compared between two states, their numbers multiplied pair by pair: difflib's worst case grows with
# it. A page of 40 paragraphs of 60 words, each edited, needs 600,000; made to be slow, this much takes 0.25 s.
WORD_PAIRS = 1_000_000
# Paragraphs of a body that are compared; what follows is shown as removed and added.
PARAGRAPHS = 400

_WORDS = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, came or went."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """A paragraph that stayed, came, went, or was edited."""

    kind: Kind
    pieces: tuple[Piece, ...]
    #: Paragraphs folded into this one, when ``kind`` is ``same``.
    count: int = 1


@dataclass(frozen=True, slots=True)
class PartChange:
    """One field of the article that differs."""

    part: Part
    #: Empty for dates: those are shown whole, before and after.
    paragraphs: tuple[ParagraphChange, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """A state of the article against the one before it."""

    seen_at: datetime
    before: Article
    article: Article
    changes: tuple[PartChange, ...]


@dataclass(slots=True)
class _Budget:
    """Word pairs that may still be compared."""

    left: int

    def allows(self, pairs: int) -> bool:
        """Spend some, if there are as many left."""
        if pairs > self.left:
            return False
        self.left -= pairs
        return True


_PARTS: tuple[tuple[Part, Callable[[Article], str]], ...] = (
    ("title", lambda article: article.title or ""),
    ("abstract", lambda article: article.abstract or ""),
    ("body", lambda article: article.body),
    ("credit", lambda article: article.credit.name if article.credit else ""),
    ("authors", lambda article: "، ".join(article.authors)),
    ("dateline", lambda article: article.dateline or ""),
    ("section", lambda article: article.section or ""),
    ("tags", lambda article: "\n".join(article.tags)),
)


def revisions(history: Sequence[Version]) -> tuple[Revision, ...]:
    """Compare each of the newest ``REVISIONS`` states of an article with the one before it, the newest first."""
    pairs = pairwise(history[-REVISIONS - 1 :])
    return tuple(
        Revision(new.seen_at, old.article, new.article, _changes(old.article, new.article)) for old, new in pairs
    )[::-1]


def compare_paragraphs(old: str, new: str) -> tuple[ParagraphChange, ...]:
    """Compare two texts; runs of paragraphs that stayed are folded into one entry with their count."""
    before, after = old.split("\n") if old else [], new.split("\n") if new else []
    changes: list[ParagraphChange] = []
    budget = _Budget(WORD_PAIRS)
    rest_before, rest_after = before[PARAGRAPHS:], after[PARAGRAPHS:]
    before, after = before[:PARAGRAPHS], after[:PARAGRAPHS]
    for operation, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            changes.append(ParagraphChange("same", (Piece("same", before[i1]),), i2 - i1))
        else:
            changes.extend(_replaced(before[i1:i2], after[j1:j2], budget))
    if rest_before != rest_after:
        changes.extend(_replaced(rest_before, rest_after, budget))
    return tuple(changes)


def compare_words(old: str, new: str, budget: _Budget | None = None) -> tuple[Piece, ...] | None:
    """Compare two paragraphs word by word; None when they share too little, or the budget of work is spent."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    # Spaces are alike anywhere; only words tell whether two paragraphs are one.
    words = SequenceMatcher(None, old.split(), new.split(), autojunk=False)
    if words.quick_ratio() < ALIKE or not (budget or _Budget(WORD_PAIRS)).allows(len(before) * len(after)):
        return None
    if words.ratio() < ALIKE:
        return None
    return tuple(_joined(_pieces(SequenceMatcher(None, before, after, autojunk=False), before, after)))


def _changes(old: Article, new: Article) -> tuple[PartChange, ...]:
    texts = ((part, read(old), read(new)) for part, read in _PARTS)
    changes = [PartChange(part, compare_paragraphs(a, b)) for part, a, b in texts if a != b]
    if (old.published, old.precision) != (new.published, new.precision):
        changes.append(PartChange("published", ()))
    if old.modified != new.modified:
        changes.append(PartChange("modified", ()))
    return tuple(changes)


def _replaced(before: list[str], after: list[str], budget: _Budget) -> Iterator[ParagraphChange]:
    """Set paragraphs that took each other's place side by side; those left over came or went."""
    shared = min(len(before), len(after))
    for old, new in zip(before, after, strict=False):
        pieces = compare_words(old, new, budget)
        if pieces is not None:
            yield ParagraphChange("edited", pieces)
        else:
            yield ParagraphChange("removed", (Piece("removed", old),))
            yield ParagraphChange("added", (Piece("added", new),))
    yield from (ParagraphChange("removed", (Piece("removed", text),)) for text in before[shared:])
    yield from (ParagraphChange("added", (Piece("added", text),)) for text in after[shared:])


def _pieces(matcher: SequenceMatcher[str], before: list[str], after: list[str]) -> Iterator[Piece]:
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            yield Piece("same", "".join(before[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("removed", "".join(before[i1:i2]))
        if j2 > j1:
            yield Piece("added", "".join(after[j1:j2]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Join words that took each other's place one by one to phrases: a space that stayed between them parts nothing."""
    run: list[Piece] = []
    for piece in pieces:
        if piece.kind == "same" and (not run or not piece.text.isspace()):
            yield from _phrases(run)
            run = []
            yield piece
        else:
            run.append(piece)
    yield from _phrases(run)


def _phrases(run: list[Piece]) -> Iterator[Piece]:
    tail = run[-1:] if run and run[-1].kind == "same" else []
    changed = run[: len(run) - len(tail)]
    old = "".join(piece.text for piece in changed if piece.kind != "added")
    new = "".join(piece.text for piece in changed if piece.kind != "removed")
    if any(piece.kind == "same" for piece in changed) and old.strip() and new.strip():
        yield Piece("removed", old)
        yield Piece("added", new)
    else:
        yield from changed
    yield from tail
