"""A served press, and a plain way to ask it for pages."""

from __future__ import annotations

import gzip
import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from tawatur.press import Press

#: The real days: the affair began on 19 September 2023.
START = datetime(2023, 9, 20, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


Fetch = Callable[..., Reply]


def _fetch(url: str, method: str = "GET", **headers: str) -> Reply:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=10)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        told = {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()
    if told.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return Reply(answer.status, told, body)


@pytest.fixture(scope="session")
def fetch() -> Fetch:
    return _fetch


@pytest.fixture(scope="session")
def start() -> datetime:
    return START


@pytest.fixture(scope="session")
def whole_press() -> Iterator[Press]:
    """Everything is out, every edit made, every withdrawn page gone."""
    with Press(START) as press:
        yield press


@pytest.fixture
def press() -> Iterator[Press]:
    """A press of the test's own, whose clock it may wind."""
    with Press(START) as press:
        yield press
