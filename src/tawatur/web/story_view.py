"""
A story as its page shows it: originals with their copies folded under them, who carries it and who does not.

All of it is read off the records; nothing here decides what belongs together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tawatur.model import Article, Source
from tawatur.model.story import Claim, Origin, PageChange, Reprint, Story, TimelineEntry
from tawatur.sources import load_registry
from tawatur.stories.angles import find_angles
from tawatur.stories.telling import appeared, last_carrier
from tawatur.stories.timeline import tell_once
from tawatur.stories.wording import compare_wording
from tawatur.text.direction import text_direction
from tawatur.web.compare import ParagraphChange, compare_paragraphs
from tawatur.web.desk import Desk
from tawatur.web.listing import Row, rows
from tawatur.web.moments import shown_at

__all__ = ["Carrier", "Folded", "StoryView", "TimelineLine", "VoiceLine", "view_story", "view_timeline"]

Part = Literal["original", "copies"]

#: Articles whose sentences and words are compared, the newest: some 3 ms an article.
COMPARED = 60

#: Entries that a story gives to the timeline of its affair.
CHIEF_ENTRIES = 2


@dataclass(frozen=True, slots=True)
class Folded:
    """An article, and its copies."""

    row: Row
    copies: tuple[tuple[Row, Reprint], ...]
    #: Whether the page changed after it was published.
    changed: bool


@dataclass(frozen=True, slots=True)
class VoiceLine:
    """An independent voice behind the story, and the other outlets that carry it on: of each its first report."""

    name: str
    row: Row | None
    carried_by: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """Something that happened, with who tells it."""

    entry: TimelineEntry
    row: Row | None
    told_by: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """An outlet that carries the story."""

    name: str
    source: Source | None
    first_at: datetime | None
    articles: int
    part: Part
    #: Whether it was the last of several to carry the story so far.
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class AngleLine:
    """A sentence of what one outlet alone reports."""

    text: str
    article: str
    name: str


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """Words for a thing, and the outlets that choose them."""

    words: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """What one side says, and the article that says so."""

    claim: Claim
    row: Row


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What became of a page after it was published, its sentences before and after side by side."""

    change: PageChange
    row: Row
    paragraphs: tuple[ParagraphChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """Everything the page of a story shows of its articles."""

    story: Story
    articles: tuple[Folded, ...]
    voices: tuple[VoiceLine, ...]
    timeline: tuple[TimelineLine, ...]
    #: The first that carried it first.
    carriers: tuple[Carrier, ...]
    #: Followed sources that have not carried it.
    missing: tuple[Source, ...]
    angles: tuple[AngleLine, ...] = ()
    #: For each thing that outlets call by different words, these.
    wordings: tuple[tuple[ChoiceLine, ...], ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    disputes: tuple[tuple[ClaimLine, ...], ...] = ()


def view_story(desk: Desk, story: Story) -> StoryView:
    """Gather what a story's page shows."""
    held = desk.found(story.articles)
    by_id = {row.article.id: row for row in rows(desk.store, tuple(held.values()), desk.sources_of(held.values()))}
    placed = desk.store.stories.placements(list(by_id))
    copied = {id_: placement.copy_of for id_, placement in placed.items() if placement.copy_of in by_id}
    changed = desk.store.articles.changed(list(by_id))
    reprints = desk.store.stories.reprints(sorted(set(filter(None, copied.values()))))
    carriers = _carriers(tuple(by_id.values()), copied)
    compared = tuple(held.values())[-COMPARED:]
    carrying = {carrier.source.id for carrier in carriers if carrier.source}
    return StoryView(
        story=story,
        articles=tuple(
            Folded(row, _copies(id_, by_id, reprints), id_ in changed)
            for id_, row in by_id.items()
            if id_ not in copied
        ),
        voices=tuple(_voice(origin, by_id) for origin in story.origins),
        timeline=_timeline(story.timeline, by_id),
        carriers=carriers,
        missing=tuple(source for source in desk.store.sources.all() if source.id not in carrying),
        angles=tuple(
            AngleLine(angle.text, angle.article, by_id[angle.article].source_name or angle.outlet)
            for angle in find_angles(compared, copied)
        ),
        wordings=_wordings(compared, by_id),
        changes=tuple(
            ChangeLine(change, by_id[change.article], tuple(_compared(change)))
            for change in story.changes
            if change.article in by_id
        ),
        disputes=tuple(
            tuple(ClaimLine(claim, by_id[claim.article]) for claim in dispute.claims)
            for dispute in story.disputes
            if all(claim.article in by_id for claim in dispute.claims)
        ),
    )


def _compared(change: PageChange) -> Iterator[ParagraphChange]:
    """Give the edited sentences, word by word where that can be read."""
    for edit in change.edits:
        yield from (each for each in compare_paragraphs(edit.before or "", edit.after or "") if each.kind != "same")


def _wordings(compared: Sequence[Article], by_id: Mapping[str, Row]) -> tuple[tuple[ChoiceLine, ...], ...]:
    names = {row.article.source or id_: row.source_name or id_ for id_, row in by_id.items()}
    return tuple(
        tuple(
            ChoiceLine(choice.words, tuple(names.get(name, name) for name in choice.outlets)) for choice in each.choices
        )
        for each in compare_wording(compared)
    )


def view_timeline(desk: Desk, stories: Iterable[Story]) -> tuple[TimelineLine, ...]:
    """Gather the timeline of an affair: of each story what most articles tell, and nothing twice."""
    chief = [entry for story in stories for entry in _chief(story)]
    entries = sorted(tell_once(chief), key=lambda entry: entry.when)
    held = tuple(desk.found({entry.article: None for entry in entries}).values())
    return _timeline(entries, {row.article.id: row for row in rows(desk.store, held, desk.sources_of(held))})


def _chief(story: Story) -> list[TimelineEntry]:
    """Give the entries that several articles tell; of a story without any the first of the day it began."""
    last = story.latest.isoformat()[:10] if story.latest is not None else None
    # What is yet to come is of the story in which it comes.
    come = [entry for entry in story.timeline if last is None or entry.when[:10] <= last]
    told = sorted((entry for entry in come if entry.told_by), key=lambda entry: -len(entry.told_by))
    if told or len(story.articles) == 1 or story.began is None:
        return told[:CHIEF_ENTRIES]
    day = story.began.isoformat()[:10]
    of_day = [entry for entry in come if entry.when.startswith(day)]
    # In the script of its headline, where there is a choice.
    script = text_direction(story.title or "", "rtl")
    return sorted(of_day, key=lambda entry: text_direction(entry.text, script) != script)[:1]


def _timeline(entries: Iterable[TimelineEntry], by_id: Mapping[str, Row]) -> tuple[TimelineLine, ...]:
    return tuple(
        TimelineLine(entry, by_id.get(entry.article), 1 + len(entry.told_by), f"time-{number}")
        for number, entry in enumerate(entries, 1)
    )


def _copies(
    original: str, by_id: Mapping[str, Row], reprints: Mapping[str, Sequence[Reprint]]
) -> tuple[tuple[Row, Reprint], ...]:
    found = reprints.get(original, ())
    return tuple((by_id[reprint.article], reprint) for reprint in found if reprint.article in by_id)


def _voice(origin: Origin, by_id: Mapping[str, Row]) -> VoiceLine:
    row = by_id.get(origin.article)
    own = row.article.source if row is not None else None
    carrying: dict[str, Row] = {}
    for carrier in (by_id[id_] for id_ in origin.carried_by if id_ in by_id):
        if own is None or carrier.article.source != own:
            carrying.setdefault(carrier.article.source or carrier.article.id, carrier)
    carried_by = tuple(carrying.values())
    if row is not None and row.source is not None and row.source.id == origin.name:
        return VoiceLine(row.source.name, row, carried_by)
    known = next((outlet for outlet in load_registry() if outlet.id == origin.name), None)
    return VoiceLine(known.name_ar if known else origin.name, row, carried_by)


def _carriers(listed: Sequence[Row], copied: Mapping[str, str | None]) -> tuple[Carrier, ...]:
    by_source: dict[str, list[Row]] = {}
    for row in sorted(listed, key=lambda row: appeared(row.article)):
        by_source.setdefault(row.article.source or "", []).append(row)
    last = last_carrier([row.article for row in listed]) if len(by_source) > 1 else None
    return tuple(
        Carrier(
            name=own[0].source_name or "",
            source=own[0].source,
            first_at=min(filter(None, (shown_at(row.article) for row in own)), default=None),
            articles=len(own),
            part="copies" if all(row.article.id in copied for row in own) else "original",
            is_last=last is not None and name == last != next(iter(by_source)),
        )
        for name, own in by_source.items()
    )
