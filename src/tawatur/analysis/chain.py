"""
The chain as a line: who spoke, what carried it, who printed it, «بيسكوف ← تاس ← البوابة نيوز».

Pure functions over what was found. A hop is one link with its part in the chain; the last are the outlet whom the page
credits and the outlet of the article. Names of one outlet («تاس», «وكالة تاس الروسية») make one hop.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tawatur.analysis.carrier_words import known_outlet
from tawatur.model.analysis import InformationSource, InformationSourceKind
from tawatur.text.names import same_name

__all__ = ["Hop", "HopRole", "chain_of", "chains_of", "info_sources"]

#: ``speaker``: whose words or knowledge it is; ``carrier``: what or who brought it on; ``credited``: whom the page
#: of the article credits; ``outlet``: who printed the article.
HopRole = Literal["speaker", "carrier", "credited", "outlet"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One link of a chain."""

    #: As printed.
    name: str
    role: HopRole
    #: What the speaker is; None for the other hops.
    kind: InformationSourceKind | None = None
    anonymous: bool = False
    #: Id in the registry of agencies and outlets; None when it is not there.
    registry: str | None = None


def chain_of(source: InformationSource, *, credited: str | None = None, outlet: str | None = None) -> tuple[Hop, ...]:
    """Give the hops of one source, speaker first.

    ``credited`` is the name in the article's credit, ``outlet`` that of the outlet it was read at.
    """
    speaker = Hop(
        name=source.name,
        role="speaker",
        kind=source.kind,
        anonymous=source.anonymous,
        registry=source.registry,
    )
    hops = [speaker]
    for hop in _behind(source.hops, credited, outlet):
        if not _is_one(hops[-1], hop):
            hops.append(hop)
    return tuple(hops)


def chains_of(
    sources: Sequence[InformationSource], *, credited: str | None = None, outlet: str | None = None
) -> tuple[tuple[Hop, ...], ...]:
    """Give the chains of an article, each once, in the order of its sources."""
    return tuple(dict.fromkeys(chain_of(source, credited=credited, outlet=outlet) for source in sources))


def info_sources(chains: Iterable[Sequence[Hop]]) -> list[dict[str, str]]:
    """Give the hops of an article's chains for ``infoSources`` of ninjs 3.1: each name once in each of its roles.

    An entry has ``name`` and ``role``, and for names of the registry a ``literal``: their id there.
    """
    entries: dict[tuple[str, str], dict[str, str]] = {}
    for chain in chains:
        for hop in chain:
            entry = {"name": hop.name, "role": hop.role}
            if hop.registry is not None:
                entry["literal"] = hop.registry
            entries.setdefault((hop.registry or hop.name, hop.role), entry)
    return list(entries.values())


def _behind(carriers: Sequence[str], credited: str | None, outlet: str | None) -> Iterator[Hop]:
    for name in carriers:
        yield _hop(name, "carrier")
    if credited:
        yield _hop(credited, "credited")
    if outlet:
        yield _hop(outlet, "outlet")


def _hop(name: str, role: HopRole) -> Hop:
    known = known_outlet(name)
    return Hop(name=name, role=role, registry=known.id if known else None)


def _is_one(hop: Hop, other: Hop) -> bool:
    """Tell whether two links are one: by the registry where it knows both, else by their names."""
    if hop.registry is not None and other.registry is not None:
        return hop.registry == other.registry
    return hop.name == other.name or same_name(hop.name, other.name)
