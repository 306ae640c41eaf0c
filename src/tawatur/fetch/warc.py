"""
WARC files (ISO 28500, packed or not) as captures, and captures as a WARC file.

Archives are large, old and partly broken: a record that is cut or corrupt is reported as itself, and reading goes on
at the next record's beginning. (warcio, which writes for us, stops at the first broken gzip member without saying
so.) Bodies are unpacked under the same bounds as an answer from the network.
"""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO
from uuid import NAMESPACE_URL, uuid5

from multidict import CIMultiDict
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tawatur.errors import FetchError, RecordError
from tawatur.fetch import headers as said
from tawatur.fetch.options import LARGEST_PAGE_BYTES, MEBIBYTE
from tawatur.fetch.unpack import STEP_BYTES, PackingError, Unpacker
from tawatur.fetch.urls import request_url
from tawatur.model import Capture

#: Media types that can hold an article. None at all is taken for a page: old servers sent none.
READABLE_TYPES = frozenset(("", "text/html", "application/xhtml+xml", "text/plain"))
#: Bytes of the headers of a record, or of the answer in it.
LONGEST_HEADERS = 64 * 1024
#: What an answer may have beyond its body's bound: its headers, and chunk lengths.
ROOM_BYTES = MEBIBYTE

_GZIP_START = b"\x1f\x8b\x08"
_RECORD_START = b"WARC/1."
_FIRST_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]*)?\r\n")


class BrokenRecordError(Exception):
    """What is wrong with a record; the reader adds where it stands."""


@dataclass(frozen=True, slots=True)
class _Record:
    headers: CIMultiDict[str]
    block: bytes


class WarcFile:
    """The pages in a WARC file, in its order: a ``Capture`` each, or a ``RecordError`` for a record that is broken.

    Attributes:
        left_out: How many records were passed over, by the reason: other kinds, other media types, errors of servers.

    >>> def pages(path):
    ...     with open(path, "rb") as file:
    ...         return [found for found in WarcFile(file, str(path)) if isinstance(found, Capture)]
    """

    def __init__(self, file: BinaryIO, name: str, *, largest_bytes: int = LARGEST_PAGE_BYTES) -> None:
        self._file = file
        self._name = name
        self._largest = largest_bytes
        self.left_out: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Capture | RecordError]:
        self._file.seek(0)
        packed = self._file.read(len(_GZIP_START)) == _GZIP_START
        start: int | None = 0
        while start is not None:
            stream = _Stream(self._file, start, packed=packed)
            try:
                yield from self._records(stream)
            except (BrokenRecordError, PackingError) as error:
                yield RecordError(f"{self._name}, record at byte {stream.record_start}: {error}")
                start = _next_start(self._file, stream.record_start + 1, packed=packed)
            else:
                start = None

    def _records(self, stream: _Stream) -> Iterator[Capture | RecordError]:
        """Give the records of a stream; raise where its framing is lost."""
        while (headers := stream.record_headers()) is not None:
            length = _block_length(headers)
            if length > self._largest + ROOM_BYTES:
                stream.skip(length)
                stream.check_end()
                yield self._error(stream, f"the record has {length} bytes")
                continue
            record = _Record(headers, stream.read(length))
            stream.check_end()
            try:
                capture = self._capture(record)
            except (BrokenRecordError, PackingError, FetchError) as error:
                yield self._error(stream, str(error))
                continue
            if capture is not None:
                yield capture

    def _error(self, stream: _Stream, what: str) -> RecordError:
        return RecordError(f"{self._name}, record at byte {stream.record_start}: {what}")

    def _capture(self, record: _Record) -> Capture | None:
        kind = record.headers.get("WARC-Type", "").lower()
        if kind != "response" or not record.block.startswith(b"HTTP/"):
            self.left_out[kind or "no type"] += 1
            return None
        head, _, body = record.block.partition(b"\r\n\r\n")
        status_line, _, rest = head.partition(b"\r\n")
        status = status_line.split()[1:2]
        if status != [b"200"]:
            self.left_out[f"status {status[0][:3].decode('ascii', 'replace') if status else 'missing'}"] += 1
            return None
        headers = _headers(rest)
        media_type, charset = said.content_type(headers.get("Content-Type", ""))
        if media_type not in READABLE_TYPES:
            self.left_out[media_type[:80]] += 1
            return None
        if "WARC-Truncated" in record.headers:
            raise BrokenRecordError(f"the crawler cut it ({record.headers['WARC-Truncated']})")
        url = request_url(record.headers.get("WARC-Target-URI", "").strip("<> "))
        return Capture(
            url=str(url),
            requested_url=str(url),
            fetched_at=_instant(record.headers.get("WARC-Date", "")),
            status=200,
            body=self._body(headers, body),
            media_type=media_type,
            charset=charset,
            etag=headers.get("ETag"),
            last_modified=headers.get("Last-Modified"),
            links=said.links(headers.getall("Link", ()), url),
        )

    def _body(self, headers: CIMultiDict[str], body: bytes) -> bytes:
        """Undo chunks and packing; crawlers that did so themselves often kept the header, so the bytes decide."""
        if "chunked" in headers.get("Transfer-Encoding", "").lower() and _FIRST_CHUNK.match(body):
            body = _joined(body)
        coding = headers.get("Content-Encoding", "")
        if "gzip" in coding.lower() and not body.startswith(_GZIP_START):
            coding = ""
        unpacker = Unpacker(coding, self._largest)
        unpacker.feed(body)
        return unpacker.finish()


def write_warc(file: BinaryIO, captures: Iterable[Capture], *, packed: bool = True) -> int:
    """Write captures as response records, one gzip member each unless not ``packed``.

    Returns:
        How many were written.

    Raises:
        RecordError: A capture has no body of its own (304).
    """
    writer = WARCWriter(file, gzip=packed)
    written = 0
    for capture in captures:
        if capture.status != 200:
            raise RecordError(f"{capture.url}: a capture of status {capture.status} has no page to keep")
        moment = capture.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        record = writer.create_warc_record(
            capture.url,
            "response",
            payload=io.BytesIO(capture.body),
            length=len(capture.body),
            http_headers=StatusAndHeaders("200 OK", _http_headers(capture), protocol="HTTP/1.1"),
            # The same capture is the same record, whenever it is written.
            warc_headers_dict={
                "WARC-Date": moment,
                "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{moment} {capture.url}')}>",
            },
        )
        writer.write_record(record)
        written += 1
    return written


class _Stream:
    """The plain bytes of a WARC file from an offset on, and where the record being read begins in the file."""

    def __init__(self, file: BinaryIO, start: int, *, packed: bool) -> None:
        self._file = file
        self._packed = packed
        self._raw = b""
        self._member: zlib._Decompress | None = None
        self._member_start = start
        self._plain = bytearray()
        self.record_start = start
        file.seek(start)

    def record_headers(self) -> CIMultiDict[str] | None:
        """Read the next record's headers; None at the end of the file."""
        while True:
            place = self._file.tell() - len(self._raw) - len(self._plain)
            try:
                line = self._line()
            finally:  # also when the member it should begin in is broken
                self.record_start = self._member_start if self._packed else place
            if line is None:
                return None
            if line.strip():
                break
        if not line.startswith(_RECORD_START):
            raise BrokenRecordError("no record begins here")
        lines: list[bytes] = []
        while line.strip():
            line = self._line()
            if line is None or sum(map(len, lines)) > LONGEST_HEADERS:
                raise BrokenRecordError("its headers do not end")
            lines.append(line)
        return _headers(b"".join(lines))

    def read(self, length: int) -> bytes:
        """Read so many bytes, all of them."""
        while len(self._plain) < length and (piece := self._more()):
            self._plain += piece
        if len(self._plain) < length:
            raise BrokenRecordError("the file ends inside it")
        taken = bytes(self._plain[:length])
        del self._plain[:length]
        return taken

    def skip(self, length: int) -> None:
        """Pass over so many bytes."""
        while length > 0:
            self.read(step := min(length, STEP_BYTES))
            length -= step

    def check_end(self) -> None:
        """Raise when neither two line ends, nor another record, nor the end follows here: the length was wrong."""
        while len(follows := self._plain.lstrip(b"\r\n")) < len(_RECORD_START):
            piece = b"" if self._packed and self._member is None else self._more()
            if not piece:
                break
            self._plain += piece
        if follows and not self._plain.startswith(b"\r\n\r\n") and not follows.startswith(_RECORD_START):
            raise BrokenRecordError("its Content-Length is not its length")

    def _line(self) -> bytes | None:
        while (end := self._plain.find(b"\n")) < 0:
            if len(self._plain) > LONGEST_HEADERS:
                raise BrokenRecordError("no record begins here")
            piece = self._more()
            if not piece:
                if self._plain.strip():
                    raise BrokenRecordError("the file ends inside it")
                return None
            self._plain += piece
        return self.read(end + 1)

    def _more(self) -> bytes:
        """Give the next plain bytes; nothing at the end of the file."""
        while True:
            if not self._raw and not self._refill():
                return b""
            if not self._packed:
                piece, self._raw = self._raw, b""
                return piece
            if piece := self._inflate():
                return piece

    def _refill(self) -> bool:
        self._raw = self._file.read(STEP_BYTES)
        if not self._raw and self._member is not None:
            raise BrokenRecordError("the file ends inside its gzip member")
        return bool(self._raw)

    def _inflate(self) -> bytes:
        if self._member is None:
            self._member_start = self._file.tell() - len(self._raw)
            self._member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            piece = self._member.decompress(self._raw, STEP_BYTES)
        except zlib.error as error:
            raise BrokenRecordError(f"broken gzip: {error}") from error
        self._raw = self._member.unconsumed_tail
        if self._member.eof:
            self._raw, self._member = self._member.unused_data, None
        return piece


def _next_start(file: BinaryIO, after: int, *, packed: bool) -> int | None:
    """Find where the next record begins, at ``after`` or later."""
    mark = _GZIP_START if packed else _RECORD_START
    offset, window = after, b""
    while True:
        file.seek(offset + len(window))
        piece = file.read(STEP_BYTES)
        if not piece:
            return None
        window += piece
        found = window.find(mark)
        while found >= 0:
            start = offset + found
            if not packed or _opens_record(file, start):
                return start
            found = window.find(mark, found + 1)
        kept = min(len(window), len(mark) - 1)  # a mark may stand across two pieces
        offset += len(window) - kept
        window = window[len(window) - kept :]


def _opens_record(file: BinaryIO, start: int) -> bool:
    """Whether a gzip member that begins a record stands here, and not three bytes that look like one."""
    file.seek(start)
    try:
        head = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(file.read(4096), len(_RECORD_START))
    except zlib.error:
        return False
    return head == _RECORD_START


def _headers(lines: bytes) -> CIMultiDict[str]:
    headers: CIMultiDict[str] = CIMultiDict()
    text = re.sub(r"\r?\n[ \t]+", " ", lines.decode("utf-8", "replace"))  # a line that begins with space goes on
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if colon:
            headers.add(name.strip(), value.strip())
    return headers


def _block_length(headers: CIMultiDict[str]) -> int:
    stated = headers.get("Content-Length", "")
    if not (stated.isascii() and stated.isdigit()) or len(stated) > 15:
        raise BrokenRecordError(f"its Content-Length is {stated[:40]!r}")
    return int(stated)


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise BrokenRecordError(f"its WARC-Date is {text[:40]!r}") from error
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)


def _joined(body: bytes) -> bytes:
    """Join the chunks of a body (RFC 9112, section 7.1)."""
    pieces: list[bytes] = []
    place = 0
    while (size := _FIRST_CHUNK.match(body, place)) is not None:
        length = int(re.split(rb"[;\s]", size.group(), maxsplit=1)[0], 16)
        if length == 0:
            return b"".join(pieces)
        piece = body[size.end() : size.end() + length]
        place = size.end() + length + 2
        if len(piece) < length:
            break
        pieces.append(piece)
    raise BrokenRecordError("its chunks end before the last one")


def _http_headers(capture: Capture) -> list[tuple[str, str]]:
    media_type = capture.media_type + (f"; charset={capture.charset}" if capture.charset else "")
    stated = {
        "Content-Type": media_type,
        "Content-Length": str(len(capture.body)),
        "ETag": capture.etag,
        "Last-Modified": capture.last_modified,
    }
    headers = [(name, value) for name, value in stated.items() if value]
    return headers + [("Link", f'<{target}>; rel="{relation}"') for relation, target in capture.links]
