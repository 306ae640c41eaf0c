"""What was found in articles, in the JSON API: the analysis of one, the names of the archive, the ledger of quotes."""

from __future__ import annotations

from typing import Annotated

from fastapi import HTTPException, Path, Query, Request
from starlette.responses import Response

from tawatur.model.analysis import EntityType
from tawatur.web.conditional import answer_record
from tawatur.web.desk import Desk
from tawatur.web.search_api import Endpoint

__all__ = ["findings_endpoints"]

LARGEST_LIMIT = 200
_NAME_LETTERS = 200

Limit = Annotated[int, Query(ge=1, le=LARGEST_LIMIT, description="How many at most.")]
Cursor = Annotated[str | None, Query(max_length=2000, description="`next_cursor` of the answer before.")]
Like = Annotated[
    str | None, Query(max_length=_NAME_LETTERS, description="Only names that hold these letters, however spelled.")
]
OfType = Annotated[EntityType | None, Query(alias="type", description="Only persons, places or organisations.")]
Speaker = Annotated[
    str | None,
    Query(max_length=_NAME_LETTERS, description="Only quotes of this speaker: a name as `/entities` has it."),
]
Bearing = Annotated[
    str | None, Query(max_length=_NAME_LETTERS, description="Only quotes of articles that bear this name.")
]
OfSource = Annotated[str | None, Query(max_length=_NAME_LETTERS, description="Id of a source: only its articles.")]
ArticleId = Annotated[str, Path(max_length=500)]


def findings_endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """Give the endpoints with the records they answer."""

    def analysis(request: Request, article_id: ArticleId) -> Response:
        """Give what was found in an article: keyphrases, names, quotes, sources, dated events, a summary."""
        desk.article(article_id)
        found = desk.store.analyses.get(article_id)
        if found is None:
            raise HTTPException(404, f"the article {article_id!r} is not analysed yet")
        return answer_record(request, found)

    def entities(
        request: Request, q: Like = None, kind: OfType = None, limit: Limit = 50, cursor: Cursor = None
    ) -> Response:
        """Give the names of the archive, those most articles bear first."""
        names = desk.store.names
        return answer_record(request, desk.page(names.find, cursor, limit=limit, kind=kind, like=q))

    def quotes(
        request: Request,
        speaker: Speaker = None,
        name: Bearing = None,
        source: OfSource = None,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Response:
        """Give quotes with their speakers, those of the newest articles first."""
        ask = desk.store.analyses.quotes
        return answer_record(request, desk.page(ask, cursor, limit=limit, speaker=speaker, name=name, source=source))

    return (
        ("/articles/{article_id:path}/analysis", analysis, "Analysis"),
        ("/entities", entities, "NamePage"),
        ("/quotes", quotes, "QuotePage"),
    )
