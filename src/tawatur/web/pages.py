"""
The pages: each route reads records, dresses them and renders one template.

Every page exists in each edition under the same path after the edition's prefix. Endpoints are plain functions, which
FastAPI runs in worker threads: the store is synchronous.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from operator import itemgetter
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from tawatur.model import Article, Source
from tawatur.model.story import Related, Story
from tawatur.store.protocol import SourceCounts, StoredImage
from tawatur.text.direction import text_direction
from tawatur.web.compare import revisions
from tawatur.web.conditional import answer
from tawatur.web.desk import Desk
from tawatur.web.edition import Edition
from tawatur.web.finding import Finder, has_similar
from tawatur.web.findings import find
from tawatur.web.following import Following, followings
from tawatur.web.front import front_stories
from tawatur.web.listing import Row, by_day, rows
from tawatur.web.related import related_to
from tawatur.web.story_list import lines_of
from tawatur.web.structured import json_ld

HTML = "text/html; charset=utf-8"
#: Pages can be read with GET and looked at with HEAD.
METHODS = ["GET", "HEAD"]
#: Sources named beside the front page.
FRONT_SOURCES = 12
#: Refusals shown on a source's page.
SHOWN_REFUSALS = 20

Older = Annotated[str | None, Query(max_length=500)]


def page_router(desk: Desk, edition: Edition, finder: Finder | None) -> APIRouter:
    """Make the pages of one edition; a finder leads from an article to those like it."""
    router = APIRouter(prefix=edition.links.prefix, include_in_schema=False)

    def front(request: Request, older: Older = None) -> Response:
        ordered = () if older else front_stories(desk)
        page = _front(desk, edition, ordered) if ordered else _latest(desk, edition, older, at_front=not older)
        return answer(request, page, HTML)

    def latest(request: Request, older: Older = None) -> Response:
        return answer(request, _latest(desk, edition, older), HTML)

    def article(request: Request, article_id: str) -> Response:
        return answer(request, _article(desk, edition, desk.article(article_id), finder), HTML)

    def history(request: Request, article_id: str) -> Response:
        return answer(request, _history(desk, edition, desk.article(article_id)), HTML)

    def sources(request: Request) -> Response:
        return answer(request, _sources(desk, edition), HTML)

    def source(request: Request, source_id: str, older: Older = None) -> Response:
        return answer(request, _source(desk, edition, source_id, older), HTML)

    router.add_api_route("/", front, methods=METHODS)
    router.add_api_route("/latest", latest, methods=METHODS)
    router.add_api_route("/article/{article_id:path}", article, methods=METHODS)
    router.add_api_route("/history/{article_id:path}", history, methods=METHODS)
    router.add_api_route("/sources", sources, methods=METHODS)
    router.add_api_route("/source/{source_id}", source, methods=METHODS)
    if edition.links.prefix:
        router.add_api_route("", lambda: RedirectResponse(edition.links.front(), 308), methods=METHODS)
    return router


def _front(desk: Desk, edition: Edition, stories: tuple[Story, ...]) -> str:
    lines = lines_of(desk, stories)
    return desk.templates.render(
        "front",
        edition,
        lambda links: links.front(),
        lines=lines,
        lead=lines[0] if lines else None,
        most_active=_most_active(desk),
    )


def _latest(desk: Desk, edition: Edition, older: str | None, *, at_front: bool = False) -> str:
    page = desk.newest(older)
    listed = rows(desk.store, page.articles, desk.sources_of(page.articles))
    return desk.templates.render(
        "latest",
        edition,
        lambda links: links.front() if at_front else links.latest(older),
        days=by_day(listed, edition.moments),
        lead=listed[0] if listed and older is None else None,
        today=edition.moments.local_day(desk.clock()),
        older=older,
        next_cursor=page.next_cursor,
        most_active=_most_active(desk) if older is None else (),
    )


def _most_active(desk: Desk) -> tuple[tuple[Source, SourceCounts], ...]:
    """Give the sources that published last, for the margin of the front page."""
    heard = [(counts.last_article_at, name, counts) for name, counts in desk.store.sources.counts().items()]
    newest = heapq.nlargest(FRONT_SOURCES, (entry for entry in heard if entry[0]), key=itemgetter(0))
    found = ((desk.store.sources.get(name), counts) for _, name, counts in newest)
    return tuple((source, counts) for source, counts in found if source)


def _article(desk: Desk, edition: Edition, article: Article, finder: Finder | None) -> str:
    source = desk.store.sources.get(article.source) if article.source else None
    image = _image(desk, article)
    analysis = desk.store.analyses.get(article.id)
    return desk.templates.render(
        "article",
        edition,
        lambda links: links.article(article.id),
        article=article,
        found=find(article, analysis, source),
        analysed=analysis is not None,
        source=source,
        image=image,
        json_ld=json_ld(edition, article, source, image.id if image else None),
        changed=bool(desk.store.articles.changed([article.id])),
        withdrawn=desk.store.watches.withdrawals([article.id]).get(article.id),
        has_similar=finder is not None and has_similar(finder, article.id),
        related=_related(desk, related_to(desk, article)),
        **_standing(desk, article),
    )


def _standing(desk: Desk, article: Article) -> dict[str, Any]:
    """Give the story an article stands in, where others stand in it too, and the article it was copied from."""
    placed = desk.store.stories.placements([article.id]).get(article.id)
    story = desk.store.stories.get(placed.story) if placed else None
    original = desk.store.articles.get(placed.copy_of) if placed and placed.copy_of else None
    return {
        "gathered": story if story and len(story.articles) > 1 else None,
        "original": original,
        "original_source": desk.store.sources.get(original.source) if original and original.source else None,
    }


def _related(desk: Desk, related: Sequence[Related]) -> tuple[tuple[Related, Row], ...]:
    held = desk.found([one.other for one in related])
    dressed = {row.article.id: row for row in rows(desk.store, tuple(held.values()), desk.sources_of(held.values()))}
    return tuple((one, dressed[one.other]) for one in related if one.other in dressed)


def _image(desk: Desk, article: Article) -> StoredImage | None:
    """Give the article's picture, for its measures: a page that knows them does not jump while it loads."""
    if article.image is None:
        return None
    image_id = desk.store.images.ids_for([article.image]).get(article.image)
    return desk.store.images.get(image_id) if image_id else None


def _history(desk: Desk, edition: Edition, article: Article) -> str:
    versions = desk.store.articles.history(article.id)
    compared = revisions(versions)
    return desk.templates.render(
        "history",
        edition,
        lambda links: links.history(article.id),
        article=article,
        revisions=compared,
        earlier=len(versions) - 1 - len(compared),
        first_seen=versions[0].seen_at if versions else None,
    )


def _sources(desk: Desk, edition: Edition) -> str:
    def place(following: Following) -> tuple[bool, str]:
        name = following.source.name
        return text_direction(name, edition.direction) != edition.direction, name

    listed = sorted(followings(desk.store, desk.clock()), key=place)  # names in the reader's own script come first
    return desk.templates.render("sources", edition, lambda links: links.sources(), followings=listed)


def _source(desk: Desk, edition: Edition, source_id: str, older: str | None) -> str:
    source = desk.source(source_id)
    page = desk.newest(older, source.id)
    listed = rows(desk.store, page.articles, {source.id: source})
    [following] = followings(desk.store, desk.clock(), [source])
    return desk.templates.render(
        "source",
        edition,
        lambda links: links.source(source.id, older),
        source=source,
        following=following,
        now=desk.clock(),
        refusals=desk.store.entries.refusals(source.id, SHOWN_REFUSALS) if older is None else (),
        days=by_day(listed, edition.moments),
        today=edition.moments.local_day(desk.clock()),
        older=older,
        next_cursor=page.next_cursor,
    )
