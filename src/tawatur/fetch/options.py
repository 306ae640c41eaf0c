"""What an operator can set about fetching: each with its unit, and why the default is what it is."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import Literal

from tawatur import __version__
from tawatur.errors import ConfigError
from tawatur.fetch.addresses import AddressRules

#: What is being captured: it decides the size limit, the Accept header and whether robots.txt is asked.
CaptureKind = Literal["page", "feed", "image", "file"]

#: The name robots.txt files know us by (RFC 9309, section 2.2.1: the product token).
PRODUCT_TOKEN = "Tawatur"  # noqa: S105  # a name, not a secret

MEBIBYTE = 1024 * 1024
#: The largest of 421 pages measured (WCXB, scrapinghub) has 1.8 MB, the usual one 116 kB.
LARGEST_PAGE_BYTES = 10 * MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """The settings of the only door to the network.

    Raises:
        ConfigError: A setting cannot be; it is named.
    """

    #: Product and version sent as User-Agent; the contact is added to it.
    user_agent: str = f"{PRODUCT_TOKEN}/{__version__}"
    #: A web page or e-mail address where a site's owner reaches the operator. None says so in the User-Agent:
    #: an address that nobody reads would be worse than none.
    contact: str | None = None
    #: Networks beyond the public internet that may be reached, each ``NAME=CIDR`` or a bare CIDR:
    #: ``press=127.0.0.0/8``. Empty: public addresses only.
    allowed_networks: tuple[str, ...] = ()
    #: A PEM file of certificate authorities trusted beside the system's own, for a house with its own authority.
    certificate_authorities: str | None = None
    #: Accept-Language. Some outlets choose the edition by it; ours is the Arabic one.
    accept_language: str = "ar,*;q=0.5"

    #: Seconds from the start of one request to a site to the start of the next. Media Cloud leaves 5 s between
    #: requests over a whole web; a source that is followed has a page or two new at a time, so 1 s harms nobody.
    #: A Crawl-delay in robots.txt raises it.
    seconds_between_requests: float = 1.0
    #: Requests under way at one site at once. Two: a slow answer does not hold up the feed behind it.
    connections_per_host: int = 2
    #: Requests under way at once, all sites together. 64 sockets wait for the network at no cost on one core.
    total_connections: int = 64

    #: Seconds for the name, the connection and TLS together.
    seconds_to_connect: float = 10.0
    #: Seconds without a byte after which an answer is given up.
    seconds_of_silence: float = 20.0
    #: Seconds for the whole capture, redirects and body included, waiting for our turn at the site left out.
    #: A server that drips a byte a second ends here.
    seconds_total: float = 60.0

    #: Bytes of a page, unpacked.
    largest_page_bytes: int = LARGEST_PAGE_BYTES
    #: Bytes of a feed or sitemap, unpacked; sitemaps may have 50 MiB (sitemaps.org), news sitemaps have far less.
    largest_feed_bytes: int = 50 * MEBIBYTE
    #: Bytes of an image as it comes.
    largest_image_bytes: int = 20 * MEBIBYTE
    #: Bytes of any other file: a source list, a hook's answer.
    largest_file_bytes: int = 20 * MEBIBYTE

    #: Redirects followed. Browsers follow 20; five is what RFC 9309 asks for robots.txt; ten covers
    #: http to https to www to a consent detour and back.
    most_redirects: int = 10
    #: Times a GET is sent again when the connection failed or the server answered 5xx (503 and 429 excepted).
    retries: int = 2
    #: Seconds before the first of them; doubled each time and spread by chance over half to one and a half.
    seconds_before_retry: float = 1.0
    #: Seconds a site rests after 429 or 503 without Retry-After (Media Cloud's value).
    seconds_of_rest: float = 30.0
    #: The longest Retry-After taken seriously, in seconds: a day.
    longest_retry_after: float = 86_400.0

    #: Whether robots.txt is asked at all.
    respect_robots: bool = True
    #: Whether it is asked for feeds too. Yes by default: a site that closes its feeds to machines has said so.
    #: An operator who has the outlet's word sets False: some sites close ``/feed/`` only to keep it
    #: out of search engines.
    robots_for_feeds: bool = True
    #: Seconds a robots.txt is kept: a day, as RFC 9309 section 2.4 asks.
    seconds_robots_kept: float = 86_400.0
    #: The longest Crawl-delay obeyed, in seconds; some files ask for hours between two pages.
    longest_crawl_delay: float = 30.0

    def __post_init__(self) -> None:
        for name in _POSITIVE:
            _check(name, getattr(self, name), least=0, open_end=True)
        for name in _NOT_NEGATIVE:
            _check(name, getattr(self, name), least=0, open_end=False)
        for name in ("user_agent", "contact", "accept_language"):
            _check_header(name, getattr(self, name))
        if isinstance(self.allowed_networks, str):
            raise ConfigError(
                f"fetch.allowed_networks must be a list of networks, not the text {self.allowed_networks!r}"
            )
        AddressRules(self.allowed_networks)

    @property
    def user_agent_header(self) -> str:
        """The User-Agent as sent.

        >>> FetchOptions(user_agent="Tawatur/0.1", contact="https://press.example/bot").user_agent_header
        'Tawatur/0.1 (+https://press.example/bot)'
        """
        if self.contact is None:
            return f"{self.user_agent} (no contact given; the operator sets one with fetch.contact)"
        return f"{self.user_agent} (+{self.contact})"

    def largest_bytes(self, kind: CaptureKind) -> int:
        """How many bytes a capture of this kind may have, unpacked."""
        return {
            "page": self.largest_page_bytes,
            "feed": self.largest_feed_bytes,
            "image": self.largest_image_bytes,
            "file": self.largest_file_bytes,
        }[kind]


_POSITIVE = (
    "connections_per_host",
    "total_connections",
    "seconds_to_connect",
    "seconds_of_silence",
    "seconds_total",
    "largest_page_bytes",
    "largest_feed_bytes",
    "largest_image_bytes",
    "largest_file_bytes",
)
_NOT_NEGATIVE = (
    "seconds_between_requests",
    "most_redirects",
    "retries",
    "seconds_before_retry",
    "seconds_of_rest",
    "longest_retry_after",
    "seconds_robots_kept",
    "longest_crawl_delay",
)
_WHOLE = {field.name for field in fields(FetchOptions) if field.type == "int"}


def _check(name: str, value: object, *, least: float, open_end: bool) -> None:
    number = isinstance(value, int) if name in _WHOLE else isinstance(value, (int, float))
    if not number or isinstance(value, bool):
        raise ConfigError(f"fetch.{name} must be a {'whole ' if name in _WHOLE else ''}number, not {value!r}")
    assert isinstance(value, (int, float))  # noqa: S101  # said above; for the type checker
    if not math.isfinite(value) or value < least or (open_end and value == least):
        raise ConfigError(f"fetch.{name} must be {'above' if open_end else 'at least'} {least:g}, not {value!r}")


def _check_header(name: str, value: str | None) -> None:
    if value is None:
        return
    if not value.strip() or not value.isascii() or not value.isprintable():
        raise ConfigError(f"fetch.{name} goes into a header: it must be printable ASCII on one line, not {value!r}")
