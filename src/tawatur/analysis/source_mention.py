"""
One mention of a source: a place of an article that may credit somebody for information, with what speaks for it.

Features are names, there or not; whether a mention is a source is judged elsewhere (``attribution``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tawatur.analysis.carriers import Carrier
from tawatur.analysis.reading import Reading
from tawatur.analysis.report import Report
from tawatur.analysis.statements import Heard
from tawatur.analysis.transmission import Way
from tawatur.sources.registry import Outlet
from tawatur.text.spans import Span

__all__ = ["Mention", "Scene"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place that may credit a source."""

    #: In the fullest form the text has.
    name: Span
    role: Span | None
    #: As it stands here.
    here: Span
    #: What the name is headed by: a ``PhraseKind``, a ``CarrierKind`` or ``signature``.
    kind: str
    evidence: Span
    features: frozenset[str]
    outlet: Outlet | None = None
    #: What may have carried the words.
    ways: tuple[Way, ...] = field(default=())
    #: Names somebody here; False for a verb that goes back to one named before.
    named: bool = True


@dataclass(frozen=True, slots=True)
class Scene:
    """One text of the article: how it was heard, and the carriers it names."""

    number: int
    heard: Heard
    people: Sequence[range]
    reports: Sequence[Report]
    carriers: Sequence[Carrier]

    @property
    def reading(self) -> Reading:
        """The words of the text."""
        return self.heard.reading
