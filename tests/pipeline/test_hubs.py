"""WebSub with a real hub on the loopback: subscribe, verify, deliver; strangers are not believed."""

import hashlib
import hmac
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs

BASE = "http://127.0.0.2:9"


def hubbed(server, *items):
    links = (
        f"<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='hub' href='{server.url('/hub')}'/>"
        f"<atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='self' href='{server.url('/topic')}'/>"
    )
    return server.feed(*items, about=links)


async def subscribed(desk, server, follow):
    """Follow a feed with a hub, and give the token and the secret we sent there."""
    server.pages |= {"/feed": hubbed(server, "/a"), "/a": server.article("a"), "/hub": server.answer(status=202)}
    follow(desk.store, "s", server.url("/feed"))
    await desk.until(lambda: server.asked("/hub") != [])
    form = {name: value for name, (value,) in parse_qs(server.asked("/hub")[0].body.decode()).items()}
    assert form["hub.mode"] == "subscribe"
    assert form["hub.topic"] == server.url("/topic")
    callback, _, token = form["hub.callback"].rpartition("/")
    assert callback == f"{BASE}/websub"
    return token, form["hub.secret"]


def delivery(server, *items):
    return hubbed(server, *items).partition(b"\r\n\r\n")[2]


def signed(body, secret):
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


async def test_what_a_hub_delivers_is_read(small_room, serve, follow):
    async with small_room(base_url=BASE) as desk, serve() as server:
        token, secret = await subscribed(desk, server, follow)
        hubs = desk.newsroom.hubs
        assert hubs.verify("subscribe", server.url("/topic"), "challenge", 86_400 * 7, token)
        server.pages["/b"] = server.article("b")
        body = delivery(server, "/b")
        assert hubs.deliver(token, body, "application/rss+xml; charset=utf-8", signed(body, secret))
        await desk.until(lambda: desk.store.articles.count() == 2)


async def test_a_delivery_of_a_stranger_is_thrown_away(small_room, serve, follow):
    async with small_room(base_url=BASE) as desk, serve() as server:
        token, _ = await subscribed(desk, server, follow)
        await desk.until_read()
        body = delivery(server, "/forged")
        hubs = desk.newsroom.hubs
        assert hubs.deliver(token, body, "application/rss+xml", signed(body, "a guess"))  # a stranger learns nothing
        assert hubs.deliver(token, body, "application/rss+xml", None)
        assert not hubs.deliver("nobody", body, "application/rss+xml", None)
        await desk.until_read()
        assert desk.store.articles.count() == 1
        assert server.asked("/forged") == []


async def test_only_what_we_asked_for_is_confirmed(small_room, serve, follow):
    async with small_room(base_url=BASE) as desk, serve() as server:
        token, _ = await subscribed(desk, server, follow)
        verify = desk.newsroom.hubs.verify
        assert not verify("subscribe", server.url("/other"), "challenge", 600, token)
        assert not verify("subscribe", server.url("/topic"), "challenge", 600, "nobody")
        assert not verify("unsubscribe", server.url("/topic"), "challenge", None, token)
        assert not verify("denied", server.url("/topic"), "", None, token)


async def test_a_subscription_is_known_again_after_a_restart_and_renewed_before_its_end(small_room, serve, follow):
    async with serve() as server:
        async with small_room(base_url=BASE) as desk:
            token, secret = await subscribed(desk, server, follow)
            await desk.until_read()
            assert desk.newsroom.hubs.verify("subscribe", server.url("/topic"), "challenge", 86_400 * 7, token)
            state = desk.feed("s")
            desk.store.sources.save_feed(replace(state, next_poll_at=state.last_polled_at))
            await desk.until(lambda: desk.feed("s").hub_lease_until is not None)
        async with small_room(base_url=BASE) as desk:
            state = desk.feed("s")
            assert state.hub_secret == secret
            assert state.hub_lease_until - state.last_polled_at > timedelta(days=6)
            server.pages["/b"] = server.article("b")
            body = delivery(server, "/b")
            await desk.until(
                lambda: desk.newsroom.hubs.deliver(token, body, "application/rss+xml", signed(body, secret))
            )
            await desk.until(lambda: desk.store.articles.count() == 2)
            assert len(server.asked("/hub")) == 1  # the lease holds, so the hub is not asked again
        async with small_room(base_url=BASE, runs=False) as desk:
            state = desk.feed("s")
            desk.store.sources.save_feed(replace(state, hub_lease_until=state.last_polled_at + timedelta(hours=3)))
        async with small_room(base_url=BASE) as desk:
            await desk.until(lambda: len(server.asked("/hub")) == 2)


async def test_without_a_public_address_no_hub_is_asked(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        server.pages |= {"/feed": hubbed(server, "/a"), "/a": server.article("a"), "/hub": server.answer(status=202)}
        follow(desk.store, "s", server.url("/feed"))
        await desk.until_read()
        assert desk.feed("s").hub == server.url("/hub")
        assert server.asked("/hub") == []
