"""
The records as JSON Schema (draft 2020-12): what ``as_json`` writes, word for word.

The schemas are made from the dataclasses, their descriptions from the ``#:`` comments over the fields, so that no
second list of fields exists that could fall behind. They describe what we write: every field is there. What we read
(``article_from_json``) may leave out all but ``id`` or ``url``.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Iterable
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from tawatur.model.analysis import Analysis, Entity, Event, InformationSource, KeyPhrase, Quote
from tawatur.model.article import Article, Credit, LiveUpdate, ReadAlso
from tawatur.model.entry import Entry, Feed
from tawatur.model.source import PageRules, Source
from tawatur.model.story import Copies, Related, Story, Theme

#: The records of the machine interface. ``FeedState`` is none: it holds a hub's secret.
RECORDS: tuple[type, ...] = (
    Article,
    Credit,
    ReadAlso,
    LiveUpdate,
    Source,
    PageRules,
    Entry,
    Feed,
    Analysis,
    KeyPhrase,
    Entity,
    Quote,
    InformationSource,
    Event,
    Copies,
    Story,
    Theme,
    Related,
)

#: Where the schemas of one document refer to each other.
DEFINITIONS = "#/$defs/{model}"

_MONTH = {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$", "description": "Only the month is known."}
_YEAR = {"type": "string", "pattern": r"^\d{4}$", "description": "Only the year is known."}


class _AsWritten(GenerateJsonSchema):
    """Fields with a default are written too, so none is optional."""

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: ARG002, FBT001 - pydantic's signature
        return True


def record_schemas() -> dict[str, Any]:
    """Give one JSON Schema document with a definition for each record, by the record's name."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": schemas_of(RECORDS)}


def schemas_of(records: Iterable[type], *, references: str = DEFINITIONS) -> dict[str, Any]:
    """Give the schemas of some dataclasses and of those they hold, by name.

    Args:
        records: The dataclasses.
        references: The form of a ``$ref``: ``#/components/schemas/{model}`` in an OpenAPI document.
    """
    kept = list(records)
    adapters: list[tuple[str, Literal["serialization"], TypeAdapter[Any]]] = [
        (record.__name__, "serialization", TypeAdapter(record)) for record in kept
    ]
    _, document = TypeAdapter.json_schemas(adapters, ref_template=references, schema_generator=_AsWritten)
    schemas: dict[str, Any] = document["$defs"]
    by_name = {record.__name__: record for record in _with_parts(kept)}
    for name, schema in schemas.items():
        _describe(schema, by_name[name])
    return dict(sorted(schemas.items()))


def _with_parts(records: Iterable[type]) -> set[type]:
    """Give the dataclasses and those their fields hold."""
    found: set[type] = set()
    waiting = list(records)
    while waiting:
        record = waiting.pop()
        if record in found:
            continue
        found.add(record)
        hints = inspect.get_annotations(record, eval_str=True)
        waiting.extend(part for hint in hints.values() for part in _dataclasses_in(hint))
    return found


def _dataclasses_in(hint: Any) -> list[type]:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return [hint]
    return [part for argument in getattr(hint, "__args__", ()) for part in _dataclasses_in(argument)]


def _describe(schema: dict[str, Any], record: type) -> None:
    """Add what the code's own comments say, and drop the titles that only repeat names."""
    comments = field_comments(record)
    for name, field in schema.get("properties", {}).items():
        field.pop("title", None)
        field.pop("default", None)
        if name in comments:
            field["description"] = comments[name]
        if name == "published" and "precision" in schema["properties"]:
            field["anyOf"][-1:-1] = [_MONTH, _YEAR]


def field_comments(record: type) -> dict[str, str]:
    """Read the ``#:`` comments over a dataclass's fields; empty where the source text is not at hand."""
    try:
        lines = inspect.getsource(record).splitlines()
    except OSError:
        return {}
    comments: dict[str, str] = {}
    held: list[str] = []
    for line in map(str.strip, lines):
        if line.startswith("#:"):
            held.append(line[2:].strip())
            continue
        name, colon, _ = line.partition(":")
        if held and colon and name.isidentifier():
            comments[name] = re.sub(r"\bNone\b", "null", " ".join(held)).replace("``", "`")
        held = []
    return comments


__all__ = ["DEFINITIONS", "RECORDS", "field_comments", "record_schemas", "schemas_of"]
