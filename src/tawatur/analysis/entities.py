"""Entities: the people, places and organisations of an article, each surface form with its canonical name."""

from __future__ import annotations

from tawatur.analysis.document import Document
from tawatur.model.analysis import Entity

__all__ = ["VERSION", "find_entities"]

VERSION = 1


def find_entities(document: Document) -> tuple[Entity, ...]:
    """Find the names in an article, clitics cut, in the order of their first place."""
    del document
    return ()
