"""Asking again costs little, and caches are told the truth."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest

from tawatur.store import Store

PAGES = [
    "/",
    "/en/",
    "/article/0000000000000001",
    "/sources",
    "/feed.atom",
    "/feed.json",
    "/sitemap.xml",
    "/robots.txt",
]
API = ["/api/v1/articles", "/api/v1/articles/0000000000000001", "/api/v1/sources", "/api/v1/openapi.json"]


@pytest.mark.parametrize("path", PAGES + API)
def test_an_answer_that_is_known_already_is_not_sent_again(site: Any, path: str) -> None:
    first = site.ask(path)
    again = site.ask(path, If_None_Match=f'"other", {first.headers["etag"]}')
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert site.ask(path, If_None_Match='"other"').status == 200


def test_a_feed_can_be_asked_for_by_date(site: Any) -> None:
    stamp = site.ask("/feed.atom").headers["last-modified"]
    assert site.ask("/feed.atom", If_Modified_Since=stamp).status == 304
    assert site.ask("/feed.atom", If_Modified_Since="Mon, 01 Jan 2001 00:00:00 GMT").status == 200
    assert site.ask("/feed.atom", If_Modified_Since="not a date").status == 200


def test_a_tag_counts_before_a_date(site: Any) -> None:
    stamp = site.ask("/feed.atom").headers["last-modified"]
    assert site.ask("/feed.atom", If_Modified_Since=stamp, If_None_Match='"other"').status == 200


def test_files_keep_for_ever_under_a_name_that_holds_their_digest(site: Any) -> None:
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', site.ask("/").text)
    assert len(named) >= 5
    for path in named:
        answer = site.ask(path)
        assert answer.status == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_fonts_named_in_the_style_sheet_are_there(site: Any) -> None:
    [sheet] = re.findall(r'href="(/static/site\.[^"]+\.css)"', site.ask("/").text)
    fonts = set(re.findall(r'url\("([^"]+)"\)', site.ask(sheet).text))
    assert len(fonts) == 7
    for font in fonts:
        assert site.ask(f"/static/{font}").headers["content-type"] == "font/woff2"


def test_the_fonts_together_weigh_less_than_a_megabyte(site: Any) -> None:
    [sheet] = re.findall(r'href="(/static/site\.[^"]+\.css)"', site.ask("/").text)
    fonts = set(re.findall(r'url\("([^"]+)"\)', site.ask(sheet).text))
    assert sum(len(site.ask(f"/static/{font}").body) for font in fonts) < 1_000_000


def test_a_picture_is_served_as_what_it_is_and_kept(site: Any, press: Store) -> None:
    [(url, image_id)] = press.images.ids_for(["https://nahr.example/pictures/1.jpg"]).items()
    answer = site.ask(f"/images/{image_id}")
    assert url
    assert answer.headers["content-type"] == "image/webp"
    assert "immutable" in answer.headers["cache-control"]
    assert answer.body[:4] == b"RIFF"


@pytest.mark.parametrize("path", [*PAGES, *API, "/nothing", "/healthz", "/favicon.ico", "/images/none"])
def test_every_answer_carries_the_security_headers(site: Any, path: str) -> None:
    headers = site.ask(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "permissions-policy" in headers
    assert "server" not in headers


def test_head_tells_the_same_without_the_body(site: Any) -> None:
    for path in (*PAGES, *API, "/healthz"):
        head = site.ask(path, method="HEAD")
        assert (head.status, head.body) == (200, b"")


def test_pages_travel_compressed_when_asked(site: Any) -> None:
    answer = site.ask("/", Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert gzip.decompress(answer.body) == site.ask("/").body


def test_the_site_changes_nothing(site: Any) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert site.ask("/", method=method).status == 405
        assert site.ask("/api/v1/articles", method=method).status == 405
