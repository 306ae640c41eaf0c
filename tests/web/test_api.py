"""The JSON API, held against its own OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

import pytest

from tawatur.errors import StoreError
from tawatur.model import as_json
from tawatur.model.schema import RECORDS, record_schemas
from tawatur.store import Store
from tawatur.web import SiteOptions, create_app

FIRST = "/api/v1/articles/0000000000000001"

_KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def faults(value: Any, schema: dict[str, Any], document: dict[str, Any], where: str = "") -> list[str]:
    """The part of JSON Schema that our documents use, read strictly: an unknown word is a fault."""
    words = schema.keys() - {"description", "title"}
    assert words <= {
        "$ref",
        "anyOf",
        "type",
        "properties",
        "required",
        "items",
        "enum",
        "format",
        "pattern",
        "uniqueItems",
        "prefixItems",
        "minItems",
        "maxItems",
    }
    if "$ref" in schema:
        target: Any = document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        return faults(value, target, document, where)
    if "anyOf" in schema:
        fitting = [one for one in schema["anyOf"] if not faults(value, one, document, where)]
        return [] if fitting else [f"{where}: {value!r} fits nothing of {schema['anyOf']}"]
    if not isinstance(value, _KINDS[schema["type"]]) or (isinstance(value, bool) and schema["type"] != "boolean"):
        return [f"{where}: {value!r} is no {schema['type']}"]
    return [*_faults_of_text(value, schema, where), *_faults_of_parts(value, schema, document, where)]


def _faults_of_parts(value: Any, schema: dict[str, Any], document: dict[str, Any], where: str) -> list[str]:
    found: list[str] = []
    if schema["type"] == "object":
        found += [f"{where}: {name} is missing" for name in schema["required"] if name not in value]
        found += [f"{where}: {name} is not in the schema" for name in value if name not in schema["properties"]]
        for name in value.keys() & schema["properties"].keys():
            found += faults(value[name], schema["properties"][name], document, f"{where}/{name}")
    if schema["type"] == "array":
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append(f"{where}: {len(value)} items")
        parts = schema.get("prefixItems") or [schema["items"]] * len(value)
        for number, (item, part) in enumerate(zip(value, parts, strict=True)):
            found += faults(item, part, document, f"{where}/{number}")
    return found


def _faults_of_text(value: Any, schema: dict[str, Any], where: str) -> list[str]:
    if "enum" in schema and value not in schema["enum"]:
        return [f"{where}: {value!r} is none of {schema['enum']}"]
    if "pattern" in schema and not re.search(schema["pattern"], value):
        return [f"{where}: {value!r} is not like {schema['pattern']}"]
    try:
        if schema.get("format") == "date-time":
            assert datetime.fromisoformat(value).tzinfo is not None
        if schema.get("format") == "date":
            date.fromisoformat(value)
    except (ValueError, AssertionError):
        return [f"{where}: {value!r} is no {schema['format']}"]
    return []


@pytest.fixture(scope="module")
def document(site: Any) -> dict[str, Any]:
    answer = site.ask("/api/v1/openapi.json")
    assert answer.status == 200
    made: dict[str, Any] = answer.json
    return made


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/api/v1/articles", "/api/v1/articles?limit=200"),
        ("/api/v1/articles", "/api/v1/articles?source=mada&since=2023-09-01&until=2023-09-30T00:00:00%2B03:00"),
        ("/api/v1/articles/{article_id}", FIRST),
        ("/api/v1/articles/{article_id}/history", f"{FIRST}/history"),
        ("/api/v1/search", f"/api/v1/search?q={quote('الجسر')}&facets=true&limit=5"),
        (
            "/api/v1/search",
            "/api/v1/search?q=nothingofthekind&strict=true&sort=newest&after=2023-09-01&before=2023-09-30",
        ),
        ("/api/v1/suggest", f"/api/v1/suggest?q={quote('افتتا')}"),
        ("/api/v1/articles/{article_id}/similar", f"{FIRST}/similar"),
        ("/api/v1/articles/{article_id}/analysis", f"{FIRST}/analysis"),
        ("/api/v1/articles/{article_id}/chain", f"{FIRST}/chain"),
        ("/api/v1/carriers", "/api/v1/carriers"),
        ("/api/v1/carriers", "/api/v1/carriers?source=nahr&since=2023-09-01&until=2023-09-30&articles=3"),
        ("/api/v1/entities", "/api/v1/entities?limit=1"),
        ("/api/v1/entities", f"/api/v1/entities?type=ORG&q={quote('بلدية')}"),
        ("/api/v1/quotes", "/api/v1/quotes?limit=1"),
        ("/api/v1/quotes", f"/api/v1/quotes?speaker={quote('رئيس البلدية')}&source=nahr&name={quote('النهر')}"),
        ("/api/v1/stories", "/api/v1/stories"),
        ("/api/v1/articles/{article_id}/related", f"{FIRST}/related"),
        ("/api/v1/sources", "/api/v1/sources"),
        ("/api/v1/sources/{source_id}", "/api/v1/sources/mada"),
        ("/api/v1/sources/{source_id}/following", "/api/v1/sources/mada/following"),
    ],
)
def test_an_answer_is_what_the_document_says(site: Any, document: dict[str, Any], path: str, address: str) -> None:
    answer = site.ask(address)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    stated = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert faults(answer.json, stated, document) == []


@pytest.mark.parametrize(
    ("address", "status", "named"),
    [
        ("/api/v1/articles?limit=0", 400, "limit"),
        ("/api/v1/articles?limit=many", 400, "limit"),
        ("/api/v1/articles?since=yesterday", 400, "since"),
        ("/api/v1/articles?since=2023-09", 400, "since"),
        ("/api/v1/articles?until=2023-09-20T13:00:00", 400, "until"),
        ("/api/v1/articles?cursor=mine", 400, "cursor"),
        ("/api/v1/search", 400, "q"),
        ("/api/v1/search?q=x&limit=0", 400, "limit"),
        ("/api/v1/search?q=x&sort=best", 400, "sort"),
        ("/api/v1/search?q=x&after=yesterday", 400, "after"),
        (f"/api/v1/search?q={'x' * 2001}", 400, "q"),
        ("/api/v1/suggest", 400, "q"),
        ("/api/v1/articles/none", 404, "none"),
        ("/api/v1/articles/none/analysis", 404, "none"),
        (f"/api/v1/articles/{3:016x}/analysis", 404, "not analysed"),
        ("/api/v1/articles/none/chain", 404, "none"),
        (f"/api/v1/articles/{3:016x}/chain", 404, "not analysed"),
        ("/api/v1/carriers?since=yesterday", 400, "since"),
        ("/api/v1/carriers?until=2023-13-01", 400, "until"),
        ("/api/v1/entities?type=person", 400, "type"),
        ("/api/v1/stories/none", 404, "none"),
        ("/api/v1/themes/none", 404, "none"),
        ("/api/v1/stories?cursor=mine", 400, "cursor"),
        ("/api/v1/entities?cursor=mine", 400, "cursor"),
        ("/api/v1/quotes?cursor=mine", 400, "cursor"),
        ("/api/v1/articles/none/similar", 404, "none"),
        ("/api/v1/articles/none/history", 404, "none"),
        ("/api/v1/sources/none", 404, "none"),
        ("/api/v1/sources/none/following", 404, "none"),
        ("/api/v1/nothing", 404, ""),
    ],
)
def test_a_mistake_is_answered_as_a_problem_that_names_it(
    site: Any, document: dict[str, Any], address: str, status: int, named: str
) -> None:
    answer = site.ask(address)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json["status"] == status
    assert named in answer.json["detail"]
    assert faults(answer.json, {"$ref": "#/components/schemas/Problem"}, document) == []


def test_the_document_is_openapi_3_1_and_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    text = str(document)
    for name in re.findall(r"#/components/schemas/(\w+)", text):
        assert name in document["components"]["schemas"]
    identifiers = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(identifiers) == len(set(identifiers)) == 18
    for path, operations in document["paths"].items():
        assert set(re.findall(r"\{(\w+)\}", path)) == {
            parameter["name"] for parameter in operations["get"].get("parameters", ()) if parameter["in"] == "path"
        }


def test_an_article_is_written_as_everywhere_else(site: Any, press: Store) -> None:
    stored = press.articles.get("0000000000000001")
    assert site.ask(FIRST).json == as_json(stored)
    assert site.ask(f"/api/v1/articles/{101:016x}").json["published"] == "2023-09-20"
    assert site.ask(f"/api/v1/articles/{102:016x}").json["published"] == "2023-08"
    assert site.ask(f"/api/v1/articles/{103:016x}").json["published"] is None


def test_the_cursor_leads_through_all_articles_once(site: Any, press: Store) -> None:
    seen: list[str] = []
    cursor = ""
    while True:
        page = site.ask(f"/api/v1/articles?limit=7{cursor}").json
        seen += [record["id"] for record in page["articles"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert len(seen) == len(set(seen)) == press.articles.count()


def test_filters_by_source_and_day(site: Any) -> None:
    ids = [record["id"] for record in site.ask("/api/v1/articles?source=harbour").json["articles"]]
    assert ids == [f"{100:016x}"]
    day = site.ask("/api/v1/articles?since=2023-09-21&until=2023-09-21&limit=200").json["articles"]
    stated = {record["published"][:10] for record in day if record["published"]}
    assert stated <= {"2023-09-21", "2023-09-23"}
    assert len(day) > 10


def test_what_was_entrusted_to_us_alone_is_nowhere(site: Any, press: Store) -> None:
    assert any("k3y" in state.url for state in press.sources.feeds("mada"))
    for path in ("/api/v1/sources/mada/following", "/api/v1/sources/mada", "/api/v1/sources", "/source/mada"):
        text = site.ask(path).text
        assert "mada.example" in text
        assert not [secret for secret in ("k3y", "desk:pw", "s3cr3t") if secret in text]
    for path in ("/api/v1/sources/mada/following", "/api/v1/openapi.json"):
        assert "hub_secret" not in site.ask(path).text
        assert "s3cr3t" not in site.ask(path).text


def test_any_site_may_read_the_api_and_no_page(site: Any) -> None:
    assert site.ask("/api/v1/articles", Origin="https://else.example").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in site.ask("/", Origin="https://else.example").headers
    asked = site.ask("/api/v1/articles", method="OPTIONS", Origin="https://else.example")
    assert (asked.status, asked.headers["access-control-allow-methods"]) == (204, "GET, HEAD, OPTIONS")


def test_the_schemas_of_all_records_are_told_with_their_comments() -> None:
    schemas = record_schemas()["$defs"]
    assert {record.__name__ for record in RECORDS} <= schemas.keys()
    assert schemas["Article"]["properties"]["section"]
    assert schemas["Article"]["properties"]["abstract"]["description"].startswith("The standfirst; null")
    assert set(schemas["Article"]["required"]) == set(schemas["Article"]["properties"])


class _Silent:
    """A store whose database went away: every question is an error."""

    def __getattr__(self, name: str) -> Any:
        raise StoreError("connection refused: password=hunter2")


def test_a_database_that_does_not_answer_is_told_without_its_secrets(serving: Callable[..., Any]) -> None:
    with serving(create_app(_Silent(), SiteOptions(), feed_lag=lambda: 12.5)) as site:
        page, api, health = site.ask("/"), site.ask("/api/v1/articles"), site.ask("/healthz")
    assert (page.status, api.status, health.status) == (503, 503, 503)
    assert page.headers["retry-after"] == "10"
    assert "قاعدة البيانات لا تجيب" in page.text
    assert api.json["detail"] == "the database does not answer"
    assert "hunter2" not in page.text + api.text + health.text


def test_health_tells_the_lag_of_the_feeds(press: Store, serving: Callable[..., Any]) -> None:
    with serving(create_app(press, SiteOptions(), feed_lag=lambda: 12.5)) as site:
        answer = site.ask("/healthz")
    assert (answer.status, answer.json) == (200, {"status": "ok", "oldest_due_feed_lag_seconds": 12.5})
    assert answer.headers["cache-control"] == "no-store"
