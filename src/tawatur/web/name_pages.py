"""The page of a name: what a person, place or organisation is quoted as saying, and the articles that bear it."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from tawatur.web.conditional import answer
from tawatur.web.desk import Desk
from tawatur.web.edition import Edition
from tawatur.web.listing import rows
from tawatur.web.pages import HTML, METHODS, Older

__all__ = ["name_router"]

#: Quotes and other forms of the name that its page shows.
SHOWN_QUOTES, SHOWN_FORMS = 8, 12


def name_router(desk: Desk, edition: Edition) -> APIRouter:
    """Make the pages of names of one edition."""
    router = APIRouter(prefix=edition.links.prefix, include_in_schema=False)

    @router.api_route("/name/{name:path}", methods=METHODS)
    def name_page(request: Request, name: str, older: Older = None) -> Response:
        return answer(request, _name(desk, edition, name, older), HTML)

    return router


def _name(desk: Desk, edition: Edition, name: str, older: str | None) -> str:
    found = desk.store.names.get(name)
    if not found:
        raise HTTPException(404, f"no article bears the name {name!r}")
    page = desk.page(
        lambda **asked: desk.store.names.bearing(name, **asked), older, limit=desk.options.articles_per_page
    )
    articles = tuple(desk.found(page.ids).values())
    said = () if older else desk.store.analyses.quotes(limit=SHOWN_QUOTES, speaker=name).quotes
    forms = {form: None for one in found for form in desk.store.names.forms(one.type, name) if form != name}
    return desk.templates.render(
        "name",
        edition,
        lambda links: links.name(name, older),
        bearer=name,
        found=found,
        articles=max(one.articles for one in found),
        forms=tuple(forms)[:SHOWN_FORMS],
        said=said,
        sources={one.source: desk.store.sources.get(one.source) for one in said if one.source},
        rows=rows(desk.store, articles, desk.sources_of(articles)),
        older=older,
        next_cursor=page.next_cursor,
    )
