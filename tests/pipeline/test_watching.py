"""Pages that were read are looked at again: a few times, politely, and what is found is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tawatur.pipeline.watching import Watcher

LATER = timedelta(days=40)


async def read(desk, server, follow, **pages):
    """Let a newsroom read the pages of a feed."""
    server.pages |= {f"/{name}": page for name, page in pages.items()}
    server.pages["/feed"] = server.feed(*(f"/{name}" for name in pages))
    follow(desk.store, "s", server.url("/feed"))
    await desk.until(lambda: desk.store.articles.count() == len(pages))
    return desk.store.articles.newest(limit=10).articles


def watcher(desk, after=LATER):
    means = replace(desk.means, clock=lambda: datetime.now(UTC) + after)
    return Watcher(means)


async def look(desk, after=LATER):
    found = watcher(desk, after)
    for page in await found.due(10):
        await found.look(page)


async def test_a_page_is_looked_at_four_times_and_no_more(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        await read(desk, server, follow, a=server.article("a"))
        assert not await watcher(desk, timedelta(minutes=50)).due(10)
        for days in range(1, 100):
            await look(desk, timedelta(days=days * 10))
        assert len(server.asked("/a")) == 1 + 4


async def test_a_silent_edit_becomes_a_new_state(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        (article,) = await read(desk, server, follow, a=server.article("a"))
        server.pages["/a"] = server.article("a").replace("مليوني".encode(), "مليونا".encode())
        await look(desk)
        assert len(desk.store.articles.history(article.id)) == 2


async def test_a_page_that_says_it_is_as_it_was_is_not_sent_again(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        page = server.article("a").replace(b"\r\n\r\n", b'\r\nETag: "one"\r\n\r\n', 1)
        (article,) = await read(desk, server, follow, a=page)

        async def unchanged(seen, writer):
            assert seen.headers["if-none-match"] == '"one"'
            writer.write(server.answer(status=304))
            await writer.drain()

        server.pages["/a"] = unchanged
        await look(desk)
        assert len(server.asked("/a")) == 2
        assert len(desk.store.articles.history(article.id)) == 1


async def test_a_page_that_is_gone_for_good_is_withdrawn_at_once_and_kept(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        (article,) = await read(desk, server, follow, a=server.article("a"))
        server.pages["/a"] = server.answer(status=410)
        await look(desk)
        assert desk.store.watches.withdrawals([article.id])[article.id].status == 410
        assert desk.store.articles.get(article.id) is not None


async def test_a_page_that_is_not_found_is_withdrawn_when_a_second_look_misses_it_too(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        one, other = await read(desk, server, follow, a=server.article("a"), b=server.article("b"))
        standing = dict(server.pages)
        server.pages["/a"] = server.pages["/b"] = server.answer(status=404)
        await look(desk)
        assert desk.store.watches.withdrawals([one.id, other.id]) == {}
        server.pages["/b"] = standing["/b"]
        await look(desk, LATER + timedelta(hours=2))
        (gone,) = desk.store.watches.withdrawals([one.id, other.id])
        assert desk.store.articles.get(gone).url == server.url("/a")


async def test_a_page_that_comes_back_is_withdrawn_no_more(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        (article,) = await read(desk, server, follow, a=server.article("a"))
        standing, server.pages["/a"] = server.pages["/a"], server.answer(status=410)
        await look(desk)
        server.pages["/a"] = standing
        await look(desk, 2 * LATER)
        assert desk.store.watches.withdrawals([article.id]) == {}


async def test_a_wall_or_a_failing_network_says_nothing_of_a_page(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        (article,) = await read(desk, server, follow, a=server.article("a"))
        for status in (403, 500):
            server.pages["/a"] = server.answer(status=status)
            await look(desk, LATER * (1 + status))
        assert desk.store.watches.withdrawals([article.id]) == {}
        assert len(desk.store.articles.history(article.id)) == 1


async def test_another_article_at_the_address_is_not_taken_for_this_one(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        (article,) = await read(desk, server, follow, a=server.article("a"))
        server.pages["/b"] = server.article("b")
        server.pages["/a"] = server.answer(status=302, Location=server.url("/b"))
        await look(desk)
        await look(desk, 2 * LATER)
        assert desk.store.watches.withdrawals([article.id])[article.id].status is None
        assert desk.store.articles.get(article.id).title == article.title
