"""What goes between the workshop and its workers: pickled calls and results, each with its length before it."""

from __future__ import annotations

import pickle
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

__all__ = ["LENGTH", "Failed", "read_message"]

#: Before each message stands its length in bytes.
LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Failed:
    """An error on its way back: exceptions whose ``__init__`` takes more than the message do not survive pickling."""

    kind: type[BaseException]
    message: str
    attributes: dict[str, Any]

    def error(self) -> BaseException:
        """Make the error again, with its message and attributes."""
        error = self.kind.__new__(self.kind, self.message)
        error.args = (self.message,)
        vars(error).update(self.attributes)
        return error


def read_message(stream: BinaryIO) -> Any:
    """Read one message; None at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    return pickle.loads(data) if len(data) == length else None  # noqa: S301 - from our own parent
