"""Keyphrases: the names and noun phrases a newsroom would tag an article with."""

from __future__ import annotations

from tawatur.analysis.document import Document
from tawatur.model.analysis import Entity, KeyPhrase

__all__ = ["VERSION", "find_keyphrases"]

VERSION = 1


def find_keyphrases(document: Document, entities: tuple[Entity, ...]) -> tuple[KeyPhrase, ...]:
    """Find the keyphrases of an article, the most important first."""
    del document, entities
    return ()
