"""
A worker process: it reads a call from its standard input, does it, writes the result, and waits for the next.

It ends when its input does, so a killed parent leaves no worker behind; one that is busy then is ended by its own
alarm. It cannot be talked into anything: its only partner is the process that started it.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
from typing import Any, BinaryIO

from tawatur.errors import TawaturError
from tawatur.pipeline.messages import LENGTH, Failed, read_message
from tawatur.pipeline.stages import HEAVY, STAGES, make_ready, stage

__all__ = ["main"]


def main(arguments: list[str]) -> None:
    """Work until the input ends. Arguments: seconds a call may take, mebibytes of memory."""
    seconds, mebibytes = float(arguments[0]), int(arguments[1])
    _bound_memory(mebibytes)
    # The terminal's Ctrl-C is for the parent, which lets a worker finish its page.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    calls, results = _own_streams()
    ready: set[str] = set()
    for name in STAGES.keys() - HEAVY.keys():
        with contextlib.suppress(ImportError):  # told when it is called
            stage(name)  # imported while nothing waits for it
    while (call := read_message(calls)) is not None:
        name, arguments_of_call, options = call
        if name not in ready:
            with contextlib.suppress(Exception):  # told by the call itself
                make_ready(name)
            ready.add(name)
        # The alarm's own action ends the process, even from within a loop in C.
        signal.setitimer(signal.ITIMER_REAL, seconds)
        message = pickle.dumps(_do(name, arguments_of_call, options))
        signal.setitimer(signal.ITIMER_REAL, 0)
        results.write(LENGTH.pack(len(message)) + message)
        results.flush()


def _do(name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """Do a call; give its result, or why it has none."""
    try:
        return stage(name)(*arguments, **options)
    except TawaturError as error:
        return Failed(type(error), str(error), vars(error))
    except Exception as error:  # noqa: BLE001 - a fault of the stage: told as such, and the next call goes on
        return Failed(RuntimeError, f"{type(error).__name__}: {error}", {})


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
