"""Indexes to search in, filled with articles written by us."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tawatur.search import Document, IndexWriter, SearchIndex


@pytest.fixture
def document() -> Callable[..., Document]:
    def make(id_: str, body: str = "", *, title: str = "", day: int = 1, **fields: Any) -> Document:
        shown_at = fields.pop("shown_at", datetime(2023, 9, day, 12, tzinfo=UTC))
        return Document(**{"id": id_, "title": title, "body": body, "shown_at": shown_at, "language": "ar", **fields})

    return make


@pytest.fixture
def index_of(tmp_path: Path) -> Callable[[Iterable[Document]], SearchIndex]:
    """Index documents; called again, it adds to the same index."""

    def fill(documents: Iterable[Document], *, remove: Iterable[str] = ()) -> SearchIndex:
        with IndexWriter(tmp_path / "search") as writer:
            writer.put_many(list(documents))
            writer.remove(remove)
            writer.commit("here")
        return SearchIndex.open(tmp_path / "search")

    return fill
