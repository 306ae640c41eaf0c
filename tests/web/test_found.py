"""What was found in an article, on its page: every entry leads to the words it rests on."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser
from tests.web.analysed import INDIRECT, MAYOR, SAID

FIRST = "/article/0000000000000001"


def page(site: Any, path: str) -> LexborHTMLParser:
    answer = site.ask(path)
    assert answer.status == 200, answer.text
    return LexborHTMLParser(answer.text)


def words(element: Any) -> str:
    return " ".join(element.text().split())


def test_every_link_into_the_page_finds_its_mark(site: Any) -> None:
    for path in (FIRST, f"/en{FIRST}", f"/article/{2:016x}"):
        tree = page(site, path)
        ids = [element.attributes["id"] for element in tree.css("[id]")]
        assert len(ids) == len(set(ids))
        leads = [str(link.attributes["href"])[1:] for link in tree.css('a[href^="#"]')]
        assert len(leads) > 8
        assert set(leads) <= set(ids)
        told = [mark.attributes["aria-describedby"] for mark in tree.css("mark[aria-describedby]")]
        assert len(told) == 2
        assert set(told) <= set(ids)


def test_a_quote_is_marked_with_its_speaker_and_listed(site: Any) -> None:
    tree = page(site, FIRST)
    direct, indirect = tree.css("mark.quote[id]")
    assert (words(direct), words(indirect)) == (SAID, INDIRECT)
    assert direct.attributes["data-says"] == MAYOR
    assert direct.attributes["tabindex"] == "0"
    assert [words(one) for one in tree.css(".said-list .who")] == [MAYOR, MAYOR]
    assert words(tree.css(".said-list li")[0]) == f"{MAYOR} «{SAID}»"


def test_the_chain_runs_from_the_speaker_to_this_outlet(site: Any) -> None:
    chains = page(site, FIRST).css(".chains li")
    assert [words(link) for link in chains[0].css(".link")] == [
        MAYOR,
        "تصريح صحفي",
        "وكالة المدى",
        "البوابة نيوز",
        "صحيفة النهر",
    ]
    assert {words(arrow) for arrow in chains[0].css(".arrow")} == {"←"}
    assert "مصدر لم يُسمَّ" in words(chains[1])
    assert {words(arrow) for arrow in page(site, f"/en{FIRST}").css(".arrow")} == {"→"}


def test_the_api_tells_the_chain_as_the_page_does(site: Any) -> None:
    told = site.ask(f"/api/v1/articles/{1:016x}/chain").json
    shown = [[words(link) for link in chain.css(".link")] for chain in page(site, FIRST).css(".chains li")]
    assert [[hop["name"] for hop in chain] for chain in told["chains"]] == shown
    assert {"name": "البوابة نيوز", "role": "credited", "literal": "albawabhnews"} in told["info_sources"]


def test_the_api_tells_who_carries_whom(site: Any) -> None:
    told = site.ask("/api/v1/carriers?articles=1000").json
    assert told["articles"] > 0
    assert {"origin": "albawabhnews", "carrier": "صحيفة النهر", "articles": 1} in told["links"]


def test_names_dates_keyphrases_and_summary_are_told(site: Any) -> None:
    tree = page(site, FIRST)
    assert [words(one) for one in tree.css(".names li a:first-child")] == [
        "بلدية المدينة",
        "النهر",
        "Bridge & Road Ltd",
    ]
    assert words(tree.css(".names .evidence")[0]) == "٢"
    assert words(tree.css(".events dt")[0]) == "الأربعاء ٢٠ سبتمبر ٢٠٢٣ المدينة"
    assert [words(one) for one in tree.css("section.tags[aria-labelledby=keyphrases] li")] == [
        "الجسر الجديد",
        "Bridge & Road",
    ]
    assert words(tree.css(".summary p")[0]).startswith("أعلنت بلدية المدينة")


def test_an_article_that_is_not_analysed_shows_no_empty_lists(site: Any) -> None:
    tree = page(site, f"/article/{3:016x}")
    assert tree.css("mark, .chains, .said-list, .events, .names, .summary") == []
    assert len(tree.css(".body p")) == 3


def test_the_page_of_a_name_tells_its_quotes_and_articles(site: Any) -> None:
    tree = page(site, f"/name/{quote('بلدية المدينة')}")
    assert words(tree.css("h1")[0]) == "بلدية المدينة"
    assert words(tree.css(".facts")[0]) == "خبران · ورد أيضًا: البلدية"
    assert len(tree.css("article.row")) == 2
    assert site.ask(f"/name/{quote('لا أحد')}").status == 404
    assert site.ask(f"/name/{quote('بلدية المدينة')}?older=mine").status == 400
