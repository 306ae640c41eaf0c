"""The style sheets keep to what Arabic and both directions need."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

SHEETS = {
    name: files("tawatur.web").joinpath(f"static/{name}").read_text("utf-8") for name in ("site.css", "print.css")
}
DECLARATIONS = {
    name: re.findall(r"[{;]\s*([a-z-]+)\s*:", re.sub(r"/\*.*?\*/", "", sheet, flags=re.S))
    for name, sheet in SHEETS.items()
}


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_a_sheet_says_start_and_end_never_left_and_right(name: str) -> None:
    physical = re.compile(r"(^|-)(left|right|top|bottom)(-|$)|^(min-|max-)?(width|height)$|^float$")
    assert [declared for declared in DECLARATIONS[name] if physical.search(declared)] == []
    assert not re.search(r":\s*(left|right)\b", SHEETS[name])


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_arabic_letters_stay_joined(name: str) -> None:
    assert DECLARATIONS[name]
    assert "letter-spacing" not in DECLARATIONS[name]


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_a_sheet_asks_nobody_else(name: str) -> None:
    assert not re.search(r"https?:|//[a-z]|@import", re.sub(r"/\*.*?\*/", "", SHEETS[name], flags=re.S))
