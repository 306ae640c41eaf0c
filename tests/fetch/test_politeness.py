"""How often a site is asked, and when it is left alone."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from yarl import URL

from tawatur.errors import Blocked
from tawatur.fetch.politeness import site_of


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.alquds.co.uk/a", "alquds.co.uk"),
        ("https://arabic.rt.com/", "rt.com"),
        ("https://news.gov.sa/", "news.gov.sa"),
        ("https://a.nowhere.invalid/", "a.nowhere.invalid:443"),
        ("http://127.0.0.1:8081/", "127.0.0.1:8081"),
        ("http://[2606:4700::1]/", "2606:4700::1:80"),
    ],
)
def test_the_hosts_of_one_outlet_are_one_site(url: str, site: str) -> None:
    assert site_of(URL(url)) == site


async def test_requests_to_one_site_start_apart_and_in_order(house: Any) -> None:
    clock = house.clock()
    async with house.serving() as press, house.web(pace=clock.pace(), seconds_between_requests=5) as web:
        press.pages.update({f"/{n}": house.answer(body=b"fine") for n in range(4)})
        await asyncio.gather(*(web.capture(press.url(f"/{n}")) for n in range(4)))
        assert press.paths() == ["/0", "/1", "/2", "/3"]
    assert clock.now - 1000 >= 15
    assert sum(clock.slept) <= 15


async def test_sites_do_not_wait_for_one_another(house: Any) -> None:
    clock = house.clock()
    async with house.serving() as one, house.serving() as two:
        one.pages["/"] = two.pages["/"] = house.answer(body=b"fine")
        async with house.web(pace=clock.pace(), seconds_between_requests=60) as web:
            await asyncio.gather(web.capture(one.url()), web.capture(two.url()))
    assert clock.slept == []


async def test_each_hop_of_a_redirect_waits_for_its_turn(house: Any) -> None:
    clock = house.clock()
    async with house.serving() as press, house.web(pace=clock.pace(), seconds_between_requests=5) as web:
        press.pages["/a"] = house.answer(302, headers={"Location": "/b"})
        press.pages["/b"] = house.answer(body=b"fine")
        await web.capture(press.url("/a"))
    assert clock.slept == [5.0]


@pytest.mark.parametrize(
    ("changes", "most"), [({"connections_per_host": 2}, 2), ({"total_connections": 3, "connections_per_host": 9}, 3)]
)
async def test_only_so_many_requests_are_under_way(house: Any, changes: dict[str, int], most: int) -> None:
    async with house.serving() as press, house.web(**changes) as web:
        together = asyncio.Event()

        async def slow(_seen: Any, writer: Any) -> None:
            if press.at_once == most:
                together.set()
            async with asyncio.timeout(5):
                await together.wait()
            await asyncio.sleep(0.02)  # time for one too many to come
            writer.write(house.answer(body=b"fine"))

        press.pages.update({f"/{n}": slow for n in range(12)})
        await asyncio.gather(*(web.capture(press.url(f"/{n}")) for n in range(12)))
        assert press.most_at_once == most


@pytest.mark.parametrize("status", [429, 503])
async def test_a_site_that_asks_for_a_rest_gets_it(house: Any, status: int) -> None:
    clock = house.clock()
    async with house.serving() as press, house.web(pace=clock.pace()) as web:
        press.pages["/busy"] = house.answer(status, headers={"Retry-After": "120"})
        press.pages["/other"] = house.answer(body=b"fine")
        with pytest.raises(Blocked) as first:
            await web.capture(press.url("/busy"))
        assert first.value.retry_after == 120
        clock.now += 50
        with pytest.raises(Blocked, match="rest") as second:
            await web.capture(press.url("/other"))
        assert (second.value.status, second.value.retry_after) == (status, 70)
        assert press.paths() == ["/busy"]
        clock.now += 71
        assert (await web.capture(press.url("/other"))).body == b"fine"


async def test_a_site_that_does_not_say_how_long_rests_half_a_minute(house: Any) -> None:
    clock = house.clock()
    async with house.serving() as press, house.web(pace=clock.pace()) as web:
        press.pages["/"] = [house.answer(429), house.answer(body=b"fine")]
        with pytest.raises(Blocked):
            await web.capture(press.url())
        clock.now += 29
        with pytest.raises(Blocked):
            await web.capture(press.url())
        clock.now += 2
        assert (await web.capture(press.url())).body == b"fine"


async def test_those_who_wait_when_the_rest_begins_do_not_ask(house: Any) -> None:
    async with house.serving() as press, house.web(seconds_between_requests=0.05, connections_per_host=1) as web:
        press.pages.update({f"/{n}": house.answer(429) for n in range(5)})
        ended = await asyncio.gather(*(web.capture(press.url(f"/{n}")) for n in range(5)), return_exceptions=True)
        assert all(isinstance(error, Blocked) for error in ended)
        assert press.paths() == ["/0"]


async def test_a_capture_that_is_called_off_gives_its_turn_back(house: Any) -> None:
    async def silent(_seen: Any, _writer: Any) -> None:
        await asyncio.sleep(60)

    async with house.serving() as press, house.web(connections_per_host=1) as web:
        press.pages["/"] = silent
        press.pages["/other"] = house.answer(body=b"fine")
        task = asyncio.create_task(web.capture(press.url()))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await web.capture(press.url("/other"))).body == b"fine"
