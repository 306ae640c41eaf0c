"""What the rest of Tawatur asks of the store about what was found in articles and across them.

The same promises as in ``protocol.py``: every method is one transaction, cursors are opaque.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tawatur.model import Article
from tawatur.model.analysis import Analysis, EntityType, Quote
from tawatur.model.frequencies import ArchiveFrequencies, PhraseHashes
from tawatur.model.story import Placement, Related, Reprint, Story, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """How far a follower of the change feed is; kept in the transaction that keeps its work."""

    follower: str
    cursor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A person, place or organisation of the archive."""

    name: str
    type: EntityType
    #: ISO 3166-1 alpha-2, for a place whose country is known.
    country: str | None
    #: Articles that bear it, in any form.
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePage:
    """Names, the most borne first, and where the next begin."""

    names: tuple[Name, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRule:
    """A decision of the editor's: a name, or one form of it, is to be joined to another name."""

    type: EntityType
    name: str
    #: None: the whole name.
    form: str | None
    into: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundQuote:
    """A quote and where it stands."""

    article: str
    #: Its place in the article's ``Analysis.quotes``.
    place: int
    #: Id of the source of the article.
    source: str | None
    #: The name of the speaker after the authority file; None when the text does not say who spoke.
    speaker_name: str | None
    #: When the article is shown.
    shown_at: datetime
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePage:
    """Quotes, those of the newest article first, and where the next begin."""

    quotes: tuple[FoundQuote, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdPage:
    """Ids of articles, newest first, and where the next begin."""

    ids: tuple[str, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story as a list shows it; how it was told last."""

    story: Story
    #: Followed outlets that carry it.
    outlets: int
    latest_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryWeight:
    """What a story is weighed by against others."""

    id: str
    #: Independent voices, followed outlets, and articles.
    origins: int
    outlets: int
    articles: int
    latest_at: datetime
    #: Outlets that told it in words of their own lately, copies left out.
    growing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """Stories, that with the newest article first, and where the next begin."""

    stories: tuple[StoryLine, ...]
    next_cursor: str | None


class FollowerStore(Protocol):
    """Where the followers of the change feed are that keep their work in the store."""

    def cursor(self, follower: str) -> str | None:
        """Give the cursor a follower kept; None: it is to follow from the beginning."""

    def move(self, followed: Followed) -> None:
        """Keep how far a follower is when there was nothing else to write."""

    def forget(self, follower: str) -> None:
        """Have a follower begin anew."""


class AnalysisStore(Protocol):
    """What was found in articles, the newest of each."""

    def put_many(
        self,
        found: Sequence[tuple[Article, Analysis]],
        *,
        phrases: Mapping[str, PhraseHashes] | None = None,
        followed: Followed | None = None,
    ) -> int:
        """Keep analyses, each with the state of the article it was made of; how many were written.

        The noun phrases of an article, by its id, are counted the first time they are given.

        One of a state that the article is in no more is left out (the change is in the feed, it is made again), and
        so is one that is kept already.
        """

    def get(self, article_id: str) -> Analysis | None:
        """Give the analysis of an article as it is now, names as the authority file has them; None: none yet."""

    def get_many(self, article_ids: Sequence[str]) -> dict[str, Analysis]: ...

    def frequencies(self) -> ArchiveFrequencies:
        """Give in how many articles noun phrases stand, as they were added up last; the same record until then."""

    def outdated(self, made_by: str, limit: int, after: str | None = None) -> tuple[str, ...]:
        """Give ids of articles whose analysis was made by others, in the order of their ids."""

    def missing(self, limit: int, after: str | None = None) -> tuple[str, ...]:
        """Give ids of articles that have no analysis, in the order of their ids."""

    def count_outdated(self, made_by: str) -> int: ...

    def count(self) -> int: ...

    def in_order(self, limit: int, cursor: str | None = None) -> IdPage:
        """Give ids of analysed articles by the time they are shown under, oldest first."""

    def quotes(
        self,
        *,
        limit: int,
        cursor: str | None = None,
        speaker: str | None = None,
        name: str | None = None,
        source: str | None = None,
    ) -> QuotePage:
        """Give quotes by the time their articles are shown under, newest first.

        Args:
            limit: Quotes at most.
            cursor: Where the page before ended.
            speaker: Only those of this name (after the authority file).
            name: Only those of articles that bear this name.
            source: Only those of this source's articles.

        Raises:
            StoreError: The cursor is not one of ours.
        """


class NameStore(Protocol):
    """The names of the archive, and the authority file that joins and parts them.

    A decision holds for all analyses, kept and to come.
    """

    def find(
        self, *, limit: int, cursor: str | None = None, kind: EntityType | None = None, like: str | None = None
    ) -> NamePage:
        """Give names, those most articles bear first; ``like``: those that hold these letters, however spelled.

        Raises:
            StoreError: The cursor is not one of ours.
        """

    def get(self, name: str) -> tuple[Name, ...]:
        """Give what bears a name: one entry a type."""

    def forms(self, kind: EntityType, name: str) -> tuple[str, ...]:
        """Give the forms a name has in the archive."""

    def bearing(self, name: str, *, limit: int, cursor: str | None = None) -> IdPage:
        """Give ids of articles that bear a name, newest first."""

    def rules(self) -> tuple[NameRule, ...]: ...

    def merge(self, kind: EntityType, name: str, into: str) -> int:
        """Join a name to another; in how many articles it was.

        Raises:
            RecordError: There is no such name, or both are one.
        """

    def split(self, kind: EntityType, name: str, form: str | None = None, into: str | None = None) -> int:
        """Part a form from its name (it stands for itself then, or for ``into``), or undo the merging of a name.

        Raises:
            RecordError: Nothing is there to be parted.
        """


class StoryStore(Protocol):
    """Stories and themes: who stands where, and what is told of each. An id that was given out leads on for good."""

    def place(
        self,
        placements: Sequence[Placement],
        *,
        reprints: Mapping[str, Reprint] | None = None,
        followed: Followed | None = None,
    ) -> None:
        """Write where articles stand now, by article ``reprints`` for copies; what their stories tell is stale then.

        A story or theme that all have left leads on to where they went. Articles held no more are left out. A
        placement without a theme leaves its story's theme as it is.
        """

    def touch(self, article_ids: Sequence[str]) -> None:
        """Have the stories of some articles told anew: what was found in these changed."""

    def chain(self, themes: Mapping[str, str | None]) -> None:
        """Write which theme stories are part of now; None: of none."""

    def relate(self, found: Mapping[str, Sequence[Related]]) -> None:
        """Write what is worth reading beside articles, in the place of what was written before."""

    def related(self, article_ids: Sequence[str]) -> dict[str, tuple[Related, ...]]:
        """Give what is worth reading beside articles, the best first; those with nothing are left out."""

    def placements(self, article_ids: Sequence[str]) -> dict[str, Placement]: ...

    def reprints(self, originals: Sequence[str]) -> dict[str, tuple[Reprint, ...]]:
        """Give the copies of articles, in the order they appeared."""

    def members(self, story_id: str) -> tuple[str, ...]:
        """Give the ids of a story's articles, oldest first."""

    def untold(self, limit: int) -> tuple[str, ...]:
        """Give ids of stories that are to be told anew."""

    def tell(self, story: Story, *, outlets: int) -> bool:
        """Keep what is told of a story; False when its articles are others meanwhile: it stays untold."""

    def get(self, story_id: str) -> Story | None:
        """Give a story as it was told last, or the one that a former id leads to."""

    def get_many(self, story_ids: Sequence[str]) -> dict[str, Story]:
        """Give stories that stand, by id."""

    def newest(
        self, *, limit: int, cursor: str | None = None, least_articles: int = 1, since: datetime | None = None
    ) -> StoryPage:
        """Give stories, that with the newest article first.

        Raises:
            StoreError: The cursor is not one of ours.
        """

    def weights(self, limit: int, lately: datetime) -> tuple[StoryWeight, ...]:
        """Give what the newest stories are weighed by, without reading them; lately: since when one grows."""

    def chained(self, themes: Sequence[str]) -> tuple[Placement, ...]:
        """Give the places of all articles of some themes."""

    def placed_in(self, story_ids: Sequence[str]) -> tuple[Placement, ...]:
        """Give the places of all articles of some stories."""

    def theme(self, theme_id: str) -> Theme | None:
        """Give a theme, or the one that a former id leads to; its title is that of its largest story."""

    def count(self) -> int: ...
