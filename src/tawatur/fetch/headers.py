"""What the headers of an answer say: how long to wait, how long it holds, where else to look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from yarl import URL

from tawatur.fetch.urls import join_url

#: Links taken from the Link headers of one answer; a feed names two.
MOST_LINKS = 50
#: The longest an answer is taken to hold, in seconds: a year (RFC 9111 lets a cache bound it).
LONGEST_MAX_AGE = 31_536_000.0

_PARAMETER = re.compile(r""";\s*([^\s=;,"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?""")
_LINK = re.compile(r"<([^<>]*)>((?:\s*;\s*[^\s=;,\"]+\s*(?:=\s*(?:\"(?:[^\"\\]|\\.)*\"|[^\s;,\"]*))?)*)")
_DIRECTIVE = re.compile(r"""([a-z-]+)(?:\s*=\s*"?([^",\s]*)"?)?""", re.IGNORECASE)


def content_type(value: str) -> tuple[str, str | None]:
    """Give the media type in lower case, and the charset as sent.

    >>> content_type('Text/HTML; Charset="windows-1256"')
    ('text/html', 'windows-1256')
    >>> content_type("")
    ('', None)
    """
    media_type, _, rest = value.partition(";")
    for name, quoted, plain in _PARAMETER.findall(f";{rest}"):
        if name.lower() == "charset" and (charset := (quoted or plain).strip(" '\"")):
            return media_type.strip().lower(), charset
    return media_type.strip().lower(), None


def retry_after(value: str | None, now: datetime, longest: float) -> float | None:
    """Give the seconds a server asks us to wait, between 0 and ``longest``; None when it does not say.

    >>> now = datetime(2023, 9, 20, 13, 0, tzinfo=UTC)
    >>> retry_after("Wed, 20 Sep 2023 13:02:00 GMT", now, 86400)
    120.0
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        seconds = float(value[:12])
    elif (moment := http_date(value)) is not None:
        seconds = (moment - now).total_seconds()
    else:
        return None
    return min(max(seconds, 0.0), longest)


def max_age(headers: Mapping[str, str], now: datetime) -> float | None:
    """Give the seconds an answer may be kept, by Cache-Control, else by Expires (RFC 9111, section 4.2.1).

    >>> now = datetime(2023, 9, 20, 13, 0, tzinfo=UTC)
    >>> max_age({"Cache-Control": "public, max-age=600", "Age": "100"}, now)
    500.0
    """
    directives = {name.lower(): value for name, value in _DIRECTIVE.findall(headers.get("Cache-Control", ""))}
    if "no-store" in directives or "no-cache" in directives:
        return 0.0
    stated = directives.get("max-age", "")
    if stated.isascii() and stated.isdigit():
        age = headers.get("Age", "").strip()
        passed = float(age[:12]) if age.isascii() and age.isdigit() else 0.0
        return min(max(float(stated[:12]) - passed, 0.0), LONGEST_MAX_AGE)
    expires = headers.get("Expires")
    if expires is None:
        return None
    until = http_date(expires)
    if until is None:
        return 0.0  # "Expires: 0" and the like mean: already expired (section 5.3)
    since = http_date(headers.get("Date", "")) or now
    return min(max((until - since).total_seconds(), 0.0), LONGEST_MAX_AGE)


def http_date(value: str) -> datetime | None:
    """Read an HTTP date; None when it is none."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def links(values: Iterable[str], base: URL) -> tuple[tuple[str, str], ...]:
    """Give relation and absolute target of each link (RFC 8288), in the order sent.

    >>> links(['<https://hub.example/>; rel="hub", </feed>; rel=self'], URL("https://example.org/a"))
    (('hub', 'https://hub.example/'), ('self', 'https://example.org/feed'))
    """
    found: list[tuple[str, str]] = []
    for relation, target in _links(values):
        try:
            found.append((relation, join_url(base, target)))
        except ValueError:
            continue  # a target that is no address names nothing
        if len(found) == MOST_LINKS:
            break
    return tuple(found)


def _links(values: Iterable[str]) -> Iterator[tuple[str, str]]:
    for value in values:
        for target, parameters in _LINK.findall(value):
            relations = next((q or p for name, q, p in _PARAMETER.findall(parameters) if name.lower() == "rel"), "")
            for relation in relations.lower().split():
                yield relation, target
