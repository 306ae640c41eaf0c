"""
The one spelling of a URL that goes on the wire.

Pages link to addresses as people type them: Arabic letters in the path, an Arabic host, spaces. Letters are
percent-encoded once, an escape that is already there stays one, and a host becomes its ASCII form.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

from yarl import URL

from tawatur.errors import AddressError, FetchError, ForbiddenAddress

#: Characters in a URL. Servers commonly take 8,000 (RFC 9110, section 4.1).
LONGEST_URL = 8000

_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_CANONICAL_V4 = re.compile(r"(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}")
# What the system reads as a number instead of a name: WHATWG URL, "ends in a number".
_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")

# All but the characters of a URL (RFC 3986) and escapes that are whole.
_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})")
# What copying and pasting leaves around an address: controls, spaces, and on Arabic pages marks of direction.
_INVISIBLE_AROUND = "".join(map(chr, range(33))) + "\u00a0\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
_INVISIBLE_INSIDE = re.compile(r"[\t\r\n]")  # WHATWG URL, section 4.4

#: Ports of other services, which a request written with care could be made to speak to (WHATWG Fetch, "bad port").
FORBIDDEN_PORTS = frozenset(
    (0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
     110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531,
     532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060,
     5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080)
)  # fmt: skip


class UnusableURL(FetchError, AddressError):
    """A text that is no http(s) URL we would ever ask for: never tried again."""


def request_url(text: str) -> URL:
    """Give the URL to ask for, without its fragment.

    Raises:
        UnusableURL: It is not http or https, has no host, carries a password, or names another service's port.
        ForbiddenAddress: The host is an IPv4 address in disguise: ``2130706433``, ``0177.0.0.1``, ``127.1``.

    >>> str(request_url("https://example.org/أخبار/قره باغ"))
    'https://example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D9%82%D8%B1%D9%87%20%D8%A8%D8%A7%D8%BA'
    >>> str(request_url("https://example.org/%D8%A3%D8%AE?a=%2B"))
    'https://example.org/%D8%A3%D8%AE?a=%2B'
    """
    text = _INVISIBLE_INSIDE.sub("", text.strip(_INVISIBLE_AROUND))
    if len(text) > LONGEST_URL:
        raise UnusableURL(text[:100] + "…", f"the address is longer than {LONGEST_URL} characters")
    try:
        parts = urlsplit(text)
        url = URL(f"{parts.scheme}://{parts.netloc}/")
        port = url.port
        path, query = _encoded(_without_dots(parts.path) or "/"), _encoded(parts.query)
    except (ValueError, UnicodeError) as error:
        raise UnusableURL(text, f"not a URL: {error}") from error
    _check_form(text, url)
    host = (url.raw_host or "").lower()
    if "%" in host:
        raise UnusableURL(text, f"{host!r} is no host name")
    if ":" in host:
        host = f"[{host}]"
    else:
        host = host.rstrip(".")  # the root's dot: the same name, but servers and certificates do not know it
        _check_name(text, host)
    if port in FORBIDDEN_PORTS:
        raise UnusableURL(text, f"port {port} belongs to another service than the web")
    return URL.build(scheme=url.scheme, host=host, port=url.explicit_port, path=path, query_string=query, encoded=True)


def join_url(base: URL, target: str) -> str:
    """Give the absolute form of a link or redirect found at ``base``, not yet checked.

    Raises:
        ValueError: It is no URL reference.
    """
    return urljoin(str(base), _INVISIBLE_INSIDE.sub("", target.strip(_INVISIBLE_AROUND)))


def _check_form(text: str, url: URL) -> None:
    if not url.scheme:
        raise UnusableURL(text, "the address does not begin with http:// or https://")
    if url.scheme not in ("http", "https"):
        raise UnusableURL(text, f"{url.scheme} is not http or https")
    if url.user is not None or url.password is not None:
        raise UnusableURL(_without_user(url), "the address carries a user name or password")
    if not url.raw_host:
        raise UnusableURL(text, "the address names no host")


def _check_name(text: str, host: str) -> None:
    if _NUMBER.fullmatch(host):
        if not _CANONICAL_V4.fullmatch(host):
            raise ForbiddenAddress(text, f"{host} is an IPv4 address written so that it is not recognised")
        if any(int(octet) > 255 for octet in host.split(".")):
            raise UnusableURL(text, f"{host} is no IPv4 address")
    elif len(host) > 253 or not _NAME.fullmatch(host):
        raise UnusableURL(text, f"{host!r} is no host name")


def _without_user(url: URL) -> str:
    return str(url.with_user(None))


def _encoded(text: str) -> str:
    """Percent-encode what may not stand in a URL, and nothing else: an escape stays as it was written.

    yarl's own quoting would undo escapes it holds needless (``%3A``), which signed addresses do not survive.
    """
    return _UNSAFE.sub(lambda found: quote(found.group().encode(), safe=""), text)


def _without_dots(path: str) -> str:
    return urljoin("/", path) if "/." in path else path
