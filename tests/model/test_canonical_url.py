"""Addresses: one page, one spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.errors import AddressError
from tawatur.model import canonical_url

ARABIC = "http://example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/أخبار",
        "http://example.org/%d8%a3%d8%ae%d8%a8%d8%a7%d8%b1",
        "HTTP://EXAMPLE.ORG:80/%D8%A3خبار#comments",
        " http://example.org/./x/../أخبار? ",
        "\u200fhttp://example.org/أخبار\u200e\n",
        "http://example.org./أخبار?utm_source=rss&utm_medium=feed&fbclid=1",
        "http:\\\\example.org\\أخبار",
        "http://example.org/أخبار?&&",
        "http://example.org/أخبار;jsessionid=0A1B2C",
    ],
)
def test_the_spellings_of_one_arabic_address_become_one(url: str) -> None:
    assert canonical_url(url) == ARABIC


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://مثال.إختبار/", "https://xn--mgbh0fb.xn--kgbechtv/"),
        ("https://EXAMPLE.org/A%2fB%7e%41", "https://example.org/A%2FB~A"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%C7%E1%CD%CF%CB", "https://example.org/%C7%E1%CD%CF%CB"),
        ("https://example.org/a b?q=أ ب", "https://example.org/a%20b?q=%D8%A3%20%D8%A8"),
        ("https://example.org/?b=2&a=1&UTM_Campaign=x", "https://example.org/?b=2&a=1"),
        ("https://example.org/?a=1&amp;b=2&#038;c=3", "https://example.org/?a=1&b=2&c=3"),
        ("https://example.org/#!/story/7", "https://example.org/#!/story/7"),
        ("https://www.youtube.com/watch?v=7&feature=share", "https://www.youtube.com/watch?v=7"),
        ("https://example.org/?feature=share", "https://example.org/?feature=share"),
        ("https://www.dw.com/ar/a-1?maca=ara-rss-ar-all", "https://www.dw.com/ar/a-1"),
        ("https://example.org/?cmp=1&CMP=2", "https://example.org/?cmp=1"),
        ("https://example.org/a/?x=/../b", "https://example.org/a/?x=/../b"),
        ("https://example.org/a/..", "https://example.org/"),
        ("https://example.org//a//b/", "https://example.org//a//b/"),
        ("https://[2001:DB8:0::1]/", "https://[2001:db8::1]/"),
        ("https://m.example.org/amp/7", "https://m.example.org/amp/7"),
        ("https://example.org/\u0633\u200c\u0634", "https://example.org/%D8%B3%E2%80%8C%D8%B4"),
    ],
)
def test_an_address_is_written_in_its_canonical_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("../خبر/7", "https://example.org/%D8%AE%D8%A8%D8%B1/7"),
        ("//other.example/x", "https://other.example/x"),
        ("?id=7", "https://example.org/news/today?id=7"),
        ("http://third.example/", "http://third.example/"),
    ],
)
def test_a_relative_address_is_read_against_its_page(url: str, canonical: str) -> None:
    assert canonical_url(url, base="https://example.org/news/today#x") == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "   ",
        "javascript:void(0)",
        "mailto:a@example.org",
        "file:///etc/passwd",
        "/relative",
        "www.example.org/x",
        "http://",
        "http:///x",
        "http://user:secret@example.org/",
        "http://@example.org/",
        "http://example.org:99999/",
        "http://example.org:0/",
        "http://exa mple.org/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://-.example/",
        "http://example.org/\ud800",
        "https://example.org/" + "ا" * 4000,
        "https://" + "a" * 300 + "/",
    ],
)
def test_what_is_no_address_of_a_page_is_refused(url: str) -> None:
    with pytest.raises(AddressError):
        canonical_url(url)


_PIECES = st.sampled_from(
    [
        "http://",
        "https://",
        "example.org",
        "مثال.مصر",
        "/",
        "..",
        ".",
        "?",
        "&",
        "=",
        "#",
        "!",
        "%",
        "%41",
        "%d8%a3",
        "أخبار",
        "utm_source=",
        "&amp;",
        "&#38;",
        "amp;",
        "\u200f",
        "%zz",
        "A",
        ";jsessionid=1",
        "%6Asessionid",
        "\\",
        "@",
        ":80",
        "[::1]",
        "ß",
        "。",
        "%E2%80%8F",
        " ",
        "\t",
        "�",
    ],
)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=12).map("".join), st.text().map("https://example.org/".__add__)))
def test_any_text_gives_a_stable_ascii_address_or_is_refused(text: str) -> None:
    try:
        canonical = canonical_url(text)
    except AddressError:
        return
    assert canonical_url(canonical) == canonical
    assert canonical.isascii()
    assert canonical.startswith(("http://", "https://"))


@given(st.text(), st.lists(_PIECES, max_size=8).map("".join))
def test_any_base_and_link_give_an_address_or_are_refused(link: str, base: str) -> None:
    try:
        canonical = canonical_url(link, base=base)
    except AddressError:
        return
    assert canonical_url(canonical) == canonical


@given(st.text(alphabet=st.characters(min_codepoint=0x0621, max_codepoint=0x064A), min_size=1))
def test_raw_and_encoded_arabic_are_one_address(slug: str) -> None:
    encoded = "".join(f"%{octet:02x}" for octet in slug.encode())
    assert canonical_url(f"https://example.org/{slug}") == canonical_url(f"https://example.org/{encoded}")
