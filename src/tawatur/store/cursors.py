"""Where a page of the archive ends: a place in the order (shown at, id), as a text that cannot be mistaken."""

from __future__ import annotations

import base64
import binascii
import struct
import zlib

from tawatur.errors import StoreError

# A checksum of the rest, the time in microseconds, and the id in UTF-8. The checksum tells slips of the hand, not
# malice: a place is no secret.
_HEAD = struct.Struct(">Iq")
_TIME = struct.Struct(">q")


def write_cursor(shown_at: int, article_id: str) -> str:
    """Write a cursor.

    >>> read_cursor(write_cursor(1695211200000000, "b5b10dd0429e69ac"))
    (1695211200000000, 'b5b10dd0429e69ac')
    """
    id_ = article_id.encode()
    packed = _HEAD.pack(_checksum(shown_at, id_), shown_at) + id_
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[int, str]:
    """Read a cursor.

    Raises:
        StoreError: It is not one of ours.
    """
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        checksum, shown_at = _HEAD.unpack_from(packed)
        id_ = packed[_HEAD.size :]
        place = shown_at, id_.decode()
    except (ValueError, binascii.Error, struct.error):
        place = None
    if place is None or checksum != _checksum(shown_at, id_):
        raise StoreError(f"{cursor[:40]!r} is no cursor of this archive; leave it out to begin anew")
    return place


def _checksum(shown_at: int, id_: bytes) -> int:
    return zlib.crc32(_TIME.pack(shown_at) + id_)
