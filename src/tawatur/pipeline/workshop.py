"""
The workshop: a few processes that do what costs a core, one piece of work at a time each.

A worker that crashes, grows past its memory or finds no end is replaced, and the call that did it fails with
``WorkerLost``: the pages of the others are not touched. Workers are replaced after some thousand pages anyway.
(``concurrent.futures`` loses every call under way when one process dies, and cannot end a single one.)
"""

from __future__ import annotations

import asyncio
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from types import TracebackType
from typing import Any, Self

from tawatur.errors import TawaturError
from tawatur.pipeline.messages import LENGTH, Failed
from tawatur.pipeline.options import ReadingOptions

__all__ = ["WorkerLost", "Workshop"]

#: Seconds beyond the worker's own alarm before the parent ends it: the time to send a page there and back.
GRACE_SECONDS = 5.0
#: Seconds a worker may take to start; importing the extractors takes one to three on a loaded machine.
SECONDS_TO_START = 60.0
#: Bytes in the pipe from a worker before it waits for us.
PIPE_BYTES = 1024 * 1024


class WorkerLost(TawaturError):
    """A call came to no end: the worker crashed, ran out of memory or time, or the stage has a fault."""


class Workshop:
    """Does the stages' work in other processes; an async context manager, one for the whole process."""

    def __init__(self, options: ReadingOptions) -> None:
        self._options = options
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: list[_Worker] = []

    async def __aenter__(self) -> Self:
        for _ in range(self._options.worker_count):
            worker = _Worker(self._options)
            self._all.append(worker)
            self._idle.put_nowait(worker)
            # At once, so that they get ready while the first feeds and pages are on their way.
            await worker.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.gather(*(worker.end() for worker in self._all))

    async def do(self, name: str, *arguments: Any, **options: Any) -> Any:
        """Do a stage in a worker, when one is free.

        Raises:
            WorkerLost: The worker ended before it was done, or the stage has a fault.
            TawaturError: What the stage raised.
        """
        worker = await self._idle.get()
        try:
            result = await worker.call((name, arguments, options))
        finally:
            self._idle.put_nowait(worker)
        if not isinstance(result, Failed):
            return result
        error = result.error()
        if isinstance(error, TawaturError):
            raise error
        raise WorkerLost(f"{name} failed: {error}")

    def __len__(self) -> int:
        return len(self._all)

    def __repr__(self) -> str:
        return f"<workshop of {len(self._all)}>"


class _Worker:
    """One process, started when it is first needed and again after it was lost."""

    def __init__(self, options: ReadingOptions) -> None:
        self._options = options
        self._process: Process | None = None
        self._done = 0

    async def call(self, call: tuple[str, tuple[Any, ...], dict[str, Any]]) -> Any:
        process = self._process or await self.start()
        limit = self._options.seconds_for_a_page + GRACE_SECONDS + (0.0 if self._done else SECONDS_TO_START)
        try:
            async with asyncio.timeout(limit):
                outcome = await _exchange(process, pickle.dumps(call))
        except BaseException as error:
            # Also when we are cancelled: a half-read answer would be taken for that of the next call.
            await self.end(at_once=True)
            if isinstance(error, (OSError, EOFError, TimeoutError)):
                raise WorkerLost(f"{call[0]} came to no end: {_way_of_ending(process, limit, error)}") from error
            raise
        self._done += 1
        if self._done >= self._options.documents_of_one_worker:
            await self.end()
        return outcome

    async def start(self) -> Process:
        """Start the process."""
        self._done = 0
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tawatur.pipeline.worker",
            str(self._options.seconds_for_a_page),
            str(self._options.worker_mebibytes),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            limit=PIPE_BYTES,
        )
        return self._process

    async def end(self, *, at_once: bool = False) -> None:
        """End the process and wait until it is gone."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None and (at_once or process.stdin is None):
            process.kill()
        elif process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(GRACE_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


async def _exchange(process: Process, message: bytes) -> Any:
    if process.stdin is None or process.stdout is None:
        raise EOFError("the worker has no pipes")
    process.stdin.write(LENGTH.pack(len(message)) + message)
    await process.stdin.drain()
    (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
    return pickle.loads(await process.stdout.readexactly(length))  # noqa: S301 - from our own worker


def _way_of_ending(process: Process, limit: float, error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return f"not done within {limit:g} s"
    return {-14: "it took too long", -9: "it was killed", -11: "it crashed"}.get(
        process.returncode or 0, f"its process ended with {process.returncode}"
    )
