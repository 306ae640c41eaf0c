"""robots.txt as RFC 9309 asks."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.errors import Blocked, Disallowed, FetchError
from tawatur.fetch.robots import LARGEST_ROBOTS, _parse

CLOSED = b"User-agent: *\nDisallow: /private\n\nUser-agent: tawatur\nDisallow: /drafts\nAllow: /drafts/open\n"


async def test_the_group_that_names_us_counts_and_the_longest_rule_wins(house: Any) -> None:
    async with house.serving() as press, house.web(respect_robots=True) as web:
        press.pages["/robots.txt"] = house.answer(body=CLOSED)
        for path in ("/private", "/drafts/open/1"):
            press.pages[path] = house.answer(body=b"fine")
            await web.capture(press.url(path))
        with pytest.raises(Disallowed, match="/drafts/1"):
            await web.capture(press.url("/drafts/1"))
        assert press.paths() == ["/private", "/drafts/open/1"]


@pytest.mark.parametrize("kind", ["page", "image", "feed", "file"])
async def test_every_kind_asks_and_feeds_need_not_when_the_operator_says_so(house: Any, kind: Any) -> None:
    async with house.serving() as press:
        press.pages["/robots.txt"] = house.answer(body=b"User-agent: *\nDisallow: /")
        press.pages["/feed"] = house.answer(body=b"fine")
        async with house.web(respect_robots=True) as web:
            with pytest.raises(Disallowed):
                await web.capture(press.url("/feed"), kind=kind)
        async with house.web(respect_robots=True, robots_for_feeds=False) as web:
            if kind == "feed":
                assert (await web.capture(press.url("/feed"), kind=kind)).body == b"fine"
            else:
                with pytest.raises(Disallowed):
                    await web.capture(press.url("/feed"), kind=kind)


async def test_it_is_read_once_a_day_however_many_ask(house: Any) -> None:
    clock = house.clock()
    async with house.serving() as press, house.web(respect_robots=True, pace=clock.pace()) as web:
        press.pages["/robots.txt"] = house.answer(body=b"")
        press.pages["/"] = house.answer(body=b"fine")
        await asyncio.gather(*(web.capture(press.url()) for _ in range(10)))
        clock.now += 86_000
        await web.capture(press.url())
        assert [seen.path for seen in press.seen].count("/robots.txt") == 1
        clock.now += 500
        await web.capture(press.url())
        assert [seen.path for seen in press.seen].count("/robots.txt") == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
async def test_without_robots_txt_there_are_no_rules(house: Any, status: int) -> None:
    async with house.serving() as press, house.web(respect_robots=True) as web:
        press.pages["/robots.txt"] = house.answer(status)
        press.pages["/"] = house.answer(body=b"fine")
        assert (await web.capture(press.url())).body == b"fine"


async def test_a_broken_server_closes_the_site_for_a_while(house: Any) -> None:
    clock = house.clock()
    async with house.serving() as press, house.web(respect_robots=True, pace=clock.pace(), retries=0) as web:
        press.pages["/robots.txt"] = [house.answer(500), house.answer(404)]
        press.pages["/"] = house.answer(body=b"fine")
        for _ in range(3):
            with pytest.raises(Disallowed, match="500"):
                await web.capture(press.url())
        assert press.paths() == []
        assert len(press.seen) == 1
        clock.now += 601
        assert (await web.capture(press.url())).body == b"fine"


async def test_a_robots_txt_that_cannot_be_reached_is_told_as_the_failure_it_is(house: Any) -> None:
    async with house.serving() as press:
        url = press.url()
    async with house.web(respect_robots=True, retries=0) as web:
        with pytest.raises(FetchError, match=r"robots\.txt could not be read: no connection") as caught:
            await web.capture(url)
        assert type(caught.value) is FetchError
        assert caught.value.url == url


async def test_the_old_copy_holds_while_a_new_one_cannot_be_read(house: Any) -> None:
    clock = house.clock()
    async with house.serving() as press, house.web(respect_robots=True, pace=clock.pace(), retries=0) as web:
        press.pages["/robots.txt"] = [house.answer(body=CLOSED), house.answer(500)]
        press.pages["/open"] = house.answer(body=b"fine")
        await web.capture(press.url("/open"))
        clock.now += 90_000
        await web.capture(press.url("/open"))
        with pytest.raises(Disallowed, match="does not let"):
            await web.capture(press.url("/drafts/1"))


async def test_a_busy_server_rests_and_its_rules_stay_unknown(house: Any) -> None:
    clock = house.clock()
    async with house.serving() as press, house.web(respect_robots=True, pace=clock.pace()) as web:
        press.pages["/robots.txt"] = [house.answer(429, headers={"Retry-After": "9"}), house.answer(body=CLOSED)]
        press.pages["/"] = house.answer(body=b"fine")
        with pytest.raises(Blocked) as caught:
            await web.capture(press.url())
        assert (caught.value.url, caught.value.retry_after) == (press.url(), 9)
        clock.now += 10
        assert (await web.capture(press.url())).body == b"fine"


@pytest.mark.parametrize(("hops", "is_read"), [(5, True), (6, False)])
async def test_five_redirects_to_it_are_followed(house: Any, hops: int, is_read: bool) -> None:
    async with house.serving() as press, house.web(respect_robots=True) as web:
        press.pages["/robots.txt"] = house.answer(302, headers={"Location": "/1"})
        press.pages.update({f"/{n}": house.answer(301, headers={"Location": f"/{n + 1}"}) for n in range(1, hops)})
        press.pages[f"/{hops}"] = house.answer(body=b"User-agent: *\nDisallow: /")
        press.pages["/page"] = house.answer(body=b"fine")
        if is_read:
            with pytest.raises(Disallowed):
                await web.capture(press.url("/page"))
        else:  # RFC 9309, section 2.3.1.2: then it may be taken as unavailable
            assert (await web.capture(press.url("/page"))).body == b"fine"


async def test_the_rules_of_each_hop_of_a_redirect_are_asked(house: Any) -> None:
    async with house.serving() as one, house.serving() as two, house.web(respect_robots=True) as web:
        one.pages["/"] = house.answer(302, headers={"Location": two.url("/drafts/1")})
        two.pages["/robots.txt"] = house.answer(body=CLOSED)
        with pytest.raises(Disallowed) as caught:
            await web.capture(one.url())
        assert caught.value.url == one.url()
        assert two.paths() == []


@pytest.mark.parametrize(("asked", "waited"), [("4", 4.0), ("9999", 30.0), ("0", 1.0), ("soon", 1.0)])
async def test_the_delay_a_site_asks_for_is_kept_within_bounds(house: Any, asked: str, waited: float) -> None:
    clock = house.clock()
    async with house.serving() as press:
        press.pages["/robots.txt"] = house.answer(body=f"User-agent: *\nCrawl-delay: {asked}\n".encode())
        press.pages["/"] = house.answer(body=b"fine")
        async with house.web(respect_robots=True, pace=clock.pace(), seconds_between_requests=1) as web:
            await web.capture(press.url())
            clock.slept.clear()
            clock.now += 100
            await web.capture(press.url())
            await web.capture(press.url())
    assert clock.slept == [waited]


async def test_of_a_huge_robots_txt_the_first_part_counts(house: Any) -> None:
    head, last = b"User-agent: *\nDisallow: /drafts\n", b"\nDisallow: /open/not"
    filling = b"# " + b"x" * (LARGEST_ROBOTS - len(head) - len(last) + 2)  # the last line is cut after /open
    body = head + filling + last + b"\nDisallow: /\n" * 10_000
    async with house.serving() as press, house.web(respect_robots=True) as web:
        press.pages["/robots.txt"] = house.answer(body=body)
        press.pages["/open"] = house.answer(body=b"fine")
        assert (await web.capture(press.url("/open"))).body == b"fine"
        with pytest.raises(Disallowed):
            await web.capture(press.url("/drafts/1"))


async def test_an_arabic_path_in_it_is_understood_written_either_way(house: Any) -> None:
    async with house.serving() as press, house.web(respect_robots=True) as web:
        press.pages["/robots.txt"] = house.answer(body="\ufeffUser-agent: *\nDisallow: /مسودات\n".encode())
        with pytest.raises(Disallowed):
            await web.capture(press.url("/مسودات/1"))


async def test_a_page_given_for_robots_txt_has_no_rules(house: Any) -> None:
    async with house.serving() as press, house.web(respect_robots=True) as web:
        press.pages["/robots.txt"] = house.answer(body=b"<!doctype html><p>Not found</p>")
        press.pages["/"] = house.answer(body=b"fine")
        assert (await web.capture(press.url())).body == b"fine"


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_can_be_read_as_robots_txt(body: bytes) -> None:
    _parse(body).can_fetch("https://a.example/x", "Tawatur")
    _parse(b"User-agent: *\nDisallow: " + body).can_fetch("https://a.example/x", "Tawatur")
