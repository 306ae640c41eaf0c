"""
Search as readers use it: the page of results, its feeds, articles like one, and what a browser's own box asks for.

The site gives answers only; what is found, and in which order, is the index's affair (``Finder``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from lxml import etree
from markupsafe import Markup
from starlette.responses import Response

from tawatur.model import Article, Source
from tawatur.search.records import FACETS, Hit, Note, NoteKind, Results, SearchQuery
from tawatur.web.conditional import FEED_SECONDS, answer
from tawatur.web.desk import Desk
from tawatur.web.edition import Edition
from tawatur.web.feeds_out import Channel
from tawatur.web.finding import (
    SORTS,
    SUGGESTIONS,
    Asked,
    Finder,
    address_fields,
    is_narrowed,
    read_address,
    write_address,
)
from tawatur.web.listing import rows
from tawatur.web.machine_pages import FEED_ARTICLES, FeedForm, answer_feed
from tawatur.web.marked import Matched, marked, matches
from tawatur.web.narrowing import Choice, chosen, narrowings
from tawatur.web.pages import HTML, METHODS

OPEN_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_OPEN_SEARCH_TYPE = "application/opensearchdescription+xml; charset=utf-8"
_SUGGESTIONS_TYPE = "application/x-suggestions+json"
#: Letters of a name that OpenSearch 1.1 allows.
_SHORT_NAME_LETTERS = 16
#: Articles named on a page of similar ones.
SIMILAR_ARTICLES = 20

NOTHING = Results(hits=(), total=0)
#: Notes of a query that was answered by other than what it asks for.
_FORGIVEN: frozenset[NoteKind] = frozenset({"some-words", "corrected", "keyboard", "meaning"})


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as it is shown."""

    hit: Hit
    article: Article
    source: Source | None
    title: Markup | None
    snippet: Markup
    matched: tuple[Matched, ...]


def search_router(desk: Desk, edition: Edition, finder: Finder) -> APIRouter:
    """Make the search of one edition."""
    router = APIRouter(prefix=edition.links.prefix, include_in_schema=False)

    @router.api_route("/search", methods=METHODS)
    def search(request: Request) -> Response:
        return answer(request, _page(desk, edition, finder, read_address(request.query_params)), HTML)

    @router.api_route("/search/feed.{form}", methods=METHODS)
    def search_feed(request: Request, form: FeedForm) -> Response:
        asked = read_address(request.query_params, facets=False)
        return answer_feed(request, desk, form, _channel(desk, edition, finder, asked))

    @router.api_route("/search/suggestions", methods=METHODS)
    def suggestions(request: Request) -> Response:
        asked = read_address(request.query_params).query.text
        offered = finder.suggest(asked, SUGGESTIONS) if asked else ()
        body = json.dumps([asked, [suggestion.text for suggestion in offered]], ensure_ascii=False)
        return answer(request, body, _SUGGESTIONS_TYPE)

    @router.api_route("/similar/{article_id:path}", methods=METHODS)
    def similar(request: Request, article_id: str) -> Response:
        return answer(request, _similar(desk, edition, finder, desk.article(article_id)), HTML)

    @router.api_route("/opensearch.xml", methods=METHODS)
    def open_search(request: Request) -> Response:
        return answer(request, describe_search(edition), _OPEN_SEARCH_TYPE, seconds=FEED_SECONDS)

    return router


def describe_search(edition: Edition) -> bytes:
    """Write the OpenSearch 1.1 description: with it a browser can search here from its own box."""
    terms = "q={searchTerms}"
    links = edition.links
    root = etree.Element(f"{{{OPEN_SEARCH}}}OpenSearchDescription", nsmap={None: OPEN_SEARCH})
    for name, text in (
        ("ShortName", edition.name[:_SHORT_NAME_LETTERS]),
        ("Description", str(edition.catalogue.text("search.describe", site=edition.name).unescape())),
        ("InputEncoding", "UTF-8"),
        ("Language", edition.language),
    ):
        etree.SubElement(root, f"{{{OPEN_SEARCH}}}{name}").text = text
    for media_type, path in (
        ("text/html", links.search(terms)),
        ("application/atom+xml", links.search_feed("atom", terms)),
        (_SUGGESTIONS_TYPE, f"{links.prefix}/search/suggestions?{terms}"),
    ):
        etree.SubElement(root, f"{{{OPEN_SEARCH}}}Url", type=media_type, method="get", template=edition.absolute(path))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _page(desk: Desk, edition: Edition, finder: Finder, asked: Asked) -> str:
    query = asked.query
    results = NOTHING if asked.is_empty else finder.search(query)
    written = write_address(query, cursor=query.cursor)
    notes = _notes(asked, results)
    # What was searched instead of what was typed is told already.
    better = results.did_you_mean if results.did_you_mean not in {note.detail for note in notes} else None
    return desk.templates.render(
        "search",
        edition,
        lambda links: links.search("" if asked.is_empty else written),
        asked=asked,
        query=query,
        results=results,
        found=_found(desk, results.hits),
        notes=notes,
        chosen=chosen(query, edition, desk.source_name),
        narrowings=narrowings(query, results, edition, desk.source_name),
        sorts=_sorts(asked, edition),
        better=edition.links.search(write_address(query, text=better)) if better else None,
        anew=edition.links.search(write_address(query)) if query.cursor else None,
        onward=edition.links.search(write_address(query, cursor=results.next_cursor)) if results.next_cursor else None,
        widened=edition.links.search(write_address(type(query)(text=query.text))) if is_narrowed(query) else None,
        kept=[pair for pair in address_fields(query) if pair[0] in (*FACETS, "sort")],
        parameters=write_address(query, sort="relevance"),
    )


def _found(desk: Desk, hits: Iterable[Hit]) -> tuple[Found, ...]:
    hits = tuple(hits)
    articles = desk.found(hit.id for hit in hits)
    sources = desk.sources_of(articles.values())
    return tuple(
        Found(
            hit=hit,
            article=article,
            source=sources.get(article.source or ""),
            title=marked(hit.title, hit.title_highlights) if hit.title else None,
            snippet=marked(hit.snippet, hit.highlights),
            matched=matches(hit.why),
        )
        for hit in hits
        if (article := articles.get(hit.id))
    )


def _notes(asked: Asked, results: Results) -> tuple[Note, ...]:
    return tuple(dict.fromkeys((*asked.notes, *results.notes)))


def _sorts(asked: Asked, edition: Edition) -> tuple[Choice, ...]:
    query = asked.query
    return tuple(
        Choice(
            label=edition.catalogue.text(f"search.sort.{sort}"),
            address=edition.links.search(write_address(query, sort=sort)),
            chosen=sort == query.sort,
        )
        for sort in SORTS
    )


def _channel(desk: Desk, edition: Edition, finder: Finder, asked: Asked) -> Channel:
    query = replace(asked.query, sort="newest", limit=FEED_ARTICLES, across_languages=False)
    results = NOTHING if asked.is_empty else _followed(finder, query)
    articles = tuple(desk.found(hit.id for hit in results.hits).values())
    links = edition.links
    title = edition.catalogue.text("search.feed_title", query=Markup(query.text), site=Markup(edition.name))  # noqa: S704
    return Channel(
        edition=edition,
        articles=articles,
        sources=desk.sources_of(articles),
        images=desk.images_of(articles),
        title=str(title),
        page_path=links.search(write_address(query)),
        feed_path=lambda form, cursor: links.search_feed(form, write_address(query, sort="relevance", cursor=cursor)),
        older=results.next_cursor,
    )


def _followed(finder: Finder, query: SearchQuery) -> Results:
    """Find what a feed carries: who follows some words wants what holds them all, and silence until there is some.

    On the page a query that finds too little is answered more forgivingly, and says so; a feed cannot. Only a query of
    plain words is forgiven, so joining its words by ``AND`` asks for the same and no more.
    """
    results = finder.search(query)
    if not _is_forgiven(results):
        return results
    results = finder.search(replace(query, text=" AND ".join(query.text.split()), cursor=None))
    return NOTHING if _is_forgiven(results) else results


def _is_forgiven(results: Results) -> bool:
    return any(note.kind in _FORGIVEN for note in results.notes)


def _similar(desk: Desk, edition: Edition, finder: Finder, article: Article) -> str:
    ids = [similar.id for similar in finder.similar(article.id, SIMILAR_ARTICLES)]
    articles = tuple(desk.found(ids).values())
    return desk.templates.render(
        "similar",
        edition,
        lambda links: links.similar(article.id),
        article=article,
        rows=rows(desk.store, articles, desk.sources_of(articles)),
    )
