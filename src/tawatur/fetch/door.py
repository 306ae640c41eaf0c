"""
The one door to the network: one request, one answer, no redirects.

The choke point is ``Door._open_socket``: aiohttp asks it for a socket with the very address it connects that
socket to next, for literal addresses and looked-up ones, for each attempt and family. It takes whole literal
addresses only, so nothing is looked up between the check and the connection. Names are looked up once a connection
(no cache), and a name of which *any* address is forbidden is refused as a whole before that: mixed answers are what
rebinding looks like. Proxies, netrc and cookies are off. Read in aiohttp 3.14: ``TCPConnector._resolve_host``,
``_convert_hosts_to_addr_infos``, ``aiohappyeyeballs.start_connection``; in asyncio: ``sock_connect``.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from tawatur.errors import ConfigError
from tawatur.fetch.addresses import AddressRules
from tawatur.fetch.options import FetchOptions
from tawatur.fetch.resolver import Resolver, SystemResolver
from tawatur.fetch.unpack import PackingError, Unpacker

#: Bytes of the status line, of one header, and how many headers: aiohttp's own bounds, said here so they stay.
LONGEST_LINE = 8190
LONGEST_HEADER = 16_380
MOST_HEADERS = 128
READ_BYTES = 64 * 1024


class Failure(Exception):
    """No whole answer came.

    Attributes:
        passing: Whether trying again at once may help: the connection failed or broke.
    """

    def __init__(self, what: str, *, passing: bool = False) -> None:
        super().__init__(what)
        self.passing = passing


class Refused(Exception):
    """The address lies in a network the operator has not allowed; nothing was sent."""


class _RefusedSocket(OSError):
    """The same inside aiohttp, which tries the next address after an OSError and keeps it as the cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, to be sent to one address or, after redirects, to several."""

    method: str = "GET"
    headers: Mapping[str, str]
    body: bytes | None = None
    #: The largest body taken, unpacked.
    largest_bytes: int
    #: Take the first ``largest_bytes`` of a larger body instead of refusing it (robots.txt).
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. The body is read only of a success: of an error at most what came with its headers is taken in."""

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes = b""


class _Names(AbstractResolver):
    """Our resolver as aiohttp asks for it, with the guard behind it."""

    def __init__(self, resolver: Resolver, rules: AddressRules) -> None:
        self._resolver = resolver
        self._rules = rules

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002  # aiohttp names it; both are taken
    ) -> list[ResolveResult]:
        addresses = await self._resolver.resolve(host, port)
        if not addresses:
            raise OSError(None, f"the name {host} has no address")
        for address in addresses:
            if (refusal := self._rules.refusal(address)) is not None:
                raise Refused(f"the name {host} leads into a network that is not allowed: {refusal}")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST,
            )
            for address in addresses
        ]

    async def close(self) -> None:
        """Nothing is held here."""


class Door:
    """An open door: an aiohttp session with the guard in it. Close it with ``close``."""

    def __init__(self, options: FetchOptions, resolver: Resolver | None) -> None:
        tls = _tls(options.certificate_authorities)
        self._options = options
        self._rules = AddressRules(options.allowed_networks)
        self._own_resolver: SystemResolver | None = None
        if resolver is None:
            resolver = self._own_resolver = SystemResolver()
        connector = aiohttp.TCPConnector(
            resolver=_Names(resolver, self._rules),
            use_dns_cache=False,
            socket_factory=self._open_socket,
            limit=options.total_connections,
            limit_per_host=0,  # the gate counts by site, before a connection is asked for
            ssl=tls,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            raise_for_status=False,
            requote_redirect_url=False,
            max_line_size=LONGEST_LINE,
            max_field_size=LONGEST_HEADER,
            max_headers=MOST_HEADERS,
            read_bufsize=READ_BYTES,
            headers={
                "User-Agent": options.user_agent_header,
                "Accept-Encoding": "gzip, deflate, br, zstd",
                "Accept-Language": options.accept_language,
            },
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()
        if self._own_resolver is not None:
            self._own_resolver.close()

    async def send(self, url: URL, request: Request, seconds: float) -> Answer:
        """Send one request and read the whole answer.

        Raises:
            Refused: The address is not allowed; nothing was sent.
            Failure: No whole answer came within ``seconds``.
        """
        try:
            async with asyncio.timeout(seconds):
                return await self._exchange(url, request)
        except TimeoutError as error:
            raise Failure(timeout_text(self._options, error)) from error
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, _RefusedSocket):
                raise Refused(str(error.os_error.strerror)) from error
            raise Failure(_connect_text(error), passing=_is_passing(error)) from error
        except aiohttp.ClientError as error:
            raise _broken_answer(error) from error
        except PackingError as error:
            raise Failure(str(error)) from error
        except (OSError, ValueError) as error:
            raise Failure(f"the connection failed: {error}", passing=isinstance(error, OSError)) from error

    async def _exchange(self, url: URL, request: Request) -> Answer:
        timeout = aiohttp.ClientTimeout(
            total=None, connect=self._options.seconds_to_connect, sock_read=self._options.seconds_of_silence
        )
        async with self._session.request(
            request.method, url, headers=request.headers, data=request.body, allow_redirects=False, timeout=timeout
        ) as response:
            body = await _read(response, request) if HTTPStatus(200) <= response.status < 300 else b""
            return Answer(status=response.status, headers=_readable(response.headers), body=body)

    def _open_socket(self, address_info: Any) -> socket.socket:
        """Give a socket for an address that may be connected to. The choke point."""
        family, kind, protocol, _, address = address_info
        refusal = self._rules.refusal(str(address[0]))
        if refusal is not None:
            raise _RefusedSocket(None, refusal)
        return socket.socket(family=family, type=kind, proto=protocol)


async def _read(response: aiohttp.ClientResponse, request: Request) -> bytes:
    unpacker = Unpacker(",".join(response.headers.getall("Content-Encoding", ())), request.largest_bytes)
    stated = response.headers.get("Content-Length", "")
    if not request.cut and stated.isascii() and stated.isdigit() and int(stated[:20]) > request.largest_bytes:
        raise unpacker.too_large()
    async for chunk in response.content.iter_chunked(READ_BYTES):
        try:
            unpacker.feed(chunk)
        except PackingError:
            if request.cut and unpacker.so_far:
                return unpacker.so_far
            raise
    return unpacker.finish()


def _readable(headers: Mapping[str, str]) -> CIMultiDictProxy[str]:
    """Percent-encode bytes that are no UTF-8, which aiohttp hands over as lone surrogates: no log could hold them."""
    return CIMultiDictProxy(
        CIMultiDict(
            (name, re.sub("[\ud800-\udfff]", lambda found: f"%{ord(found.group()) & 0xFF:02X}", value))
            for name, value in headers.items()
        )
    )


def _tls(certificate_authorities: str | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.set_alpn_protocols(("http/1.1",))
    if certificate_authorities is not None:
        try:
            context.load_verify_locations(certificate_authorities)
        except (OSError, ssl.SSLError) as error:
            raise ConfigError(
                f"fetch.certificate_authorities: {certificate_authorities} cannot be read: {error}"
            ) from error
    return context


def timeout_text(options: FetchOptions, error: TimeoutError | None = None) -> str:
    """Say which of the time limits ended it."""
    if isinstance(error, aiohttp.SocketTimeoutError):
        return f"no byte came for {options.seconds_of_silence:g} s"
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return f"no connection within {options.seconds_to_connect:g} s"
    return f"timed out: not answered in full within {options.seconds_total:g} s"


def _connect_text(error: aiohttp.ClientConnectorError) -> str:
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        reason = getattr(error.certificate_error, "verify_message", None) or error.certificate_error
        return f"the certificate of {error.host} is not valid: {reason}"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"the name {error.host} could not be found: {error.os_error.strerror or error.os_error}"
    return f"no connection to {error.host}:{error.port}: {error.os_error.strerror or error.os_error}"


def _is_passing(error: aiohttp.ClientConnectorError) -> bool:
    """A name that does not exist stays so; a lookup that failed for now, or a refused connection, may not."""
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return error.os_error.errno == socket.EAI_AGAIN
    return not isinstance(error.os_error, ssl.SSLError)


def _broken_answer(error: aiohttp.ClientError) -> Failure:
    match error:
        case aiohttp.ClientPayloadError():
            return Failure("the connection was cut before the whole answer had come", passing=True)
        case aiohttp.ServerDisconnectedError():
            return Failure("the connection was closed without an answer", passing=True)
        case aiohttp.ClientResponseError():
            return Failure(f"the answer is no HTTP: {_one_line(error.message)}")
        case aiohttp.ClientOSError():
            return Failure(f"the connection broke: {error.strerror or error}", passing=True)
    return Failure(f"the request failed: {_one_line(str(error))}")


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
