"""Quotes: statements as the machine interface has them, each with the link of the chain it came through."""

from __future__ import annotations

from collections.abc import Mapping

from tawatur.analysis.document import Document
from tawatur.analysis.statements import Statement
from tawatur.model.analysis import Quote

__all__ = ["VERSION", "quotes_of"]

VERSION = 2


def quotes_of(document: Document, statements: tuple[Statement, ...], links: Mapping[int, int]) -> tuple[Quote, ...]:
    """Give statements as quotes; ``links`` gives the place of a statement's source in the list of sources."""
    return tuple(
        Quote(
            text=document.slice(statement.content),
            field=statement.content.field,
            start=statement.content.start,
            end=statement.content.end,
            kind=statement.kind,
            speaker=document.slice(statement.speaker.name) if statement.speaker else None,
            role=document.slice(statement.speaker.role) if statement.speaker and statement.speaker.role else None,
            cue=document.slice(statement.cue) if statement.cue else None,
            source=links.get(at),
            speaker_span=statement.speaker.name if statement.speaker else None,
            cue_span=statement.cue,
        )
        for at, statement in enumerate(statements)
    )
