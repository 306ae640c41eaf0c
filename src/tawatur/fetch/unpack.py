"""
Content codings undone piece by piece, within a bound on what comes out.

gzip (also of several members), deflate (with zlib's wrapper or, as some servers send it, without), brotli and
Zstandard. Each step gives at most a few mebibytes, so a bomb of any ratio is found before it fills the memory.
A stream that ends early is an error: half a page is never handed on.
"""

from __future__ import annotations

import zlib
from typing import Protocol

import brotli
import zstandard

#: Codings undone one after another; servers behind two proxies have been seen to pack twice.
MOST_CODINGS = 3
#: What one step of zlib or brotli may give, in bytes.
STEP_BYTES = 256 * 1024
#: Zstandard gives 128 KiB for as few as four bytes and takes no bound a step: 256 bytes give 8 MiB at most.
ZSTD_SLICE_BYTES = 256
#: RFC 9659: a window for the web is 8 MiB at most.
ZSTD_WINDOW_BYTES = 8 * 1024 * 1024
#: Members or frames in one stream. One is usual; thousands of empty ones are an attack on our time.
MOST_MEMBERS = 1000


#: What servers write into Content-Encoding though it is no coding; browsers pass over it too.
NO_CODINGS = frozenset(("", "identity", "none", "binary", "8bit", "utf-8", "utf8", "windows-1256", "iso-8859-6"))


class PackingError(Exception):
    """The packed bytes are broken, cut, or unpack to more than the bound. The message says which."""


class Decoder(Protocol):
    """Undoes one coding."""

    def feed(self, data: bytes) -> bytes: ...

    def finish(self) -> None:
        """Raise ``PackingError`` when the stream is not whole."""


class Unpacker:
    """Undo the codings of one body as it arrives.

    Raises:
        PackingError: A coding is not known (on making one).
    """

    def __init__(self, content_encoding: str, largest_bytes: int) -> None:
        self._decoders = [_decoder(name, self) for name in reversed(_codings(content_encoding))]
        self._largest = largest_bytes
        self._arrived = 0
        self._pieces: list[bytes] = []
        self._size = 0

    def feed(self, data: bytes) -> None:
        """Take bytes as they came.

        Raises:
            PackingError: They are broken, or the body is larger than the bound, packed or unpacked.
        """
        self._arrived += len(data)
        if self._decoders:
            self.check_size(self._arrived)  # a packed stream may give nothing for ever
        for decoder in self._decoders:
            data = decoder.feed(data)
        self._size += len(data)
        self._pieces.append(data)
        self.check_size(self._size)

    def finish(self) -> bytes:
        """Give the whole body.

        Raises:
            PackingError: It is not whole.
        """
        if self._arrived:  # some servers label an empty body
            for decoder in self._decoders:
                decoder.finish()
        return b"".join(self._pieces)

    @property
    def so_far(self) -> bytes:
        """What was unpacked until now, up to the bound."""
        return b"".join(self._pieces)[: self._largest]

    def check_size(self, size: int) -> None:
        """Raise ``PackingError`` when there is more than the whole may have."""
        if size > self._largest:
            raise self.too_large()

    def too_large(self) -> PackingError:
        """Say that the bound was passed."""
        return PackingError(f"the answer is larger than {self._largest} bytes")


def gunzip(data: bytes, largest_bytes: int) -> bytes:
    """Unpack gzip within a bound.

    Raises:
        PackingError: It is broken, cut or too large.
    """
    unpacker = Unpacker("gzip", largest_bytes)
    unpacker.feed(data)
    return unpacker.finish()


def _codings(content_encoding: str) -> list[str]:
    names = [name for part in content_encoding.lower().split(",") if (name := part.strip()) not in NO_CODINGS]
    if len(names) > MOST_CODINGS:
        raise PackingError(f"the answer is packed {len(names)} times over")
    return names


def _decoder(name: str, bound: Unpacker) -> Decoder:
    match name:
        case "gzip" | "x-gzip":
            return _Members("gzip", bound)
        case "deflate":
            return _Members("deflate", bound)
        case "br":
            return _Brotli(bound)
        case "zstd":
            return _Zstandard(bound)
    raise PackingError(f"the answer is packed with {name[:40]!r}, which was not asked for")


class _Members:
    """gzip, whose members follow one another, and deflate, which has one."""

    def __init__(self, name: str, bound: Unpacker) -> None:
        self._name = name
        self._bound = bound
        self._start = b""
        self._members = 0
        self._stream: zlib._Decompress | None = None

    def feed(self, data: bytes) -> bytes:
        out: list[bytes] = []
        size = 0
        while True:
            if self._stream is None:
                data = self._begin(data)
            if self._stream is None:
                return b"".join(out)
            piece = self._decompress(self._stream, data)
            out.append(piece)
            size += len(piece)
            self._bound.check_size(size)
            if self._stream.eof:
                data, self._stream = self._stream.unused_data, None
                continue
            data = self._stream.unconsumed_tail
            if not data and len(piece) < STEP_BYTES:  # at the bound zlib may hold more, with its input eaten
                return b"".join(out)

    def _decompress(self, stream: zlib._Decompress, data: bytes) -> bytes:
        try:
            return stream.decompress(data, STEP_BYTES)
        except zlib.error as error:
            raise PackingError(f"broken {self._name}: {error}") from error

    def finish(self) -> None:
        if self._stream is not None or self._start or not self._members:
            raise PackingError(f"the {self._name} stream ends before its end")

    def _begin(self, data: bytes) -> bytes:
        """Open the next member, once its first two bytes are here; give what is left to read."""
        if self._members and not self._start:
            data = data.lstrip(b"\0")  # gzip files from tapes and some servers are padded
        self._start += data
        if len(self._start) < 2:
            return b""
        data, self._start = self._start, b""
        self._members += 1
        if self._members > MOST_MEMBERS or (self._name == "deflate" and self._members > 1):
            raise PackingError(f"the {self._name} stream goes on after its end")
        self._stream = zlib.decompressobj(self._window(data))
        return data

    def _window(self, data: bytes) -> int:
        if self._name == "gzip":
            return 16 + zlib.MAX_WBITS
        wrapped = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0  # RFC 1950, section 2.2
        return zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS


class _Brotli:
    def __init__(self, bound: Unpacker) -> None:
        self._bound = bound
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes) -> bytes:
        out: list[bytes] = []
        size = 0
        while True:
            try:
                piece = self._stream.process(data, output_buffer_limit=STEP_BYTES)
            except brotli.error as error:
                raise PackingError("broken brotli") from error
            out.append(piece)
            size += len(piece)
            self._bound.check_size(size)
            if not piece or self._stream.is_finished():  # can_accept_more_data() says so with output still held
                return b"".join(out)
            data = b""

    def finish(self) -> None:
        if not self._stream.is_finished():
            raise PackingError("the brotli stream ends before its end")


class _Zstandard:
    def __init__(self, bound: Unpacker) -> None:
        self._bound = bound
        self._maker = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW_BYTES)
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._frames = 0

    def feed(self, data: bytes) -> bytes:
        out: list[bytes] = []
        size = 0
        for start in range(0, len(data), ZSTD_SLICE_BYTES):
            rest = data[start : start + ZSTD_SLICE_BYTES]
            while rest:
                piece, rest = self._step(rest)
                out.append(piece)
                size += len(piece)
                self._bound.check_size(size)
        return b"".join(out)

    def _step(self, data: bytes) -> tuple[bytes, bytes]:
        if self._frame is None:
            self._frames += 1
            if self._frames > MOST_MEMBERS:
                raise PackingError("the zstd stream has too many frames")
            self._frame = self._maker.decompressobj()
        try:
            piece = self._frame.decompress(data)
        except zstandard.ZstdError as error:
            raise PackingError(f"broken zstd: {error}") from error
        rest = b""
        if self._frame.eof:
            rest = self._frame.unused_data
            self._frame = None
        return piece, rest

    def finish(self) -> None:
        if self._frame is not None or not self._frames:
            raise PackingError("the zstd stream ends before its end")
