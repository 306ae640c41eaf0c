"""
The JSON API, read-only: the same records as everywhere, as ``as_json`` writes them.

Answers are written straight from the records and never validated against a second model; tests hold them against the
OpenAPI document instead.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from typing import Annotated

from fastapi import APIRouter, FastAPI, HTTPException, Path, Query, Request
from starlette.responses import Response

from tawatur.errors import RecordError
from tawatur.model import read_moment
from tawatur.web.api_document import document
from tawatur.web.chains_api import chains_endpoints
from tawatur.web.conditional import FEED_SECONDS, JSON, answer, answer_record
from tawatur.web.desk import Desk
from tawatur.web.finding import Finder
from tawatur.web.findings_api import findings_endpoints
from tawatur.web.following import followings, public_source
from tawatur.web.pages import METHODS
from tawatur.web.search_api import Endpoint, search_endpoints
from tawatur.web.stories_api import stories_endpoints

#: Articles an answer holds: unless asked otherwise, and at most.
DEFAULT_LIMIT, LARGEST_LIMIT = 20, 200

Limit = Annotated[int, Query(ge=1, le=LARGEST_LIMIT, description="How many articles at most.")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next_cursor` of the answer before.")]
OfSource = Annotated[str | None, Query(max_length=200, description="Id of a source: only its articles.")]
Since = Annotated[
    str | None,
    Query(max_length=40, description="RFC 3339 date-time, or a day (its first instant, UTC): nothing shown before it."),
]
Until = Annotated[
    str | None,
    Query(max_length=40, description="RFC 3339 date-time, or a day (its last instant, UTC): nothing shown after it."),
]
ArticleId = Annotated[str, Path(max_length=500)]
SourceId = Annotated[str, Path(max_length=200)]


def api_router(desk: Desk, finder: Finder | None) -> APIRouter:
    """Make the API under ``/api/v1``; without a finder it has no search."""
    router = APIRouter(prefix="/api/v1")

    def articles(
        request: Request,
        limit: Limit = DEFAULT_LIMIT,
        cursor: Cursor = None,
        source: OfSource = None,
        since: Since = None,
        until: Until = None,
    ) -> Response:
        """Give articles, newest first by the time they are shown under."""
        first, last = _edge("since", since, time.min), _edge("until", until, time.max)
        page = desk.newest(cursor, source, limit, since=first, until=last)
        return answer_record(request, {"articles": page.articles, "next_cursor": page.next_cursor})

    def article(request: Request, article_id: ArticleId) -> Response:
        """Give one article."""
        return answer_record(request, desk.article(article_id))

    def history(request: Request, article_id: ArticleId) -> Response:
        """Give all states of an article, the present one last."""
        desk.article(article_id)
        return answer_record(request, {"versions": desk.store.articles.history(article_id)})

    def sources(request: Request) -> Response:
        """Give every source, by id."""
        return answer_record(request, {"sources": [public_source(source) for source in desk.store.sources.all()]})

    def source(request: Request, source_id: SourceId) -> Response:
        """Give one source."""
        return answer_record(request, public_source(desk.source(source_id)))

    def following(request: Request, source_id: SourceId) -> Response:
        """Give how following a source goes: its counts and the state of its feeds."""
        [found] = followings(desk.store, desk.clock(), [desk.source(source_id)])
        return answer_record(request, found)

    def openapi(request: Request) -> Response:
        return answer(request, written_document(request.app), JSON, seconds=FEED_SECONDS)

    @cache
    def written_document(app: FastAPI) -> str:
        return json.dumps(document(app, desk.options.base_url), ensure_ascii=False)

    endpoints: list[Endpoint] = [
        *(search_endpoints(desk, finder) if finder else ()),
        *findings_endpoints(desk),
        *chains_endpoints(desk),
        *stories_endpoints(desk),
        ("/articles", articles, "ArticlePage"),
        ("/articles/{article_id:path}/history", history, "History"),
        ("/articles/{article_id:path}", article, "Article"),
        ("/sources", sources, "SourceList"),
        ("/sources/{source_id}", source, "Source"),
        ("/sources/{source_id}/following", following, "Following"),
    ]
    for path, endpoint, record in endpoints:
        extra = {"x-record": record}
        router.add_api_route(path, endpoint, methods=["GET"], operation_id=endpoint.__name__, openapi_extra=extra)
        router.add_api_route(path, endpoint, methods=["HEAD"], include_in_schema=False)
    router.add_api_route("/openapi.json", openapi, methods=METHODS, include_in_schema=False)
    router.add_api_route("/{rest:path}", _elsewhere, methods=[*METHODS, "OPTIONS"], include_in_schema=False)
    return router


def _elsewhere(request: Request) -> Response:
    """Answer a browser that asks whether it may read from another site: it may, with conditional headers too."""
    if request.method != "OPTIONS":
        raise HTTPException(404, "there is no such address in the API; see /api/v1/openapi.json")
    headers = {
        "access-control-allow-methods": "GET, HEAD, OPTIONS",
        "access-control-allow-headers": "Accept, If-None-Match, If-Modified-Since",
        "access-control-max-age": "86400",
    }
    return Response(status_code=204, headers=headers)


def _edge(name: str, text: str | None, day_edge: time) -> datetime | None:
    try:
        moment, precision = read_moment(text)
    except RecordError as error:
        raise HTTPException(400, f"{name}: {error}") from error
    if moment is None or isinstance(moment, datetime):
        return moment
    if precision != "day":
        raise HTTPException(400, f"{name}: {text!r} is no day: write 2023-09-20 or 2023-09-20T13:00:00Z")
    return datetime.combine(moment, day_edge, tzinfo=UTC)
