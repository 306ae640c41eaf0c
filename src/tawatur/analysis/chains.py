"""
Chains over the archive: who carries whom.

A graph of the chains of many articles, made from their analyses alone (who was first, and how many independent voices
a story has, tell the stories: ``stories/origins.py``). A link goes from the one whose words were
carried to the one who carried them, last to the outlet of the article. Outlets are known by their ids in the registry;
a statement or a platform («بيان», «تويتر») is a way and no carrier of its own: it is passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from tawatur.analysis.carrier_words import known_outlet
from tawatur.analysis.chain import Hop, chain_of
from tawatur.model.analysis import Analysis

__all__ = ["CarriedBy", "Report", "who_carries_whom"]

_MEDIA = frozenset(("agency", "outlet"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article as the graph needs it."""

    analysis: Analysis
    #: Name of the outlet it was read at.
    outlet: str
    #: Name in the credit of its page; None when it credits nobody.
    credited: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedBy:
    """How often one carries the words of another."""

    #: Id in the registry, or the name where it is not there.
    origin: str
    carrier: str
    articles: int


def who_carries_whom(reports: Iterable[Report]) -> tuple[CarriedBy, ...]:
    """Count for every pair of media in how many articles the second carries the first, most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    for report in reports:
        links = {link for chain in _media_chains(report) for link in pairwise(chain)}
        counts.update(links)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(CarriedBy(origin=origin, carrier=carrier, articles=number) for (origin, carrier), number in ordered)


def _media_chains(report: Report) -> Iterator[list[str]]:
    for source in report.analysis.sources:
        media: list[str] = []
        for hop in chain_of(source, credited=report.credited, outlet=report.outlet):
            if _is_medium(hop) and (not media or media[-1] != _name_of(hop.name)):
                media.append(_name_of(hop.name))
        yield media


def _is_medium(hop: Hop) -> bool:
    if hop.role in ("credited", "outlet"):
        return True
    if hop.role == "speaker":
        return hop.kind in _MEDIA
    known = known_outlet(hop.name)
    return known is not None and known.kind in _MEDIA


def _name_of(name: str) -> str:
    known = known_outlet(name)
    return known.id if known is not None else name
