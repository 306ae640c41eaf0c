"""No packet leaves for an address that is not allowed: whatever the URL, the name server or a redirect says."""

from __future__ import annotations

from typing import Any

import pytest

from tawatur.errors import ConfigError, FetchError, ForbiddenAddress
from tawatur.fetch import FetchOptions, UnusableURL, Web

DISGUISES = [
    "http://2130706433:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0x7f000001:{port}/",
    "http://127.1:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://0:{port}/",
    "http://[::1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://①②⑦.0.0.1:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127.0.0.1:{port}/",
    "http://LOCALHOST:{port}/",
    "http://localhost.:{port}/",
    "http://press.example:{port}/",
]


@pytest.mark.parametrize("form", DISGUISES)
async def test_the_loopback_is_refused_before_a_packet_in_every_spelling(house: Any, connected: Any, form: str) -> None:
    names = house.names(localhost=[["127.0.0.1", "::1"]], press_example=[["127.0.0.1"]])
    async with house.serving() as server, house.web(allowed_networks=(), resolver=names) as web:
        with pytest.raises(ForbiddenAddress):
            await web.capture(form.format(port=server.port))
        assert server.connections == 0
    assert connected == []


async def test_an_unusual_spelling_does_not_get_past_an_allow_list_either(house: Any) -> None:
    async with house.serving("127.0.0.1") as server, house.web(allowed_networks=("press=127.0.0.2/32",)) as web:
        for form in ("http://127.0.0.1:{}/", "http://[::ffff:127.0.0.1]:{}/", "http://2130706433:{}/"):
            with pytest.raises(ForbiddenAddress):
                await web.capture(form.format(server.port))
        assert server.connections == 0


async def test_a_name_of_which_one_address_is_private_is_refused_as_a_whole(house: Any, connected: Any) -> None:
    names = house.names(two_faces_example=[["127.0.0.2", "127.0.0.1"]])
    async with house.serving("127.0.0.2") as server:
        async with house.web(allowed_networks=("press=127.0.0.2/32",), resolver=names) as web:
            with pytest.raises(ForbiddenAddress, match=r"two\.faces\.example"):
                await web.capture(server.url(host="two.faces.example"))
        assert server.connections == 0
    assert connected == []


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["127.0.0.1", "::1"], ["127.0.0.1", "127.0.0.3", "::1"]])
async def test_the_choke_point_holds_by_itself_when_names_are_not_checked(
    house: Any, connected: Any, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    """Two attempts at once (happy eyeballs) pass it as one does."""

    async def unchecked(_self: Any, host: str, port: int = 0, family: Any = None) -> Any:
        return [{"hostname": host, "host": one, "port": port, "family": 0, "proto": 0, "flags": 0} for one in addresses]

    monkeypatch.setattr("tawatur.fetch.door._Names.resolve", unchecked)
    async with house.serving() as server, house.web(allowed_networks=(), retries=0) as web:
        with pytest.raises(FetchError, match="loopback"):
            await web.capture(server.url(host="press.example"))
        assert server.connections == 0
    assert connected == []


async def test_a_name_that_turns_private_between_two_requests_is_refused_the_second_time(house: Any) -> None:
    names = house.names(turning_example=[["127.0.0.2"], ["127.0.0.1"], ["169.254.169.254"]])
    async with house.serving("127.0.0.2") as press, house.serving("127.0.0.1") as inner:
        press.pages["/"] = house.answer(body=b"one", headers={"Connection": "close"})
        url = press.url(host="turning.example")
        async with house.web(allowed_networks=("press=127.0.0.2/32",), resolver=names) as web:
            assert (await web.capture(url)).body == b"one"
            with pytest.raises(ForbiddenAddress, match=r"127\.0\.0\.1"):
                await web.capture(url)
            with pytest.raises(ForbiddenAddress, match=r"169\.254\.169\.254"):
                await web.capture(f"http://turning.example:{inner.port}/")
        assert inner.connections == 0
        assert press.connections == 1


async def test_the_address_connected_to_is_the_one_that_was_looked_up_once(house: Any, connected: Any) -> None:
    """A name server that answers differently the second time has no second time."""
    names = house.names(once_example=[["127.0.0.2"], ["10.0.0.1"]])
    async with house.serving("127.0.0.2") as press:
        press.pages["/"] = house.answer(body=b"one", headers={"Connection": "close"})
        async with house.web(allowed_networks=("press=127.0.0.2/32",), resolver=names) as web:
            await web.capture(press.url(host="once.example"))
    assert names.looked_up == ["once.example"]
    assert connected == [("127.0.0.2", press.port)]


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:{port}/secret", "//127.0.0.1:{port}/secret", "http://inner.example:{port}/secret"],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_to_the_loopback_is_refused_and_the_others_go_on(house: Any, target: str, status: int) -> None:
    names = house.names(inner_example=[["127.0.0.1"]])
    async with house.serving("127.0.0.2") as press, house.serving("127.0.0.1") as inner:
        press.pages["/"] = house.answer(status, headers={"Location": target.format(port=inner.port)})
        press.pages["/other"] = house.answer(body=b"fine")
        async with house.web(allowed_networks=("press=127.0.0.2/32",), resolver=names) as web:
            with pytest.raises(ForbiddenAddress, match="loopback"):
                await web.capture(press.url())
            assert (await web.capture(press.url("/other"))).body == b"fine"
        assert inner.connections == 0


@pytest.mark.parametrize("target", ["http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/latest/"])
async def test_a_redirect_to_the_clouds_metadata_is_refused(house: Any, connected: Any, target: str) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = house.answer(302, headers={"Location": target})
        with pytest.raises(ForbiddenAddress, match=r"link-local|private"):
            await web.capture(press.url())
    assert {address[0] for address in connected} == {"127.0.0.1"}


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "gopher://127.0.0.1:70/", "javascript:alert(1)", "ftp://a.example/x"]
)
async def test_a_redirect_out_of_the_web_is_refused(house: Any, target: str) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = house.answer(302, headers={"Location": target})
        with pytest.raises(UnusableURL, match="not http or https"):
            await web.capture(press.url())


@pytest.mark.parametrize("kind", ["page", "feed", "image", "file"])
async def test_every_kind_of_capture_goes_through_the_same_door(house: Any, kind: str) -> None:
    async with house.serving() as server, house.web(allowed_networks=()) as web:
        with pytest.raises(ForbiddenAddress):
            await web.capture(server.url(), kind=kind)
        with pytest.raises(ForbiddenAddress):
            await web.post(server.url(), form={"hub.mode": "subscribe"})
        assert server.connections == 0


async def test_robots_txt_goes_through_the_same_door(house: Any) -> None:
    async with house.serving("127.0.0.2") as press, house.serving("127.0.0.1") as inner:
        press.pages["/robots.txt"] = house.answer(301, headers={"Location": inner.url("/robots.txt")})
        press.pages["/"] = house.answer(body=b"fine")
        async with house.web(allowed_networks=("press=127.0.0.2/32",), respect_robots=True) as web:
            with pytest.raises(FetchError):
                await web.capture(press.url())
        assert inner.connections == 0
        assert press.paths() == []


async def test_no_proxy_of_the_environment_is_used(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house.serving("127.0.0.2") as proxy, house.serving() as press:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        press.pages["/"] = house.answer(body=b"straight")
        async with house.web() as web:
            assert (await web.capture(press.url())).body == b"straight"
        assert proxy.connections == 0


async def test_a_connection_kept_open_is_used_again(house: Any) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = house.answer(body=b"fine")
        for _ in range(5):
            await web.capture(press.url())
        assert press.connections == 1


async def test_cookies_are_not_kept(house: Any) -> None:
    async with house.serving() as press, house.web() as web:
        press.pages["/"] = house.answer(body=b"fine", headers={"Set-Cookie": "who=me; Path=/"})
        await web.capture(press.url())
        await web.capture(press.url())
        assert "cookie" not in press.seen[1].headers


async def test_the_user_agent_names_the_operator_and_nobody_else(house: Any) -> None:
    async with house.serving() as press:
        press.pages["/"] = house.answer(body=b"fine")
        async with house.web() as web:
            await web.capture(press.url())
        async with house.web(contact="desk@press.example", user_agent="Press/1") as web:
            await web.capture(press.url())
    assert "fetch.contact" in press.seen[0].headers["user-agent"]
    assert "http" not in press.seen[0].headers["user-agent"]
    assert press.seen[1].headers["user-agent"] == "Press/1 (+desk@press.example)"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seconds_total", 0),
        ("seconds_total", float("nan")),
        ("seconds_to_connect", "ten"),
        ("connections_per_host", 1.5),
        ("retries", -1),
        ("most_redirects", True),
        ("contact", "a\r\nX: y"),
        ("user_agent", ""),
        ("allowed_networks", "127.0.0.0/8"),
        ("allowed_networks", ("press=127.0.0.1/8",)),
    ],
)
def test_a_setting_that_cannot_be_is_named(name: str, value: Any) -> None:
    with pytest.raises(ConfigError, match=rf"fetch\.{name}"):
        FetchOptions(**{name: value})


async def test_authorities_that_cannot_be_read_are_named() -> None:
    with pytest.raises(ConfigError, match=r"fetch\.certificate_authorities"):
        await Web(FetchOptions(certificate_authorities="/nowhere.pem")).__aenter__()
