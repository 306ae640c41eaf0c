"""Content codings undone within a bound."""

from __future__ import annotations

import contextlib
import gzip
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from tawatur.fetch.unpack import PackingError, Unpacker

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}
CODINGS = [*PACKERS, "gzip, br", "deflate, zstd", "x-gzip"]


def unpack(coding: str, pieces: list[bytes], largest: int = 1 << 20) -> bytes:
    unpacker = Unpacker(coding, largest)
    for piece in pieces:
        unpacker.feed(piece)
    return unpacker.finish()


def pieces_of(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@settings(deadline=None)
@given(st.sampled_from(CODINGS), st.lists(st.binary(max_size=300), max_size=5))
def test_any_bytes_are_unpacked_or_refused(coding: str, pieces: list[bytes]) -> None:
    with contextlib.suppress(PackingError):
        unpack(coding, pieces)


@settings(deadline=None)
@given(st.sampled_from(list(PACKERS)), st.binary(max_size=2000), st.integers(1, 64), st.data())
def test_a_stream_with_a_byte_changed_is_unpacked_or_refused(
    coding: str, body: bytes, size: int, data: st.DataObject
) -> None:
    packed = bytearray(PACKERS[coding](body))
    packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(PackingError):
        unpack(coding, pieces_of(bytes(packed), size))


@settings(deadline=None)
@given(st.sampled_from(list(PACKERS)), st.binary(max_size=5000), st.integers(1, 5000))
def test_it_does_not_matter_where_the_pieces_are_cut(coding: str, body: bytes, size: int) -> None:
    assert unpack(coding, pieces_of(PACKERS[coding](body), size)) == body


@settings(deadline=None)
@given(st.sampled_from(list(PACKERS)), st.binary(min_size=1, max_size=3000), st.data())
def test_a_stream_cut_anywhere_is_an_error(coding: str, body: bytes, data: st.DataObject) -> None:
    packed = PACKERS[coding](body)
    cut = data.draw(st.integers(1, len(packed) - 1))
    with pytest.raises(PackingError):
        unpack(coding, [packed[:cut]])


@pytest.mark.parametrize("coding", PACKERS)
@pytest.mark.parametrize("size", [1, 255, 256 * 1024, 256 * 1024 + 1, 3_000_000])
def test_large_bodies_come_whole(coding: str, size: int) -> None:
    body = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert unpack(coding, pieces_of(PACKERS[coding](body), 65536), largest=4_000_000) == body


@pytest.mark.parametrize("coding", PACKERS)
def test_a_body_of_exactly_the_bound_is_taken_and_one_byte_more_is_not(coding: str) -> None:
    assert len(unpack(coding, [PACKERS[coding](bytes(5000))], largest=5000)) == 5000
    with pytest.raises(PackingError, match="larger than 5000 bytes"):
        unpack(coding, [PACKERS[coding](bytes(5001))], largest=5000)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_empty_members_without_end_are_refused(coding: str) -> None:
    with pytest.raises(PackingError):
        unpack(coding, [PACKERS[coding](b"") * 2000])


def test_a_zstandard_window_larger_than_the_web_allows_is_refused() -> None:
    large = zstandard.ZstdCompressionParameters(window_log=27)
    packed = zstandard.ZstdCompressor(compression_params=large).compressobj()
    data = packed.compress(bytes(1000)) + packed.flush()
    with pytest.raises(PackingError, match="zstd"):
        unpack("zstd", [data])


@pytest.mark.parametrize("coding", CODINGS)
def test_an_empty_body_labelled_as_packed_is_empty(coding: str) -> None:
    assert unpack(coding, []) == b""


def test_what_follows_the_end_is_an_error_unless_it_is_padding() -> None:
    assert unpack("gzip", [gzip.compress(b"a") + bytes(512)]) == b"a"
    for coding, packer in PACKERS.items():
        with pytest.raises(PackingError):
            unpack(coding, [packer(b"a") + b"and more"])
