"""What machines read beside the API: feeds, sitemaps, robots.txt, pictures, files, health."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Literal

import structlog
from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response, StreamingResponse

from tawatur.errors import StoreError
from tawatur.web import sitemaps
from tawatur.web.conditional import FEED_SECONDS, FOREVER_SECONDS, answer
from tawatur.web.desk import Desk
from tawatur.web.edition import Edition
from tawatur.web.feeds_out import Channel, atom, json_feed
from tawatur.web.pages import METHODS, Older

#: Articles in a feed: a day of a busy source, so that a reader that comes twice a day misses none.
FEED_ARTICLES = 50
#: What images may be served as; whatever else a store held would be refused.
IMAGE_TYPES = frozenset({"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"})

_XML = "application/xml; charset=utf-8"
_FEED_TYPES = {"atom": "application/atom+xml; charset=utf-8", "json": "application/feed+json; charset=utf-8"}
_IMAGE_ID = re.compile(r"[0-9a-f]{64}")

_log = structlog.get_logger("tawatur.web")

FeedForm = Literal["atom", "json"]


def feed_router(desk: Desk, edition: Edition) -> APIRouter:
    """Make the feeds of one edition."""
    router = APIRouter(prefix=edition.links.prefix, include_in_schema=False)

    @router.api_route("/feed.{form}", methods=METHODS)
    def feed(request: Request, form: FeedForm, older: Older = None) -> Response:
        return _feed(request, desk, edition, form, None, older)

    @router.api_route("/source/{source_id}/feed.{form}", methods=METHODS)
    def source_feed(request: Request, source_id: str, form: FeedForm, older: Older = None) -> Response:
        return _feed(request, desk, edition, form, source_id, older)

    return router


def machine_router(desk: Desk, edition: Edition, feed_lag: Callable[[], float | None] | None) -> APIRouter:
    """Make the addresses that exist once, whatever the language; lists in them use the default edition."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/robots.txt", methods=METHODS)
    def robots(request: Request) -> Response:
        text = f"User-agent: *\nDisallow: /api/\nSitemap: {edition.absolute('/sitemap.xml')}\n"
        return answer(request, text, "text/plain; charset=utf-8", seconds=FEED_SECONDS)

    @router.api_route("/images/{image_id}", methods=METHODS)
    def image(request: Request, image_id: str) -> Response:
        return _image(request, desk, image_id)

    @router.api_route("/static/{name:path}", methods=METHODS)
    def static(request: Request, name: str) -> Response:
        return _static(request, desk, name)

    @router.api_route("/favicon.ico", methods=METHODS)
    def favicon(request: Request) -> Response:
        return _static(request, desk, desk.templates.statics.names["favicon.ico"], seconds=86_400)

    @router.api_route("/healthz", methods=METHODS)
    def health() -> Response:
        return _health(desk, feed_lag)

    return router


def sitemap_router(desk: Desk, edition: Edition) -> APIRouter:
    """Make the sitemaps, with the addresses of one edition."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/sitemap.xml", methods=METHODS)
    def sitemap_index(request: Request) -> Response:
        return answer(request, sitemaps.index(desk.store, edition), _XML, seconds=FEED_SECONDS)

    @router.api_route("/sitemap/{name}.xml", methods=METHODS)
    def sitemap(request: Request, name: str) -> Response:
        if name == "news":
            return answer(request, sitemaps.news(desk.store, edition, desk.clock()), _XML, seconds=FEED_SECONDS)
        if name == "pages":
            pages = sitemaps.pages(desk.store, list(desk.templates.editions.values()))
            return answer(request, pages, _XML, seconds=FEED_SECONDS)
        headers = {"cache-control": f"public, max-age={FEED_SECONDS}"}
        return StreamingResponse(sitemaps.month(desk.store, edition, _month(name)), 200, headers, _XML)

    return router


def answer_feed(request: Request, desk: Desk, form: FeedForm, channel: Channel) -> Response:
    """Answer with a feed."""
    body = atom(channel) if form == "atom" else json_feed(channel)
    changed = min(channel.updated(), desk.clock())  # RFC 9110 §8.8.2.1: never later than the answer itself
    return answer(request, body, _FEED_TYPES[form], seconds=FEED_SECONDS, last_modified=changed)


def _feed(
    request: Request, desk: Desk, edition: Edition, form: FeedForm, source_id: str | None, older: str | None
) -> Response:
    source = None if source_id is None else desk.source(source_id)
    page = desk.newest(older, source_id, FEED_ARTICLES)
    links = edition.links
    channel = Channel(
        edition=edition,
        articles=page.articles,
        sources=desk.sources_of(page.articles),
        images=desk.images_of(page.articles),
        title=f"{source.name} · {edition.name}" if source else edition.name,
        page_path=links.source(source.id) if source else links.front(),
        feed_path=lambda form, cursor: links.feed(form, source_id, cursor),
        older=page.next_cursor,
    )
    return answer_feed(request, desk, form, channel)


def _static(request: Request, desk: Desk, name: str, seconds: int = FOREVER_SECONDS) -> Response:
    file = desk.templates.statics.served.get(name)
    if file is None:
        raise HTTPException(404, "no such file")
    return answer(request, file.data, file.media_type, seconds=seconds)


def _image(request: Request, desk: Desk, image_id: str) -> Response:
    stored = desk.store.images.get(image_id) if _IMAGE_ID.fullmatch(image_id) else None
    if stored is None or stored.media_type not in IMAGE_TYPES:
        raise HTTPException(404, "no such image")
    return answer(request, stored.data, stored.media_type, seconds=FOREVER_SECONDS)


def _month(name: str) -> date:
    try:
        return date.fromisoformat(f"{name}-01")
    except ValueError as error:
        raise HTTPException(404, "no such sitemap") from error


def _health(desk: Desk, feed_lag: Callable[[], float | None] | None) -> Response:
    """Say whether the site can serve: the database answers. The lag of the feeds is told, and left to the asker."""
    status: dict[str, object] = {"status": "ok"}
    try:
        desk.store.check()
    except StoreError as error:
        _log.error("the store does not answer", error=str(error))
        status = {"status": "unavailable"}
    if feed_lag is not None:
        status["oldest_due_feed_lag_seconds"] = feed_lag()
    code = 200 if status["status"] == "ok" else 503
    return Response(json.dumps(status), code, {"cache-control": "no-store"}, "application/json")
