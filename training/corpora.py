"""The unlabelled news of ``TAWATUR_DATA``: articles of the ANT corpus and of SaudiNewsNet."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

__all__ = ["ANT", "CORPORA", "DATA", "GOLD", "read_records", "texts_once"]

DATA = Path(os.environ.get("TAWATUR_DATA", "../shared/data"))
GOLD = DATA / "gold"
ANT = "ant.jsonl.gz"
CORPORA = (ANT, "saudi.jsonl.gz")

Record = dict[str, Any]


def read_records(corpora: Iterable[str] = CORPORA) -> Iterator[Record]:
    """Give the articles of corpora in their order."""
    for name in corpora:
        with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def texts_once() -> Iterator[Record]:
    """Give the articles of both corpora; of texts that begin alike the first."""
    seen: set[str] = set()
    for record in read_records():
        start = (record.get("body") or "")[:200]
        if start not in seen:
            seen.add(start)
            yield record
