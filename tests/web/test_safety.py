"""What a source wrote never becomes more than words."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import Markup

from tawatur.model import Article
from tawatur.web import SiteOptions
from tawatur.web.edition import editions
from tawatur.web.safety import CONTENT_SECURITY_POLICY, safe_url, shown
from tawatur.web.structured import json_ld
from tawatur.web.templating import foreign

EDITION = editions(SiteOptions())["ar"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "/relative",
        "https://",
        "https://user:secret@evil.example/",
        "https://good.example@evil.example/",
        'https://evil.example/"onmouseover="x',
        "https://evil.example/\u202egnp.exe",
        "https://[::1",
        "https://evil.example/" + "a" * 5000,
        "",
        None,
    ],
)
def test_an_address_that_is_no_plain_web_address_is_no_link(address: str | None) -> None:
    assert safe_url(address) is None


@pytest.mark.parametrize(
    "address", ["http://a.example", "https://a.example/خبر?x=1&y=ب#z", "https://[2001:db8::1]:8443/"]
)
def test_a_web_address_is_a_link_unchanged(address: str) -> None:
    assert safe_url(address) == address


@given(st.text())
def test_a_safe_address_is_http_with_a_host_or_nothing(text: str) -> None:
    for address in (text, f"https://{text}", f"http:{text}"):
        kept = safe_url(address)
        assert kept is None or (kept == address and kept.lower().startswith(("http://", "https://")))


@given(st.text(st.characters(codec="utf-8")))
def test_a_foreign_text_is_one_element_of_plain_words(text: str) -> None:
    made = html.fragment_fromstring(str(foreign(text)))
    assert made.tag == "bdi"
    assert len(made) == 0
    assert set(made.attrib) == {"dir"}


@given(st.text(st.characters(codec="utf-8")))
def test_no_override_of_direction_is_shown(text: str) -> None:
    assert not set(shown(text)) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b")


def test_our_own_markup_is_not_cleaned_away() -> None:
    assert shown(Markup("<b>&amp;</b>")) == "<b>&amp;</b>"


@given(st.text(st.characters(codec="utf-8")), st.text(string.printable))
def test_json_ld_cannot_leave_its_element_and_stays_json(title: str, name: str) -> None:
    hostile = f"{title}</script><script>alert(1)</script><!--{name}"
    record = Article(id="1", url=None, source=name, title=hostile, authors=(hostile,), tags=(hostile,))
    text = str(json_ld(EDITION, record, None, None))
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text)["headline"] == shown(hostile)


def test_the_policy_lets_nothing_in_but_ours() -> None:
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "*" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
