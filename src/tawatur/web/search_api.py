"""Search in the JSON API: the same parameters and records as on the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Path, Query, Request
from starlette.responses import Response

from tawatur.search.records import SearchQuery, Similar, Sort, Suggestion
from tawatur.web.conditional import answer_record
from tawatur.web.desk import Desk
from tawatur.web.finding import CHOSEN_VALUES, QUERY_LETTERS, SUGGESTIONS, Finder
from tawatur.web.search_pages import SIMILAR_ARTICLES

#: Hits an answer holds at most.
LARGEST_LIMIT = 100

_QUERY = (
    'The query, in the language of the search box: words, `"phrases"`, `AND`, `OR`, `NOT`, `prefix*`, '
    "`source:`, `speaker:`, `person:`, `place:`, `in:title`, `after:`, `before:`."
)
Words = Annotated[str, Query(max_length=QUERY_LETTERS, description=_QUERY)]
Limit = Annotated[int, Query(ge=1, le=LARGEST_LIMIT, description="How many hits at most.")]
Cursor = Annotated[str | None, Query(max_length=2000, description="`next_cursor` of the answer before.")]
Strict = Annotated[bool, Query(description="Match letters only: no other forms of a word, spellings or meanings.")]
InOrder = Annotated[Sort, Query(description="`fresh` is relevance with newer articles lifted.")]
After = Annotated[date | None, Query(description="A day, UTC: nothing shown before it.")]
Before = Annotated[date | None, Query(description="A day, UTC: nothing shown after it.")]
WithFacets = Annotated[bool, Query(description="Count sources, sections, languages, days, people, places.")]
AcrossLanguages = Annotated[bool, Query(description="Whether articles may be found by meaning in other languages.")]
Prefix = Annotated[str, Query(max_length=QUERY_LETTERS, description="What was typed so far.")]
ArticleId = Annotated[str, Path(max_length=500)]


def _chosen(what: str) -> Any:
    return Query(max_length=CHOSEN_VALUES, description=f"{what}; may be given several times: any of them will do.")


@dataclass(frozen=True, slots=True)
class SuggestionList:
    """What is being typed may become one of these, the likeliest first."""

    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class SimilarList:
    """Articles of like meaning, the likest first."""

    similar: tuple[Similar, ...]


#: A path under the API's own, what answers there, and the name of the record that it answers.
Endpoint = tuple[str, Callable[..., Response], str]


def search_endpoints(desk: Desk, finder: Finder) -> tuple[Endpoint, ...]:
    """Give the endpoints of search."""

    def search(
        request: Request,
        *,
        q: Words,
        limit: Limit = 20,
        cursor: Cursor = None,
        strict: Strict = False,
        sort: InOrder = "relevance",
        source: Annotated[list[str], _chosen("Id of a source")] = [],  # noqa: B006 - FastAPI copies defaults
        section: Annotated[list[str], _chosen("A section, as the source names it")] = [],  # noqa: B006
        language: Annotated[list[str], _chosen("BCP 47 code of a language")] = [],  # noqa: B006
        person: Annotated[list[str], _chosen("A person, as the analyses call them")] = [],  # noqa: B006
        place: Annotated[list[str], _chosen("A place, as the analyses call it")] = [],  # noqa: B006
        after: After = None,
        before: Before = None,
        facets: WithFacets = False,
        across_languages: AcrossLanguages = True,
    ) -> Response:
        """Find articles. Each hit says why it matched."""
        query = SearchQuery(
            text=q,
            limit=limit,
            cursor=cursor,
            strict=strict,
            sort=sort,
            sources=tuple(source),
            sections=tuple(section),
            languages=tuple(language),
            people=tuple(person),
            places=tuple(place),
            after=after,
            before=before,
            facets=facets,
            across_languages=across_languages,
        )
        return answer_record(request, finder.search(query))

    def suggest(request: Request, q: Prefix) -> Response:
        """Give words and phrases that what is being typed may become."""
        return answer_record(request, {"suggestions": finder.suggest(q, SUGGESTIONS)})

    def similar(request: Request, article_id: ArticleId) -> Response:
        """Give articles of like meaning."""
        desk.article(article_id)
        return answer_record(request, {"similar": finder.similar(article_id, SIMILAR_ARTICLES)})

    return (
        ("/search", search, "Results"),
        ("/suggest", suggest, "SuggestionList"),
        ("/articles/{article_id:path}/similar", similar, "SimilarList"),
    )
