"""The one spelling of a URL that goes on the wire."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from tawatur.errors import AddressError, FetchError
from tawatur.fetch import join_url, request_url


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("https://a.example/أخبار", "https://a.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1"),
        ("https://a.example/%D8%A3%D8%AE", "https://a.example/%D8%A3%D8%AE"),
        ("https://a.example/%d8%a3 أ", "https://a.example/%d8%a3%20%D8%A3"),
        ("https://a.example/%C7%E1", "https://a.example/%C7%E1"),  # windows-1256
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/?q=أ ب&u=http%3A%2F%2Fb%3D", "https://a.example/?q=%D8%A3%20%D8%A8&u=http%3A%2F%2Fb%3D"),
        ("https://a.example?x=1", "https://a.example/?x=1"),
        ("https://a.example/a/../b/./c", "https://a.example/b/c"),
        ("https://A.Example:443/X#قسم", "https://a.example/X"),
        ("  https://a.example/x\n", "https://a.example/x"),
        ("\u200fhttps://a.example/x\u200e", "https://a.example/x"),
        ("https://a.exam\nple/x", "https://a.example/x"),
        ("https://الجزيرة.قطر/", "https://xn--mgbeiue0iwb.xn--wgbl6a/"),
        ("https://a.example./", "https://a.example/"),
        ("http://a_b.example/", "http://a_b.example/"),
        ("http://[2606:4700::1]:8080/a", "http://[2606:4700::1]:8080/a"),
        ("https://a.example/a|b^c`{d}", "https://a.example/a%7Cb%5Ec%60%7Bd%7D"),
    ],
)
def test_letters_are_encoded_once_and_escapes_are_left(text: str, sent: str) -> None:
    assert str(request_url(text)) == sent


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.example/x",
        "//a.example/x",
        "ftp://a.example/",
        "file:///etc/passwd",
        "data:text/html,x",
        "http://",
        "http:///x",
        "http://a b/",
        "http://a%2eb/",
        "http://a\\@b/",
        "http://user@a.example/",
        "http://user:secret@a.example/",
        "http://a..b/",
        "http://-a.example/",
        "http://a.example:99999/",
        "http://a.example:25/",
        "http://a.example:6379/",
        "http://999.1.1.1/",
        "http://[fe80::1%25eth0]/",
        "http://[::1",
        "http://" + "a" * 64 + ".example/",
        "http://a.example/" + "x" * 9000,
        "http://a.example/\ud800",
    ],
)
def test_what_is_no_web_address_is_refused_as_both_kinds_of_error(text: str) -> None:
    with pytest.raises(FetchError) as caught:
        request_url(text)
    assert isinstance(caught.value, AddressError)
    assert "secret" not in str(caught.value)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_url_or_a_readable_error(text: str) -> None:
    for candidate in (text, f"http://{text}", f"http://a.example/{text}", f"http://a.example/?{text}"):
        try:
            url = request_url(candidate)
        except FetchError:
            continue
        assert str(url).isascii()


@settings(deadline=None)
@given(st.text(min_size=1))
def test_encoding_again_changes_nothing(path: str) -> None:
    try:
        once = request_url(f"https://a.example/{path}")
    except FetchError:
        return
    assert request_url(str(once)) == once


async def test_an_arabic_path_reaches_the_server_encoded_once(house: Any) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/%D9%82%D8%B1%D9%87/%D8%A8?q=%D8%A7"] = house.answer(body=b"fine")
        capture = await web.capture(press.url("/قره/%D8%A8?q=ا#x"))
        assert capture.url == press.url("/%D9%82%D8%B1%D9%87/%D8%A8?q=%D8%A7")
        assert capture.requested_url == press.url("/قره/%D8%A8?q=ا#x")


async def test_a_redirect_in_raw_bytes_is_followed(house: Any) -> None:
    """Servers put UTF-8 into Location, and older ones windows-1256."""
    async with house.serving() as press, house.web() as web:
        press.pages["/a"] = b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: /" + "قره".encode() + b"\r\n\r\n"
        press.pages["/%D9%82%D8%B1%D9%87"] = (
            b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: /" + "باغ".encode("windows-1256") + b"\r\n\r\n"
        )
        press.pages["/%C8%C7%DB"] = house.answer(body=b"fine")
        assert (await web.capture(press.url("/a"))).body == b"fine"


def test_a_link_is_joined_to_its_page_without_changing_its_escapes() -> None:
    base = URL("https://a.example/x/y", encoded=True)
    assert join_url(base, " ../%3Aأ\n") == "https://a.example/%3Aأ"
