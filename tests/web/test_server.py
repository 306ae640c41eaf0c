"""The server: in the loop of another, with its own manners."""

from __future__ import annotations

import asyncio
import socket
from http.client import HTTPConnection
from typing import Any

from tawatur.store import Store
from tawatur.web import SiteOptions, create_app, site_server


def test_it_runs_inside_a_loop_and_ends_when_asked(press: Store) -> None:
    async def live() -> tuple[int, int]:
        options = SiteOptions(listen="127.0.0.1:0")
        server = site_server(create_app(press, options), options)
        task = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn offers no event to wait for
            await asyncio.sleep(0.01)
        port = server.port
        status = await asyncio.to_thread(_status, port)
        server.should_exit = True
        await asyncio.wait_for(task, 20)
        return status, port

    status, port = asyncio.run(live())
    assert status == 200
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def _status(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    finally:
        connection.close()


def test_only_the_named_hosts_are_answered_when_some_are_named(press: Store, serving: Any) -> None:
    with serving(create_app(press, SiteOptions(allowed_hosts=("news.example",)))) as site:
        assert site.ask("/robots.txt", Host="news.example").status == 200
        assert site.ask("/robots.txt", Host="evil.example").status == 400


def test_a_secure_site_says_to_stay_secure(press: Store, serving: Any) -> None:
    with serving(create_app(press, SiteOptions(base_url="https://news.example"))) as site:
        assert "max-age" in site.ask("/robots.txt").headers["strict-transport-security"]
    with serving(create_app(press, SiteOptions())) as site:
        assert "strict-transport-security" not in site.ask("/robots.txt").headers
