"""
What the press knows of itself, kept by hand in ``truth.toml``: what later parts of Tawatur are held against.

Which text is a reprint of which and through whom, which articles tell of one happening and which happenings make one
affair, what was changed or withdrawn and when, the right timeline with its figures as they changed, who contradicts
whom, and who said what in some articles. Moments are offsets of the press's calendar; ``Almanac.instant`` turns them
into instants.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from tawatur.errors import RecordError
from tawatur.press.almanac import Offset

#: What a reprint did to its original: ``lead`` opened it in other words, the cuts left paragraphs out, ``own-text``
#: put words of its own behind the lead.
Change = Literal["headline", "lead", "tail-cut", "middle-cut", "reordered", "own-text"]

#: From this share of borrowed letters on, a reprint is no voice of its own; the copies gold draws the line at .45 to
#: .60 (shared/data/gold/README.md), and no reprint of the press lies between .45 and .55.
COPY_SHARE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """An affair: stories that belong together, oldest first."""

    id: str
    title: str
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HappeningStory:
    """One happening and its direct coverage; every article of the press stands in exactly one."""

    id: str
    title: str
    #: Ids of articles, oldest first.
    articles: tuple[str, ...]
    #: Who tells it in words of their own, once reprints and texts signed by one agency of the world are folded:
    #: outlets by id, agencies by the name they sign with.
    origins: tuple[str, ...]
    #: The outlets that carried it first and last.
    first: str
    last: str
    #: The affair it is part of; None when it stands alone.
    theme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """A text that carries another's paragraphs."""

    article: str
    #: Where the words were first printed, however many outlets they passed since.
    of: str
    #: Outlets between the original and this page, in the order the text passed them.
    through: tuple[str, ...]
    #: Share of this text's letters that stand in the original, 0 to 1.
    share: float
    changed: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A page that says something else from a moment on."""

    article: str
    at: Offset
    #: Whether the page kept silent about it.
    silent: bool
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """A page that is gone from a moment on."""

    article: str
    at: Offset
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """One thing that happened, and an article that tells of it."""

    theme: str
    at: Offset
    precision: Literal["minute", "day"]
    what: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a figure was said to be."""

    at: Offset
    value: int
    said_by: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure as it changed: the dead of a blast, the price of a barrel."""

    theme: str
    name: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one side says."""

    who: str
    claim: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two or more sides that cannot all be right."""

    theme: str
    about: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Words for a thing, and the outlets that print them within an affair."""

    words: str
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One thing that outlets name differently."""

    theme: str
    thing: str
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A quote, its speaker in full, and through whom it came."""

    article: str
    kind: Literal["direct", "indirect"]
    #: As printed, without the marks; templates stand in it as in the article.
    text: str
    speaker: str
    #: Carriers between the speaker and the outlet, as the text names them, first to last.
    via: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """All of it."""

    themes: tuple[Theme, ...]
    stories: tuple[HappeningStory, ...]
    reprints: tuple[Reprint, ...]
    edits: tuple[Changed, ...]
    withdrawals: tuple[Withdrawn, ...]
    timeline: tuple[TimelineEvent, ...]
    figures: tuple[Figure, ...]
    contradictions: tuple[Contradiction, ...]
    wordings: tuple[Wording, ...]
    quotes: tuple[Saying, ...]

    def story_of(self, article: str) -> HappeningStory:
        """The story an article stands in.

        Raises:
            RecordError: It stands in none.
        """
        for story in self.stories:
            if article in story.articles:
                return story
        raise RecordError(f"no story of the press holds {article}")

    def reprint(self, article: str) -> Reprint | None:
        """What an article is a reprint of; None for an original."""
        return next((reprint for reprint in self.reprints if reprint.article == article), None)


@cache
def read_truth() -> Truth:
    """Read ``truth.toml``."""
    raw = tomllib.loads(files("tawatur.press").joinpath("truth.toml").read_text(encoding="utf-8"))
    return Truth(
        themes=tuple(Theme(**_tuples(entry)) for entry in raw["theme"]),
        stories=tuple(HappeningStory(**_tuples(entry)) for entry in raw["story"]),
        reprints=tuple(Reprint(**_tuples({"through": []} | entry)) for entry in raw["reprint"]),
        edits=tuple(Changed(**_dated(entry)) for entry in raw["edit"]),
        withdrawals=tuple(Withdrawn(**_dated(entry)) for entry in raw["withdrawal"]),
        timeline=tuple(TimelineEvent(**_dated(_tuples(entry))) for entry in raw["event"]),
        figures=tuple(_figure(entry) for entry in raw["figure"]),
        contradictions=tuple(_contradiction(entry) for entry in raw["contradiction"]),
        wordings=tuple(_wording(entry) for entry in raw["wording"]),
        quotes=tuple(Saying(**_tuples({"via": []} | entry)) for entry in raw["quote"]),
    )


def _figure(entry: Mapping[str, Any]) -> Figure:
    readings = tuple(Reading(**_dated(reading)) for reading in entry["readings"])
    return Figure(theme=entry["theme"], name=entry["name"], readings=readings)


def _contradiction(entry: Mapping[str, Any]) -> Contradiction:
    claims = tuple(Claim(**claim) for claim in entry["claims"])
    return Contradiction(theme=entry["theme"], about=entry["about"], claims=claims)


def _wording(entry: Mapping[str, Any]) -> Wording:
    variants = tuple(Variant(**_tuples(variant)) for variant in entry["variants"])
    return Wording(theme=entry["theme"], thing=entry["thing"], variants=variants)


def _tuples(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}


def _dated(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {**entry, "at": Offset.read(entry["at"])}
