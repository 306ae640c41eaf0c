"""
A worker process: it reads a call from its standard input, does it, writes the result, and waits for the next.

It ends when its input does, so a killed parent leaves no worker behind; one that is busy then is ended by its own
alarm. It cannot be talked into anything: its only partner is the process that started it.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
from typing import Any, BinaryIO

from tawatur.pipeline.stages import stage

__all__ = ["LENGTH", "Outcome", "main"]

#: Before each pickled message stands its length in bytes.
LENGTH = struct.Struct(">Q")
#: What is written back: whether it went well, and the result or the error.
Outcome = tuple[bool, Any]


def main(arguments: list[str]) -> None:
    """Work until the input ends. Arguments: seconds a call may take, mebibytes of memory."""
    seconds, mebibytes = float(arguments[0]), int(arguments[1])
    _bound_memory(mebibytes)
    # The terminal's Ctrl-C is for the parent, which lets a worker finish its page.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    calls, results = _own_streams()
    while (call := read_message(calls)) is not None:
        name, arguments_of_call, options = call
        # The alarm's own action ends the process, even from within a loop in C.
        signal.setitimer(signal.ITIMER_REAL, seconds)
        message = pickle.dumps(_do(name, arguments_of_call, options))
        signal.setitimer(signal.ITIMER_REAL, 0)
        results.write(LENGTH.pack(len(message)) + message)
        results.flush()


def read_message(stream: BinaryIO) -> Any:
    """Read one message; None at the end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = stream.read(length)
    return pickle.loads(data) if len(data) == length else None  # noqa: S301 - from our own parent


def _do(name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> Outcome:
    try:
        result = (True, stage(name)(*arguments, **options))
        pickle.dumps(result)
    except BaseException as error:  # noqa: BLE001 - whatever it is, the parent decides
        return False, _portable(error)
    return result


def _portable(error: BaseException) -> BaseException:
    """Give an error that survives pickling: exceptions whose ``__init__`` takes more than the message often do not."""
    try:
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - just made
    except Exception:  # noqa: BLE001 - any error's own pickling may raise anything
        copy = None
    return error if type(copy) is type(error) else RuntimeError(f"{type(error).__name__}: {error}")


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """Take the two pipes for ourselves; what a library prints goes to standard error."""
    calls, results = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return os.fdopen(calls, "rb"), os.fdopen(results, "wb")


def _bound_memory(mebibytes: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    limit = mebibytes * 1024 * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


if __name__ == "__main__":
    main(sys.argv[1:])
