"""The pages a reader sees, over a real server and a real store."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tawatur.model import Article
from tawatur.store import Store
from tawatur.web import SiteOptions, create_app

FIRST = "0000000000000001"


def page(site: Any, path: str) -> LexborHTMLParser:
    answer = site.ask(path)
    assert answer.status == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return LexborHTMLParser(answer.text)


def words(element: LexborHTMLParser | LexborNode) -> str:
    return " ".join(element.text().split())


def one(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    [found] = tree.css(selector)
    return found


def every(tree: LexborHTMLParser | LexborNode, selector: str) -> list[LexborNode]:
    return tree.css(selector)


def stated(element: LexborNode, name: str) -> str:
    return element.attributes.get(name) or ""


@pytest.mark.parametrize(("path", "language", "direction"), [("/", "ar", "rtl"), ("/en/", "en", "ltr")])
def test_a_page_says_its_language_and_direction(site: Any, path: str, language: str, direction: str) -> None:
    tree = page(site, path)
    assert (stated(one(tree, "html"), "lang"), stated(one(tree, "html"), "dir")) == (language, direction)
    alternates = {stated(link, "hreflang"): stated(link, "href") for link in every(tree, "link[hreflang]")}
    assert alternates == {"ar": "https://news.example/", "en": "https://news.example/en/"}


def test_the_front_page_gathers_articles_under_their_days_newest_first(site: Any) -> None:
    tree = page(site, "/")
    days = [words(heading) for heading in every(tree, ".day > h2")]
    assert days[0] == "اليوم الخميس ٢١ سبتمبر ٢٠٢٣"
    assert days[1] == "أمس الأربعاء ٢٠ سبتمبر ٢٠٢٣"
    headlines = [words(heading) for heading in every(tree, "article h3")]
    assert headlines.index("افتتاح الجسر الجديد رقم 2 على النهر أمام حركة السير") < headlines.index(
        "افتتاح الجسر الجديد رقم 3 على النهر أمام حركة السير"
    )


def test_a_row_carries_headline_source_time_lead_and_our_copy_of_the_picture(site: Any) -> None:
    row = one(page(site, "/"), "article.lead")
    assert stated(one(row, "img"), "src").startswith("/images/")
    assert stated(one(row, "h3 a"), "href").startswith("/article/")
    assert words(one(row, ".source"))
    assert stated(one(row, "time"), "datetime").endswith("Z")
    assert words(one(row, ".standfirst"))


def test_older_pages_lead_to_every_article_once(site: Any, press: Store) -> None:
    seen: list[str] = []
    path: str | None = "/"
    while path:
        tree = page(site, path)
        seen += [stated(link, "href") for link in every(tree, "article h3 a")]
        onward = every(tree, "a.onward")
        path = stated(onward[0], "href") if onward else None
    assert len(seen) == len(set(seen)) == press.articles.count()


def test_an_article_carries_all_that_its_page_carried(site: Any) -> None:
    tree = page(site, f"/article/{FIRST}")
    assert words(one(tree, "h1")) == "افتتاح الجسر الجديد رقم 1 على النهر أمام حركة السير"
    assert "الجسر يختصر" in words(one(tree, "header .standfirst"))
    assert len(every(tree, ".body p")) == 4
    assert words(one(tree, ".byline .source")) == "صحيفة النهر"
    assert words(one(tree, ".byline .authors")) == "سلمى الحارثي، John Carter"
    assert stated(one(tree, ".byline time"), "datetime") == "2023-09-21T08:23:00Z"
    assert [words(tag) for tag in every(tree, ".story .tags li")] == ["الجسر الجديد", "بلدية المدينة", "Bridge & Road"]
    assert [words(link) for link in every(tree, ".read-also li")] == [
        "خطة لتوسعة ثلاثة شوارع وسط المدينة",
        "رابط بلا عنوان",
    ]
    card = words(one(tree, ".card"))
    for told in ("البوابة نيوز", "المدينة - و م أ", "بالدقيقة", "بيانات الصفحة (JSON-LD)", "عُدّل في المصدر"):
        assert told in card


def test_an_article_tells_machines_whose_it_is_and_what_it_is_based_on(site: Any) -> None:
    data = json.loads(one(page(site, f"/article/{FIRST}"), 'script[type="application/ld+json"]').text())
    assert data["@type"] == "NewsArticle"
    assert data["publisher"] == {"@type": "Organization", "name": "صحيفة النهر", "url": "https://nahr.example/"}
    assert data["sdPublisher"]["url"] == "https://news.example/"
    assert data["isBasedOn"] == "https://nahr.example/news/1"
    assert data["creditText"] == "البوابة نيوز"
    assert data["datePublished"] == "2023-09-21T08:23:00Z"
    day = json.loads(one(page(site, f"/article/{101:016x}"), 'script[type="application/ld+json"]').text())
    future = json.loads(one(page(site, f"/article/{104:016x}"), 'script[type="application/ld+json"]').text())
    assert day["datePublished"] == "2023-09-20"
    assert "datePublished" not in future


def test_links_out_are_plain_and_pass_nothing_on(site: Any) -> None:
    tree = page(site, f"/article/{FIRST}")
    outward = [link for link in every(tree, "a[href^=http]") if "news.example" not in stated(link, "href")]
    assert {stated(link, "href") for link in outward} >= {"https://nahr.example/news/1", "https://bawaba.example/"}
    assert {stated(link, "rel") for link in outward} == {"noopener nofollow"}


def test_a_changed_article_says_so_and_shows_what_changed(site: Any) -> None:
    assert words(one(page(site, f"/article/{FIRST}"), ".notices")).startswith("تغيّر نص هذا الخبر")
    newest, oldest = every(page(site, f"/history/{FIRST}"), ".revision")
    assert [words(part) for part in every(newest, ".edited del, .edited ins")] == ["42", "47"]
    assert "ويبدأ العمل في الأرصفة غدا." in words(one(newest, ".added"))
    assert "العنوان" in words(one(oldest, "h3"))


def test_an_article_that_never_changed_has_no_such_note(site: Any) -> None:
    assert every(page(site, "/article/0000000000000002"), ".notices") == []
    assert "لم يتغيّر شيء" in words(page(site, "/history/0000000000000002"))


@pytest.mark.parametrize(
    ("number", "stamp", "said"),
    [
        (101, "2023-09-20", "الأربعاء ٢٠ سبتمبر ٢٠٢٣"),
        (102, "2023-08", "أغسطس ٢٠٢٣"),
    ],
)
def test_a_date_without_a_time_is_shown_without_one(site: Any, number: int, stamp: str, said: str) -> None:
    shown = one(page(site, f"/article/{number:016x}"), ".byline time")
    assert (stated(shown, "datetime"), words(shown)) == (stamp, said)


def test_the_day_by_the_moon_stands_beside_where_the_operator_wants_it(press: Store, site: Any, serving: Any) -> None:
    assert "هـ" not in words(one(page(site, f"/article/{FIRST}"), ".card"))
    with serving(create_app(press, SiteOptions(hijri=True))) as other:
        assert "٦ ربيع الأول ١٤٤٥ هـ" in words(one(page(other, f"/article/{FIRST}"), ".card"))
        assert "٥ ربيع الأول ١٤٤٥ هـ" in words(one(page(other, f"/article/{101:016x}"), ".card"))
        assert "6 Rabi' al-Awwal 1445 AH" in words(one(page(other, f"/en/article/{FIRST}"), ".card"))
        assert "هـ" not in words(one(page(other, f"/article/{102:016x}"), ".card"))


def test_an_undated_article_says_that_it_is(site: Any) -> None:
    tree = page(site, f"/article/{103:016x}")
    assert words(one(tree, ".byline .when")) == "لم تذكر الصفحة تاريخًا"


@pytest.mark.parametrize(("number", "notice"), [(104, "لم يحن بعد"), (105, "تغطية مستمرة"), (106, "خلاصة المصدر وحده")])
def test_a_flag_is_a_notice_in_plain_words(site: Any, number: int, notice: str) -> None:
    assert notice in words(one(page(site, f"/article/{number:016x}"), ".notices"))


def test_a_live_blog_shows_its_updates_with_their_times(site: Any) -> None:
    updates = every(page(site, f"/article/{105:016x}"), ".updates li")
    assert [words(one(update, "p:last-child")) for update in updates] == [
        "بدأ التصويت على البند الأول.",
        "وصل الأعضاء إلى القاعة.",
    ]
    assert words(one(updates[0], ".when")).startswith("الخميس ٢١ سبتمبر ٢٠٢٣، ٩:٠٠")


def test_a_text_runs_in_its_own_direction_on_a_page_of_the_other(site: Any) -> None:
    tree = page(site, f"/article/{100:016x}")
    assert (stated(one(tree, "h1"), "dir"), stated(one(tree, ".body"), "dir"), stated(one(tree, ".body"), "lang")) == (
        "ltr",
        "ltr",
        "en",
    )
    assert stated(one(tree, ".byline bdi"), "dir") == "ltr"


def test_a_source_page_tells_its_health_and_what_was_put_aside(site: Any) -> None:
    tree = page(site, "/source/mada")
    margin = words(one(tree, "aside.margin"))
    for told in ("متعثر", "the server answered 503", "مقطع مصوّر بلا نص", "آخر محاولة"):
        assert told in margin
    assert "لم يُتحقق" in words(one(tree, ".notices"))
    assert [words(link) for link in every(tree, "article h3 a")] == ["تغطية مستمرة: جلسة مجلس المدينة حول الموازنة"]


def test_the_list_of_sources_names_each_with_its_state(site: Any) -> None:
    tree = page(site, "/sources")
    states = {words(one(item, "h2")): words(one(item, ".health")) for item in every(tree, ".followings li")}
    assert states == {"صحيفة النهر": "سليم", "وكالة المدى للأنباء": "متعثر", "The Harbour Post": "ينتظر أول قراءة"}


def test_names_in_the_readers_own_script_come_first(site: Any) -> None:
    arabic = [words(name) for name in every(page(site, "/sources"), ".followings h2")]
    english = [words(name) for name in every(page(site, "/en/sources"), ".followings h2")]
    assert (arabic[-1], english[0]) == ("The Harbour Post", "The Harbour Post")


def test_a_source_that_is_not_followed_is_named_without_a_link(site: Any) -> None:
    tree = page(site, f"/article/{106:016x}")
    assert words(one(tree, ".byline span.source")) == "unfollowed.example"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/article/none",
        "/history/none",
        "/source/none",
        "/source/none/feed.atom",
        "/feed.rss",
        "/images/none",
        "/static/site.css",
        "/static/../pages.py",
        "/sitemap/none.xml",
        "/websub/none",
        "/en/nothing",
    ],
)
def test_what_is_not_there_is_a_page_in_the_sites_dress(site: Any, path: str) -> None:
    answer = site.ask(path)
    assert answer.status == 404
    tree = LexborHTMLParser(answer.text)
    assert stated(one(tree, "html"), "lang") == ("en" if path.startswith("/en/") else "ar")
    assert one(tree, ".masthead") is not None
    assert answer.headers["cache-control"] == "no-store"


def test_a_cursor_of_somebody_elses_making_is_refused_politely(site: Any) -> None:
    answer = site.ask("/?older=%27;drop")
    assert answer.status == 400
    assert "طلب غير مفهوم" in answer.text


def test_the_other_edition_can_be_had_with_english_as_the_default(press: Store, serving: Any) -> None:
    with serving(create_app(press, SiteOptions(default_language="en"))) as site:
        assert stated(one(page(site, "/"), "html"), "lang") == "en"
        assert stated(one(page(site, "/ar/"), "html"), "lang") == "ar"
        moved = site.ask("/ar")
        assert (moved.status, moved.headers["location"]) == (308, "/ar/")


def test_a_site_without_articles_says_so(empty: Store, serving: Any) -> None:
    with serving(create_app(empty, SiteOptions())) as site:
        assert "لا أخبار بعد" in site.ask("/").text
        assert "لا نتابع مصدرًا بعد" in site.ask("/sources").text
        assert site.ask("/feed.atom").status == 200
        assert site.ask("/feed.json").json["items"] == []
        assert site.ask("/sitemap.xml").status == 200


def test_two_articles_hours_apart_stand_under_the_day_of_the_sites_own_zone(
    empty: Store, serving: Any, make_article: Callable[..., Article]
) -> None:
    base = make_article(1)
    assert base.fetched is not None
    late = replace(
        base, published=base.fetched.replace(hour=22), fetched=base.fetched.replace(hour=22) + timedelta(hours=2)
    )
    empty.articles.put_many([late], now=base.fetched)
    with serving(create_app(empty, SiteOptions(time_zone="Asia/Riyadh"))) as site:
        assert words(one(page(site, "/"), ".day > h2 time")) == "الجمعة ٢٢ سبتمبر ٢٠٢٣"


def test_a_mistake_of_ours_is_a_page_that_tells_nothing_about_it(
    press: Store, options: SiteOptions, serving: Callable[[FastAPI], AbstractContextManager[Any]]
) -> None:
    app = create_app(press, options)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("secret detail")

    app.router.routes.insert(0, app.router.routes.pop())
    with serving(app) as site:
        answer = site.ask("/broken")
    assert answer.status == 500
    assert "وقع خلل عندنا" in answer.text
    assert "secret detail" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
