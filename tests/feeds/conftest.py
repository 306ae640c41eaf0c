"""Captures made of texts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tawatur.model import Capture

CaptureOf = Callable[..., Capture]


@pytest.fixture(scope="session")
def capture_of() -> CaptureOf:
    """Make a capture of a body: text becomes UTF-8."""

    def make(body: str | bytes, url: str = "https://example.org/feeds/news.xml", **fields: Any) -> Capture:
        data = body.encode() if isinstance(body, str) else body
        moment = datetime(2025, 3, 20, 20, 0, tzinfo=UTC)
        return Capture(url=url, requested_url=url, fetched_at=moment, status=200, body=data, **fields)

    return make
