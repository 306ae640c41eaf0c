"""Servers that misbehave: each ends in one readable error on its own address, and the others go on."""

from __future__ import annotations

import asyncio
import gzip
import ssl
import zlib
from pathlib import Path
from typing import Any

import brotli
import pytest
import trustme
import zstandard

from tawatur.errors import Blocked, FetchError, ForbiddenAddress, Gone

MEBIBYTE = 1024 * 1024


async def failure(web: Any, url: str, **how: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await web.capture(url, **how)
    assert caught.value.url == url
    assert str(caught.value).startswith(f"could not capture {url}: ")
    return caught.value


async def test_a_server_that_drips_its_headers_is_given_up(house: Any) -> None:
    async def drip(_seen: Any, writer: Any) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(1000):
            writer.write(b"X: y\r\n")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with house.serving() as press, house.web(seconds_total=0.3) as web:
        press.pages["/"] = drip
        assert "timed out" in str(await failure(web, press.url()))


async def test_a_server_that_drips_its_body_is_given_up(house: Any) -> None:
    async def drip(_seen: Any, writer: Any) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(1000):
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.02)

    async with house.serving() as press, house.web(seconds_total=0.3) as web:
        press.pages["/"] = drip
        assert "timed out" in str(await failure(web, press.url()))


async def test_a_server_that_falls_silent_is_given_up_sooner(house: Any) -> None:
    async def silent(_seen: Any, writer: Any) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        await asyncio.sleep(60)

    async with house.serving() as press, house.web(seconds_of_silence=0.1, seconds_total=30) as web:
        press.pages["/"] = silent
        assert "no byte came" in str(await failure(web, press.url()))


async def test_the_time_of_all_redirects_counts_together(house: Any) -> None:
    async def slow(seen: Any, writer: Any) -> None:
        await asyncio.sleep(0.15)
        writer.write(house.answer(302, headers={"Location": seen.path + "x"}))

    async with house.serving() as press, house.web(seconds_total=0.4, most_redirects=100) as web:
        press.pages.update({"/" + "x" * n: slow for n in range(100)})
        assert "timed out" in str(await failure(web, press.url()))
        assert len(press.seen) <= 4


@pytest.mark.parametrize("head", [b"", b"Transfer-Encoding: chunked\r\n"])
async def test_a_body_without_end_is_cut_off_at_the_bound(house: Any, head: bytes) -> None:
    sent = 0

    async def endless(_seen: Any, writer: Any) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n")
        piece = b"x" * 0x8000
        while sent < 64 * MEBIBYTE:
            writer.write(b"8000\r\n" + piece + b"\r\n" if head else piece)
            await writer.drain()
            sent += len(piece)

    async with house.serving() as press, house.web(largest_page_bytes=MEBIBYTE) as web:
        press.pages["/"] = endless
        assert "larger than 1048576 bytes" in str(await failure(web, press.url()))
    assert sent < 16 * MEBIBYTE


async def test_a_body_announced_too_large_is_not_read(house: Any) -> None:
    async with house.serving() as press, house.web(largest_image_bytes=1000) as web:
        press.pages["/"] = house.answer(body=b"x" * 1001)
        assert "larger than 1000 bytes" in str(await failure(web, press.url(), kind="image"))
        assert len((await web.capture(press.url(), kind="feed")).body) == 1001


def bombs() -> dict[str, bytes]:
    zeros = bytes(64 * MEBIBYTE)
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    return {
        "gzip": gzip.compress(zeros),
        "deflate": zlib.compress(zeros),
        "deflate ": raw.compress(zeros) + raw.flush(),
        "br": brotli.compress(zeros, quality=5),
        "zstd": zstandard.ZstdCompressor().compress(zeros),
        "gzip, gzip": gzip.compress(gzip.compress(zeros)),
        "gzip, br": brotli.compress(gzip.compress(zeros)),
    }


BOMBS = bombs()


@pytest.mark.parametrize("coding", BOMBS)
async def test_a_bomb_is_found_before_it_is_unpacked(house: Any, coding: str) -> None:
    import tracemalloc

    async with house.serving() as press, house.web(largest_page_bytes=MEBIBYTE) as web:
        press.pages["/"] = house.answer(body=BOMBS[coding], headers={"Content-Encoding": coding})
        tracemalloc.start()
        try:
            error = await failure(web, press.url())
            assert tracemalloc.get_traced_memory()[1] < 24 * MEBIBYTE
        finally:
            tracemalloc.stop()
        assert "larger than 1048576 bytes" in str(error)


@pytest.mark.parametrize(
    ("body", "head", "what"),
    [
        (b"half", "Content-Length: 1000\r\n", "cut before the whole answer"),
        (b"5\r\nhello\r\n", "Transfer-Encoding: chunked\r\n", "cut before the whole answer"),
        (b"5\r\nhel", "Transfer-Encoding: chunked\r\n", "cut before the whole answer"),
        (gzip.compress(b"words " * 1000, mtime=0)[:-20], "Content-Encoding: gzip\r\n", "ends before its end"),
        (gzip.compress(b"words " * 1000, mtime=0)[:-4], "Content-Encoding: gzip\r\n", "ends before its end"),
        (brotli.compress(b"words " * 1000)[:-3], "Content-Encoding: br\r\n", "ends before its end"),
        (zstandard.compress(b"words " * 1000)[:-3], "Content-Encoding: zstd\r\n", "ends before its end"),
        (zlib.compress(b"words " * 1000)[:-3], "Content-Encoding: deflate\r\n", "ends before its end"),
        (b"plain words", "Content-Encoding: gzip\r\n", "broken gzip"),
        (b"plain words", "Content-Encoding: compress\r\n", "not asked for"),
        (b"x", "Content-Encoding: gzip, gzip, gzip, gzip\r\n", "4 times"),
    ],
)
async def test_half_a_body_is_never_taken_for_the_whole(house: Any, body: bytes, head: str, what: str) -> None:
    async def cut(_seen: Any, writer: Any) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + body)
        await writer.drain()
        writer.close()

    async with house.serving() as press, house.web(retries=0) as web:
        press.pages["/"] = cut
        press.pages["/other"] = house.answer(body=b"fine")
        assert what in str(await failure(web, press.url()))
        assert (await web.capture(press.url("/other"))).body == b"fine"


async def test_more_bytes_than_announced_are_no_answer(house: Any) -> None:
    async with house.serving() as press, house.web(retries=0) as web:
        press.pages["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<p>the body goes on and on</p>"
        press.pages["/other"] = house.answer(body=b"fine")
        await failure(web, press.url())
        assert (await web.capture(press.url("/other"))).body == b"fine"


@pytest.mark.parametrize(
    "noise",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 20_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n123456",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx",
        b"\x00" * 1000,
    ],
)
async def test_what_is_no_http_is_an_error(house: Any, noise: bytes) -> None:
    async def say(_seen: Any, writer: Any) -> None:
        writer.write(noise)
        await writer.drain()
        writer.close()

    async with house.serving() as press, house.web(retries=0) as web:
        press.pages["/"] = say
        error = await failure(web, press.url())
        assert "\n" not in str(error)
        assert len(str(error)) < 400


async def test_redirects_in_a_circle_are_an_error(house: Any) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/a"] = house.answer(302, headers={"Location": "/b"})
        press.pages["/b"] = house.answer(301, headers={"Location": "/a"})
        assert "circle" in str(await failure(web, press.url("/a")))
        assert len(press.seen) == 2


async def test_redirects_without_end_are_an_error(house: Any) -> None:
    async with house.serving() as press, house.web(most_redirects=3) as web:
        press.pages.update({f"/{n}": house.answer(302, headers={"Location": f"/{n + 1}"}) for n in range(50)})
        assert "more than 3 times" in str(await failure(web, press.url("/0")))
        assert press.paths() == ["/0", "/1", "/2", "/3"]


@pytest.mark.parametrize("location", ["http://[::1", "http://a b/", "http://user:secret@a.example/"])
async def test_a_redirect_to_nonsense_is_an_error(house: Any, location: str) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = house.answer(302, headers={"Location": location})
        assert "redirected to" in str(await failure(web, press.url()))


async def test_a_redirect_without_a_place_is_an_error(house: Any) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = house.answer(302)
        assert "without saying where" in str(await failure(web, press.url()))


async def test_a_name_that_does_not_exist_is_said_so(house: Any) -> None:
    async with house.web() as web:
        error = await failure(web, "http://nowhere.example/")
        assert "the name nowhere.example could not be found" in str(error)
        assert not isinstance(error, ForbiddenAddress)


async def test_a_port_where_nobody_listens_is_said_so(house: Any) -> None:
    async with house.serving() as press:
        url = press.url()
    clock = house.clock()
    async with house.web(pace=clock.pace(), seconds_before_retry=1, retries=2) as web:
        assert "no connection" in str(await failure(web, url))
    assert clock.slept == [1.0, 2.0]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def tls_server(issued: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    issued.configure_cert(context)
    return context


async def test_a_certificate_of_an_unknown_authority_is_refused_readably(house: Any, authority: Any) -> None:
    tls = tls_server(authority.issue_cert("press.example"))
    async with house.serving(tls=tls) as press, house.web(resolver=house.names(press_example=[["127.0.0.1"]])) as web:
        error = await failure(web, press.url(host="press.example"))
        assert "the certificate of press.example is not valid" in str(error)
        assert press.seen == []


async def test_a_certificate_of_another_name_is_refused_and_the_right_one_taken(
    house: Any, authority: Any, tmp_path: Path
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    names = house.names(press_example=[["127.0.0.1"]], other_example=[["127.0.0.1"]])
    tls = tls_server(authority.issue_cert("press.example"))
    house_ca = str(tmp_path / "ca.pem")
    async with house.serving(tls=tls) as press, house.web(resolver=names, certificate_authorities=house_ca) as web:
        press.pages["/"] = house.answer(body=b"fine")
        assert (await web.capture(press.url(host="press.example"))).body == b"fine"
        error = await failure(web, press.url(host="other.example"))
        assert "other.example" in str(error)
        assert "not valid" in str(error)


async def test_plain_text_where_tls_was_expected_is_an_error(house: Any) -> None:
    async with house.serving() as press, house.web(seconds_to_connect=0.3) as web:
        await failure(web, press.url().replace("http:", "https:"))


@pytest.mark.parametrize("status", [404, 410])
async def test_what_is_gone_is_gone(house: Any, status: int) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = house.answer(status, body=b"x" * 100_000)
        error = await failure(web, press.url())
        assert isinstance(error, Gone)
        assert error.status == status
        assert len(press.seen) == 1


@pytest.mark.parametrize("status", [401, 403, 429, 503])
async def test_a_server_that_refuses_us_is_not_asked_again(house: Any, status: int) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = house.answer(status)
        error = await failure(web, press.url())
        assert isinstance(error, Blocked)
        assert error.status == status
        assert error.retry_after is None
        assert len(press.seen) == 1


@pytest.mark.parametrize("status", [100, 101, 199, 204, 206, 300, 400, 402, 418, 451, 599])
async def test_any_other_status_is_an_error_with_its_number(house: Any, status: int) -> None:
    async with house.serving() as press, house.web(retries=0, seconds_total=0.5) as web:
        press.pages["/"] = house.answer(status)
        error = await failure(web, press.url())
        assert type(error) is FetchError


async def test_a_server_that_stumbles_is_asked_again_with_growing_pauses(house: Any) -> None:
    clock = house.clock()
    async with house.serving() as press, house.web(pace=clock.pace(), retries=3, seconds_before_retry=2) as web:
        press.pages["/"] = [house.answer(500), house.answer(502), house.answer(504), house.answer(body=b"fine")]
        assert (await web.capture(press.url())).body == b"fine"
    assert clock.slept == [2.0, 4.0, 8.0]


async def test_a_server_that_stays_down_is_given_up(house: Any) -> None:
    async with house.serving() as press, house.web(retries=2) as web:
        press.pages["/"] = house.answer(500)
        error = await failure(web, press.url())
        assert error.status == 500
        assert len(press.seen) == 3


async def test_one_bad_server_does_not_hold_up_the_others(house: Any) -> None:
    enough = asyncio.Event()

    async def silent(_seen: Any, writer: Any) -> None:
        await enough.wait()
        writer.close()

    async with house.serving() as bad, house.serving() as good, house.web(retries=0) as web:
        bad.pages["/"] = silent
        good.pages["/"] = house.answer(body=b"fine")
        slow = [asyncio.create_task(failure(web, bad.url())) for _ in range(2)]
        assert (await web.capture(good.url())).body == b"fine"
        assert not any(task.done() for task in slow)
        enough.set()
        await asyncio.gather(*slow)
