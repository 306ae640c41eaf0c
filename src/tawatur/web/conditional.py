"""
Answers that a browser, a feed reader or a cache can ask for again cheaply (RFC 9110 §13, RFC 9111).

The entity tag is a digest of the body, so it is right whatever the page was made of. It is weak, because compression
on the way changes the bytes.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from tawatur.model import as_json

JSON = "application/json"
#: Seconds a page may be shown from a cache: a reader sees a new article within a minute.
PAGE_SECONDS = 60
#: Seconds for records.
API_SECONDS = 30
#: Seconds for feeds and sitemaps, which are asked for by machines on a schedule.
FEED_SECONDS = 300
#: Seconds for files whose name holds their digest: for ever, as far as caches go.
FOREVER_SECONDS = 31_536_000


def answer(
    request: Request,
    body: str | bytes,
    media_type: str,
    *,
    seconds: int = PAGE_SECONDS,
    last_modified: datetime | None = None,
    status: int = 200,
) -> Response:
    """Answer with a body, or with 304 when the one who asks already has it."""
    data = body.encode("utf-8", "replace") if isinstance(body, str) else body
    headers = {
        "etag": f'W/"{hashlib.sha256(data).hexdigest()[:32]}"',
        "cache-control": f"public, max-age={seconds}" + (", immutable" if seconds == FOREVER_SECONDS else ""),
    }
    if last_modified is not None:
        headers["last-modified"] = format_datetime(last_modified.astimezone(UTC), usegmt=True)
    if status == 200 and is_known(request, headers["etag"], last_modified):
        return Response(status_code=304, headers=headers)
    return Response(data, status_code=status, media_type=media_type, headers=headers)


def answer_record(request: Request, record: Any) -> Response:
    """Answer with a record, or what holds records, as JSON."""
    text = json.dumps(as_json(record), ensure_ascii=False, separators=(",", ":"))
    return answer(request, text, JSON, seconds=API_SECONDS)


def is_known(request: Request, etag: str, last_modified: datetime | None) -> bool:
    """Tell whether a request's validators still hold; a date counts only where no tag was sent (RFC 9110 §13.2.2)."""
    asked = request.headers.get("if-none-match")
    if asked is not None:
        tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
        return "*" in tags or etag.removeprefix("W/") in tags
    since = request.headers.get("if-modified-since")
    if since is None or last_modified is None:
        return False
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:
        return False
    return last_modified.replace(microsecond=0) <= (moment if moment.tzinfo else moment.replace(tzinfo=UTC))
