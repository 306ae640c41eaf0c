"""
What was found in one article: who said what and through whom, names, dated events, keyphrases, a summary.

Every finding is a mark on a published text of the article: the slice ``start:end`` of its ``field`` *is* the text it
names (``None`` where a finding has no place of its own). Nothing here was made up: a finder that is unsure says less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tawatur.text.spans import Field, Span

EntityType = Literal["PER", "LOC", "ORG"]
QuoteKind = Literal["direct", "indirect"]
InformationSourceKind = Literal["agency", "outlet", "official", "organisation", "person", "document", "social"]
EventPrecision = Literal["minute", "hour", "day", "month", "year", "interval"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPhrase:
    """A name or noun phrase as a newsroom would tag the article, clitics cut; it stands in the text."""

    text: str
    #: 0 to 1; the most important has the highest.
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One surface form of a person, place or organisation, clitics cut («بوتين»، «فلاديمير بوتين» are two)."""

    text: str
    type: EntityType
    #: What joins the forms of one bearer: the fullest usual name.
    canonical: str
    #: Everywhere the form stands, in the order title, abstract, body.
    spans: tuple[Span, ...]
    #: ISO 3166-1 alpha-2 of the country a place lies in (or is); None where the gazetteer does not tell.
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """An utterance: words in quotation marks, or a clause after a cue (``قال إن …``)."""

    #: As printed, without the marks.
    text: str
    field: Field
    start: int
    end: int
    kind: QuoteKind
    #: In the fullest form the text has; None when it does not say who spoke.
    speaker: str | None
    #: As the text gives it; None when it gives none.
    role: str | None
    #: The words that report («قال»، «وأضاف»، «بحسب»); None where marks alone do.
    cue: str | None
    #: Index into ``Analysis.sources``: the link it came through; None when unknown.
    source: int | None
    #: Where the speaker's fullest form stands.
    speaker_span: Span | None = None
    cue_span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationSource:
    """One link of the chain: somebody or something credited for information."""

    #: In the fullest form the text has, without clitics.
    name: str
    kind: InformationSourceKind
    #: «مصادر»، «شهود»: credited without a name.
    anonymous: bool
    #: The first carrier the text names: a statement, a platform, an agency, an outlet; None when it names none.
    via: str | None
    #: All carriers in order, ``via`` first; empty when there is none.
    hops: tuple[str, ...]
    #: The words that credit it.
    evidence: str
    field: Field
    start: int
    end: int
    #: Id in the registry of agencies and outlets; None when it is not there.
    registry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A happening that the text dates."""

    #: The clause that tells it, in the article's own words.
    what: str
    #: ISO 8601 in the article's own zone: ``2018``, ``2018-03``, ``2018-03-12``, ``2018-03-12T13:00``, or ``a/b``.
    when: str | None
    precision: EventPrecision | None
    #: The place as printed; None when the text tells none.
    where: str | None
    evidence: str
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything found in one article."""

    #: Of the article.
    id: str
    #: Finders with their versions, ``entities/1 quotes/1 …``: tells what to redo when a finder improves.
    made_by: str
    keyphrases: tuple[KeyPhrase, ...] = ()
    entities: tuple[Entity, ...] = ()
    quotes: tuple[Quote, ...] = ()
    sources: tuple[InformationSource, ...] = ()
    events: tuple[Event, ...] = ()
    #: One to three sentences of the article itself, as printed.
    summary: tuple[str, ...] = ()
    #: Where the sentences of ``summary`` stand.
    summary_spans: tuple[Span, ...] = ()
