"""Articles written to do harm: they are shown as the words they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from lxml import etree, html

from tawatur.model import Article, Credit, LiveUpdate, ReadAlso, Source
from tawatur.store import Store
from tawatur.web import SiteOptions, create_app

SCRIPT = "<script>alert(1)</script>"
ATTRIBUTE = '" onmouseover="alert(1)" x="'
TEMPLATE = "{{ 7 * 191 }}{% for x in range(9) %}{{ x }}{% endfor %}${7*191}"
LEAVE = "</script></title></style>--><img src=x onerror=alert(1)>"
OVERRIDE = "خبر \u202eعكس\u202c \u2067منفرد"
HOSTILE = f"{SCRIPT}{ATTRIBUTE}{TEMPLATE}{LEAVE}{OVERRIDE}\x00\x1b[31m"

PATHS = (
    "/",
    "/en/",
    "/article/evil%2Fid%3F%22",
    "/history/evil%2Fid%3F%22",
    "/sources",
    "/source/evil",
    "/article/huge",
)


@pytest.fixture(scope="module")
def hostile_site(
    tmp_path_factory: pytest.TempPathFactory, make_article: Callable[..., Article], serving: Any
) -> Iterator[Any]:
    from tawatur.store import open_store

    store: Store = open_store(f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'hostile.sqlite'}")
    store.sources.add(Source(id="evil", name=HOSTILE.replace("\x00", ""), home="javascript:alert(1)", country="ZZ"))
    clean = HOSTILE.replace("\x00", "")
    evil = make_article(
        1,
        id='evil/id?"',
        url="javascript:alert(document.domain)",
        source="evil",
        title=clean,
        abstract=clean,
        body=f"{clean}\n{clean}",
        authors=(clean,),
        dateline=clean,
        section=clean,
        tags=(clean,),
        language='ar"><script>alert(1)</script>',
        image="https://nahr.example/1.jpg",
        credit=Credit(name=clean, url="data:text/html,<script>alert(1)</script>"),
        read_also=(
            ReadAlso(title=clean, url="vbscript:x"),
            ReadAlso(title=clean, url='https://a.example/" onclick="x'),
        ),
        updates=(LiveUpdate(title=clean, body=clean),),
        flags=("live",),
    )
    huge = make_article(
        2, id="huge", title="كلمة" * 30_000, abstract="x" * 200_000, body="ا" * 500_000, tags=("ط" * 50_000,)
    )
    first = make_article(1, id='evil/id?"', title="قبل", body=f"{clean}\nقبل")
    assert first.fetched is not None
    store.articles.put_many([first, evil, huge], now=first.fetched)
    with serving(create_app(store, SiteOptions())) as site:
        yield site
    store.close()


@pytest.mark.parametrize("path", PATHS)
def test_no_page_holds_a_script_a_handler_or_an_address_of_theirs(hostile_site: Any, path: str) -> None:
    answer = hostile_site.ask(path)
    assert answer.status == 200
    tree = html.document_fromstring(answer.text)
    for script in tree.iter("script"):
        assert script.get("type") == "application/ld+json" or script.get("src", "").startswith("/static/")
    for element in tree.iter(etree.Element):
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        for name in ("href", "src"):
            assert element.get(name, "/").startswith(("/", "#", "http://", "https://", "mailto:"))
        if element.tag == "img":
            assert element.get("src", "").startswith("/images/")


@pytest.mark.parametrize("path", PATHS)
def test_no_page_runs_their_template_or_turns_its_lines_round(hostile_site: Any, path: str) -> None:
    text = hostile_site.ask(path).text
    assert "1337" not in text
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x1b")


def test_the_data_of_the_page_stay_data(hostile_site: Any) -> None:
    tree = html.document_fromstring(hostile_site.ask("/article/evil%2Fid%3F%22").text)
    [data] = [script.text for script in tree.iter("script") if script.get("type") == "application/ld+json"]
    record = json.loads(data or "")
    assert SCRIPT in record["headline"]
    assert "isBasedOn" not in record


def test_an_enormous_headline_is_cut_in_lists_and_whole_on_its_own_page(hostile_site: Any) -> None:
    assert len(hostile_site.ask("/").text) < 60_000
    assert "كلمة" * 30_000 in hostile_site.ask("/article/huge").text


@pytest.mark.parametrize("path", ["/feed.atom", "/source/evil/feed.atom", "/sitemap/news.xml", "/sitemap/pages.xml"])
def test_what_machines_read_is_well_formed_whatever_was_written(hostile_site: Any, path: str) -> None:
    etree.fromstring(hostile_site.ask(path).body, etree.XMLParser(resolve_entities=False))


def test_their_words_are_inert_in_feeds_too(hostile_site: Any) -> None:
    feed = etree.fromstring(hostile_site.ask("/feed.atom").body, etree.XMLParser(huge_tree=True))
    spaces = {"a": "http://www.w3.org/2005/Atom"}
    for content in feed.iterfind(".//a:content", spaces):
        tags = {element.tag for element in html.fragment_fromstring(content.text or "", create_parent="div").iter()}
        assert tags <= {"div", "p", "h3"}
    for link in feed.iterfind(".//a:link", spaces):
        assert (link.get("href") or "").startswith("http")


def test_a_host_of_the_askers_choice_is_not_repeated(hostile_site: Any) -> None:
    for path in ("/", "/feed.atom", "/feed.json", "/sitemap.xml", "/robots.txt", "/en", "/api/v1/openapi.json"):
        answer = hostile_site.ask(
            path, Host="evil.example", X_Forwarded_Host="evil.example", X_Forwarded_Proto="gopher"
        )
        assert "evil.example" not in answer.text
        assert "gopher" not in answer.text
        assert "evil.example" not in answer.headers.get("location", "")
