"""WARC files as captures: whole, cut, corrupt, and written by ourselves."""

from __future__ import annotations

import gzip
import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from tawatur.errors import RecordError
from tawatur.fetch import WarcFile, write_warc
from tawatur.model import Capture


def page(number: int, size: int = 2000) -> Capture:
    body = f"<h1>خبر {number}</h1>".encode() + (f"<p>{number}</p>".encode() * size)[:size]
    return Capture(
        url=f"https://a.example/{number}",
        requested_url=f"https://a.example/{number}",
        fetched_at=datetime(2023, 9, 20, 13, number % 60, tzinfo=UTC),
        status=200,
        body=body,
        media_type="text/html",
        charset="utf-8",
        etag=f'"{number}"',
        links=(("canonical", "https://a.example/c"),),
    )


def written(captures: list[Capture], *, packed: bool) -> bytes:
    file = io.BytesIO()
    assert write_warc(file, captures, packed=packed) == len(captures)
    return file.getvalue()


def read(data: bytes, **how: Any) -> tuple[list[Capture], list[str], dict[str, int]]:
    warc = WarcFile(io.BytesIO(data), "a.warc", **how)
    found = list(warc)
    errors = [str(item) for item in found if isinstance(item, RecordError)]
    return [item for item in found if isinstance(item, Capture)], errors, dict(warc.left_out)


def record(http: bytes, kind: str = "response", extra: str = "", url: str = "https://a.example/") -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-09-20T13:00:00Z\r\n"
        f"Content-Type: application/http\r\n{extra}Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize("packed", [True, False])
def test_what_was_written_is_read_again(packed: bool) -> None:
    captures = [page(number) for number in range(5)]
    assert read(written(captures, packed=packed)) == (captures, [], {})


@pytest.mark.parametrize("packed", [True, False])
def test_others_can_read_what_we_write(packed: bool) -> None:
    records = list(ArchiveIterator(io.BytesIO(written([page(1)], packed=packed))))
    assert [item.rec_headers.get_header("WARC-Target-URI") for item in records] == ["https://a.example/1"]


def test_a_file_packed_as_one_piece_is_read() -> None:
    captures = [page(number) for number in range(5)]
    assert read(gzip.compress(written(captures, packed=False)))[0] == captures


def test_a_capture_without_a_page_is_not_written() -> None:
    same = Capture(url="a", requested_url="a", fetched_at=datetime.now(UTC), status=304, body=b"")
    with pytest.raises(RecordError, match="304"):
        write_warc(io.BytesIO(), [same])


def test_records_that_are_no_pages_are_counted() -> None:
    data = b"".join(
        [
            record(b"software: x\r\n", kind="warcinfo"),
            record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
            record(b"HTTP/1.1 404 Not Found\r\n\r\n"),
            record(b"HTTP/1.1 301 Moved\r\n\r\n"),
            record(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx"),
            record(b"HTTP/1.1 200 OK\r\nContent-Type: application/xhtml+xml\r\n\r\n<p>"),
            record(b"HTTP/1.1\r\n\r\nx"),
        ]
    )
    captures, errors, left_out = read(data)
    assert [capture.body for capture in captures] == [b"<p>"]
    assert errors == []
    assert left_out == {
        "warcinfo": 1,
        "request": 1,
        "status 404": 1,
        "status 301": 1,
        "image/png": 1,
        "status missing": 1,
    }


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(b"words", mtime=0)),
        ("Transfer-Encoding: chunked\r\n", b"3;x=y\r\nwor\r\n2\r\nds\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", b"words"),  # the crawler joined the chunks and kept the header
        ("Content-Encoding: gzip\r\n", b"words"),
        ("X: y\r\n z\r\n", b"words"),
    ],
)
def test_a_body_is_unpacked_as_it_really_is(head: str, body: bytes) -> None:
    captures, errors, _ = read(record(f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + body))
    assert errors == []
    assert captures[0].body == b"words"


OK = b"HTTP/1.1 200 OK\r\n\r\n"


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (record(OK + b"x", extra="WARC-Truncated: length\r\n"), "cut it"),
        (record(OK + b"x").replace(b"2023-09-20T13:00:00Z", b"yesterday"), "WARC-Date"),
        (record(OK + b"x", url="urn:uuid:1"), "not http"),
        (record(OK + b"x" * 3_000_000), "3000019 bytes"),
        (record(OK + b"x" * 10_000), "larger than 5000"),
        (record(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwor"), "chunks end"),
        (
            record(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"words", mtime=0)[:-5]),
            "ends before",
        ),
        (b"garbage that is no record\r\n\r\n", "no record begins"),
        (record(OK + b"x").replace(b"Content-Length: 20", b"Content-Length: 2x"), "Content-Length"),
        (record(OK + b"x").replace(b"Content-Length: 20", b"Content-Length: 4000"), "ends inside"),
        (record(OK + b"x").replace(b"Content-Length: 20", b"Content-Length: 3"), "not its length"),
        (record(OK + b"x").replace(b"Content-Length: 20", b"Content-Length: 300"), "not its length|ends inside"),
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_a_broken_record_is_reported_and_the_rest_is_read(bad: bytes, what: str, packed: bool) -> None:
    good = [page(1, 100), page(2, 100)]
    pack = gzip.compress if packed else bytes
    data = written(good[:1], packed=packed) + pack(bad) + written(good[1:], packed=packed)
    captures, errors, _ = read(data, largest_bytes=5000)
    assert captures == good
    assert re.search(what, errors[0])
    assert errors[0].startswith("a.warc, record at byte ")


def test_a_corrupt_gzip_member_costs_only_its_own_record() -> None:
    good = [page(number) for number in range(6)]
    members = [written([capture], packed=True) for capture in good]
    members[2] = members[2][:60] + b"\x00" * 40 + members[2][100:]
    members[4] = members[4][: len(members[4]) // 2]
    captures, errors, _ = read(b"".join(members))
    assert captures == [good[0], good[1], good[3], good[5]]
    assert len(errors) == 2
    assert f"byte {len(members[0] + members[1])}:" in errors[0]


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_was_cut_loses_only_its_last_record(packed: bool) -> None:
    good = [page(number) for number in range(3)]
    captures, errors, _ = read(written(good, packed=packed)[:-200])
    assert captures == good[:2]
    assert len(errors) == 1


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_records_or_errors(noise: bytes, packed: bool) -> None:
    read(noise)
    good = [page(1, 10), page(2, 10)]
    first, second = (written([capture], packed=packed) for capture in good)
    captures, _, _ = read(first + noise + second)
    assert captures[0] == good[0]


@settings(max_examples=50, deadline=None)
@given(st.data(), st.booleans())
def test_a_byte_changed_anywhere_never_stops_the_reader(data: st.DataObject, packed: bool) -> None:
    members = [written([page(number, 200)], packed=packed) for number in range(4)]
    broken = bytearray(members[1])
    place = data.draw(st.integers(0, len(broken) - 1))
    broken[place] ^= data.draw(st.integers(1, 255))
    captures, _, _ = read(members[0] + bytes(broken) + members[2] + members[3])
    urls = [capture.url for capture in captures]
    assert urls[0] == "https://a.example/0"
    assert urls[-1] == "https://a.example/3"
