"""
One outlet's site as a server sees it: a path and the caller's validators in, an answer out. No sockets here.

What real sites do and a reader has to stand is done on purpose: a feed that has moved (301), one that repeats its
ETag over new content, links with tracking parameters, a page that is not there but answers 200, a consent wall, pages
that go (404, 410), a page that robots.txt keeps to itself, an undeclared charset.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import parse_qsl, quote, unquote, urlencode

from tawatur.press.edition import Edition
from tawatur.press.feeds import MEDIA_TYPES, write_feed
from tawatur.press.outlets import Outlet
from tawatur.press.pages import PageWriter
from tawatur.press.pictures import paint
from tawatur.press.texts import Draft, drafts

#: Answers below this many bytes travel as they are.
GZIP_FROM_BYTES = 600

_IMAGE = re.compile(r"/images/([0-9]{1,9})\.png")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sends back."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Site:
    """The pages, feeds and pictures of one outlet."""

    edition: Edition
    outlet: Outlet
    #: The address it is served at, without a slash at its end.
    home: str

    def answer(self, target: str, headers: Mapping[str, str], moment: datetime) -> Answer:
        """Answer a GET for a path and query, with the request's headers in lower case."""
        path, query = _without_tracking(target)
        answer = self._find(path, query, moment)
        return _compressed(_unless_known(answer, headers), headers)

    def _find(self, path: str, query: str, moment: datetime) -> Answer:
        if path == "/robots.txt":
            return Answer(200, self._robots().encode(), {"Content-Type": "text/plain; charset=utf-8"})
        if path == self.outlet.moved_feed_path:
            return Answer(301, headers={"Location": self.home + self.outlet.feed_path})
        if path == self.outlet.feed_path and self.outlet.feed != "listing":
            return self._feed(moment)
        if path in {"/", self.outlet.feed_path}:
            return self._page(self._writer(moment).front())
        if picture := _IMAGE.fullmatch(path):
            return self._picture(int(picture[1]), moment)
        return self._article(path, query, moment)

    def _robots(self) -> str:
        kept = [
            self.edition.path(draft)
            for draft in drafts().values()
            if draft.refused == "robots" and self._is_mine(draft)
        ]
        lines = ["User-agent: *", "Disallow: /admin/", *(f"Disallow: {path}" for path in kept)]
        if self.outlet.feed == "sitemap":
            lines.append(f"Sitemap: {self.home}{self.outlet.feed_path}")
        return "\n".join(lines) + "\n"

    def _feed(self, moment: datetime) -> Answer:
        versions = self.edition.standing(self.outlet.id, moment)
        body = write_feed(self.outlet, versions, self.home)
        headers = {"Content-Type": MEDIA_TYPES[self.outlet.feed], "Cache-Control": "max-age=60"}
        if self.outlet.stuck_etag:
            return Answer(200, body, headers | {"ETag": '"5f3c1b"'})
        if versions:
            headers["Last-Modified"] = format_datetime(max(v.since for v in versions).astimezone(UTC), usegmt=True)
        return Answer(200, body, headers | {"ETag": _etag(body)})

    def _article(self, path: str, query: str, moment: datetime) -> Answer:
        asked = dict(parse_qsl(query))
        page = 2 if asked.pop("page", "1") == "2" else 1
        draft = self._draft_at(path, urlencode(asked))
        writer = self._writer(moment)
        if draft is None or self.edition.published(draft) > moment:
            return self._page(writer.missing(), 404)
        version = self.edition.version(draft.id, moment)
        if version is None:
            return self._page(writer.missing(), draft.withdrawn_status)
        if draft.refused == "consent_wall":
            return self._page(writer.consent())
        if draft.refused == "error_page":
            return self._page(writer.missing())
        return self._page(writer.article(version, page), modified=version.since)

    def _draft_at(self, path: str, query: str) -> Draft | None:
        wanted = f"{quote(unquote(path), safe='/')}?{query}" if query else quote(unquote(path), safe="/")
        mine = (draft for draft in drafts().values() if self._is_mine(draft))
        return next((draft for draft in mine if self.edition.path(draft) == wanted), None)

    def _picture(self, number: int, moment: datetime) -> Answer:
        mine = (draft for draft in drafts().values() if self._is_mine(draft) and draft.image)
        draft = next((draft for draft in mine if draft.number == number), None)
        if draft is None or self.edition.published(draft) > moment:
            return Answer(404)
        return Answer(200, paint(number), {"Content-Type": "image/png", "Cache-Control": "max-age=86400"})

    def _page(self, html: str, status: int = 200, modified: datetime | None = None) -> Answer:
        body = html.encode(self.outlet.charset, errors="xmlcharrefreplace")
        # The classic design is served without a word of its charset: readers have to find out.
        media_type = "text/html; charset=utf-8" if self.outlet.charset == "utf-8" else "text/html"
        headers = {"Content-Type": media_type, "ETag": _etag(body)}
        if modified:
            headers["Last-Modified"] = format_datetime(modified.astimezone(UTC), usegmt=True)
        return Answer(status, body, headers)

    def _writer(self, moment: datetime) -> PageWriter:
        return PageWriter(edition=self.edition, outlet=self.outlet, home=self.home, moment=moment)

    def _is_mine(self, draft: Draft) -> bool:
        return draft.outlet == self.outlet.id


def _without_tracking(target: str) -> tuple[str, str]:
    path, _, query = target.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query) if not name.startswith("utm_")]
    return path, urlencode(kept)


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:16]}"'


def _unless_known(answer: Answer, headers: Mapping[str, str]) -> Answer:
    """304 when the caller's validators still hold (RFC 9110, 13.2.2: If-None-Match goes before If-Modified-Since)."""
    if answer.status != 200:
        return answer
    etag = answer.headers.get("ETag")
    if "if-none-match" in headers:
        known = {part.strip().removeprefix("W/") for part in headers["if-none-match"].split(",")}
        is_known = etag in known or "*" in known
    else:
        is_known = _not_changed_since(headers.get("if-modified-since"), answer.headers.get("Last-Modified"))
    if not is_known:
        return answer
    kept = {name: value for name, value in answer.headers.items() if name != "Content-Type"}
    return Answer(304, headers=kept)


def _not_changed_since(asked: str | None, changed: str | None) -> bool:
    if not asked or not changed:
        return False
    try:
        return parsedate_to_datetime(changed) <= parsedate_to_datetime(asked)
    except ValueError:
        return False  # RFC 9110, 13.1.3: a date that cannot be read is as if it were not there


def _compressed(answer: Answer, headers: Mapping[str, str]) -> Answer:
    kind = answer.headers.get("Content-Type", "")
    if len(answer.body) < GZIP_FROM_BYTES or "gzip" not in headers.get("accept-encoding", "") or "image" in kind:
        return answer
    sent = {**answer.headers, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Answer(answer.status, gzip.compress(answer.body, 6, mtime=0), sent)
