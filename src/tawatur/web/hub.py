"""
Where a WebSub hub reaches us (W3C WebSub §5.3 and §7).

The site only carries what comes to the one who follows the sources: it knows the tokens, the secrets and the topics.
A delivery is answered before it is worked on; its signature is checked by the receiver and a wrong one is ignored
there without telling the sender (§7.1).
"""

from __future__ import annotations

from typing import Annotated, Protocol

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response

_NO_STORE = {"cache-control": "no-store"}


class HubInbox(Protocol):
    """Takes what hubs say; called from worker threads, so it must not block for long nor touch an event loop."""

    def verify(self, mode: str, topic: str, challenge: str, lease: int | None, token: str) -> bool:
        """Tell whether a subscription (``subscribe`` | ``unsubscribe`` | ``denied``) under this token was asked for.

        Args:
            mode: ``hub.mode`` as sent.
            topic: ``hub.topic`` as sent.
            challenge: ``hub.challenge``; empty when the hub sent none. True makes us echo it.
            lease: Seconds the hub keeps the subscription; None when it did not say.
            token: The last part of the callback address, known to the hub alone.
        """

    def deliver(self, token: str, body: bytes, content_type: str, signature: str | None) -> bool:
        """Take a delivery; False when nothing is subscribed under the token."""


def hub_router(inbox: HubInbox, body_bytes: int) -> APIRouter:
    """Make the callback ``/websub/{token}``."""
    router = APIRouter(include_in_schema=False)

    @router.get("/websub/{token}")
    def verify(
        token: str,
        mode: Annotated[str, Query(alias="hub.mode", max_length=20)],
        topic: Annotated[str, Query(alias="hub.topic", max_length=4096)],
        challenge: Annotated[str, Query(alias="hub.challenge", max_length=4096)] = "",
        lease: Annotated[int | None, Query(alias="hub.lease_seconds", ge=0)] = None,
    ) -> Response:
        if not inbox.verify(mode, topic, challenge, lease, token):
            return PlainTextResponse("no such subscription\n", 404, _NO_STORE)
        return PlainTextResponse(challenge, 200, _NO_STORE)

    @router.post("/websub/{token}")
    async def deliver(token: str, request: Request) -> Response:
        body = await bounded_body(request, body_bytes)
        if body is None:
            return PlainTextResponse(f"more than {body_bytes} bytes\n", 413, _NO_STORE)
        signature = request.headers.get("x-hub-signature")
        kind = request.headers.get("content-type", "")
        known = await run_in_threadpool(inbox.deliver, token, body, kind, signature)
        return Response(status_code=202 if known else 410, headers=_NO_STORE)

    return router


async def bounded_body(request: Request, limit: int) -> bytes | None:
    """Read a request's body; None as soon as it proves longer than ``limit``."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)
