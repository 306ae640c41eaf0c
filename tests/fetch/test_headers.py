"""What the headers of an answer say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from tawatur.fetch.headers import content_type, links, max_age, retry_after

NOW = datetime(2023, 9, 20, 13, 0, tzinfo=UTC)
BASE = URL("https://a.example/x/y")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("text/html", ("text/html", None)),
        ("TEXT/HTML;CHARSET=UTF-8", ("text/html", "UTF-8")),
        ("text/html; charset='windows-1256'", ("text/html", "windows-1256")),
        ('text/xml; boundary=";charset=no"; charset=iso-8859-6', ("text/xml", "iso-8859-6")),
        ("text/html; charset=", ("text/html", None)),
        (";;;", ("", None)),
    ],
)
def test_a_content_type_gives_media_type_and_charset(value: str, found: tuple[str, str | None]) -> None:
    assert content_type(value) == found


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Cache-Control": "no-store, max-age=600"}, 0),
        ({"Cache-Control": "No-Cache"}, 0),
        ({"Cache-Control": "MAX-AGE=60"}, 60),
        ({"Cache-Control": 'max-age="60"'}, 60),
        ({"Cache-Control": "max-age=60", "Age": "90"}, 0),
        ({"Cache-Control": "max-age=x"}, None),
        ({"Cache-Control": "max-age=99999999999999"}, 31_536_000),
        ({"Expires": "Wed, 20 Sep 2023 13:10:00 GMT"}, 600),
        ({"Expires": "Wed, 20 Sep 2023 13:10:00 GMT", "Date": "Wed, 20 Sep 2023 13:09:00 GMT"}, 60),
        ({"Expires": "0"}, 0),
        ({"Expires": "-1"}, 0),
        ({"Cache-Control": "max-age=5", "Expires": "Wed, 20 Sep 2023 13:10:00 GMT"}, 5),
    ],
)
def test_the_time_an_answer_may_be_kept(headers: dict[str, str], seconds: float | None) -> None:
    assert max_age(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (["<a>; rel=hub"], (("hub", "https://a.example/x/a"),)),
        (['</f>; type="a, b; c"; rel="self Alternate", </h>; rel=hub'],
         (("self", "https://a.example/f"), ("alternate", "https://a.example/f"), ("hub", "https://a.example/h"))),
        (["</a>; rel=one; rel=two"], (("one", "https://a.example/a"),)),
        (["</a>", "not a link", "<unclosed; rel=x"], ()),
        (["<http://[::1>; rel=x", "</b>; rel=y"], (("y", "https://a.example/b"),)),
    ],
)  # fmt: skip
def test_links_are_read_by_relation(values: list[str], found: tuple[tuple[str, str], ...]) -> None:
    assert links(values, BASE) == found


@settings(deadline=None)
@given(st.text())
def test_any_text_in_a_header_is_read_without_an_error(text: str) -> None:
    content_type(text)
    links([text, f"<{text}>; rel=a", f"</a>; rel={text}"], BASE)
    seconds = retry_after(text, NOW, 100)
    assert seconds is None or 0 <= seconds <= 100
    for name in ("Cache-Control", "Expires", "Age"):
        kept = max_age({"Cache-Control": "max-age=9", name: text}, NOW)
        assert kept is None or kept >= 0


def test_a_hostile_link_header_is_read_in_no_time() -> None:
    assert links(["<a>" + "; a" * 2000 + ";" * 5000, '<a>; rel="' + "\\" * 5000, "<" * 8000], BASE) == ()
