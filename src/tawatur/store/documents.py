"""Whole records as one column: JSON, as it is written everywhere, under Zstandard."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import zstandard

from tawatur.model import as_json
from tawatur.store.texts import write_json

_LEVEL = 6

Record = TypeVar("Record")


def pack(record: Any) -> bytes:
    """Write a record; equal records are equal bytes."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(write_json(as_json(record)).encode())


def unpack(kind: type[Record], packed: bytes) -> Record:
    """Read a record of a kind."""
    record: Record = _adapter(kind).validate_json(  # type: ignore[arg-type]  # a class is hashable; mypy forgets it in a type variable
        zstandard.ZstdDecompressor().decompress(packed)
    )
    return record


@cache
def _adapter(kind: type[Any]) -> Any:
    from pydantic import TypeAdapter  # its import takes a quarter of a second, and most openings read no document

    return TypeAdapter(kind)
