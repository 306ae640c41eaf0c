from __future__ import annotations

import socket
import threading
from datetime import UTC, date, datetime, timedelta
from threading import Event
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tawatur.errors import ConfigError
from tawatur.press import Almanac, Edition, Press, PressClock, Site, drafts, outlets, serve

HEADERS = ["if-none-match", "if-modified-since", "accept-encoding"]

DAY = timedelta(days=1)


def listening() -> set[str]:
    """The ports of any press that are served now."""
    return {thread.name for thread in threading.enumerate() if thread.name.startswith("press ")}


def page_of(reply, charset="utf-8"):
    return html.fromstring(reply.body.decode(charset))


def test_every_page_carries_its_article_whole_and_in_order(whole_press, fetch):
    for name, article in whole_press.articles().items():
        reply = fetch(article.url, accept_encoding="gzip")
        assert reply.status == 200, name
        draft = drafts()[name]
        charset = "windows-1256" if draft.outlet == "alatlas" else "utf-8"
        printed = [p.text_content() for p in page_of(reply, charset).iter("p")]
        if draft.first_page:
            second = fetch(article.url + ("&" if "?" in article.url else "?") + "page=2")
            printed += [p.text_content() for p in page_of(second, charset).iter("p")]
        wanted = article.body.split("\n") if article.body else []
        assert [text for text in printed if text in wanted] == wanted, name
        heading = page_of(reply, charset).xpath("//h1[normalize-space()]")
        assert article.title in [h.text_content().strip() for h in heading], name


def test_a_page_tells_its_authors_tags_and_credit(whole_press, fetch):
    for name, article in whole_press.articles().items():
        charset = "windows-1256" if name.startswith("alatlas/") else "utf-8"
        text = fetch(article.url).body.decode(charset)
        visible = html.fromstring(text).text_content()
        for author in article.authors:
            assert author in visible
        for other in article.read_also:
            assert other.title in visible
        if article.credit:
            assert article.credit.name in visible


def test_the_classic_design_is_windows_1256_and_does_not_say_so(whole_press, fetch):
    reply = fetch(whole_press.url_of("alatlas/ceasefire"))
    assert reply.headers["content-type"] == "text/html"
    assert b"charset" not in reply.body.lower()
    assert "هدنة في قره باغ" in reply.body.decode("windows-1256")
    with pytest.raises(UnicodeDecodeError):
        reply.body.decode("utf-8")


def test_an_unchanged_page_and_feed_cost_a_304(whole_press, fetch):
    for url in (whole_press.url_of("almadar/decree"), whole_press.home("almadar") + "/rss/all.xml"):
        first = fetch(url)
        assert fetch(url, if_none_match=first.headers["etag"]).status == 304
        assert fetch(url, if_modified_since=first.headers["last-modified"]).status == 304
        assert fetch(url, if_none_match='"another"', if_modified_since=first.headers["last-modified"]).status == 200
        assert fetch(url, if_modified_since="yesterday").status == 200


def test_one_feed_repeats_its_etag_over_new_content(press, fetch):
    url = press.home("nabd") + "/index.rdf"
    after = fetch(url)
    press.wind_to(datetime(2023, 9, 19, 12, tzinfo=UTC))
    before = fetch(url)
    assert before.headers["etag"] == after.headers["etag"]
    assert before.body != after.body
    assert fetch(url, if_none_match=after.headers["etag"]).status == 304


def test_a_feed_that_moved_answers_with_a_permanent_redirect(whole_press, fetch):
    source = next(source for source in whole_press.sources() if source.id == "aldifaf")
    reply = fetch(source.feeds[0])
    assert reply.status == 301
    assert fetch(reply.headers["location"]).status == 200


def test_tracking_parameters_lead_to_the_same_page(whole_press, fetch):
    url = whole_press.url_of("alatlas/decree")
    assert fetch(f"{url}&utm_source=rss&utm_medium=feed").body == fetch(url).body


def test_large_answers_are_compressed_on_request(whole_press, fetch):
    url = whole_press.url_of("sada/decree")
    packed = fetch(url, accept_encoding="gzip, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.body == fetch(url).body
    assert "content-encoding" not in fetch(url).headers


def test_head_tells_the_length_and_sends_nothing(whole_press, fetch):
    url = whole_press.url_of("sada/decree")
    reply = fetch(url, method="HEAD")
    assert reply.body == b""
    assert int(reply.headers["content-length"]) == len(fetch(url).body)


def test_nothing_stands_before_its_time(press, fetch):
    press.wind_to(datetime(2023, 9, 19, 9, 39, tzinfo=UTC))
    url = press.url_of("almadar/operation-begins")
    assert fetch(url).status == 404
    assert "operation" not in fetch(press.url + "/standing.json").text
    press.wind_to(datetime(2023, 9, 19, 9, 40, tzinfo=UTC))
    assert fetch(url).status == 200
    assert "almadar/operation-begins" in press.articles()
    assert "sada/opening-shots" not in press.articles()


def test_a_silent_edit_changes_the_page_and_says_nothing(press, fetch):
    url = press.url_of("alwadi/depot-20")
    press.wind_to(datetime(2023, 9, 26, 12, tzinfo=UTC))
    assert "20 قتيلا" in fetch(url).text
    press.wind_to(datetime(2023, 9, 26, 18, tzinfo=UTC))
    changed = fetch(url).text
    assert "68 قتيلا" in changed
    assert "dateModified" not in changed


def test_an_owned_up_edit_is_stamped(press, fetch):
    url = press.url_of("almadar/depot-blast")
    press.wind_to(datetime(2023, 9, 25, 17, tzinfo=UTC))
    assert "modified_time" not in fetch(url).text
    press.wind_to(datetime(2023, 9, 25, 19, tzinfo=UTC))
    assert 'article:modified_time" content="2023-09-25T22:30:00+04:00"' in fetch(url).text


@pytest.mark.parametrize(
    ("article", "status", "when"),
    [
        ("aldifaf/depot-rumour", 410, datetime(2023, 9, 26, 19, tzinfo=UTC)),
        ("alwadi/metro", 404, datetime(2023, 9, 21, 10, tzinfo=UTC)),
    ],
)
def test_a_withdrawn_page_goes_from_site_and_feed(press, fetch, article, status, when):
    press.wind_to(when - timedelta(minutes=1))
    assert fetch(press.url_of(article)).status == 200
    press.wind_to(when)
    assert fetch(press.url_of(article)).status == status
    assert article not in press.articles()
    assert article not in fetch(press.url + "/standing.json").text


def test_a_live_blog_grows_newest_first(press, fetch):
    url = press.url_of("afaq/live-operation")
    press.wind_to(datetime(2023, 9, 19, 12, tzinfo=UTC))
    assert len(page_of(fetch(url)).find_class("live-update")) == 2
    press.wind_to(datetime(2023, 9, 20, 12, tzinfo=UTC))
    titles = [h.text_content() for h in page_of(fetch(url)).iter("h3")]
    updates = press.articles()["afaq/live-operation"].updates
    assert [title for title in titles if title in {u.title for u in updates}] == [u.title for u in updates]
    assert len(updates) == 6
    assert updates[0].title == "الهدنة تدخل حيز التنفيذ"


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("sada/subscribers", "ملفات تعريف الارتباط"),
        ("aldifaf/lost-page", "الصفحة التي تبحث عنها غير موجودة"),
        ("afaq/video-yerevan", "<video"),
    ],
)
def test_pages_to_refuse_answer_200_and_are_no_articles(whole_press, fetch, article, words):
    reply = fetch(whole_press.url_of(article))
    assert reply.status == 200
    assert words in reply.text
    assert article not in whole_press.articles()


def test_robots_txt_keeps_its_page_to_itself(whole_press, fetch):
    robots = fetch(whole_press.home("alqasba") + "/robots.txt").text
    assert f"Disallow: {urlsplit(whole_press.url_of('alqasba/internal-note')).path}" in robots
    assert "Sitemap: " in fetch(whole_press.home("alwadi") + "/robots.txt").text


def test_pictures_are_painted_by_us(whole_press, fetch):
    article = whole_press.articles()["almadar/decree"]
    reply = fetch(article.image)
    assert reply.headers["content-type"] == "image/png"
    assert reply.body.startswith(b"\x89PNG")
    assert fetch(whole_press.home("almadar") + "/images/1.png").status == 404


def test_front_pages_link_every_article_that_stands(whole_press, fetch):
    for source in whole_press.sources():
        links = set(
            page_of(fetch(source.home), "windows-1256" if source.id == "alatlas" else "utf-8").xpath("//main//a/@href")
        )
        mine = {article.url for name, article in whole_press.articles().items() if name.startswith(f"{source.id}/")}
        assert mine <= links


@given(st.text(max_size=60), st.dictionaries(st.sampled_from(HEADERS), st.text(max_size=30)))
def test_whatever_is_asked_is_answered(target, headers):
    site = Site(Edition(Almanac(date(2023, 9, 19))), outlets()[4], "http://127.0.0.1:1")
    assert site.answer(f"/{target}", headers, datetime(2023, 9, 25, tzinfo=UTC)).status in {200, 304, 404, 410}


def test_an_unknown_address_is_not_there(whole_press, fetch):
    assert fetch(whole_press.home("sada") + "/story/none").status == 404
    assert fetch(whole_press.url + "/none").status == 404


def test_the_index_gives_the_sources_as_opml_and_the_truth_as_json(whole_press, fetch):
    opml = fetch(whole_press.url + "/press.opml").text
    assert all(source.feeds[0] in opml for source in whole_press.sources())
    assert '"karabakh-depot"' in fetch(whole_press.url + "/truth.json").text
    assert '"opening": "2023-09-19"' in fetch(whole_press.url + "/clock.json").text


def test_the_affair_begins_the_day_before_the_start_unless_told_otherwise():
    assert Press(datetime(2026, 3, 2, 8, tzinfo=UTC)).edition.almanac.opening == date(2026, 3, 1)
    assert Press(datetime(2026, 3, 2, 8, tzinfo=UTC), opening=date(2026, 2, 1)).edition.almanac.opening == date(
        2026, 2, 1
    )


def test_a_running_clock_counts_press_seconds_and_never_overtakes_the_time_outside():
    seconds = [0.0]
    outside = datetime(2026, 3, 2, 10, tzinfo=UTC)
    clock = PressClock(outside - DAY, 1440, monotonic=lambda: seconds[0], outside=lambda: outside)
    seconds[0] = 30
    assert clock.now() == outside - DAY / 2
    seconds[0] = 3600
    assert clock.now() == outside
    ahead = PressClock(outside + DAY, 60, monotonic=lambda: seconds[0], outside=lambda: outside)
    seconds[0] += 60
    assert ahead.now() == outside + DAY + timedelta(hours=1)


def test_a_slow_press_gives_out_its_articles_as_time_goes(fetch):
    with Press(datetime(2023, 9, 19, 9, 39, 50, tzinfo=UTC), speed=1, opening=date(2023, 9, 19)) as press:
        assert "almadar/operation-begins" not in press.articles()
        assert press.moment < datetime(2023, 9, 19, 10, tzinfo=UTC)
        press.wind_to(datetime(2023, 9, 19, 9, 41, tzinfo=UTC))
        assert fetch(press.url_of("almadar/operation-begins")).status == 200


def test_a_start_without_a_zone_and_a_negative_speed_are_refused():
    with pytest.raises(ConfigError, match="time zone"):
        Press(datetime(2026, 3, 2, 8))  # noqa: DTZ001
    with pytest.raises(ConfigError, match="negative"):
        Press(datetime(2026, 3, 2, 8, tzinfo=UTC), speed=-1)


def test_a_taken_port_is_told_and_nothing_is_left_open(start):
    before = listening()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=str(port)):
            Press(start, port=port).open()
    assert listening() == before


def test_serving_ends_when_told_with_connections_still_open(start):
    before = listening()
    press, stop = Press(start), Event()
    server = threading.Thread(target=serve, args=(press, stop))
    with press:
        waiting = socket.create_connection(urlsplit(press.url).netloc.split(":"), timeout=5)  # type: ignore[arg-type]
    waiting.close()
    server.start()
    stop.set()
    server.join(timeout=10)
    assert not server.is_alive()
    assert listening() == before
