"""
One address, one spelling: the canonical form of a page's URL.

The same article is linked raw in Arabic letters, percent-encoded in either case, with the newsletter's
``utm_source`` and with ``#comments``. All of these become one text here, so that a page is read once. The form is
that of RFC 3986 §6.2.2 (case, percent-encoding and dot segments normalised), with the host in A-labels (UTS #46) and
the parameters of ``tracking_parameters.tsv`` taken out. Nothing is guessed: ``www.``, mobile and AMP hosts,
``http`` against ``https`` and a closing slash may be other pages and stay as they are.
"""

from __future__ import annotations

import functools
import importlib.resources
import ipaddress
import re
from urllib.parse import SplitResult, urljoin, urlsplit

import idna

from tawatur.errors import AddressError

__all__ = ["canonical_url"]

# The longest address in the feeds and pages of the real data takes 1,012 letters; 8,000 octets is what
# RFC 9110 §4.1 asks every server to accept.
LONGEST_URL = 8000

_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

# U+061C ARABIC LETTER MARK, U+200B ZERO WIDTH SPACE, U+200E/F marks, U+202A-E embeddings, U+2066-9 isolates and
# U+FEFF BYTE ORDER MARK come along when an address is copied out of Arabic text. U+200C ZERO WIDTH NON-JOINER
# stays: Persian slugs hold it.
_INVISIBLE = re.compile("[\u0000-\u001f\u007f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+")
# Links written twice through an XML escaper hold ``&amp;`` (or WordPress's ``&#038;``) where ``&`` was meant.
_NUMERIC_AMPERSAND = re.compile(r"&#0*38;")
_NAMED_AMPERSAND = re.compile(r"&(?:amp;)+", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*")
# A run of octets past ASCII, already as it should be; one encoded octet; a run of letters past ASCII; one that has
# to be encoded.
_ENCODED = r"(?:%[89A-F][0-9A-F])+|%[0-9A-Fa-f]{2}|[^\x00-\x7f]+|"
_TO_ENCODE_IN_PATH = re.compile(_ENCODED + r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/]")
_TO_ENCODE_IN_QUERY = re.compile(_ENCODED + r"[^A-Za-z0-9\-._~!$&'()*+,;=:@/?]")


def canonical_url(url: str, base: str | None = None) -> str:
    """Give the canonical form of an address, resolved against the page it was found on.

    A fragment is dropped, but for ``#!``, which names a page of its own on old sites. The order of the
    parameters that stay is kept.

    Raises:
        AddressError: It is no http(s) address, names a user, or is longer than ``LONGEST_URL``.

    >>> canonical_url("HTTP://Example.org:80/a/../أخبار?utm_source=rss&id=7#top")
    'http://example.org/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1?id=7'
    >>> canonical_url("/%d8%a3?", base="https://example.org/news/")
    'https://example.org/%D8%A3'
    """
    parts, port = _split(url, base)
    if parts.scheme not in _PORTS:
        raise AddressError(f"{_shown(url)} is no http or https address")
    if "@" in parts.netloc:
        raise AddressError(f"{_shown(url)} names a user; addresses with credentials are not followed")
    host = _canonical_host(parts.hostname or "", url)
    if port is not None and port != _PORTS[parts.scheme]:
        host = f"{host}:{port}"
    try:
        path = _canonical_path(parts.path)
        query = _canonical_query(parts.query, parts.hostname or "")
        fragment = _encoded(parts.fragment, _TO_ENCODE_IN_QUERY) if parts.fragment.startswith("!") else ""
    except UnicodeEncodeError as error:
        raise AddressError(f"{_shown(url)} holds half a surrogate pair") from error
    canonical = f"{parts.scheme}://{host}{path}{'?' if query else ''}{query}{'#' if fragment else ''}{fragment}"
    if len(canonical) > LONGEST_URL:
        raise AddressError(f"{_shown(url)} is longer than {LONGEST_URL} letters")
    return canonical


def _split(url: str, base: str | None) -> tuple[SplitResult, int | None]:
    try:
        text = _cleaned(url)
        if base is not None:
            text = urljoin(_cleaned(base), text)
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise AddressError(f"{_shown(url)} is no address: {error}") from error
    if port == 0:
        raise AddressError(f"{_shown(url)} names port 0")
    return parts, port


def _cleaned(url: str) -> str:
    if len(url) > LONGEST_URL:
        raise AddressError(f"{_shown(url)} is longer than {LONGEST_URL} letters")
    text = _NUMERIC_AMPERSAND.sub("&", _INVISIBLE.sub("", url).strip())
    # Browsers read a backslash before the query as a slash (WHATWG URL §4.4); so does a link typed on Windows.
    end = min((at for at in (text.find("?"), text.find("#")) if at >= 0), default=len(text))
    return text[:end].replace("\\", "/") + text[end:]


def _canonical_host(host: str, url: str) -> str:
    if ":" in host and "%" not in host:  # a zone index names an interface of our own machine
        try:
            return f"[{ipaddress.IPv6Address(host).compressed}]"
        except ValueError as error:
            raise AddressError(f"{_shown(url)} names no host: {error}") from error
    host = host.removesuffix(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii").removesuffix(".")
        except (idna.IDNAError, UnicodeError) as error:
            raise AddressError(f"{_shown(url)} names no host: {error}") from error
    if len(host) > 253 or not _HOST.fullmatch(host):
        raise AddressError(f"{_shown(url)} names no host")
    return host


def _canonical_path(path: str) -> str:
    encoded = _SESSION_IN_PATH.sub("", _encoded(path, _TO_ENCODE_IN_PATH))
    kept: list[str] = []
    segments = encoded.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _canonical_query(query: str, host: str) -> str:
    fields = _NAMED_AMPERSAND.sub("&", _encoded(query, _TO_ENCODE_IN_QUERY)).split("&")
    return "&".join(field for field in fields if field and not _is_tracking(field.partition("=")[0], host))


def _encoded(text: str, to_encode: re.Pattern[str]) -> str:
    return to_encode.sub(_encode, text)


def _encode(match: re.Match[str]) -> str:
    found = match[0]
    if not found.startswith("%") or len(found) == 1:
        return "".join(f"%{octet:02X}" for octet in found.encode("utf-8"))
    if len(found) > 3:
        return found
    letter = chr(int(found[1:], 16))
    return letter if letter in _UNRESERVED else found.upper()


def _is_tracking(name: str, host: str) -> bool:
    exact, beginnings = _tracking_parameters()
    for written in {name, name.lower()}:
        hosts = exact.get(written)
        if hosts is not None and _lies_in(host, hosts):
            return True
        if any(written.startswith(beginning) and _lies_in(host, of) for beginning, of in beginnings):
            return True
    return False


def _lies_in(host: str, domains: frozenset[str]) -> bool:
    return not domains or any(host == domain or host.endswith(f".{domain}") for domain in domains)


@functools.cache
def _tracking_parameters() -> tuple[dict[str, frozenset[str]], tuple[tuple[str, frozenset[str]], ...]]:
    """Read the table: hosts by whole name, and (beginning, hosts); no hosts stands for all."""
    exact: dict[str, frozenset[str]] = {}
    beginnings: dict[str, frozenset[str]] = {}
    table = importlib.resources.files("tawatur.model").joinpath("tracking_parameters.tsv").read_text("utf-8")
    for line in table.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, host, _added_by = line.split("\t")
        where = beginnings if name.endswith("*") else exact
        name = name.removesuffix("*")
        known = where.get(name)
        where[name] = frozenset() if host == "-" or known == frozenset() else (known or frozenset()) | {host}
    return exact, tuple(beginnings.items())


def _shown(url: str) -> str:
    return repr(url if len(url) <= 120 else f"{url[:120]}…")
