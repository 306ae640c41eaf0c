"""The pages, feeds and records of stories, over a press gathered by hand."""

from __future__ import annotations

from typing import Any

from lxml import etree
from selectolax.lexbor import LexborHTMLParser
from tests.web.gathered import COLLAPSE, RESCUE


def page(site: Any, path: str) -> LexborHTMLParser:
    answer = site.ask(path)
    assert answer.status == 200, answer.text
    return LexborHTMLParser(answer.text)


def words(element: Any) -> str:
    return " ".join(element.text().split())


def test_the_front_page_gives_stories_with_more_voices_and_fresher_ones_first(gathered: Any) -> None:
    tree = page(gathered, "/")
    assert [words(one) for one in tree.css("main h3")] == [
        "انهيار جزء من الجسر الجديد ومقتل ثلاثة",
        "افتتاح معرض للكتاب في المدينة",
        "فرق الإنقاذ تنهي عملها عند الجسر",
    ]
    leads = [link.attributes["href"] for link in tree.css("main h3 a")]
    assert leads == [f"/story/{COLLAPSE}", "/article/alone", f"/story/{RESCUE}"]
    assert words(tree.css(".lead .credits .source")[0]) == "٣ وسائل، روايتان أصليتان"
    assert len(page(gathered, "/latest").css("main h3")) == 6


def test_a_story_tells_its_voices_and_folds_its_copies(gathered: Any) -> None:
    tree = page(gathered, f"/story/{COLLAPSE}")
    assert words(tree.css(".voices-line")[0]) == "٣ وسائل، روايتان أصليتان"
    assert [words(one) for one in tree.css(".voices li")] == [
        "وكالة المدى للأنباء نقلها عنه: صحيفة النهر",
        "الدفاع المدني",
    ]
    assert len(tree.css("article.row")) == 2
    copies = tree.css("details.copies")
    assert len(copies) == 1
    assert words(copies[0].css("summary")[0]) == "نقله بنصه خبر واحد"
    assert words(copies[0].css(".share")[0]) == "المشترك منه ١٠٠٪ · عنوان آخر · قُصّ آخره"


def test_a_story_tells_what_happened_with_its_sources(gathered: Any) -> None:
    tree = page(gathered, f"/story/{COLLAPSE}")
    first, second = tree.css(".timeline li")
    assert words(first.css(".when")[0]) == "الأربعاء ٢٠ سبتمبر ٢٠٢٣"
    assert words(first.css(".credits")[0]) == "وكالة المدى للأنباء في خبرين"
    assert "يقوله: الدفاع المدني" in words(second)
    assert [words(one) for one in tree.css(".figures b")] == ["٣", "٥"]


def test_a_story_tells_who_carries_it_and_who_does_not(gathered: Any) -> None:
    tree = page(gathered, f"/story/{COLLAPSE}")
    carriers = [words(one) for one in tree.css("section[aria-labelledby=carriers] .sources li")]
    assert carriers == ["وكالة المدى للأنباء أول من نشر ١", "صحيفة النهر نقلٌ فقط ١", "الصدى آخر من نشر ١"]
    assert words(tree.css(".missing summary")[0]) == "لم ينشرها مصدر واحد مما نتابع"
    assert words(tree.css(".missing p")[0]) == "صحيفة الوادي"


def test_a_story_tells_what_one_outlet_alone_reports_and_where_words_differ(gathered: Any) -> None:
    tree = page(gathered, f"/story/{COLLAPSE}")
    angles = [words(one) for one in tree.css(".angles li")]
    assert "سمعوا صوتا قويا قبل الانهيار" in " ".join(angles)
    assert any("الصدى" in angle for angle in angles)


def test_an_edit_after_publication_is_shown_with_its_difference(gathered: Any) -> None:
    [edited] = page(gathered, f"/story/{COLLAPSE}").css(".edited a")
    assert edited.attributes["href"] == "/history/own"
    assert "ستة" in gathered.ask("/history/own").text


def test_stories_of_an_affair_lead_to_each_other(gathered: Any) -> None:
    tree = page(gathered, f"/story/{COLLAPSE}")
    assert [link.attributes["href"] for link in tree.css(".kicker a")] == [f"/theme/{COLLAPSE}"]
    assert [link.attributes["href"] for link in tree.css("a[rel=next]")] == [f"/story/{RESCUE}"]
    assert [link.attributes["href"] for link in page(gathered, f"/story/{RESCUE}").css("a[rel=prev]")] == [
        f"/story/{COLLAPSE}"
    ]
    theme = page(gathered, f"/theme/{COLLAPSE}")
    assert words(theme.css(".facts")[0]).startswith("قصتان")
    assert len(theme.css("article.row")) == 2
    assert [words(one) for one in theme.css(".timeline .told")] == [
        "انهار جزء من الجسر الجديد فوق النهر فجر الأربعاء، وقتل ثلاثة أشخاص بحسب الدفاع المدني."
    ]


def test_an_article_leads_to_its_story_and_to_what_it_was_copied_from(gathered: Any) -> None:
    leads = [link.attributes["href"] for link in page(gathered, "/article/copy").css(".standing a")]
    assert leads == [f"/story/{COLLAPSE}", f"/article/{COLLAPSE}"]
    assert page(gathered, "/article/alone").css(".standing") == []


def test_a_merged_story_redirects_everywhere(gathered: Any) -> None:
    for path, to in (
        ("/story/own", f"/story/{COLLAPSE}"),
        ("/en/story/own", f"/en/story/{COLLAPSE}"),
        ("/story/own/feed.atom", f"/story/{COLLAPSE}/feed.atom"),
        ("/api/v1/stories/own", f"/api/v1/stories/{COLLAPSE}"),
    ):
        answer = gathered.ask(path)
        assert (answer.status, answer.headers["location"]) == (308, to)
    assert gathered.ask("/story/none").status == 404


def test_a_story_and_a_theme_have_feeds_newest_first(gathered: Any) -> None:
    for path, number in ((f"/story/{COLLAPSE}/feed.atom", 3), (f"/theme/{COLLAPSE}/feed.atom", 5)):
        feed = etree.fromstring(gathered.ask(path).body)
        entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
        published = [entry.findtext("{http://www.w3.org/2005/Atom}published") or "" for entry in entries]
        assert len(published) == number
        assert published == sorted(published, reverse=True)
    assert gathered.ask(f"/story/{COLLAPSE}/feed.json").json["items"]


def test_the_api_gives_stories_and_themes(gathered: Any) -> None:
    listed = gathered.ask("/api/v1/stories?least_articles=2").json
    assert [line["story"]["id"] for line in listed["stories"]] == [RESCUE, COLLAPSE]
    assert gathered.ask(f"/api/v1/stories/{COLLAPSE}").json["origins"][0]["carried_by"] == ["copy"]
    assert gathered.ask(f"/api/v1/themes/{COLLAPSE}").json["stories"] == [COLLAPSE, RESCUE]


def test_a_story_shows_what_its_pages_changed_in_silence_and_which_are_gone(gathered: Any) -> None:
    tree = page(gathered, f"/story/{COLLAPSE}")
    edited, gone = tree.css(".changes > ul > li")
    assert (words(edited.css_first("del")), words(edited.css_first("ins"))) == ("خمسة", "ستة")
    assert "عُدّل من دون إشارة" in words(edited)
    assert next(link.attributes["href"] for link in edited.css("a")) == "/history/own"
    assert "سُحبت الصفحة" in words(gone)


def test_a_theme_is_followed_as_a_theme(gathered: Any) -> None:
    assert "تابع هذا الملف" in words(page(gathered, f"/theme/{COLLAPSE}").css_first(".facts"))
