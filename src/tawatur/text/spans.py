"""A place in a published text, counted in code points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Field", "Span"]

Field = Literal["title", "abstract", "body"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where something stands: the slice ``text[start:end]`` *is* the words it names.

    >>> Span(4, 9).of("قال بوتين أمس")
    'بوتين'
    """

    start: int
    end: int
    #: Which text of the article the counts refer to.
    field: Field = "body"

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside this span of the same text."""
        return self.field == other.field and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one code point."""
        return self.field == other.field and self.start < other.end and other.start < self.end
