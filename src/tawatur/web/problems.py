"""
What is said when something cannot be answered: a page in the site's dress, or problem+json (RFC 9457) for the API.

A bad query on a page is an address that does not exist (404); on the API it is a mistake of the caller, named (400).
"""

from __future__ import annotations

import json
from http import HTTPStatus

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from tawatur.errors import StoreError
from tawatur.web.desk import Desk
from tawatur.web.edition import Edition
from tawatur.web.safety import security_headers

_log = structlog.get_logger("tawatur.web")

PROBLEM = "application/problem+json"
_MESSAGES = {400: "bad_request", 404: "not_found", 405: "bad_request", 503: "unavailable"}


def handle_problems(app: FastAPI, desk: Desk) -> None:
    """Give the app its answers for what goes wrong."""

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - Starlette calls a handler with its own exceptions only
        return _answer(desk, request, error.status_code, str(error.detail), dict(error.headers or {}))

    def malformed(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
        return _answer(desk, request, 400 if _is_api(request) else 404, _faults(error), {})

    def unavailable(request: Request, error: Exception) -> Response:
        _log.error("the store does not answer", path=request.url.path, error=str(error))
        return _answer(desk, request, 503, "the database does not answer", {"retry-after": "10"})

    def broken(request: Request, error: Exception) -> Response:  # noqa: ARG001 - raised again for the log
        # This one is answered outside all middleware, so it brings the headers along.
        https = desk.options.base_url.startswith("https:")
        return _answer(desk, request, 500, "a mistake of ours", security_headers(request.url.path, https=https))

    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(StoreError, unavailable)
    app.add_exception_handler(Exception, broken)


def _answer(desk: Desk, request: Request, status: int, detail: str, headers: dict[str, str]) -> Response:
    headers = {"cache-control": "no-store", **headers}
    if _is_api(request):
        problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
        return Response(json.dumps(problem, ensure_ascii=False), status, headers, PROBLEM)
    edition = _edition_of(desk, request.url.path)
    key = _MESSAGES.get(status, "broken")
    page = desk.templates.render("error", edition, lambda links: links.front(), status=status, key=key)
    return Response(page, status, headers, "text/html; charset=utf-8")


def _edition_of(desk: Desk, path: str) -> Edition:
    default, *others = desk.templates.editions.values()
    return next((edition for edition in others if path.startswith(f"{edition.links.prefix}/")), default)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _faults(error: RequestValidationError) -> str:
    return "; ".join(f"{fault['loc'][-1]}: {fault['msg'].lower()}" for fault in error.errors())
