"""Search on the site: the page of results, what narrows it, its feeds, and what a browser's own box asks for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote, urlencode

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html
from selectolax.lexbor import LexborHTMLParser, LexborNode
from starlette.datastructures import QueryParams

from tawatur.errors import StoreError
from tawatur.search import SearchIndex
from tawatur.search.records import Facet, Hit, Note, NoteKind, Results, SearchQuery, Similar, Suggestion, Why
from tawatur.store import Store
from tawatur.web import SiteOptions, create_app
from tawatur.web.finding import QUERY_LETTERS, read_address, write_address
from tawatur.web.marked import marked, matches
from tawatur.web.narrowing import PERIODS_OFFERED, periods

BRIDGE = "افتتاح الجسر"


def address(text: str, prefix: str = "", **more: str) -> str:
    return f"{prefix}/search?{urlencode({'q': text, **more})}"


def page(site: Any, path: str) -> LexborHTMLParser:
    answer = site.ask(path)
    assert answer.status == 200, answer.text
    return LexborHTMLParser(answer.text)


def words(element: LexborHTMLParser | LexborNode) -> str:
    return " ".join(element.text().split())


def texts(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [words(element) for element in tree.css(selector)]


def stated(element: LexborNode, name: str) -> str:
    return element.attributes.get(name) or ""


def links(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [element.attributes.get("href") or "" for element in tree.css(selector)]


def test_every_page_has_a_box_that_leads_to_the_results(site: Any) -> None:
    for prefix in ("", "/en"):
        for path in ("/", "/sources", "/article/0000000000000001", "/nothing"):
            [form] = LexborHTMLParser(site.ask(prefix + path).text).css('form[role="search"]')
            assert form.attributes["action"] == f"{prefix}/search"
            [box] = form.css("input")
            assert box.attributes["name"] == "q"


def test_results_show_where_and_why_they_match(site: Any) -> None:
    tree = page(site, address(BRIDGE))
    first = tree.css(".hit")[0]
    assert words(first.css("h2 mark")[0]) == "افتتاح"
    assert first.css(".snippet mark")
    assert words(first.css(".whys")[0]).startswith("طابَق: ")
    assert "بحروفها" in words(first.css(".whys")[0])
    assert stated(first.css("h2 a")[0], "href").startswith("/article/")
    assert first.css("time")
    assert tree.css("#q")[0].attributes["value"] == BRIDGE


def test_a_word_with_a_particle_says_so(site: Any) -> None:
    told = " ".join(texts(page(site, address("موقع")), ".whys"))
    assert "موقعها (متصلة بأداة أو ضمير)" in told


def test_each_hit_runs_in_its_own_direction(site: Any) -> None:
    tree = page(site, address("bridge opens", "/en"))
    [link] = [link for link in tree.css(".hit h2 a") if "New bridge" in link.text()]
    assert link.attributes["dir"] == "ltr"
    tree = page(site, address("bridge opens"))
    [link] = [link for link in tree.css(".hit h2 a") if "New bridge" in link.text()]
    assert (link.attributes["dir"], link.attributes["lang"]) == ("ltr", "en")


def test_a_date_is_no_more_precise_than_it_is_known(site: Any) -> None:
    tree = page(site, address("اليوم", sort="newest"))
    [hit] = [hit for hit in tree.css(".hit") if "لا تذكر صفحته إلا اليوم" in words(hit)]
    assert hit.css("time")[0].attributes["datetime"] == "2023-09-20"


def test_the_pages_of_results_hold_every_hit_once(site: Any) -> None:
    seen: list[str] = []
    path = address("النهر", sort="newest")
    for _ in range(20):
        tree = page(site, path)
        seen += links(tree, ".hit h2 a")
        onward = links(tree, "a.onward")
        if not onward:
            break
        path = onward[0]
    assert len(seen) == len(set(seen)) > 40
    assert links(tree, ".pager a")[0] == address("النهر", sort="newest")


def test_facets_narrow_and_can_be_let_go_of(site: Any) -> None:
    tree = page(site, address("bridge"))
    by_source = dict(
        zip(texts(tree, "[aria-labelledby=by-source] a"), links(tree, "[aria-labelledby=by-source] a"), strict=True)
    )
    assert {"صحيفة النهر", "The Harbour Post"} <= by_source.keys()
    narrowed = page(site, by_source["The Harbour Post"])
    assert texts(narrowed, ".hit .source") == ["The Harbour Post"]
    assert texts(narrowed, ".chosen a") == ["أزل: The Harbour Post"]
    assert links(narrowed, ".chosen a") == [address("bridge")]
    by_language = texts(tree, "[aria-labelledby=by-language] a")
    assert set(by_language) == {"العربية", "الإنجليزية"}


def test_people_and_places_of_the_analyses_narrow_too(site: Any) -> None:
    tree = page(site, address("الجسر"))
    assert texts(tree, "[aria-labelledby=by-place] li") == ["النهر ٢"]
    narrowed = page(site, links(tree, "[aria-labelledby=by-place] a")[0])
    assert texts(narrowed, ".chosen a") == ["أزل: النهر"]
    assert len(links(narrowed, ".hit h2 a")) == 2
    counted = site.ask(f"/api/v1/search?q={quote('الجسر')}&facets=true&place={quote('النهر')}").json
    assert (counted["total"], counted["facets"]["places"]) == (2, [{"value": "النهر", "count": 2}])
    assert site.ask(f"/api/v1/search?q={quote('الجسر')}&person={quote('النهر')}").json["total"] == 0


def test_a_day_narrows_to_that_day(site: Any) -> None:
    [*days] = links(page(site, address("الجسر")), "[aria-labelledby=by-day] a")
    tree = page(site, days[-1])
    assert [stated(day, "datetime")[:7] for day in tree.css(".hit time")] == ["2023-08"]
    assert len(texts(tree, ".chosen a")) == 2


@pytest.mark.parametrize(("sort", "reverse"), [("newest", True), ("oldest", False)])
def test_results_can_be_put_in_the_order_of_time(site: Any, sort: str, reverse: bool) -> None:
    tree = page(site, address("رقم", sort=sort))
    stamps = [stated(time, "datetime") for time in tree.css(".hit time")]
    assert stamps == sorted(stamps, reverse=reverse)
    [current] = tree.css(".sorts [aria-current]")
    assert current.attributes["href"] == address("رقم", sort=sort)


def test_what_was_searched_instead_is_told_once(site: Any) -> None:
    tree = page(site, address("hg[sv"))  # «الجسر» with the keyboard in English
    assert [note.endswith("فبحثنا عن الجسر") for note in texts(tree, ".search-notes li")] == [True]
    assert not tree.css(".did-you-mean")


class _Answering:
    """A finder with one answer, for what the small press never brings about."""

    def __init__(self, answer: Results) -> None:
        self.answer = answer

    def search(self, query: SearchQuery) -> Results:
        return self.answer

    def suggest(self, typed: str, limit: int) -> tuple[Suggestion, ...]:
        return ()

    def similar(self, article_id: str, limit: int) -> tuple[Similar, ...]:
        return ()


def test_a_better_spelling_is_offered_and_every_note_is_told(press: Store, serving: Any) -> None:
    notes = tuple(Note(kind=kind, detail="<i>هذا</i>") for kind in get_args(NoteKind))
    answer = Results(hits=(), total=0, did_you_mean="افتتاح الجسر", notes=notes)
    with serving(create_app(press, SiteOptions(), finder=_Answering(answer))) as site:
        for prefix in ("", "/en"):
            tree = page(site, address("افتتاخ الجسر", prefix, source="nahr"))
            assert links(tree, ".did-you-mean a") == [address("افتتاح الجسر", prefix, source="nahr")]
            assert len(set(texts(tree, ".search-notes li"))) == len(notes) - 1  # the box itself asks for words
            assert not tree.css(".search-notes i")


def test_a_hit_found_by_meaning_alone_says_so(press: Store, serving: Any) -> None:
    why = (Why(term="x", matched="a passage", reason="meaning"),)
    hit = Hit(id=f"{100:016x}", score=0.7, title="New bridge", snippet="The new <b>bridge</b>", highlights=(), why=why)
    with serving(create_app(press, SiteOptions(), finder=_Answering(Results(hits=(hit,), total=0)))) as site:
        tree = page(site, address("الجسور"))
        assert texts(tree, ".whys") == ["طابَق: قريب في المعنى"]
        assert "قريبة منها في المعنى" in texts(tree, ".search-head .facts")[0]
        assert texts(tree, ".snippet") == ["The new <b>bridge</b>"]


def test_nothing_asked_and_nothing_found_show_how_to_search(site: Any) -> None:
    for path in ("/search", "/search?q=", "/search?q=%20", "/en/search", address("qqqqzzzzxxxx", strict="1")):
        tree = page(site, path)
        assert tree.css(".search-help dt a")
        assert not tree.css(".hit")
        for example in links(tree, ".search-help dt a"):
            assert site.ask(example).status == 200
    assert links(tree, ".empty a") == [address("qqqqzzzzxxxx")]


def test_what_is_not_understood_is_said_and_left_out(site: Any) -> None:
    tree = page(site, address(BRIDGE, after="yesterday", sort="best", cursor="mine", source=""))
    notes = " ".join(texts(tree, ".search-notes li"))
    assert "yesterday" in notes
    assert tree.css(".hit")
    long = page(site, address("الجسر " * 600))
    assert "أطول مما يُقرأ" in " ".join(texts(long, ".search-notes li"))


def test_pages_of_results_are_for_readers_not_for_robots(site: Any) -> None:
    for path in ("/search", address(BRIDGE), "/similar/0000000000000001"):
        [robots] = page(site, path).css('meta[name="robots"]')
        assert stated(robots, "content").startswith("noindex")


def test_a_search_is_a_feed_newest_first_that_leads_on(site: Any) -> None:
    tree = page(site, address("النهر", source="nahr", sort="oldest"))
    [path] = links(tree, 'link[type="application/atom+xml"][href*="/search/"]')
    seen: list[str] = []
    while path:
        answer = site.ask(path.removeprefix("https://news.example"))
        feed = feedparser.parse(answer.body)
        assert not feed.bozo
        assert feed.feed.title == "بحث: النهر · تواتر"
        seen += [entry.id for entry in feed.entries]
        [*onward] = [link.href for link in feed.feed.links if link.rel == "next"]
        path = onward[0] if onward else ""
    assert len(seen) == len(set(seen)) > 50
    assert seen[0] == "https://news.example/article/0000000000000001"
    assert {source for entry in feed.entries if (source := entry.source.title)} == {"صحيفة النهر"}


@pytest.mark.parametrize("text", ["الجسر كلمةلاتوجد", "افتتاخ", "hg[sv"])
def test_a_feed_carries_what_was_asked_for_and_nothing_instead(site: Any, text: str) -> None:
    assert page(site, address(text)).css(".hit")
    assert site.ask(f"/search/feed.json?q={quote(text)}").json["items"] == []
    rare = site.ask(f"/search/feed.json?q={quote('القاعة الأعضاء التصويت')}").json["items"]
    assert [item["id"][-4:] for item in rare] == ["0069"]


def test_a_search_is_a_json_feed_too(site: Any) -> None:
    feed = site.ask(f"/en/search/feed.json?q={quote('bridge')}&source=harbour").json
    assert feed["feed_url"] == "https://news.example/en/search/feed.json?q=bridge&source=harbour"
    assert feed["home_page_url"] == "https://news.example/en/search?q=bridge&source=harbour&sort=newest"
    assert [item["title"] for item in feed["items"]] == ["New bridge opens in «المدينة» after two years of works"]
    assert site.ask("/search/feed.json").json["items"] == []
    assert site.ask("/search/feed.rss?q=x").status == 404


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_browser_learns_to_search_here_from_its_own_box(site: Any, prefix: str) -> None:
    [path] = links(page(site, f"{prefix}/"), 'link[rel="search"]')
    answer = site.ask(path)
    assert answer.headers["content-type"].startswith("application/opensearchdescription+xml")
    tree = etree.fromstring(answer.body)
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert 0 < len(tree.findtext("o:ShortName", "", space)) <= 16
    templates = {url.get("type", ""): url.get("template", "") for url in tree.iterfind("o:Url", space)}
    assert templates["text/html"] == f"https://news.example{prefix}/search?q={{searchTerms}}"
    for template in templates.values():
        asked = template.replace("{searchTerms}", quote("افتتا")).removeprefix("https://news.example")
        assert site.ask(asked).status == 200
    typed, offered = json.loads(site.ask(f"{prefix}/search/suggestions?q={quote('افتتا')}").body)
    assert typed == "افتتا"
    assert any(text.startswith("افتتاح") for text in offered)


def test_the_api_answers_with_the_records_of_the_library(site: Any, finder: SearchIndex) -> None:
    answer = site.ask(f"/api/v1/search?{urlencode({'q': 'الجسر', 'source': 'mada', 'facets': 'true', 'limit': 3})}")
    found = finder.search(SearchQuery(text="الجسر", sources=("mada",), facets=True, limit=3))
    assert [hit["id"] for hit in answer.json["hits"]] == [hit.id for hit in found.hits]
    assert answer.json["total"] == found.total
    for hit in site.ask(f"/api/v1/search?q={quote('الجسر')}").json["hits"]:
        assert {"id", "score", "title", "snippet", "highlights", "why"} <= hit.keys()
        assert all(hit["snippet"][start:end].strip() for start, end in hit["highlights"])


def test_an_article_that_left_the_store_is_not_shown_though_the_index_has_it_still(
    empty: Store, press: Store, finder: SearchIndex, serving: Any
) -> None:
    kept = press.articles.get("0000000000000002")
    assert kept is not None
    assert kept.fetched is not None
    empty.articles.put_many([kept], now=kept.fetched)
    with serving(create_app(empty, SiteOptions(), finder=finder)) as site:
        assert links(page(site, address("رقم", sort="newest")), ".hit h2 a") == ["/article/0000000000000002"]


class OneLike:
    """Meanings of a test's own: every article is like one other."""

    def __init__(self, other: str) -> None:
        self.other = other

    def answers(self, text: str, limit: int) -> list[tuple[str, float, str]]:
        return []

    def wanted_for(self, text: str) -> bool:
        return False

    def similar(self, article_id: str, limit: int) -> tuple[Similar, ...]:
        return (Similar(id=self.other, likeness=0.9),)[:limit]


def test_an_article_leads_to_those_like_it_where_meanings_are_indexed(
    press: Store, search_folder: Path, serving: Any
) -> None:
    finder = SearchIndex.open(search_folder, meanings=OneLike(f"{101:016x}"))
    with serving(create_app(press, SiteOptions(), finder=finder)) as site:
        [path] = [path for path in links(page(site, "/article/0000000000000001"), ".card + p a") if "similar" in path]
        tree = page(site, path)
        assert texts(tree, "article h3") == ["خبر لا تذكر صفحته إلا اليوم"]
        assert [time.attributes["datetime"] for time in tree.css("article time")] == ["2023-09-20"]
        assert site.ask("/api/v1/articles/0000000000000001/similar").json["similar"][0]["id"] == f"{101:016x}"


def test_no_article_leads_to_others_where_meanings_are_not_indexed(site: Any) -> None:
    assert not [path for path in links(page(site, "/article/0000000000000001"), "a") if "similar" in path]
    assert texts(page(site, "/similar/0000000000000001"), ".empty") == ["لم نجد خبرًا يشبهه."]


class _Broken:
    """An index whose disk went away."""

    def __getattr__(self, name: str) -> Any:
        raise StoreError("the search index /secret/place cannot be used")


def test_an_index_that_does_not_answer_takes_no_page_away_but_its_own(press: Store, serving: Any) -> None:
    with serving(create_app(press, SiteOptions(), finder=_Broken())) as site:
        assert site.ask("/article/0000000000000001").status == 200
        assert site.ask("/").status == 200
        for path in (address(BRIDGE), "/search/feed.atom?q=x", "/api/v1/search?q=x", "/api/v1/suggest?q=xx"):
            answer = site.ask(path)
            assert (answer.status, answer.headers["retry-after"]) == (503, "10")
            assert "secret" not in answer.text


def test_a_site_without_an_index_has_no_search(press: Store, serving: Any) -> None:
    with serving(create_app(press, SiteOptions())) as site:
        tree = page(site, "/")
        assert not tree.css('form[role="search"], link[rel="search"], script[src*="suggest"]')
        for path in ("/search", "/search/feed.atom?q=x", "/opensearch.xml", "/api/v1/search?q=x", "/similar/x"):
            assert site.ask(path).status == 404
        assert "Results" not in site.ask("/api/v1/openapi.json").json["paths"]


HOSTILE = (
    "</script><script>alert(1)</script>",
    '" onfocus="alert(1)" autofocus x="',
    "{{ 7 * 191 }}",
    "\u202e\u2067نص\u2069\u0000\u001b[31m\ufeff",
    "(" * 500 + ")" * 400,
    "*",
    "a*" * 200,
    '"' * 99,
    "source:" * 50,
    "NOT NOT OR AND OR",
    "/(a+)+$/",
    "[a TO z]",
    "after:99999-99-99 before:0000-00-00",
    "\u0651" * 400,
    "ا" * 2000,
    "🜁 \U0010ffff \ud7ff",
    " OR ".join("كلمة" for _ in range(240)),
)


@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_query_is_words_and_nothing_more(site: Any, query: str) -> None:
    answer = site.ask(address(query, after=query[:50], source=query[:50]))
    assert answer.status == 200
    tree = html.document_fromstring(answer.text)
    for script in tree.iter("script"):
        assert script.get("src", "").startswith("/static/")
    for element in tree.iter(etree.Element):
        assert not [name for name in element.attrib if name.startswith("on") or name in ("style", "autofocus")]
        assert element.get("href", "/").startswith(("/", "#", "https://news.example", "mailto:"))
    assert "1337" not in answer.text
    assert not set(answer.text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b")
    assert site.ask(f"/search/feed.atom?q={quote(query)}").status == 200
    etree.fromstring(site.ask(f"/search/feed.atom?q={quote(query)}").body)
    assert site.ask(f"/api/v1/search?q={quote(query)}&facets=true").status == 200
    assert site.ask(f"/api/v1/suggest?q={quote(query)}").status == 200


@given(
    st.builds(
        SearchQuery,
        text=st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=30),
        strict=st.booleans(),
        sort=st.sampled_from(["relevance", "fresh", "newest", "oldest"]),
        sources=st.lists(st.text("abc-.1", min_size=1), max_size=3, unique=True).map(tuple),
        sections=st.lists(st.text("محلية", min_size=1), max_size=3, unique=True).map(tuple),
        people=st.lists(st.text("بوتين", min_size=1), max_size=3, unique=True).map(tuple),
        places=st.lists(st.text("باكو", min_size=1), max_size=3, unique=True).map(tuple),
        after=st.none() | st.dates(),
        before=st.none() | st.dates(),
        facets=st.just(True),
    )
)
def test_an_address_holds_the_whole_search(query: SearchQuery) -> None:
    assert read_address(QueryParams(write_address(query))).query == query
    on_page = replace(query, cursor="here")
    assert read_address(QueryParams(write_address(on_page))).query == query


@given(st.text(), st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40))))
def test_marking_keeps_the_words_and_adds_marks_alone(text: str, spans: list[tuple[int, int]]) -> None:
    made = marked(text, spans)
    assert str(made.striptags()) is not None
    plain = str(made).replace("<mark>", "").replace("</mark>", "")
    assert "<" not in plain
    assert str(made).count("<mark>") == str(made).count("</mark>")


def test_a_query_longer_than_any_is_cut_before_it_is_read() -> None:
    asked = read_address(QueryParams(urlencode({"q": "كلمة " * 9_000})))
    assert len(asked.query.text) == QUERY_LETTERS
    assert [note.kind for note in asked.notes] == ["too-long"]


def test_days_are_told_as_days_then_months_then_years() -> None:
    days = [Facet(value=date(2023, 9, day).isoformat(), count=1) for day in range(1, 11)]
    assert {period.precision for period in periods(days)} == {"day"}
    days += [Facet(value=date(2023, month, 28).isoformat(), count=2) for month in range(1, 9)]
    assert {period.precision for period in periods(days)} == {"month"}
    assert periods(days)[0].count == 10
    assert (periods(days)[-1].first, periods(days)[-1].last) == (date(2023, 1, 1), date(2023, 1, 31))
    days += [Facet(value=date(year, month, 1).isoformat(), count=1) for year in range(1990, 2020) for month in (1, 6)]
    assert {period.precision for period in periods(days)} == {"year"}
    assert len(periods(days)) == PERIODS_OFFERED
    assert periods([]) == ()


def test_reasons_are_gathered_and_a_passage_found_by_meaning_is_not_repeated() -> None:
    whys = [
        Why(term="الحكومة", matched="للحكومة", reason="clitic"),
        Why(term="الحكومة", matched="للحكومة", reason="clitic"),
        Why(term="أسير", matched="الأسرى", reason="plural"),
        Why(term="x", matched="a whole passage of the text", reason="meaning"),
    ]
    assert [(match.reason, match.words) for match in matches(whys)] == [
        ("clitic", ("للحكومة",)),
        ("plural", ("الأسرى",)),
        ("meaning", ()),
    ]
