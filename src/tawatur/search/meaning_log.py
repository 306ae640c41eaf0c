"""
Meanings on disk: one vector an article, in a log that is only ever written at its end.

A record is a put, a removal, or a commit with the cursor of the change feed; each carries its checksum. What stands
after the last whole commit is cut off when a writer opens the log, so a ``kill -9`` anywhere leaves the state of the
last commit. The log is what is true; the nearest-neighbour index over it is made from it and can be thrown away.
"""

from __future__ import annotations

import fcntl
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tawatur.errors import StoreError
from tawatur.text.vectors import WIDTH

__all__ = ["MEANINGS", "LogRecord", "MeaningLog", "read_log"]

#: Raised whenever the vector of any text may differ: a log of another number is begun anew.
MEANINGS = "1"

_MAGIC = f"tawatur meanings {MEANINGS}\n".encode()
_HEAD = struct.Struct("<BBHI")  # kind, is Arabic, bytes of the text, checksum of text and vector
_PUT, _REMOVE, _COMMIT = 1, 2, 3
_VECTOR_BYTES = WIDTH


@dataclass(frozen=True, slots=True)
class LogRecord:
    """One record: a vector put (None: removed) under an id."""

    id: str
    vector: NDArray[np.int8] | None
    is_arabic: bool


def pack_vector(vector: NDArray[np.float32]) -> NDArray[np.int8]:
    """Keep the direction of a vector in a byte a number; its length is lost, which a cosine does not need."""
    largest = float(np.abs(vector).max()) or 1.0
    return np.round(vector * (127 / largest)).astype(np.int8)


class MeaningLog:
    """The one writer of a log. Use it in ``with``."""

    def __init__(self, folder: Path, *, anew: bool = False) -> None:
        """Open, or begin, the log of a folder.

        Raises:
            StoreError: Another process writes it, or the disk refused.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = (folder / "writer.lock").open("a")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise StoreError(f"the meanings {folder} cannot be written, or another process writes them") from error
        path = folder / "log"
        if anew or not _is_ours(path):
            beside = folder / "log.new"
            beside.write_bytes(_MAGIC)
            beside.replace(path)
        end = len(_MAGIC)
        self.cursor: str | None = None
        for position, records, cursor in _commits(path, end):
            del records
            end, self.cursor = position, cursor
        self._file = path.open("r+b")
        self._file.truncate(end)
        self._file.seek(end)
        self._gathered: list[bytes] = []

    def put(self, id_: str, vector: NDArray[np.float32], *, is_arabic: bool) -> None:
        """Take in the meaning of an article."""
        self._gathered.append(_record(_PUT, id_, pack_vector(vector).tobytes(), is_arabic=is_arabic))

    def remove(self, id_: str) -> None:
        """Let an article go."""
        self._gathered.append(_record(_REMOVE, id_, b""))

    def commit(self, cursor: str | None) -> None:
        """Make what was gathered lasting, with the place in the feed it goes up to."""
        self._file.write(b"".join((*self._gathered, _record(_COMMIT, cursor or "", b""))))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._gathered.clear()
        self.cursor = cursor

    def begin_anew(self) -> None:
        """Forget everything: the feed that was followed is not there any more."""
        self._file.truncate(len(_MAGIC))
        self._file.seek(len(_MAGIC))
        self._gathered.clear()
        self.cursor = None

    def close(self) -> None:
        self._file.close()
        self._lock.close()

    def __enter__(self) -> MeaningLog:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def read_log(path: Path, position: int) -> Iterator[tuple[int, list[LogRecord]]]:
    """Give what was committed after a position (0: from the beginning), commit by commit, with where each ends."""
    if not _is_ours(path):
        return
    for end, records, _ in _commits(path, max(position, len(_MAGIC))):
        yield end, records


def _is_ours(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def _record(kind: int, text: str, vector: bytes, *, is_arabic: bool = False) -> bytes:
    name = text.encode("utf-8", "surrogatepass")
    return _HEAD.pack(kind, is_arabic, len(name), zlib.crc32(name + vector, kind)) + name + vector


def _commits(path: Path, position: int) -> Iterator[tuple[int, list[LogRecord], str | None]]:
    """Go through whole commits; stop at the first record that is cut or damaged."""
    records: list[LogRecord] = []
    with path.open("rb") as file:
        file.seek(position)
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            kind, is_arabic, size, checksum = _HEAD.unpack(head)
            wanted = size + (_VECTOR_BYTES if kind == _PUT else 0)
            data = file.read(wanted)
            position += _HEAD.size + wanted
            if len(data) < wanted or zlib.crc32(data, kind) != checksum:
                return
            text = data[:size].decode("utf-8", "surrogatepass")
            if kind == _COMMIT:
                yield position, records, text or None
                records = []
                continue
            vector = np.frombuffer(data, np.int8, offset=size) if kind == _PUT else None
            records.append(LogRecord(text, vector, bool(is_arabic)))
