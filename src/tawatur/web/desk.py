"""What every page needs at hand: the store, the templates, the clock, and the ways of asking for records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from fastapi import HTTPException

from tawatur.errors import StoreError
from tawatur.model import Article, Source
from tawatur.store.protocol import ArticlePage, Store
from tawatur.web.options import SiteOptions
from tawatur.web.templating import Clock, Templates

Page = TypeVar("Page")


@dataclass(frozen=True, slots=True)
class Desk:
    """The records and the means of showing them."""

    store: Store
    options: SiteOptions
    templates: Templates
    clock: Clock

    def newest(
        self,
        cursor: str | None,
        source: str | None = None,
        limit: int | None = None,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> ArticlePage:
        """Give a page of the archive.

        Raises:
            HTTPException: 400: the cursor is none of ours.
            StoreError: The store does not answer.
        """
        limit = limit or self.options.articles_per_page
        return self.page(self.store.articles.newest, cursor, limit=limit, source=source, since=since, until=until)

    def page(self, ask: Callable[..., Page], cursor: str | None, **asked: Any) -> Page:
        """Give a page of any list of the store.

        Raises:
            HTTPException: 400: the cursor is none of ours.
            StoreError: The store does not answer.
        """
        try:
            return ask(cursor=cursor, **asked)
        except StoreError as error:
            if cursor is None:
                raise
            self.store.check()  # the same error tells of a wrong cursor and of a lost database
            raise HTTPException(400, "cursor: not one that was given out here") from error

    def sources_of(self, articles: Iterable[Article]) -> dict[str, Source]:
        """Give the sources of some articles by id; those that are not followed are left out.

        A page names a few sources of what may be thousands, so each is asked for by its id.
        """
        ids = sorted({article.source for article in articles if article.source})
        return {source.id: source for source in map(self.store.sources.get, ids) if source}

    def images_of(self, articles: Iterable[Article]) -> dict[str, str]:
        """Give our ids of some articles' pictures by the addresses they came from."""
        return self.store.images.ids_for([article.image for article in articles if article.image])

    def found(self, ids: Iterable[str]) -> dict[str, Article]:
        """Give articles by id, order kept; those held no more are left out: an index may lag behind the store."""
        ids = tuple(ids)
        held = self.store.articles.get_many(ids)
        return {article_id: held[article_id] for article_id in ids if article_id in held}

    def source_name(self, source_id: str) -> str:
        """Name a source; by its id when it is not followed."""
        source = self.store.sources.get(source_id)
        return source.name if source else source_id

    def source(self, source_id: str) -> Source:
        """Give a source.

        Raises:
            HTTPException: 404: it is not followed.
        """
        source = self.store.sources.get(source_id)
        if source is None:
            raise HTTPException(404, f"there is no source {source_id!r}")
        return source

    def article(self, article_id: str) -> Article:
        """Give an article.

        Raises:
            HTTPException: 404: there is none with this id.
        """
        article = self.store.articles.get(article_id)
        if article is None:
            raise HTTPException(404, f"there is no article {article_id!r}")
        return article
