"""
Which addresses may be connected to: the public internet, and the networks an operator allows by name.

IPv4 is judged by the list of what is *not* public, IPv6 by the one block that is (2000::/3) less its holes:
new special blocks are then refused before this file hears of them. An IPv6 address that carries an IPv4 address
(mapped, NAT64, 6to4, Teredo, ISATAP) is judged by both: the tunnel leads to the address inside.

Sources: the IANA special-purpose address registries (RFC 6890 and its updates), RFC 6052 (NAT64), RFC 8215
(64:ff9b:1::/48), RFC 3056 (6to4), RFC 4380 (Teredo), RFC 5214 (ISATAP).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from tawatur.errors import ConfigError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

#: IPv4 that is not the public internet, and what it is. ``ipaddress.is_global`` lets some of these through
#: (multicast, 192.88.99.0/24) and its list changes with the Python release.
NOT_PUBLIC_V4 = tuple(
    (IPv4Network(network), what)
    for network, what in (
        ("0.0.0.0/8", "this host itself"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a carrier's shared network (CGNAT)"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local, where clouds keep their metadata"),
        ("172.16.0.0/12", "a private network"),
        ("168.63.129.16/32", "a cloud's metadata service"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "reserved for examples"),
        ("192.31.196.0/24", "reserved for protocols"),
        ("192.52.193.0/24", "reserved for protocols"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "a private network"),
        ("192.175.48.0/24", "reserved for protocols"),
        ("198.18.0.0/15", "reserved for benchmarks"),
        ("198.51.100.0/24", "reserved for examples"),
        ("203.0.113.0/24", "reserved for examples"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
PUBLIC_V6 = IPv6Network("2000::/3")
#: The holes in 2000::/3, and blocks outside it that are worth naming in a message; the first that fits is said.
NOT_PUBLIC_V6 = tuple(
    (IPv6Network(network), what)
    for network, what in (
        ("::1/128", "loopback"),
        ("::/128", "this host itself"),
        ("2001::/32", "a Teredo tunnel"),
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "reserved for examples"),
        ("2620:4f:8000::/48", "reserved for protocols"),
        ("3ffe::/16", "reserved"),
        ("3fff::/20", "reserved for examples"),
        ("64:ff9b:1::/48", "a local NAT64 network"),
        ("100::/64", "a discard network"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "a site-local network"),
        ("ff00::/8", "multicast"),
        ("::/0", "no public address"),
    )
)
MAPPED = IPv6Network("::ffff:0:0/96")
NAT64 = IPv6Network("64:ff9b::/96")
LOCAL_NAT64 = IPv6Network("64:ff9b:1::/48")
SIX_TO_FOUR = IPv6Network("2002::/16")
TEREDO = IPv6Network("2001::/32")
ISATAP_MARKS = (0x0000_5EFE, 0x0200_5EFE)
LOW_32 = 0xFFFF_FFFF


class AddressRules:
    """The public internet and the networks allowed by name.

    Raises:
        ConfigError: A network is written neither ``NAME=CIDR`` nor ``CIDR``.
    """

    def __init__(self, allowed_networks: Iterable[str] = ()) -> None:
        self._allowed = tuple(_read_network(text) for text in allowed_networks)

    def refusal(self, address: str) -> str | None:
        """Say why an address must not be connected to; None when it may.

        Only whole literal addresses pass: a name, or ``127.1``, is refused, since the system would look it up again.

        >>> AddressRules().refusal("64:ff9b::7f00:1")
        '64:ff9b::7f00:1 leads to 127.0.0.1, which is loopback (127.0.0.0/8)'
        >>> AddressRules(["press=127.0.0.0/8"]).refusal("::ffff:127.0.0.1") is None
        True
        """
        try:
            outer = ipaddress.ip_address(address)
        except ValueError:
            return f"{address} is not an IP address"
        if self._is_allowed(outer) and not isinstance(outer, IPv6Address):
            return None
        for layer in _layers(outer):
            if self._is_allowed(layer):
                continue
            found = _not_public(layer)
            if found is not None:
                way = "" if layer is outer else f"leads to {layer}, which "
                return f"{outer} {way}is {found[1]} ({found[0]})"
        return None

    def _is_allowed(self, address: Address) -> bool:
        # `in` compares versions too; a scope (fe80::1%eth0) is left out of the comparison by ipaddress.
        return any(address in network for network in self._allowed)


def _read_network(text: str) -> Network:
    name, equals, cidr = text.rpartition("=")
    if equals and not name.strip():
        raise ConfigError(f"fetch.allowed_networks: {text!r} has no name before its equals sign")
    try:
        return ipaddress.ip_network(cidr.strip())
    except ValueError as error:
        raise ConfigError(
            f"fetch.allowed_networks: {text!r} is no network ({error}); write NAME=CIDR such as press=127.0.0.0/8"
        ) from error


def _layers(address: Address) -> Iterator[Address]:
    """Give what must be public: the IPv4 addresses inside, and the address itself unless it only stands for one."""
    if isinstance(address, IPv4Address):
        yield address
        return
    if address in MAPPED or address in NAT64:
        yield IPv4Address(int(address) & LOW_32)
        return
    yield from _tunnelled(address)
    yield address


def _tunnelled(address: IPv6Address) -> Iterator[IPv4Address]:
    bits = int(address)
    if address in SIX_TO_FOUR:
        yield IPv4Address(bits >> 80 & LOW_32)
    elif address in TEREDO:
        yield IPv4Address(bits >> 64 & LOW_32)  # the server
        yield IPv4Address(~bits & LOW_32)  # the client, its bits turned over
    elif address in LOCAL_NAT64:
        # RFC 6052, section 2.2: after a prefix of 48, 56, 64 or 96 bits, octet 8 (the "u" octet) skipped.
        yield IPv4Address((bits >> 64 & 0xFFFF) << 16 | bits >> 40 & 0xFFFF)
        yield IPv4Address((bits >> 64 & 0xFF) << 24 | bits >> 32 & 0xFF_FFFF)
        yield IPv4Address(bits >> 24 & LOW_32)
        yield IPv4Address(bits & LOW_32)
    elif bits >> 32 & LOW_32 in ISATAP_MARKS:
        yield IPv4Address(bits & LOW_32)


def _not_public(address: Address) -> tuple[Network, str] | None:
    if isinstance(address, IPv4Address):
        return next(((network, what) for network, what in NOT_PUBLIC_V4 if address in network), None)
    if address in SIX_TO_FOUR:
        return None  # judged by the IPv4 address inside
    for network, what in NOT_PUBLIC_V6:
        if address in network and (network.prefixlen or address not in PUBLIC_V6):
            return network, what
    return None
