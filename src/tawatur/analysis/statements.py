"""
Statements: a cue of reporting, who spoke, and what was said, as Arabic news orders them.

The raw material of quotes and of the chain: each finding is a set of places in the text.
"""

from __future__ import annotations

from dataclasses import dataclass

from tawatur.analysis.document import Document
from tawatur.model.analysis import Entity, QuoteKind
from tawatur.text.spans import Span

__all__ = ["Speaker", "Statement", "find_statements"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who speaks, in the fullest form the text has."""

    name: Span
    #: The words of the text that tell what they are; None when it does not.
    role: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One act of saying."""

    kind: QuoteKind
    #: What was said, without marks.
    content: Span
    #: None when the text does not say who spoke.
    speaker: Speaker | None
    #: Who spoke as this very sentence has it («المتحدث»، «بيسكوف»); None for a pronoun or none.
    named_here: Span | None
    cue: Span | None
    #: The sentence, or the part of it, that holds cue, speaker and what was said.
    whole: Span


def find_statements(document: Document, entities: tuple[Entity, ...]) -> tuple[Statement, ...]:
    """Find what the article reports as said or written, in the order of the text."""
    del document, entities
    return ()
