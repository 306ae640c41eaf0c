"""
What was found across articles: copies of one text, stories of one happening, themes of one affair, and "read also".

A record names articles by id and quotes them word for word: no title, sentence or figure here was made up. Ids of
stories and themes are permanent; a merged story's id leads on to the one it went into (``Placement`` tells of it).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tawatur.model.analysis import Entity, EventPrecision, KeyPhrase
from tawatur.text.spans import Field

#: What a reprint did to its original.
CopyChange = Literal["headline", "lead", "tail-cut", "middle-cut", "reordered", "own-text", "wording"]

#: Why an article is worth reading beside another.
RelatedReason = Literal["background", "before", "same-story", "angle", "after", "same-affair"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """An article that carries another's text."""

    #: Id of the article.
    article: str
    #: Share of the shorter text that stands in the other, 0 to 1.
    share: float
    #: Share of the longer text that stands in the other, 0 to 1.
    share_of_longer: float
    #: What was changed; empty for an exact copy.
    changed: tuple[CopyChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """A text and everything printed from it; it all stands in the original's story."""

    #: Id of the article that had the text first, or is credited for it.
    original: str
    #: In the order they appeared.
    reprints: tuple[Reprint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One independent voice behind a story, with all that stands on it."""

    #: Id of the outlet, or of the agency whose text it is; the name as printed where the registry has none.
    name: str
    #: Id of the article that shows it first.
    article: str
    #: Ids of the articles that only carry it on, oldest first: reprints, and texts that credit the same agency.
    carried_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One thing that happened, in a sentence of an article."""

    #: ISO 8601 as in ``Event.when``.
    when: str
    precision: EventPrecision
    #: The sentence, as printed.
    text: str
    #: Id of the article it stands in, and where.
    article: str
    field: Field
    start: int
    end: int
    #: Ids of the other articles that tell the same.
    told_by: tuple[str, ...] = ()
    #: Who says so, where the sentence is a claim that others contradict; None where nobody does.
    claimed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureReading:
    """What a figure was said to be."""

    #: When the article that says so appeared; None when it bears no date.
    when: datetime | date | None
    value: float
    #: Who says so; None when the text credits nobody.
    said_by: str | None
    #: The words that say it, and where they stand.
    evidence: str
    article: str
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as it changed: the dead of a blast, the price of a barrel."""

    #: What is counted, in the words of the first reading.
    name: str
    #: Oldest first.
    readings: tuple[FigureReading, ...]
    #: The kind of count, the same in every language: ``dead``, ``displaced``, ``price``…
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one side says, in the words of an article."""

    #: Who says so, as printed; None when the text names nobody.
    who: str | None
    text: str
    #: Id of the article it stands in, and where.
    article: str
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Accounts that cannot both be right."""

    #: The one that was given first before the one that contradicts it.
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A sentence that a page says otherwise than before."""

    field: Field
    #: As printed before; None for one that was added.
    before: str | None
    #: As printed now; None for one that was taken out.
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChange:
    """What became of a page after it was published."""

    #: Id of the article.
    article: str
    kind: Literal["edited", "withdrawn"]
    #: When we saw it first; the change itself lies between this look and the one before.
    seen_at: datetime
    #: Whether the page itself says nothing of it.
    silent: bool = True
    #: What changed, in the order of the text; empty for a page that is gone.
    edits: tuple[Edit, ...] = ()
    #: What the site answered for a page that is gone; None when a page that is no article stands there.
    status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One happening and its direct coverage: first report, updates, reactions to it."""

    #: Permanent: of the article the story began with.
    id: str
    #: The headline of one of its articles.
    title: str | None
    #: Ids, oldest first, copies among them.
    articles: tuple[str, ...]
    #: Independent originals, once copies and shared agency credits are folded.
    origins: tuple[Origin, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    figures: tuple[Figure, ...] = ()
    entities: tuple[Entity, ...] = ()
    keyphrases: tuple[KeyPhrase, ...] = ()
    #: Sentences of its articles, as printed.
    summary: tuple[str, ...] = ()
    #: When its first and last articles appeared; None when they bear no date.
    began: datetime | date | None = None
    latest: datetime | date | None = None
    #: Id of the affair it is part of; None when it stands alone.
    theme: str | None = None
    #: What its pages changed after they were published, oldest first.
    changes: tuple[PageChange, ...] = ()
    #: What sides contradict one another about.
    disputes: tuple[Dispute, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """An affair: a chain of stories that belong together."""

    #: Permanent: of the story it began with.
    id: str
    title: str | None
    #: Ids, oldest first: what stands before a story is what came before.
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an article stands now; a grouper gives one for each article whose place changed."""

    #: Id of the article.
    article: str
    #: Id of its story.
    story: str
    #: Id of the article it was copied from; None for an original.
    copy_of: str | None = None
    #: Id of the theme its story is part of; None when the story stands alone.
    theme: str | None = None
    #: The story it stood in before; None when it is new. A story that all articles left leads on to where they went.
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """An article worth reading beside another, and why."""

    #: Id of the article read.
    article: str
    #: Id of the other.
    other: str
    why: RelatedReason
    #: 0 to 1; the best has the highest.
    score: float = 0.0


__all__ = [
    "Claim",
    "Copies",
    "CopyChange",
    "Dispute",
    "Edit",
    "Figure",
    "FigureReading",
    "Origin",
    "PageChange",
    "Placement",
    "Related",
    "RelatedReason",
    "Reprint",
    "Story",
    "Theme",
    "TimelineEntry",
]
