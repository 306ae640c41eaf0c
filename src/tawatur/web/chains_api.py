"""The chain of transmission in the JSON API: the hops of one article, and who carries whom in the archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated

from fastapi import HTTPException, Query, Request
from starlette.responses import Response

from tawatur.analysis.chain import Hop, chains_of, info_sources
from tawatur.analysis.chains import CarriedBy, Report, who_carries_whom
from tawatur.model import Article, Source
from tawatur.web.conditional import answer_record
from tawatur.web.desk import Desk
from tawatur.web.findings_api import ArticleId, OfSource
from tawatur.web.search_api import Endpoint

__all__ = ["ArticleChains", "Carriage", "InfoSource", "chains_endpoints"]

# Half a second of reading on one core.
MOST_ARTICLES = 1000

Articles = Annotated[int, Query(ge=1, le=MOST_ARTICLES, description="How many articles are looked through at most.")]
Since = Annotated[date | None, Query(description="A day: only articles of that day and later (UTC).")]
Until = Annotated[date | None, Query(description="A day: only articles of that day and earlier (UTC).")]


@dataclass(frozen=True, slots=True)
class InfoSource:
    """A hop in the terms of ninjs 3.1."""

    name: str
    role: str
    #: Id in the registry of agencies and outlets; None when it is not there.
    literal: str | None


@dataclass(frozen=True, slots=True)
class ArticleChains:
    """The ways of what an article reports, speaker first, and its hops for ``infoSources`` of ninjs 3.1."""

    article: str
    chains: tuple[tuple[Hop, ...], ...]
    info_sources: tuple[InfoSource, ...]


@dataclass(frozen=True, slots=True)
class Carriage:
    """Who carries whom, most frequent first."""

    #: Analysed articles that were looked through.
    articles: int
    links: tuple[CarriedBy, ...]


def chains_endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """Give the endpoints with the records they answer."""

    def chain(request: Request, article_id: ArticleId) -> Response:
        """Give the chains of an article: who said it, who carried it, who printed it."""
        article = desk.article(article_id)
        found = desk.store.analyses.get(article_id)
        if found is None:
            raise HTTPException(404, f"the article {article_id!r} is not analysed yet")
        credited, outlet = article.credit.name if article.credit else None, _outlet(article, desk.sources_of([article]))
        chains = chains_of(found.sources, credited=credited, outlet=outlet)
        told = tuple(InfoSource(hop["name"], hop["role"], hop.get("literal")) for hop in info_sources(chains))
        return answer_record(request, ArticleChains(article_id, chains, told))

    def carriers(
        request: Request, source: OfSource = None, since: Since = None, until: Until = None, articles: Articles = 200
    ) -> Response:
        """Give for each pair of media in how many of the newest articles the second carries the first."""
        page = desk.newest(None, source, articles, since=_at(since, time.min), until=_at(until, time.max))
        analyses = desk.store.analyses.get_many([article.id for article in page.articles])
        analysed = [article for article in page.articles if article.id in analyses]
        sources = desk.sources_of(analysed)
        reports = [
            Report(
                analysis=analyses[article.id],
                outlet=_outlet(article, sources) or article.id,
                credited=article.credit.name if article.credit else None,
            )
            for article in analysed
        ]
        return answer_record(request, Carriage(len(reports), who_carries_whom(reports)))

    return (
        ("/articles/{article_id:path}/chain", chain, "ArticleChains"),
        ("/carriers", carriers, "Carriage"),
    )


def _outlet(article: Article, sources: Mapping[str, Source]) -> str | None:
    source = sources.get(article.source or "")
    return source.name if source else article.source or None


def _at(day: date | None, edge: time) -> datetime | None:
    return datetime.combine(day, edge, UTC) if day is not None else None
