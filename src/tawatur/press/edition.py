"""
The press once its opening day is chosen: what each outlet's pages say at a moment, and what a reader should find there.

``Edition`` is pure: the same opening day gives the same words, addresses and moments. It knows nothing of pages and
servers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from tawatur.errors import RecordError
from tawatur.model import Article, Credit, LiveUpdate, ReadAlso, article_id
from tawatur.press.almanac import Almanac
from tawatur.press.outlets import Outlet, outlets
from tawatur.press.texts import Draft, Update, drafts


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What one page says from a moment on."""

    draft: Draft
    outlet: Outlet
    #: Path of the page on its outlet's address, percent-encoded.
    path: str
    published: datetime
    #: Since when the page says this.
    since: datetime
    #: When the page says it was changed; None when it says nothing.
    modified: datetime | None
    title: str
    abstract: str | None
    #: The whole text, on however many pages it stands.
    paragraphs: tuple[str, ...]
    #: The standing entries of a live blog, newest first.
    updates: tuple[LiveUpdate, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """The whole press on one calendar."""

    almanac: Almanac

    @property
    def outlets(self) -> Mapping[str, Outlet]:
        return {outlet.id: outlet for outlet in outlets()}

    def published(self, draft: Draft) -> datetime:
        """When an article comes out."""
        return self.almanac.instant(draft.at)

    def first_moment(self) -> datetime:
        """When the oldest article comes out."""
        return min(self.published(draft) for draft in drafts().values())

    def last_moment(self) -> datetime:
        """When the last thing of the press has happened: an article, an update, an edit or a withdrawal."""
        return max(moment for draft in drafts().values() for moment in self._moments(draft))

    def standing(self, outlet_id: str, moment: datetime) -> tuple[Version, ...]:
        """What an outlet's front page and feed can name at a moment, newest first."""
        versions = (self.version(draft.id, moment) for draft in drafts().values() if draft.outlet == outlet_id)
        return tuple(sorted((v for v in versions if v is not None), key=lambda v: v.published, reverse=True))

    def is_withdrawn(self, draft: Draft, moment: datetime) -> bool:
        """Whether the page is gone by a moment."""
        return draft.withdrawn_at is not None and self.almanac.instant(draft.withdrawn_at) <= moment

    def version(self, article: str, moment: datetime) -> Version | None:
        """What a page says at a moment; None before its publication and after its withdrawal.

        Raises:
            RecordError: The press has no such article.
        """
        draft = drafts().get(article)
        if draft is None:
            raise RecordError(f"the press has no article {article!r}")
        if self.published(draft) > moment or self.is_withdrawn(draft, moment):
            return None
        return self._version(draft, moment)

    def path(self, draft: Draft) -> str:
        """The path of an article's page."""
        outlet = self.outlets[draft.outlet]
        day = self.published(draft).astimezone(outlet.zone)
        path = outlet.page.format(
            number=draft.number, slug=draft.slug, year=day.year, month=f"{day.month:02}", day=f"{day.day:02}"
        )
        return quote(path, safe="/?=&")

    def article(self, version: Version, home: str) -> Article:
        """The record that a reader should make of a page: what it says, no more.

        Args:
            version: What the page says.
            home: The outlet's address, without a slash at its end.
        """
        url = home + version.path
        outlet, draft = version.outlet, version.draft
        return Article(
            id=article_id(url),
            url=url,
            source=outlet.id,
            title=version.title,
            abstract=version.abstract,
            published=_as_told(version.published, outlet),
            precision=outlet.precision,
            found_in=outlet.found_in,
            modified=version.modified,
            authors=draft.authors,
            dateline=draft.dateline,
            body="\n".join(version.paragraphs),
            language=draft.language,
            direction="rtl" if draft.language == "ar" else "ltr",
            image=f"{home}/images/{draft.number}.png" if draft.image else None,
            section=draft.section if outlet.tells_section else None,
            tags=draft.tags,
            credit=_credit(draft),
            read_also=self._read_also(version, home),
            updates=version.updates,
            flags=("live",) if draft.live else (),
        )

    def _moments(self, draft: Draft) -> list[datetime]:
        offsets = [draft.at, *(edit.at for edit in draft.edits), *(update.at for update in draft.updates)]
        if draft.withdrawn_at is not None:
            offsets.append(draft.withdrawn_at)
        return [self.almanac.instant(offset) for offset in offsets]

    def _version(self, draft: Draft, moment: datetime) -> Version:
        outlet = self.outlets[draft.outlet]
        title, abstract, paragraphs = draft.title, draft.abstract, draft.paragraphs
        since, modified = self.published(draft), None
        for edit in draft.edits:
            if (at := self.almanac.instant(edit.at)) <= moment:
                title, abstract, paragraphs, since = edit.title, edit.abstract, edit.paragraphs, at
                modified = at if edit.stamped else modified
        updates = [update for update in draft.updates if self.almanac.instant(update.at) <= moment]
        if updates:
            since = modified = max(self.almanac.instant(update.at) for update in updates)
        return Version(
            draft=draft,
            outlet=outlet,
            path=self.path(draft),
            published=self.published(draft),
            since=since,
            modified=modified,
            title=self._fill(title, draft, outlet),
            abstract=self._fill(abstract, draft, outlet) if abstract else None,
            paragraphs=tuple(self._fill(paragraph, draft, outlet) for paragraph in paragraphs),
            updates=tuple(self._update(update, draft, outlet) for update in reversed(updates)),
        )

    def _update(self, update: Update, draft: Draft, outlet: Outlet) -> LiveUpdate:
        return LiveUpdate(
            title=self._fill(update.title, draft, outlet),
            body="\n".join(self._fill(paragraph, draft, outlet) for paragraph in update.paragraphs),
            published=self.almanac.instant(update.at),
            precision="minute",
        )

    def _fill(self, text: str, draft: Draft, outlet: Outlet) -> str:
        return self.almanac.fill(text, outlet.months, draft.language)

    def _read_also(self, version: Version, home: str) -> tuple[ReadAlso, ...]:
        linked = (drafts()[other] for other in version.draft.read_also)
        return tuple(
            ReadAlso(title=self._fill(draft.title, draft, version.outlet), url=home + self.path(draft))
            for draft in linked
        )


def _as_told(published: datetime, outlet: Outlet) -> datetime | date:
    return published.astimezone(outlet.zone).date() if outlet.precision == "day" else published


def _credit(draft: Draft) -> Credit | None:
    name = draft.credit or (draft.sign_off.strip("()") if draft.sign_off else None)
    return Credit(name=name) if name else None
