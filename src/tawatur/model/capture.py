"""What the network gave for one address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One answer of a server, kept as it came (decompressed)."""

    #: The address that answered, after redirects.
    url: str
    #: The address that was asked for.
    requested_url: str
    fetched_at: datetime
    #: 200, or 304 with an empty body when the validators still hold.
    status: int
    body: bytes
    #: Media type without parameters, lower case: ``text/html``; empty when the server named none.
    media_type: str = ""
    #: The charset parameter of Content-Type, as sent; None when there was none.
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    #: Where the address moved for good (301, 308 along the whole way); None when it did not.
    moved_to: str | None = None
    #: Seconds the answer may be kept, from Cache-Control or Expires; None when the server did not say.
    max_age: float | None = None
    #: Targets of ``Link`` headers by relation: ``(("hub", "https://…"), ("self", "https://…"))``.
    links: tuple[tuple[str, str], ...] = ()
