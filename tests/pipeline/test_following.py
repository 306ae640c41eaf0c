"""Following feeds: what each answer of a server makes of the feed's state, and of its source."""

import asyncio

from tawatur.pipeline.follow import Follower


async def test_a_new_source_is_noticed_polled_and_read_while_running(room, serve, follow):
    async with room() as desk, serve() as server:
        server.pages["/feed"] = server.feed("/a", "/b")
        server.pages |= {"/a": server.article("a"), "/b": server.article("b")}
        await asyncio.sleep(0.3)  # it runs already, and knows no source
        follow(desk.store, "new", server.url("/feed"))
        await desk.until(lambda: desk.store.articles.count() == 2)
        assert {article.source for article in desk.store.articles.newest(limit=9).articles} == {"new"}
        assert desk.feed("new").last_new_at is not None
        assert desk.feed("new").last_error is None


async def test_an_unchanged_feed_costs_a_conditional_request(small_room, serve, follow, now):
    async with small_room(runs=False) as desk, serve() as server:
        server.pages["/feed"] = server.feed("/a", ETag='"one"', Last_Modified="Mon, 23 Nov 2026 10:00:00 GMT")
        follow(desk.store, "s", server.url("/feed"))
        follower = Follower(desk.means)
        await follower.poll(desk.feed("s"))
        server.pages["/feed"] = server.answer(status=304)
        await follower.poll(desk.feed("s"))
        headers = server.asked("/feed")[1].headers
        assert headers["if-none-match"] == '"one"'
        assert headers["if-modified-since"] == "Mon, 23 Nov 2026 10:00:00 GMT"
        assert desk.feed("s").conditional_polls == 1
        assert desk.feed("s").etag == '"one"'


async def test_an_etag_that_never_changes_is_seen_through(small_room, serve, follow, with_follow):
    async with small_room(with_follow(conditional_polls=2), runs=False) as desk, serve() as server:

        async def stubborn(seen, writer):
            fresh = server.feed("/a" if len(server.asked("/feed")) == 1 else "/b", ETag='"same"')
            writer.write(server.answer(status=304) if "if-none-match" in seen.headers else fresh)

        server.pages["/feed"] = stubborn
        follow(desk.store, "s", server.url("/feed"))
        follower = Follower(desk.means)
        assert [await follower.poll(desk.feed("s")) for _ in range(4)] == [1, 0, 0, 1]


async def test_the_same_bytes_are_not_read_twice(small_room, serve, follow):
    async with small_room(runs=False) as desk, serve() as server:
        server.pages["/feed"] = server.feed("/a")
        follow(desk.store, "s", server.url("/feed"))
        follower = Follower(desk.means)
        assert await follower.poll(desk.feed("s")) == 1
        before = desk.feed("s").interval
        assert await follower.poll(desk.feed("s")) == 0
        assert desk.feed("s").interval >= before


async def test_a_feed_that_moved_for_good_is_followed_at_its_new_address(small_room, serve, follow):
    async with small_room(runs=False) as desk, serve() as server:
        server.pages["/old"] = server.answer(status=301, Location=server.url("/new"))
        server.pages["/new"] = server.feed("/a")
        follow(desk.store, "s", server.url("/old"))
        await Follower(desk.means).poll(desk.feed("s"))
        assert desk.feed("s").url == server.url("/new")
        assert desk.store.sources.get("s").feeds == (server.url("/new"),)


async def test_a_feed_that_moved_for_a_while_keeps_its_address(small_room, serve, follow):
    async with small_room(runs=False) as desk, serve() as server:
        server.pages["/old"] = server.answer(status=302, Location=server.url("/new"))
        server.pages["/new"] = server.feed("/a")
        follow(desk.store, "s", server.url("/old"))
        await Follower(desk.means).poll(desk.feed("s"))
        assert desk.feed("s").url == server.url("/old")


async def test_a_feed_that_moved_to_a_page_keeps_its_address(small_room, serve, follow):
    async with small_room(runs=False) as desk, serve() as server:
        server.pages["/feed"] = server.feed("/a")
        follow(desk.store, "s", server.url("/feed"))
        follower = Follower(desk.means)
        await follower.poll(desk.feed("s"))
        server.pages["/feed"] = server.answer(status=301, Location=server.url("/sold"))
        server.pages["/sold"] = server.answer("<!doctype html><html><body>هذا النطاق للبيع</body></html>")
        await follower.poll(desk.feed("s"))
        assert desk.feed("s").url == server.url("/feed")
        assert "page" in desk.feed("s").last_error


async def test_a_feed_that_is_gone_is_followed_no_more_and_one_not_found_is(small_room, serve, follow):
    async with small_room(runs=False) as desk, serve() as server:
        server.pages["/gone"] = server.answer(status=410)
        follow(desk.store, "gone", server.url("/gone"))
        follow(desk.store, "lost", server.url("/lost"))
        for name in ("gone", "lost"):
            await Follower(desk.means).poll(desk.feed(name))
        assert desk.feed("gone").stopped
        assert "410" in desk.feed("gone").last_error
        assert not desk.feed("lost").stopped
        assert desk.feed("lost").failures == 1


async def test_a_site_that_asks_for_a_rest_is_left_alone(small_room, serve, follow):
    async with small_room(runs=False) as desk, serve() as server:
        server.pages["/feed"] = server.answer(status=429, Retry_After="7200")
        follow(desk.store, "s", server.url("/feed"))
        await Follower(desk.means).poll(desk.feed("s"))
        state = desk.feed("s")
        assert (state.next_poll_at - state.last_polled_at).total_seconds() >= 7199


async def test_a_feed_is_healthy_again_after_it_answered(small_room, serve, follow):
    async with small_room(runs=False) as desk, serve() as server:
        follow(desk.store, "s", server.url("/feed"))
        follower = Follower(desk.means)
        await follower.poll(desk.feed("s"))
        assert desk.feed("s").failures == 1
        server.pages["/feed"] = server.feed("/a")
        await follower.poll(desk.feed("s"))
        assert (desk.feed("s").failures, desk.feed("s").last_error) == (0, None)


async def test_what_a_feed_asks_for_is_obeyed(small_room, serve, follow, with_follow):
    async with small_room(with_follow(longest_seconds=86_400.0), runs=False) as desk, serve() as server:
        server.pages["/ttl"] = server.feed("/a", about="<ttl>180</ttl>")
        server.pages["/kept"] = server.feed("/b", Cache_Control="max-age=14400")
        follow(desk.store, "ttl", server.url("/ttl"))
        follow(desk.store, "kept", server.url("/kept"))
        waits = []
        for name in ("ttl", "kept"):
            await Follower(desk.means).poll(desk.feed(name))
            state = desk.feed(name)
            waits.append((state.next_poll_at - state.last_polled_at).total_seconds())
        assert waits[0] >= 180 * 60
        assert waits[1] >= 14_400


async def test_the_sitemaps_of_an_index_are_read(small_room, serve, follow):
    def xml(server, text):
        return server.answer(f"<?xml version='1.0'?>{text}", media_type="application/xml")

    ns = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    async with small_room(runs=False) as desk, serve() as server:
        parts = "".join(f"<sitemap><loc>{server.url(path)}</loc></sitemap>" for path in ("/one", "/two", "/lost"))
        server.pages["/index"] = xml(server, f"<sitemapindex {ns}>{parts}</sitemapindex>")
        for path, page in (("/one", "/a"), ("/two", "/b")):
            server.pages[path] = xml(server, f"<urlset {ns}><url><loc>{server.url(page)}</loc></url></urlset>")
        follow(desk.store, "s", server.url("/index"))
        assert await Follower(desk.means).poll(desk.feed("s")) == 2
        assert desk.feed("s").last_error is None


async def test_one_poll_takes_the_newest_of_a_long_list(small_room, serve, follow, with_follow):
    async with small_room(with_follow(entries_of_one_poll=3), runs=False) as desk, serve() as server:
        rows = "".join(
            f"<url><loc>{server.url(f'/{number}')}</loc><lastmod>2026-11-{number:02}T00:00:00Z</lastmod></url>"
            for number in range(1, 21)
        )
        text = f"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</urlset>"
        server.pages["/map"] = server.answer(text, media_type="application/xml")
        follow(desk.store, "s", server.url("/map"))
        assert await Follower(desk.means).poll(desk.feed("s")) == 3
