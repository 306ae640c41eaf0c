"""What a capture holds, and what is asked of the server for it."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from typing import Any

import brotli
import pytest
import zstandard

from tawatur.errors import Blocked, FetchError

PAGE = "<h1>أعلنت وكالة الفضاء موعد الإطلاق</h1>".encode("windows-1256")


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


async def test_a_capture_holds_what_the_server_said(house: Any) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/a"] = house.answer(
            body=PAGE,
            headers={
                "Content-Type": 'Text/HTML; Charset="windows-1256"',
                "ETag": '"v1"',
                "Last-Modified": "Wed, 20 Sep 2023 13:00:00 GMT",
                "Cache-Control": "public, max-age=600",
                "Link": '<https://hub.example/>; rel="hub", </feed>; rel="self"',
            },
        )
        before = datetime.now(UTC)
        capture = await web.capture(press.url("/a#top"))
        assert before <= capture.fetched_at <= datetime.now(UTC)
        assert capture.body == PAGE
        assert (capture.status, capture.media_type, capture.charset) == (200, "text/html", "windows-1256")
        assert (capture.url, capture.requested_url) == (press.url("/a"), press.url("/a#top"))
        assert (capture.etag, capture.last_modified) == ('"v1"', "Wed, 20 Sep 2023 13:00:00 GMT")
        assert capture.max_age == 600
        assert capture.links == (("hub", "https://hub.example/"), ("self", press.url("/feed")))
        assert capture.moved_to is None


async def test_what_the_server_did_not_say_is_not_made_up(house: Any) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
        capture = await web.capture(press.url())
        assert (capture.media_type, capture.charset, capture.etag, capture.max_age) == ("", None, None, None)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", lambda data: gzip.compress(data[:10]) + gzip.compress(data[10:]) + bytes(8)),
        ("deflate", zlib.compress),
        ("deflate", raw_deflate),
        ("br", brotli.compress),
        ("zstd", zstandard.compress),
        ("zstd", lambda data: zstandard.compress(data[:10]) + zstandard.compress(data[10:])),
        ("identity", bytes),
        ("UTF-8", bytes),
        ("gzip, br", lambda data: brotli.compress(gzip.compress(data))),
    ],
)
@pytest.mark.parametrize("size", [20, 1_000_000])
async def test_every_packing_we_ask_for_is_undone(house: Any, coding: str, pack: Any, size: int) -> None:
    body = (PAGE * (size // len(PAGE) + 1))[:size]
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = house.answer(body=pack(body), headers={"Content-Encoding": coding})
        assert (await web.capture(press.url())).body == body
        asked = press.seen[0].headers["accept-encoding"]
        assert {"gzip", "deflate", "br", "zstd"} <= {name.strip() for name in asked.split(",")}


async def test_a_packed_sitemap_file_comes_unpacked(house: Any) -> None:
    async with house.serving() as press, house.web() as web:
        sitemap = b"<urlset/>" * 1000
        press.pages["/sitemap.xml.gz"] = house.answer(
            body=gzip.compress(sitemap), headers={"Content-Type": "application/gzip"}
        )
        press.pages["/broken.xml.gz"] = house.answer(body=gzip.compress(sitemap)[:-9])
        assert (await web.capture(press.url("/sitemap.xml.gz"), kind="feed")).body == sitemap
        with pytest.raises(FetchError, match="gzip file"):
            await web.capture(press.url("/broken.xml.gz"), kind="feed")


async def test_a_capture_that_still_holds_costs_a_conditional_request(house: Any) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = b'HTTP/1.1 304 Not Modified\r\nETag: "v2"\r\nCache-Control: max-age=60\r\n\r\n'
        modified = "Wed, 20 Sep 2023 13:00:00 GMT"
        capture = await web.capture(press.url(), kind="feed", etag='W/"v1"', last_modified=modified)
        assert press.seen[0].headers["if-none-match"] == 'W/"v1"'
        assert press.seen[0].headers["if-modified-since"] == modified
        assert (capture.status, capture.body) == (304, b"")
        assert (capture.etag, capture.last_modified, capture.max_age) == ('"v2"', modified, 60)


async def test_304_to_an_unconditional_request_is_an_error(house: Any) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
        with pytest.raises(FetchError, match="304"):
            await web.capture(press.url())


@pytest.mark.parametrize("etag", ["أ", "a\r\nX: y", '"' + "x" * 5000 + '"', "\udcff"])
async def test_a_validator_that_cannot_be_sent_is_left_out(house: Any, etag: str) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = house.answer(body=b"fine")
        assert (await web.capture(press.url(), etag=etag)).body == b"fine"
        assert "if-none-match" not in press.seen[0].headers


@pytest.mark.parametrize(
    ("statuses", "moves"), [([301], True), ([308, 301], True), ([302], False), ([301, 302], False), ([307, 308], False)]
)
async def test_an_address_has_moved_only_when_the_whole_way_is_permanent(
    house: Any, statuses: list[int], moves: bool
) -> None:
    async with house.serving() as press, house.web() as web:
        for hop, status in enumerate(statuses):
            press.pages[f"/{hop}"] = house.answer(status, headers={"Location": f"{hop + 1}"})
        end = f"/{len(statuses)}"
        press.pages[end] = house.answer(body=b"fine")
        capture = await web.capture(press.url("/0"))
        assert capture.url == press.url(end)
        assert capture.requested_url == press.url("/0")
        assert capture.moved_to == (press.url(end) if moves else None)


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("999999999999999", 86400),
        ("soon", None),
        ("-5", None),
        ("Wed, 20 Sep 2023 13:00:00 GMT", 0),
    ],
)
async def test_retry_after_is_told_within_bounds(house: Any, stated: str, seconds: float | None) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = house.answer(429, headers={"Retry-After": stated})
        with pytest.raises(Blocked) as caught:
            await web.capture(press.url())
        assert caught.value.retry_after == seconds


async def test_a_form_is_posted_once_and_its_answer_given_back(house: Any) -> None:
    async with house.serving() as hub, house.web() as web:
        hub.pages["/hub"] = house.answer(202, body=b"later")
        capture = await web.post(hub.url("/hub"), form={"hub.mode": "subscribe", "hub.topic": "https://a.example/أ"})
        assert (capture.status, capture.body) == (202, b"later")
        (seen,) = hub.seen
        assert seen.method == "POST"
        assert seen.headers["content-type"] == "application/x-www-form-urlencoded"
        assert seen.body == b"hub.mode=subscribe&hub.topic=https%3A%2F%2Fa.example%2F%D8%A3"


async def test_json_is_posted_with_the_headers_given(house: Any) -> None:
    async with house.serving() as hook, house.web() as web:
        hook.pages["/"] = house.answer(204)
        await web.post(hook.url(), json={"عنوان": "خبر"}, headers={"X-Signature": "s"})
        assert hook.seen[0].body.decode() == '{"عنوان": "خبر"}'
        assert hook.seen[0].headers["content-type"] == "application/json"
        assert hook.seen[0].headers["x-signature"] == "s"


async def test_a_post_is_never_sent_twice_to_a_server_that_stumbles(house: Any) -> None:
    async with house.serving() as hook, house.web() as web:
        hook.pages["/"] = house.answer(500)
        with pytest.raises(FetchError, match="500"):
            await web.post(hook.url(), form={})
        assert len(hook.seen) == 1


async def test_a_post_follows_only_the_redirects_that_keep_it(house: Any) -> None:
    async with house.serving() as hook, house.web() as web:
        hook.pages["/a"] = house.answer(307, headers={"Location": "/b"})
        hook.pages["/b"] = house.answer(200)
        hook.pages["/c"] = house.answer(302, headers={"Location": "/b"})
        await web.post(hook.url("/a"), form={"x": "1"})
        assert [(seen.method, seen.path, seen.body) for seen in hook.seen] == [
            ("POST", "/a", b"x=1"),
            ("POST", "/b", b"x=1"),
        ]
        with pytest.raises(FetchError, match="redirects what was sent"):
            await web.post(hook.url("/c"), form={"x": "1"})
