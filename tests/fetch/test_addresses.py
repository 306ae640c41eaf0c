"""Which addresses may be connected to."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tawatur.errors import ConfigError
from tawatur.fetch.addresses import AddressRules

PUBLIC = AddressRules()

FORBIDDEN = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254
169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 168.63.129.16 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1
192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:0:127.0.0.1 ::ffff:0:8.8.8.8
64:ff9b::127.0.0.1 64:ff9b::169.254.169.254 64:ff9b::10.0.0.1 64:ff9b:1::127.0.0.1 64:ff9b:1:0808:8:800::
100::1 100:0:0:1::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:db8::1
2002:7f00:1:: 2002:a9fe:a9fe:: 2002:c0a8:1::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fd20:ce::254 fe80::1
fe80::1%lo fec0::1 ff02::1 4000::1 2606:4700::5efe:10.0.0.1 2606:4700::200:5efe:127.0.0.1
""".split()  # noqa: SIM905  # read at a glance

ALLOWED = """
8.8.8.8 1.1.1.1 11.0.0.1 100.63.255.255 100.128.0.1 126.255.255.255 128.0.0.1 169.253.1.1 172.15.0.1 172.32.0.1
192.0.1.1 192.167.1.1 192.169.1.1 198.17.255.255 198.20.0.1 203.0.112.1 223.255.255.255
2606:4700:4700::1111 2a00:1450:4001:80b::200e ::ffff:8.8.8.8 64:ff9b::8.8.8.8 2002:808:808::1
""".split()  # noqa: SIM905


@pytest.mark.parametrize("address", FORBIDDEN)
def test_an_address_that_is_not_public_is_refused_with_the_network_it_lies_in(address: str) -> None:
    refusal = PUBLIC.refusal(address)
    assert refusal is not None
    assert "/" in refusal


@pytest.mark.parametrize("address", ALLOWED)
def test_a_public_address_is_allowed(address: str) -> None:
    assert PUBLIC.refusal(address) is None


@pytest.mark.parametrize(
    "text", ["localhost", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "", "١٢٧.٠.٠.١", "8.8.8.8 "]
)
def test_what_is_no_whole_literal_address_is_refused_because_the_system_would_look_it_up(text: str) -> None:
    assert PUBLIC.refusal(text) is not None


def forms(inner: ipaddress.IPv4Address) -> dict[str, ipaddress.IPv6Address]:
    bits = int(inner)
    return {
        "mapped": ipaddress.IPv6Address((0xFFFF << 32) | bits),
        "nat64": ipaddress.IPv6Address((0x64FF9B << 96) | bits),
        "6to4": ipaddress.IPv6Address((0x2002 << 112) | (bits << 80) | 1),
    }


@settings(deadline=None)
@given(st.ip_addresses(v=4))
@example(ipaddress.IPv4Address("127.0.0.1"))
@example(ipaddress.IPv4Address("100.64.0.0"))
@example(ipaddress.IPv4Address("8.8.8.8"))
def test_an_ipv4_address_and_the_ipv6_addresses_that_lead_to_it_are_judged_alike(inner: ipaddress.IPv4Address) -> None:
    verdict = PUBLIC.refusal(str(inner)) is None
    for form in forms(inner).values():
        assert (PUBLIC.refusal(str(form)) is None) is verdict


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_what_python_holds_not_global_is_never_allowed(inner: ipaddress.IPv4Address) -> None:
    if not inner.is_global or inner.is_multicast:
        assert PUBLIC.refusal(str(inner)) is not None


@settings(deadline=None)
@given(st.ip_addresses(v=6))
def test_what_python_holds_not_global_is_never_allowed_in_ipv6(address: ipaddress.IPv6Address) -> None:
    if (not address.is_global or address.is_multicast) and not address.ipv4_mapped and not address.sixtofour:
        assert PUBLIC.refusal(str(address)) is not None


@settings(deadline=None)
@given(st.sampled_from(["127.0.0.0/8", "169.254.0.0/16", "10.0.0.0/8", "192.168.0.0/16", "100.64.0.0/10"]), st.data())
def test_no_form_of_an_inner_address_gets_through_the_tunnels(network: str, data: st.DataObject) -> None:
    inner = ipaddress.IPv4Address(str(data.draw(st.ip_addresses(network=network))))
    assert all(PUBLIC.refusal(str(form)) for form in forms(inner).values())


def test_an_allowed_network_lets_its_addresses_in_and_no_others() -> None:
    rules = AddressRules(["press=127.0.0.2/32"])
    assert rules.refusal("127.0.0.2") is None
    assert rules.refusal("::ffff:127.0.0.2") is None
    assert rules.refusal("127.0.0.1") is not None
    assert rules.refusal("127.0.0.3") is not None


def test_allowing_a_tunnel_does_not_allow_what_lies_behind_it() -> None:
    rules = AddressRules(["nat64=64:ff9b:1::/48", "teredo=2001::/32"])
    assert rules.refusal("64:ff9b:1::7f00:1") is not None
    assert rules.refusal("64:ff9b:1:808:8:800:7f00:1") is not None
    assert rules.refusal("2001:0:4136:e378:8000:63bf:f5ff:fffe") is not None  # the client is 10.0.0.1


def test_a_network_without_a_name_is_understood_too() -> None:
    assert AddressRules(["fd00::/8"]).refusal("fd00::1") is None


@pytest.mark.parametrize(
    "text", ["press", "press=", "=127.0.0.0/8", "press=127.0.0.1/8", "press=300.0.0.0/8", "press=localhost"]
)
def test_a_network_that_cannot_be_read_stops_with_the_setting_named(text: str) -> None:
    with pytest.raises(ConfigError, match=r"fetch\.allowed_networks"):
        AddressRules([text])
