"""
The API's OpenAPI 3.1 document.

Paths and parameters come from the routes, schemas from the records themselves (``tawatur.model.schema``): the document
cannot tell of a field that the records do not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from tawatur.model import Article, Source
from tawatur.model.analysis import Analysis
from tawatur.model.schema import schemas_of
from tawatur.model.story import Related, Story, Theme
from tawatur.search.records import Results
from tawatur.store.findings import NamePage, QuotePage, StoryPage
from tawatur.store.protocol import ArticlePage, Version
from tawatur.web.chains_api import ArticleChains, Carriage
from tawatur.web.following import Following
from tawatur.web.search_api import SimilarList, SuggestionList

_REFERENCES = "#/components/schemas/{model}"
_FAULTS = {
    "400": "A parameter is wrong; `detail` names it.",
    "404": "There is no such record.",
    "503": "The database does not answer; try again later.",
}
#: Operations that answer a list, empty where nothing fits.
_LISTS = frozenset({"articles", "sources", "search", "suggest", "entities", "quotes", "stories", "carriers"})
_DESCRIPTION = (
    "What Tawatur holds, read-only. Records have the same fields as in the library and on the command line. "
    "Instants are RFC 3339 with `Z`; a moment of which the page told only the day, month or year is written "
    "as precisely and no more (`2023-09-20`, `2023-09`, `2023`). Answers carry an `ETag`."
)


@dataclass(frozen=True, slots=True)
class History:
    """All states of an article, the present one last."""

    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class SourceList:
    """Every source, by id."""

    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class RelatedList:
    """Articles worth reading beside one, the best first."""

    related: tuple[Related, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


def document(app: FastAPI, base_url: str) -> dict[str, Any]:
    """Write the document of an app's API."""
    made = get_openapi(
        title="Tawatur", version="1", openapi_version="3.1.0", description=_DESCRIPTION, routes=app.routes
    )
    made["servers"] = [{"url": base_url}]
    records = (
        Article,
        ArticlePage,
        History,
        Source,
        SourceList,
        Following,
        Results,
        SuggestionList,
        SimilarList,
        Analysis,
        NamePage,
        QuotePage,
        StoryPage,
        ArticleChains,
        Carriage,
        Story,
        Theme,
        RelatedList,
        Problem,
    )
    made["components"] = {"schemas": schemas_of(records, references=_REFERENCES)}
    for path in made["paths"].values():
        for operation in path.values():
            _answers(operation)
    return made


def _answers(operation: dict[str, Any]) -> None:
    """Name what an operation answers: its record, or a problem."""
    record = operation.pop("x-record")
    operation["responses"] = {
        "200": {"description": "Found.", "content": {"application/json": {"schema": _reference(record)}}},
        "304": {"description": "What you have still holds (`If-None-Match`)."},
    } | {
        status: {"description": text, "content": {"application/problem+json": {"schema": _reference("Problem")}}}
        for status, text in _FAULTS.items()
        if status != "404" or operation.get("operationId") not in _LISTS
    }


def _reference(record: str) -> dict[str, str]:
    return {"$ref": _REFERENCES.format(model=record)}
