"""
What stands between a source's words and a reader's browser.

Three doors: ``shown`` cleans every text before it is escaped, ``safe_url`` lets only web addresses become links,
and ``security_headers`` tells the browser to run nothing and ask nobody but us.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup

# Controls that no text needs, and the embeddings, overrides and isolates of UAX #9 (U+202A–E, U+2066–9): with them a
# headline can be made to read as its opposite. The marks U+200E, U+200F and U+061C only hint and are kept.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
_NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f-\x9f<>\"\\^`{|}\u200e\u200f\u061c\u2028-\u202e\u2066-\u2069]")

#: The longest address that is made a link: longer ones are refused by common servers and proxies.
ADDRESS_LETTERS = 4096

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",  # suggestions while one types come from our own API
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
CONTENT_SECURITY_POLICY = "; ".join(f"{name} {value}" for name, value in _POLICY.items())

_PERMISSIONS = "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def shown(text: str) -> str:
    """Clean a text for showing: control characters and bidirectional overrides go, all else stays.

    >>> shown("خبر\u202eعاجل")
    'خبرعاجل'
    """
    return text if isinstance(text, Markup) else _UNSHOWABLE.sub("", text)


def safe_url(url: str | None) -> str | None:
    """Give an address back when it may become a link: http or https, a host, no user name; else None.

    >>> safe_url("https://example.org/خبر")
    'https://example.org/خبر'
    >>> safe_url("javascript:alert(1)") is None
    True
    """
    if not url or len(url) > ADDRESS_LETTERS or _NOT_IN_ADDRESSES.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    return url


def security_headers(path: str, *, https: bool) -> dict[str, str]:
    """Give the headers that every answer carries; the API may be read from other sites, pages may not."""
    # Feed readers in other sites' pages show our pictures and read our feeds and records.
    is_open = path.startswith("/api/") or path.endswith((".atom", ".json"))
    headers = {
        "content-security-policy": CONTENT_SECURITY_POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
        "permissions-policy": _PERMISSIONS,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "cross-origin" if is_open or path.startswith("/images/") else "same-origin",
        "x-frame-options": "DENY",
    }
    if is_open:
        headers["access-control-allow-origin"] = "*"
        headers["access-control-expose-headers"] = "ETag, Last-Modified"
    if https:
        headers["strict-transport-security"] = "max-age=31536000"
    return headers
