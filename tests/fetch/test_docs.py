"""The page about fetching knows every setting."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from tawatur.fetch import FetchOptions


def test_every_setting_stands_on_the_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "fetch.md").read_text(encoding="utf-8")
    assert [field.name for field in fields(FetchOptions) if f"`{field.name}`" not in page] == []
