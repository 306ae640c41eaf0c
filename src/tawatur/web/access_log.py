"""One structured line a request: what was asked, what was answered, how long it took."""

from __future__ import annotations

import time

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = structlog.get_logger("tawatur.web")


class AccessLog:
    """ASGI middleware: logs each request when it is answered. Addresses of readers are not kept."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        answered = {"status": 500, "bytes": 0}

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered["status"] = message["status"]
            elif message["type"] == "http.response.body":
                answered["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, send_counted)
        finally:
            milliseconds = round((time.perf_counter() - started) * 1000, 1)
            _log.info("request", method=scope["method"], path=scope["path"], milliseconds=milliseconds, **answered)
