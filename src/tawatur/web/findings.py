"""
What was found in an article, made ready for its page: marked texts, and lists whose entries lead into them.

Every entry of a list has the anchor of its evidence; the text carries the mark that the anchor names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tawatur.analysis.chain import chain_of
from tawatur.model import Article, Source
from tawatur.model.analysis import Analysis, Entity, EntityType, Event, InformationSource, Quote
from tawatur.text.spans import Field, Span
from tawatur.web.marks import Mark, mark_paragraphs, mark_text

__all__ = ["Chain", "Found", "FoundName", "FoundSentence", "Said", "find"]

# Shown of each kind: a page of two thousand words can name a hundred people, and a list of all tells nobody anything.
NAMES, CHAINS, EVENTS = 24, 8, 24


@dataclass(frozen=True, slots=True)
class FoundName:
    """A person, place or organisation of the article."""

    name: str
    type: EntityType
    times: int
    #: None where the page does not show the text it stands in.
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """A quote, and who said it."""

    #: Its place, from 1: the page's ``said-1``.
    number: int
    quote: Quote
    #: Who said it, with the role.
    who: str | None
    anchor: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The way of a piece of information to this page: who said it, who carried it, who printed it."""

    links: tuple[str, ...]
    anonymous: bool
    anchor: str


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """A happening that the text dates."""

    event: Event
    anchor: str


@dataclass(frozen=True, slots=True)
class FoundSentence:
    """A sentence of the summary."""

    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that an article's page shows of its analysis; empty lists where there is none."""

    title: Markup
    abstract: Markup
    paragraphs: tuple[Markup, ...]
    keyphrases: tuple[str, ...] = ()
    names: tuple[FoundName, ...] = ()
    said: tuple[Said, ...] = ()
    chains: tuple[Chain, ...] = ()
    events: tuple[FoundEvent, ...] = ()
    summary: tuple[FoundSentence, ...] = ()


def find(article: Article, analysis: Analysis | None, source: Source | None) -> Found:
    """Make what was found in an article ready to be shown."""
    analysis = analysis or Analysis(id=article.id, made_by="")
    said = tuple(_said(number, quote) for number, quote in enumerate(analysis.quotes, 1))
    names = _names(analysis.entities)
    marks = _marks(analysis, said, names)
    sentences = zip(analysis.summary, analysis.summary_spans, strict=False)
    return Found(
        title=mark_text(article.title or "", marks["title"]),
        abstract=mark_text(article.abstract or "", marks["abstract"]),
        paragraphs=mark_paragraphs(article.body, marks["body"]),
        keyphrases=tuple(phrase.text for phrase in analysis.keyphrases),
        names=tuple(names.values())[:NAMES],
        said=said,
        chains=_chains(article, analysis.sources, source),
        events=tuple(FoundEvent(event, f"event-{at}") for at, event in enumerate(analysis.events[:EVENTS], 1)),
        summary=tuple(FoundSentence(text, f"summary-{at}") for at, (text, _) in enumerate(sentences, 1)),
    )


def _said(number: int, quote: Quote) -> Said:
    who = "، ".join(filter(None, (quote.speaker, quote.role))) if quote.speaker else quote.role
    return Said(number, quote, who, f"quote-{number}")


def _names(entities: Iterable[Entity]) -> dict[tuple[str, str], FoundName]:
    """Give the names of an article, those it names most first; the forms of one bearer are one entry."""
    times: dict[tuple[EntityType, str], int] = {}
    for entity in entities:
        key = entity.type, entity.canonical
        times[key] = times.get(key, 0) + len(entity.spans)
    ordered = sorted(times.items(), key=lambda item: -item[1])
    return {
        (kind, name): FoundName(name, kind, number, f"name-{at}" if number else None)
        for at, ((kind, name), number) in enumerate(ordered, 1)
    }


def _marks(
    analysis: Analysis, said: Sequence[Said], names: dict[tuple[str, str], FoundName]
) -> dict[Field, list[Mark]]:
    marks: dict[Field, list[Mark]] = {"title": [], "abstract": [], "body": []}

    def add(span: Span | Quote | InformationSource | Event, kind: str, **more: str | None) -> None:
        rank = 0 if kind.startswith("quote") else 1
        marks[span.field].append(Mark(start=span.start, end=span.end, kind=kind, rank=rank, **more))

    for one in said:
        quote = one.quote
        told_by = f"said-{one.number}" if one.who else None
        add(quote, f"quote {quote.kind}", anchor=one.anchor, says=one.who, told_by=told_by)
    for at, source in enumerate(analysis.sources, 1):
        add(source, "source-mark", anchor=f"source-{at}")
    for at, event in enumerate(analysis.events[:EVENTS], 1):
        add(event, "event-mark", anchor=f"event-{at}")
    for at, span in enumerate(analysis.summary_spans, 1):
        add(span, "sentence-mark", anchor=f"summary-{at}")
    led_to: set[str] = set()
    for entity in analysis.entities:
        name = names[entity.type, entity.canonical]
        for span in entity.spans:
            first = name.anchor if name.anchor not in led_to else None
            led_to |= {first} if first else set()
            add(span, f"named {entity.type.lower()}", anchor=first, says=_other(name.name, entity.text))
    return marks


def _other(name: str, form: str) -> str | None:
    return None if name == form else name


def _chains(article: Article, sources: Sequence[InformationSource], outlet: Source | None) -> tuple[Chain, ...]:
    """Give the ways of what an article reports, each once, in the order of the text."""
    credited = article.credit.name if article.credit else None
    printed = outlet.name if outlet else article.source
    chains: dict[tuple[str, ...], Chain] = {}
    for at, source in enumerate(sources, 1):
        links = tuple(hop.name for hop in chain_of(source, credited=credited, outlet=printed))
        chains.setdefault(links, Chain(links, source.anonymous, f"source-{at}"))
    # A way of several hands tells more than one from a speaker straight to the page.
    ordered = sorted(chains.values(), key=lambda chain: -len(chain.links))[:CHAINS]
    return tuple(sorted(ordered, key=lambda chain: list(chains.values()).index(chain)))
