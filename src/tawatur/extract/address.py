"""The address an article is known by."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from tawatur.errors import AddressError
from tawatur.extract.page import Page, host_of
from tawatur.model.canonical_url import canonical_url

#: Hosts that only serve another's pages (AMP caches) or the same outlet's in another form.
_MIRRORS = ("m.", "amp.", "mobile.", "www.")


def canonical_address(page: Page) -> str | None:
    """Give the canonical address: the one the page names for itself when it is sane, else where it was fetched.

    Sane is an address of the same site that is not the front page while the page itself is not; the host may be
    another when the page is an AMP copy.
    """
    fetched = _usable(page.url)
    for named in _named(page):
        address = _usable(named)
        if address is not None and _is_sane(address, fetched):
            return address
    return fetched


def _named(page: Page) -> Iterator[str | None]:
    for element in page.tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split():
            yield page.absolute(element.get("href"))
    for said in page.said("og:url"):
        yield page.absolute(said)


def _usable(address: str | None) -> str | None:
    if address is None:
        return None
    try:
        return canonical_url(address)
    except AddressError:
        return None


def _is_sane(named: str, fetched: str | None) -> bool:
    path = urlsplit(named).path.strip("/")
    if fetched is None:
        return bool(path or urlsplit(named).query)
    if _is_front(named) and not _is_front(fetched):
        return False
    return _site(named) == _site(fetched) or _is_amp(fetched)


def _is_front(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path.strip("/").lower() in ("", "ar", "en", "index.html", "index.php", "home") and not parts.query


def _is_amp(address: str) -> bool:
    parts = urlsplit(address)
    host = parts.hostname or ""
    return (
        host.endswith((".cdn.ampproject.org", ".ampproject.net"))
        or host.startswith("amp.")
        or "/amp" in parts.path
        or "amp" in parts.query
    )


def _site(address: str) -> str:
    host = host_of(address) or ""
    for mirror in _MIRRORS:
        host = host.removeprefix(mirror)
    return host
