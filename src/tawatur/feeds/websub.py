"""
WebSub: being told of new entries instead of asking (https://www.w3.org/TR/websub/).

A feed names a hub and its own address, the topic (``Feed.hub``, ``Feed.topic``; headers come before the document).
We ask the hub to subscribe us; the hub asks back whether we meant it; then it posts the feed, signed with a secret
that only it and we know. What is sent, what may be answered and what may be believed is decided here; the
requests are made by others.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tawatur.errors import FeedError

__all__ = ["Verified", "is_signed", "subscription_form", "verify_intent"]

Mode = Literal["subscribe", "unsubscribe"]

# WebSub §5.1: a secret must be shorter than 200 bytes. §8 names the four methods.
LONGEST_SECRET = 199
_METHODS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}
# Ten days is what most hubs give; a week leaves time to renew.
LEASE_SECONDS = 7 * 24 * 3600
# A challenge is an opaque string; hubs send some 40 letters.
LONGEST_CHALLENGE = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A hub's question that is to be answered with status 200 and the challenge as its body."""

    mode: Mode
    challenge: str
    #: How long the hub will tell us, None when it does not say.
    lease_seconds: int | None = None


def subscription_form(
    topic: str, callback: str, *, secret: str, mode: Mode = "subscribe", lease_seconds: int = LEASE_SECONDS
) -> tuple[tuple[str, str], ...]:
    """Give the form fields to post to the hub.

    Raises:
        FeedError: The secret is empty or longer than a hub must take.
    """
    if not 0 < len(secret.encode()) <= LONGEST_SECRET:
        raise FeedError(f"a WebSub secret takes 1 to {LONGEST_SECRET} bytes, not {len(secret.encode())}")
    fields = (("hub.callback", callback), ("hub.mode", mode), ("hub.topic", topic))
    if mode == "unsubscribe":
        return fields
    return (*fields, ("hub.lease_seconds", str(lease_seconds)), ("hub.secret", secret))


def verify_intent(query: Mapping[str, str], *, topic: str, wanted: Mode | None) -> Verified:
    """Decide whether a hub's question at our callback is one that we meant.

    Args:
        query: The parameters of the hub's request.
        topic: The topic this callback was made for.
        wanted: What we last asked of the hub; None when nothing is pending.

    Raises:
        FeedError: We did not mean it (answer 404), or the hub denies the subscription, with its reason.
    """
    mode, challenge = query.get("hub.mode", ""), query.get("hub.challenge", "")
    if query.get("hub.topic") != topic:
        raise FeedError(f"a hub asked for a topic other than {topic}")
    if mode == "denied":
        raise FeedError(f"the hub denies {topic}: {query.get('hub.reason') or 'no reason given'}")
    if mode != wanted or wanted is None:
        raise FeedError(f"a hub asked to {mode or 'do nothing'} for {topic}, which was not wanted")
    if not 0 < len(challenge) <= LONGEST_CHALLENGE:
        raise FeedError(f"a hub sent no usable challenge for {topic}")
    lease = query.get("hub.lease_seconds", "")
    seconds = int(lease) if lease.isascii() and lease.isdigit() and len(lease) <= 9 else None
    return Verified(mode=wanted, challenge=challenge, lease_seconds=seconds)


def is_signed(body: bytes, header: str | None, secret: str) -> bool:
    """Whether a posted feed carries the right ``X-Hub-Signature``; compared in constant time.

    A body that does not is answered with 202 and thrown away (WebSub §8.1), so that a stranger learns nothing.
    """
    method, separator, written = (header or "").strip().partition("=")
    digest = _METHODS.get(method.strip().lower())
    if digest is None or not separator:
        return False
    expected = hmac.new(secret.encode(), body, digest).hexdigest()
    return hmac.compare_digest(expected.encode(), written.strip().lower().encode())
