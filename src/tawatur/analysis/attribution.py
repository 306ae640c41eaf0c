"""
Attribution: the links of the chain of transmission (isnad), speaker to carrier to this outlet.

A source is whoever the text credits for information: those who speak, and those named by «بحسب», «وفقا لـ», «نقلا عن»,
a dateline or an agency's signature. All who may be one are gathered (``source_mentions``) and joined
(``source_groups``); three small models (``source_models``) judge who is credited, what they are, and which carrier
brought their words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tawatur.analysis.carrier_words import known_outlet
from tawatur.analysis.carriers import Carrier
from tawatur.analysis.cue_words import folded
from tawatur.analysis.document import Document
from tawatur.analysis.source_groups import SourceGroup, group_mentions, name_words
from tawatur.analysis.source_kinds import Types, is_anonymous, kind_of
from tawatur.analysis.source_mentions import find_mentions
from tawatur.analysis.source_models import SourceModels, load_source_models
from tawatur.analysis.statements import Hearing, Statement
from tawatur.model.analysis import Entity, InformationSource, InformationSourceKind
from tawatur.text.spans import Field, Span

__all__ = ["VERSION", "find_sources"]

VERSION = 3

# Chosen by cross-validation over the articles of the train labels; see docs/attribution.md.
LIKELY_SOURCE = 0.47
# Who carried the words of a source is one as well: a name of a medium that is this likely.
LIKELY_CARRIER = 0.15
LIKELY_WAY = 0.28
_MOST_HOPS = 3
_ORDER: tuple[Field, ...] = ("title", "abstract", "body")


@dataclass(frozen=True, slots=True)
class _Found:
    group: SourceGroup
    source: InformationSource


def find_sources(
    document: Document, entities: tuple[Entity, ...], hearing: Hearing
) -> tuple[tuple[InformationSource, ...], Mapping[int, int]]:
    """Find whom the article credits for what it reports.

    Returns:
        The sources, in the order of their evidence; and for each statement that came through one, its place in
        ``hearing.statements`` with the place of the source.
    """
    models = load_source_models()
    groups = group_mentions(document, find_mentions(hearing))
    types = Types.of(document, entities)
    likely = [(models.source_probability(group.features()), group) for group in groups]
    credited = [group for chance, group in likely if chance >= LIKELY_SOURCE]
    hops = {id(group): _hops(document, group, models) for group in credited}
    for group in _carried_by(document, likely, [carrier for each in hops.values() for carrier in each]):
        hops[id(group)] = _hops(document, group, models)
        credited.append(group)
    again = {**_called_again(groups), **_papers_said_again(document, groups, hops)}
    found = [_Found(group, _source(document, group, hops[id(group)], again, types, models)) for group in credited]
    found.sort(key=lambda one: (_ORDER.index(one.source.field), one.source.start, one.source.end))
    return tuple(one.source for one in found), _links(document, found, hearing.statements)


def _carried_by(
    document: Document, likely: Sequence[tuple[float, SourceGroup]], carriers: Sequence[Carrier]
) -> list[SourceGroup]:
    """Give the agencies and outlets that are credited for little more than the words of another."""
    names = {document.slice(carrier.name) for carrier in carriers if carrier.kind == "media"}
    return [
        group
        for chance, group in likely
        if LIKELY_CARRIER <= chance < LIKELY_SOURCE
        and any(mention.kind == "media" and document.slice(mention.name) in names for mention in group.mentions)
    ]


def _called_again(groups: Sequence[SourceGroup]) -> dict[Span, Span]:
    """Give the names of outlets that are called by what they are: «الصحيفة البريطانية»."""
    return {
        mention.name: group.name
        for group in groups
        for mention in group.mentions
        if mention.kind == "media" and not mention.named
    }


def _papers_said_again(
    document: Document, groups: Sequence[SourceGroup], hops: Mapping[int, Sequence[Carrier]]
) -> dict[Span, Span]:
    """Give for «البيان», «بيانها», «بيانا» the plainest word for it of the same source: «بيان»."""
    found: dict[Span, Span] = {}
    for group in groups:
        papers = list(_papers(group))
        for hop in hops.get(id(group), ()):
            same = [paper for paper in papers if hop.kind == "occasion" and paper.head == hop.head]
            plainest = min(same, key=lambda paper: _plainness(document, paper), default=hop)
            if _plainness(document, plainest) < _plainness(document, hop):
                found[hop.name] = plainest.name
    return found


def _papers(group: SourceGroup) -> Iterator[Carrier]:
    for mention in group.mentions:
        yield from (way.carrier for way in mention.ways if way.carrier.kind == "occasion")


def _plainness(document: Document, carrier: Carrier) -> int:
    """Tell how a paper is called: 0 «بيان», 1 «بيانا», 2 «بيانها», 3 «البيان»."""
    word = folded(document.slice(carrier.name).split()[0])
    if word == carrier.head:
        return 0
    return 3 if word == "ال" + carrier.head else 1 if word == carrier.head + "ا" else 2


def _source(
    document: Document,
    group: SourceGroup,
    carriers: Sequence[Carrier],
    again: Mapping[Span, Span],
    types: Types,
    models: SourceModels,
) -> InformationSource:
    kind = kind_of(document, group, types, models)
    hops = tuple(dict.fromkeys(document.slice(again.get(carrier.name, carrier.name)) for carrier in carriers))
    evidence = group.evidence.evidence
    return InformationSource(
        name=_without_tag(document, document.slice(group.name)),
        kind=kind,
        anonymous=is_anonymous(document, group, kind),
        via=hops[0] if hops else None,
        hops=hops,
        evidence=document.slice(evidence),
        field=evidence.field,
        start=evidence.start,
        end=evidence.end,
        registry=_registry_id(document, group, kind),
    )


def _without_tag(document: Document, name: str) -> str:
    """Give «كوريا الشمالية» for «#كوريا_الشمالية», where the article writes it so too."""
    plain = name.lstrip("#").replace("_", " ")
    if plain != name and any(plain in passage.text for passage in document.passages):
        return plain
    return name


def _registry_id(document: Document, group: SourceGroup, kind: InformationSourceKind) -> str | None:
    """A person who is called as an outlet is («الجديد») is none."""
    outlet = group.outlet or known_outlet(document.slice(group.name))
    if outlet is None or (group.outlet is None and outlet.kind != kind):
        return None
    return outlet.id


def _hops(document: Document, group: SourceGroup, models: SourceModels) -> list[Carrier]:
    """Give the carriers of a source's words: the likeliest act's, the likeliest first, then who carried that."""
    best: list[tuple[float, Carrier]] = []
    for mention in group.mentions:
        likely = [(models.way_probability(features), carrier) for features, carrier in group.ways(mention)]
        likely = [(chance, carrier) for chance, carrier in likely if not _is_self(document, group, carrier)]
        if likely and (not best or max(one[0] for one in likely) > max(one[0] for one in best)):
            best = likely
    taken = sorted((one for one in best if one[0] >= LIKELY_WAY), key=lambda one: -one[0])
    hops: list[Carrier] = []
    for _, carrier in taken:
        if all(document.slice(carrier.name) != document.slice(other.name) for other in hops):
            hops.append(carrier)
    return hops[:_MOST_HOPS]


def _is_self(document: Document, group: SourceGroup, carrier: Carrier) -> bool:
    """Nobody carries their own words."""
    if carrier.outlet is not None and carrier.outlet == group.outlet:
        return True
    words = set(name_words(document.slice(carrier.name)))
    return carrier.kind != "occasion" and bool(words) and (words <= set(group.words) or words >= set(group.words))


def _links(document: Document, found: Sequence[_Found], statements: Sequence[Statement]) -> dict[int, int]:
    """Give for each statement the source who made it."""
    links: dict[int, int] = {}
    places = {mention.name: place for place, one in reversed([*enumerate(found)]) for mention in one.group.mentions}
    words = [(set(one.group.words), {*one.group.words, *name_words(one.source.name)}) for one in found]
    for at, statement in enumerate(statements):
        if statement.speaker is None:
            continue
        name = statement.speaker.name
        if name not in places:
            place = _named(words, set(name_words(document.slice(name))))
            if place is None:
                continue
            places[name] = place
        links[at] = places[name]
    return links


def _named(sources: Sequence[tuple[set[str], set[str]]], words: set[str]) -> int | None:
    """Give the source whose name shares most words with another, of those where one holds the other."""
    fitting = [
        (len(words & every), -place)
        for place, (own, every) in enumerate(sources)
        if words and (words <= every or own <= words)
    ]
    return -max(fitting)[1] if fitting else None
