"""The outlets of the press: who they are, how their pages look, and by what feed they can be followed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

from tawatur.model import FoundIn, Precision, SourceKind
from tawatur.press.almanac import MonthNames

FeedForm = Literal["rss", "atom", "json", "sitemap", "listing", "rdf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One made-up outlet."""

    id: str
    name: str
    #: The name as its sign-offs and titles carry it.
    short: str
    country: str
    time_zone: str
    kind: SourceKind
    months: MonthNames
    #: Name of the page template.
    design: str
    feed: FeedForm
    feed_path: str
    #: The form of its addresses: ``/news/{number}``.
    page: str
    #: What its pages tell of the time of publication, and where the best statement of it stands.
    precision: Precision
    found_in: FoundIn
    language: str = "ar"
    charset: str = "utf-8"
    #: The feed's former address, which answers with a permanent redirect.
    moved_feed_path: str | None = None
    #: The feed holds what broken feeds hold: bare ampersands, an undeclared entity, no end.
    broken_feed: bool = False
    #: The feed repeats its ETag over new content.
    stuck_etag: bool = False
    #: The feed's links carry tracking parameters.
    tracking: bool = False
    #: The page names its section in markup, not as a word above the headline or not at all.
    tells_section: bool = True
    #: The feed gives the first words alone.
    summary_feed: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


@cache
def outlets() -> tuple[Outlet, ...]:
    """The outlets in the order of their file, which is the order of their ports."""
    text = files("tawatur.press").joinpath("outlets.toml").read_text(encoding="utf-8")
    return tuple(Outlet(**entry) for entry in tomllib.loads(text)["outlet"])
