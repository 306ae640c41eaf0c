"""
The stretch of a page that belongs to one article: from its headline to a little after its last paragraph.

Dates, bylines and credits are looked for there only: the same words elsewhere are of other articles or of the site.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tawatur.extract.outline import Block
from tawatur.extract.places import Place

#: Blocks over the headline (section, date, kicker) and under the last paragraph (credit, byline) that may be its own.
_OVER, _UNDER = 6, 10
#: Blocks over the first paragraph that are looked at on a page whose headline is not printed.
_OVER_BODY = 15
_ELSEWHERE: frozenset[Place] = frozenset(("chrome", "aside", "related", "comments"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Blocks around the body, those of other articles and of the site left out."""

    #: Over the headline, nearest last.
    above: tuple[Block, ...]
    #: Between the headline and the first paragraph.
    between: tuple[Block, ...]
    #: Under the last paragraph.
    below: tuple[Block, ...]
    headline: Block | None

    @property
    def around(self) -> tuple[Block, ...]:
        return self.between + self.above + self.below


def find_region(
    outline: Sequence[Block], headline: Block | None, body: Sequence[Block], furniture: frozenset[int]
) -> Region:
    """Give the blocks around a body."""
    first = body[0].index if body else len(outline)
    last = body[-1].index if body else (headline.index if headline else 0)
    start = headline.index if headline is not None and headline.index <= first else max(0, first - _OVER_BODY)
    inside = {block.index for block in body}
    ours = _without_elsewhere(outline, body, furniture | inside)
    return Region(
        above=tuple(block for block in ours if start - _OVER <= block.index < start),
        between=tuple(
            block
            for block in ours
            if start <= block.index < first and (headline is None or block.index != headline.index)
        )
        + tuple(block for block in ours if first < block.index < last and _is_note(block)),
        below=tuple(block for block in ours if last < block.index <= last + _UNDER),
        headline=headline,
    )


def _without_elsewhere(outline: Sequence[Block], body: Sequence[Block], left_out: frozenset[int]) -> list[Block]:
    common = frozenset.intersection(*(block.places for block in body)) if body else frozenset()
    elsewhere = _ELSEWHERE - common
    return [block for block in outline if block.index not in left_out and elsewhere.isdisjoint(block.places)]


def _is_note(block: Block) -> bool:
    """Whether a block that stands among the paragraphs was left out of them as a date, byline or credit."""
    return not block.places.isdisjoint(("byline", "date", "credit"))
