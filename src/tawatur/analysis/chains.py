"""
Chains over the archive: who carries whom, who was first, how many origins a report has.

A graph of the chains of many articles, made from their analyses alone. A link goes from the one whose words were
carried to the one who carried them, last to the outlet of the article. Outlets are known by their ids in the registry;
a statement or a platform («بيان», «تويتر») is a way and no carrier of its own: it is passed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from tawatur.analysis.chain import Hop, chain_of
from tawatur.model.analysis import Analysis
from tawatur.sources import load_registry

__all__ = ["CarriedBy", "Origin", "Report", "independent_origins", "who_carries_whom"]

_MEDIA = frozenset(("agency", "outlet"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article as the graph needs it."""

    analysis: Analysis
    #: Name of the outlet it was read at.
    outlet: str
    #: Name in the credit of its page; None when it credits nobody.
    credited: str | None = None
    #: None when the page names no date: such a report is never first.
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedBy:
    """How often one carries the words of another."""

    #: Id in the registry, or the name where it is not there.
    origin: str
    carrier: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a report began."""

    #: Id in the registry, or the name: the first link that is a medium, or else the outlet itself.
    name: str
    #: Ids of the articles that go back to it, the earliest first; those without a date are last.
    articles: tuple[str, ...]
    #: Of the earliest article; None when none is dated.
    since: datetime | None


def who_carries_whom(reports: Iterable[Report]) -> tuple[CarriedBy, ...]:
    """Count for every pair of media in how many articles the second carries the first, most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    for report in reports:
        links = {link for chain in _media_chains(report) for link in pairwise(chain)}
        counts.update(links)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(CarriedBy(origin=origin, carrier=carrier, articles=number) for (origin, carrier), number in ordered)


def independent_origins(reports: Sequence[Report]) -> tuple[Origin, ...]:
    """Give the origins of what several articles tell, those with most articles first, then the earliest.

    Articles that carry one agency have one origin; an outlet that names no other medium is one itself. An article that
    carries several media goes back to the one that most of the articles go back to.
    """
    named = [_origins(report) for report in reports]
    support = Counter(origin for origins in named for origin in origins)
    chosen: dict[str, list[Report]] = {}
    for report, origins in zip(reports, named, strict=True):
        origin = max(origins, key=lambda one: (support[one], -origins.index(one)))
        chosen.setdefault(origin, []).append(report)
    found = [_origin(name, members) for name, members in chosen.items()]
    return tuple(sorted(found, key=lambda one: (-len(one.articles), one.since is None, _moment(one.since), one.name)))


def _origin(name: str, reports: Sequence[Report]) -> Origin:
    ordered = sorted(reports, key=lambda report: (report.published is None, _moment(report.published)))
    return Origin(name=name, articles=tuple(report.analysis.id for report in ordered), since=ordered[0].published)


def _moment(moment: datetime | None) -> float:
    return moment.timestamp() if moment is not None else 0.0


def _origins(report: Report) -> list[str]:
    """Give the media that an article goes back to, first named first; its own outlet when it names no other."""
    own = _name_of(report.credited or report.outlet)
    firsts = [chain[0] for chain in _media_chains(report) if len(chain) > 1]
    return list(dict.fromkeys(firsts)) or [own]


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
    known = load_registry().find_by_name(hop.name)
    return known is not None and known.kind in _MEDIA


def _name_of(name: str) -> str:
    known = load_registry().find_by_name(name)
    return known.id if known is not None else name
