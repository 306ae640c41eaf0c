"""Pages written by us in the manner of real outlets, each with the record it must give."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tawatur.errors import ExtractionError
from tawatur.extract import join_pages, read_page
from tawatur.model import Capture, Source, as_json

PAGES = Path(__file__).parent.parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.json"))


def expected(name: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return record


def capture_of(name: str) -> Capture:
    record = expected(name)
    return Capture(
        url=record["url"],
        requested_url=record["url"],
        fetched_at=datetime.fromisoformat(record["fetched"]),
        status=200,
        body=(PAGES / f"{name}.html").read_bytes(),
        media_type="text/html",
    )


def source_of(name: str) -> Source | None:
    stated = expected(name).get("source")
    return Source(**stated) if stated else None


def test_there_are_at_least_thirty_pages() -> None:
    assert len(NAMES) >= 30


@pytest.mark.parametrize("name", [name for name in NAMES if "article" in expected(name)])
def test_a_page_gives_its_record(name: str) -> None:
    want = expected(name)["article"]
    reading = read_page(capture_of(name), source_of(name))
    record = as_json(reading.article)
    assert "\n".join(record.pop("body").split("\n")) == want.pop("body")
    if "next_page" in want:
        assert reading.next_page == want.pop("next_page")
    if "updates_count" in want:
        assert len(record["updates"]) == want.pop("updates_count")
    if "updates" in want:
        record["updates"] = [
            {key: update[key] for key in ("title", "body", "published")} for update in record["updates"]
        ]
    assert {key: record[key] for key in want} == want


@pytest.mark.parametrize("name", [name for name in NAMES if "refused" in expected(name)])
def test_a_page_that_is_no_article_is_refused_with_the_reason(name: str) -> None:
    with pytest.raises(ExtractionError) as refused:
        read_page(capture_of(name), source_of(name))
    assert refused.value.reason == expected(name)["refused"]


@pytest.mark.parametrize("name", [name for name in NAMES if "article" in expected(name)])
def test_nothing_of_a_script_comes_out(name: str) -> None:
    assert "سكربت" not in json.dumps(as_json(read_page(capture_of(name), source_of(name)).article), ensure_ascii=False)


def test_the_pages_of_one_article_are_joined() -> None:
    first, second = (read_page(capture_of(f"many-pages-{number}")) for number in (1, 2))
    joined = join_pages(first, [second])
    assert joined.body == "\n".join([first.article.body, second.article.body])
    assert joined.id == first.article.id
    assert joined.flags == ()


def test_an_article_whose_next_page_could_not_be_read_is_flagged() -> None:
    assert join_pages(read_page(capture_of("many-pages-1")), []).flags == ("truncated",)
