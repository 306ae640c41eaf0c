"""Dated events: the happenings that a text dates, outright or counted from its publication."""

from __future__ import annotations

from tawatur.analysis.document import Document
from tawatur.model.analysis import Entity, Event

__all__ = ["VERSION", "find_events"]

VERSION = 1


def find_events(document: Document, entities: tuple[Entity, ...]) -> tuple[Event, ...]:
    """Find the happenings the article dates, in the order of the text."""
    del document, entities
    return ()
