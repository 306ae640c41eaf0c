"""Where a page of the archive ends: a place in the order (shown at, id), as a text that cannot be mistaken."""

from __future__ import annotations

import base64
import binascii
import json
import zlib

from tawatur.errors import StoreError

_CHECKSUM = 4  # bytes before the place; it tells slips of the hand, not malice: a place is no secret


def write_cursor(shown_at: int, article_id: str) -> str:
    """Write a cursor.

    >>> read_cursor(write_cursor(1695211200000000, "b5b10dd0429e69ac"))
    (1695211200000000, 'b5b10dd0429e69ac')
    """
    place = json.dumps([shown_at, article_id], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(zlib.crc32(place).to_bytes(_CHECKSUM, "big") + place).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[int, str]:
    """Read a cursor.

    Raises:
        StoreError: It is not one of ours.
    """
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        packed = b""
    if len(packed) <= _CHECKSUM or zlib.crc32(packed[_CHECKSUM:]) != int.from_bytes(packed[:_CHECKSUM], "big"):
        raise StoreError(f"{cursor[:40]!r} is no cursor of this archive; leave it out to begin anew")
    shown_at, article_id = json.loads(packed[_CHECKSUM:])
    return int(shown_at), str(article_id)
