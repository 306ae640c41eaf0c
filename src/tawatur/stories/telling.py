"""
Telling: everything the page of a story says, made of its articles in one call.

``tell_story`` is a pure function of the articles of one story, what was found in them and which are copies. No word of
it was made up: headline, summary, timeline, angles are the outlets' own, each with its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime

from tawatur.model.analysis import Analysis
from tawatur.model.article import Article
from tawatur.model.story import Story
from tawatur.stories.angles import Angle, find_angles
from tawatur.stories.disputes import find_disputes
from tawatur.stories.figures import Edited, find_figures
from tawatur.stories.gathering import entities_of, keyphrases_of, most_central
from tawatur.stories.origins import find_origins
from tawatur.stories.sentences_of import sentences_of, weight_of
from tawatur.stories.timeline import find_timeline
from tawatur.stories.wording import Wording, compare_wording

__all__ = ["Coverage", "StoryPage", "appeared", "last_carrier", "tell_story"]

# A lead of which others have so little is news of its own.
_NEW_IN_LEAD = 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Who carries a story and who does not."""

    #: Outlets in the order they carried it: the first was first.
    carriers: tuple[str, ...]
    #: Those of them that only reprint others.
    only_copied: tuple[str, ...]
    #: Followed outlets that have not carried it.
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """A story with all that is told of it."""

    story: Story
    angles: tuple[Angle, ...]
    wordings: tuple[Wording, ...]
    coverage: Coverage


def tell_story(
    id_: str,
    articles: Sequence[Article],
    analyses: Mapping[str, Analysis],
    copy_of: Mapping[str, str | None],
    *,
    theme: str | None = None,
    followed: AbstractSet[str] = frozenset(),
    edited: Mapping[str, Edited] | None = None,
) -> StoryPage:
    """Tell a story.

    Args:
        id_: The story's id.
        articles: All of it, copies among them, in any order.
        analyses: By id of article; articles without one tell less.
        copy_of: The original of each article that is a copy; an original outside the story makes no copy of it.
        theme: Id of the affair it is part of.
        followed: Ids of the sources that are followed, for the gaps.
        edited: By id of article, those that say something else than at first.
    """
    order = sorted(articles, key=appeared)
    by_id = {article.id: article for article in order}
    copies = {article.id: original for article in order if (original := copy_of.get(article.id)) in by_id}
    originals = [article for article in order if article.id not in copies]
    found = [analyses[article.id] for article in originals if article.id in analyses]
    head = most_central(originals)
    dated = [article.published for article in order if article.published is not None]
    told_before = {id_: original for id_, original in copies.items() if not _adds(by_id[id_], by_id[original])}
    figures = find_figures(order, analyses, told_before, edited)
    story = Story(
        id=id_,
        title=head.title if head else None,
        articles=tuple(article.id for article in order),
        origins=find_origins(order, copies),
        timeline=find_timeline(order, analyses, told_before),
        figures=figures,
        entities=entities_of(found),
        keyphrases=keyphrases_of(found),
        summary=_summary(head, analyses),
        began=dated[0] if dated else None,
        latest=dated[-1] if dated else None,
        theme=theme,
        disputes=find_disputes(order, analyses, copies, figures),
    )
    return StoryPage(
        story=story,
        angles=find_angles(order, copies),
        wordings=compare_wording(originals),
        coverage=_coverage(order, copies, followed),
    )


def _adds(copy: Article, original: Article) -> bool:
    """Tell whether an outlet printed its former text again below a new headline and a lead that tells new things."""
    if copy.source is None or copy.source != original.source or copy.title == original.title:
        return False
    lead = next((said.terms for said in sentences_of(copy) if said.field == "body"), frozenset())
    known = frozenset().union(*(said.terms for said in sentences_of(original)))
    return weight_of(lead - known) >= _NEW_IN_LEAD * weight_of(lead) > 0


def appeared(article: Article) -> tuple[datetime, str]:
    """Order articles by when they appeared; one without a date is the last of all."""
    published = article.published
    if published is None:
        return datetime.max.replace(tzinfo=UTC), article.id
    if isinstance(published, datetime):
        return published, article.id
    # Of an article that tells its day alone nobody knows that it was before another of that day.
    return datetime(published.year, published.month, published.day, 23, 59, 59, tzinfo=UTC), article.id


def last_carrier(articles: Sequence[Article]) -> str | None:
    """Give the outlet that carried a story last; None when an article that tells its day alone may be the last."""
    dated = [article for article in articles if article.published is not None]
    if not dated:
        return None
    ends = {max(dated, key=appeared).source, max(dated, key=_at_earliest).source}
    return ends.pop() if len(ends) == 1 else None


def _at_earliest(article: Article) -> tuple[datetime, str]:
    published = article.published
    if published is None or isinstance(published, datetime):
        return appeared(article)
    return datetime(published.year, published.month, published.day, tzinfo=UTC), article.id


def _summary(head: Article | None, analyses: Mapping[str, Analysis]) -> tuple[str, ...]:
    told = analyses.get(head.id) if head is not None else None
    return told.summary if told is not None else ()


def _coverage(articles: Sequence[Article], copies: Mapping[str, str | None], followed: AbstractSet[str]) -> Coverage:
    by_outlet: dict[str, list[str]] = {}
    for article in articles:
        by_outlet.setdefault(article.source or "", []).append(article.id)
    by_outlet.pop("", None)
    return Coverage(
        carriers=tuple(by_outlet),
        only_copied=tuple(name for name, ids in by_outlet.items() if all(id_ in copies for id_ in ids)),
        missing=tuple(sorted(followed - by_outlet.keys())),
    )
