"""Ten bad sources and a good one: each fault ends as a readable error on its source, and the good one goes on."""

import asyncio
import gzip
import ssl
from dataclasses import replace

import pytest
import trustme

BOMB = (
    "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><rss version='2.0'><channel><title>&i;</title></channel></rss>"
)
OUTSIDE = (
    "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY secret SYSTEM 'file:///etc/passwd'>]>"
    "<rss version='2.0'><channel><title>x</title><item><title>&secret;</title><link>https://a.example/1</link></item>"
    "</channel></rss>"
)


async def slow_loris(_seen, writer):
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-A: b\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)


async def endless(_seen, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n")
    while True:
        writer.write(b"<!-- and so on -->" * 1000)
        await writer.drain()
        await asyncio.sleep(0)


async def cut(_seen, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss>")
    await writer.drain()
    writer.transport.abort()


async def too_short(_seen, writer):
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss>")
    await writer.drain()
    writer.close()


def closing(data):
    """Answer, and close the connection, so that the next request looks the name up again."""

    async def answer(_seen, writer):
        writer.write(data.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
        await writer.drain()
        writer.close()

    return answer


def bad_pages(server):
    """Each fault: what the server answers, and words of the error that an operator must find on the source."""
    return {
        "slow-loris": (slow_loris, "timed out"),
        "endless": (endless, "bytes"),
        "gzip-bomb": (server.answer(gzip.compress(bytes(30_000_000)), Content_Encoding="gzip"), "bytes"),
        "circle": (server.answer(status=302, Location="/circle"), "circle"),
        "to-loopback": (server.answer(status=302, Location="http://127.0.0.1:1/"), "127.0.0.1"),
        "to-metadata": (server.answer(status=302, Location="http://169.254.169.254/latest/"), "169.254.169.254"),
        "cut": (cut, "could not capture"),
        "too-short": (too_short, "could not capture"),
        "bomb": (server.answer(BOMB, media_type="application/xml"), "entit"),
        "outside": (server.answer(OUTSIDE, media_type="application/xml"), "entit"),
        "no-feed": (server.answer("hello", media_type="text/plain"), "no feed"),
    }


@pytest.mark.timeout(180)
async def test_each_fault_is_recorded_on_its_source_and_the_others_go_on(room, serve, follow, options, names):
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("other.example").configure_cert(tls)
    # Asked for robots.txt first and then for the feed: by then the name has turned.
    turning = names({"turning.test": [["127.0.0.2"], ["10.0.0.7"]], "nowhere.test": []})
    # A site that asks for a rest rests whole, so the busy one and the good one have servers of their own.
    async with (
        serve() as server,
        serve() as busy,
        serve() as good,
        serve(tls) as untrusted,
        room(options(turning)) as desk,
    ):
        faults = bad_pages(server)
        server.pages |= {f"/{name}": page for name, (page, _) in faults.items()}
        server.pages |= {"/turning": server.feed("/b"), "/robots.txt": closing(server.answer(status=404))}
        busy.pages["/feed"] = busy.answer(status=429, Retry_After="600")
        good.pages |= {"/good": good.feed("/a"), "/a": good.article("a")}
        expected = {name: words for name, (_, words) in faults.items()}
        for name in faults:
            follow(desk.store, name, server.url(f"/{name}"))
        follow(desk.store, "tls", untrusted.url("/feed"))
        follow(desk.store, "turning", server.url("/turning", host="turning.test"))
        follow(desk.store, "nowhere", "http://nowhere.test/feed")
        follow(desk.store, "busy", busy.url("/feed"))
        follow(desk.store, "good", good.url("/good"))
        expected |= {"busy": "429", "tls": "certificate", "turning": "10.0.0.7", "nowhere": "nowhere.test"}
        await desk.until(
            lambda: all(state.last_error for state in desk.store.sources.feeds() if state.source_id != "good")
        )
        await desk.until(lambda: desk.store.articles.count() == 1)
        # The good one goes on after all of that.
        good.pages |= {"/good": good.feed("/a", "/c"), "/c": good.article("c")}
        state = desk.feed("good")
        desk.store.sources.save_feed(replace(state, next_poll_at=state.last_polled_at))
        await desk.until(lambda: desk.store.articles.count() == 2)
        errors = {state.source_id: state for state in desk.store.sources.feeds()}
        for name, words in expected.items():
            assert words in errors[name].last_error, (name, errors[name].last_error)
            assert errors[name].failures >= 1
        assert errors["good"].last_error is None
        # Addresses that are forbidden are not asked again.
        assert {name for name, state in errors.items() if state.stopped} >= {"to-loopback", "to-metadata", "turning"}


async def test_pages_that_cannot_be_taken_are_put_aside_with_the_reason(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        pages = {
            "/gone": (server.answer(status=404), "fetch_failed"),
            "/forbidden": (server.answer(status=302, Location="http://169.254.169.254/"), "fetch_failed"),
            "/short": (server.answer("<!doctype html><html><body><p>لا شيء</p></body></html>"), "too_short"),
            "/no-page": (server.answer(b"%PDF-1.7", media_type="application/pdf"), "not_html"),
        }
        server.pages |= {path: page for path, (page, _) in pages.items()}
        server.pages |= {"/feed": server.feed(*pages, "/a"), "/a": server.article("a")}
        follow(desk.store, "s", server.url("/feed"))
        await desk.until_read()
        assert desk.store.articles.count() == 1
        refused = {refusal.url: refusal.reason for refusal in desk.store.entries.refusals("s")}
        assert refused == {server.url(path): reason for path, (_, reason) in pages.items()}


async def test_a_page_that_fails_is_tried_again_later_and_then_given_up(small_room, serve, follow, options):
    # Its feed has a text of it, which stands in the end.
    quick = options(attempts=2, seconds_before_retry=0.1)
    async with small_room(quick) as desk, serve() as server:
        server.pages |= {"/feed": server.feed("/bad"), "/bad": server.answer(status=500)}
        follow(desk.store, "s", server.url("/feed"))
        await desk.until(lambda: desk.store.articles.count() == 1)
        assert len(server.asked("/bad")) == 2
        (article,) = desk.store.articles.newest(limit=9).articles
        assert article.flags == ("summary-only",)


async def test_a_page_that_robots_forbids_is_represented_by_its_feed(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        server.pages |= {
            "/robots.txt": server.answer("User-agent: *\nDisallow: /closed", media_type="text/plain"),
            "/feed": server.feed("/closed/1"),
            "/closed/1": server.article("closed"),
        }
        follow(desk.store, "s", server.url("/feed"))
        await desk.until(lambda: desk.store.articles.count() == 1)
        (article,) = desk.store.articles.newest(limit=9).articles
        assert article.flags == ("summary-only",)
        assert not server.asked("/closed/1")


async def test_the_same_short_text_on_many_addresses_is_no_article(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        server.pages["/feed"] = server.feed(*(f"/{number}" for number in range(6)), "/a")
        server.pages |= {f"/{number}": server.article("wall") for number in range(6)} | {"/a": server.article("a")}
        follow(desk.store, "s", server.url("/feed"))
        await desk.until_read()
        assert {refusal.reason for refusal in desk.store.entries.refusals("s")} == {"repeated_text"}
        assert server.url("/a") in {article.url for article in desk.store.articles.newest(limit=9).articles}
