"""WebSub: what is asked of a hub, and what is believed of it."""

from __future__ import annotations

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.errors import FeedError
from tawatur.feeds import websub

TOPIC = "https://example.org/feed.xml"


def test_a_subscription_names_topic_callback_lease_and_secret() -> None:
    form = dict(websub.subscription_form(TOPIC, "https://us.example/hook/1", secret="s" * 40))
    assert form["hub.mode"] == "subscribe"
    assert form["hub.topic"] == TOPIC
    assert form["hub.callback"] == "https://us.example/hook/1"
    assert int(form["hub.lease_seconds"]) > 0
    assert form["hub.secret"] == "s" * 40


def test_an_end_of_a_subscription_gives_no_secret_away() -> None:
    form = dict(websub.subscription_form(TOPIC, "https://us.example/1", secret="s", mode="unsubscribe"))
    assert form == {"hub.callback": "https://us.example/1", "hub.mode": "unsubscribe", "hub.topic": TOPIC}


@pytest.mark.parametrize("secret", ["", "s" * 200, "س" * 100])
def test_a_secret_is_shorter_than_200_bytes(secret) -> None:
    with pytest.raises(FeedError):
        websub.subscription_form(TOPIC, "https://us.example/1", secret=secret)


def question(**changes: str) -> dict[str, str]:
    asked = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "abc", "hub.lease_seconds": "864000"}
    return asked | {f"hub.{name}": value for name, value in changes.items()}


def test_a_question_we_meant_is_answered_with_its_challenge() -> None:
    verified = websub.verify_intent(question(), topic=TOPIC, wanted="subscribe")
    assert (verified.challenge, verified.lease_seconds, verified.mode) == ("abc", 864000, "subscribe")
    assert websub.verify_intent(question(lease_seconds="x"), topic=TOPIC, wanted="subscribe").lease_seconds is None


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (question(), None),
        (question(), "unsubscribe"),
        (question(mode="unsubscribe"), "subscribe"),
        (question(topic="https://example.org/other"), "subscribe"),
        (question(challenge=""), "subscribe"),
        (question(challenge="x" * 5000), "subscribe"),
        (question(mode="denied", reason="no"), "subscribe"),
        ({}, "subscribe"),
    ],
)
def test_a_question_we_did_not_mean_is_refused(asked, wanted) -> None:
    with pytest.raises(FeedError):
        websub.verify_intent(asked, topic=TOPIC, wanted=wanted)


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_a_body_signed_with_the_secret_is_believed(method) -> None:
    digest = hmac.new("سر".encode(), b"<rss/>", getattr(hashlib, method)).hexdigest()
    assert websub.is_signed(b"<rss/>", f"{method}={digest}", "سر")
    assert websub.is_signed(b"<rss/>", f"{method.upper()}={digest.upper()}", "سر")
    assert not websub.is_signed(b"<rss />", f"{method}={digest}", "سر")
    assert not websub.is_signed(b"<rss/>", f"{method}={digest}", "غيره")


@given(st.binary(max_size=40), st.one_of(st.none(), st.text(max_size=60)))
def test_no_other_signature_is_believed(body, header) -> None:
    assert not websub.is_signed(body, header, "secret")


@pytest.mark.parametrize("header", [None, "", "sha1", "sha1=", "md5=x", "=x", "sha256=é"])
def test_a_missing_or_strange_signature_is_not_believed(header) -> None:
    assert not websub.is_signed(b"", header, "secret")
