"""The callback of WebSub hubs: carried to the one who follows, bounded, never more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest

from tawatur.store import Store
from tawatur.web import SiteOptions, create_app


@dataclass
class Inbox:
    """Keeps what it was told."""

    asked: list[tuple[str, str, int | None]] = field(default_factory=list)
    delivered: list[tuple[bytes, str, str | None]] = field(default_factory=list)

    def verify(self, mode: str, topic: str, challenge: str, lease: int | None, token: str) -> bool:
        self.asked.append((mode, topic, lease))
        return token == "known" and topic == "https://nahr.example/feed"

    def deliver(self, token: str, body: bytes, content_type: str, signature: str | None) -> bool:
        self.delivered.append((body, content_type, signature))
        return token == "known"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def hub_site(empty: Store, inbox: Inbox, serving: Callable[..., Any]) -> Iterator[Any]:
    with serving(create_app(empty, SiteOptions(hub_body_bytes=1000), hub_inbox=inbox)) as site:
        yield site


def query(**values: object) -> str:
    return urlencode({f"hub.{name}": value for name, value in values.items()})


def test_a_subscription_we_asked_for_is_confirmed(hub_site: Any, inbox: Inbox) -> None:
    asked = query(mode="subscribe", topic="https://nahr.example/feed", challenge="<b>abc</b>", lease_seconds=864000)
    answer = hub_site.ask(f"/websub/known?{asked}")
    assert (answer.status, answer.text) == (200, "<b>abc</b>")
    assert answer.headers["content-type"].startswith("text/plain")
    assert inbox.asked == [("subscribe", "https://nahr.example/feed", 864000)]


@pytest.mark.parametrize(
    ("token", "topic"), [("known", "https://else.example/feed"), ("unknown", "https://nahr.example/feed")]
)
def test_one_we_did_not_ask_for_is_not(hub_site: Any, token: str, topic: str) -> None:
    asked = query(mode="subscribe", topic=topic, challenge="abc", lease_seconds=1)
    answer = hub_site.ask(f"/websub/{token}?{asked}")
    assert (answer.status, "abc" in answer.text) == (404, False)


def test_a_delivery_is_handed_on_whole_with_its_signature(hub_site: Any, inbox: Inbox) -> None:
    answer = hub_site.ask(
        "/websub/known", "POST", b"<feed/>", Content_Type="application/atom+xml", X_Hub_Signature="sha256=00"
    )
    assert answer.status == 202
    assert inbox.delivered == [(b"<feed/>", "application/atom+xml", "sha256=00")]


def test_a_delivery_for_nobody_tells_the_hub_to_stop(hub_site: Any) -> None:
    assert hub_site.ask("/websub/unknown", "POST", b"<feed/>").status == 410


def test_a_delivery_that_is_too_large_is_refused_unread(hub_site: Any, inbox: Inbox) -> None:
    assert hub_site.ask("/websub/known", "POST", b"x" * 1001).status == 413
    assert hub_site.ask("/websub/known", "POST", b"x" * 1000).status == 202
    assert [len(body) for body, _, _ in inbox.delivered] == [1000]


def test_a_question_without_its_parts_is_refused(hub_site: Any) -> None:
    assert hub_site.ask("/websub/known").status == 404
