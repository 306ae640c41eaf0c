"""
A bounded number of things in hand at once: the loop that polling, reading and fetching pictures share.

What is due stands in the store and is asked for in small slices, so the memory does not grow with the backlog, and
nothing is lost with the process: a thing stays due until it is settled. A thing whose work breaks in a way nobody
foresaw is logged and left to rest for a while, and the others go on.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

__all__ = ["Hands", "Later", "Work"]

Item = TypeVar("Item")

#: Seconds a thing rests whose work broke unexpectedly.
SECONDS_OF_REST = 60.0
#: Seconds the loop rests when what is due cannot be asked for (the database is away).
SECONDS_WITHOUT_STORE = 5.0

_log = structlog.get_logger()


class Later(Exception):
    """Raised by work that cannot be done now: its thing rests for some seconds, and is then due as before."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not before {seconds:g} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Work(Generic[Item]):
    """One kind of work."""

    name: str
    #: Give at most so many things that are due, the most urgent first; those in hand may be among them.
    due: Callable[[int], Awaitable[Sequence[Item]]]
    do: Callable[[Item], Awaitable[None]]
    #: What makes a thing the same thing.
    key: Callable[[Item], Hashable]
    #: Things in one lane (of one source) wait for each other.
    lane: Callable[[Item], Hashable]
    at_once: int
    lane_at_once: int
    look_again_seconds: float


class Hands(Generic[Item]):
    """Does one kind of work until told to stop."""

    def __init__(self, work: Work[Item]) -> None:
        self._work = work
        self._tasks: dict[Hashable, asyncio.Task[None]] = {}
        self._lanes: Counter[Hashable] = Counter()
        self._queue: list[Item] = []
        self._resting: dict[Hashable, float] = {}
        self._changed = asyncio.Event()
        self._look_at = 0.0
        self._done: set[Hashable] = set()

    @property
    def in_hand(self) -> int:
        return len(self._tasks)

    def wake(self) -> None:
        """Look at once for what is due."""
        self._look_at = 0.0
        self._changed.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Take what is due and do it, until ``stop`` is set; what is in hand then goes on (see ``finish``)."""
        watch = asyncio.create_task(self._notice(stop))
        try:
            while not stop.is_set():
                self._changed.clear()
                self._start()
                now = time.monotonic()
                if self._is_free and now >= self._look_at:
                    await self._look(now)
                    continue
                wait = max(self._look_at - now, 0.0) if self._is_free else None
                await self._wait(wait)
        finally:
            watch.cancel()

    async def finish(self, seconds: float) -> None:
        """Let what is in hand end within ``seconds``; the rest is broken off and stays due."""
        tasks = list(self._tasks.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    @property
    def _is_free(self) -> bool:
        return len(self._tasks) < self._work.at_once

    async def _notice(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._changed.set()

    async def _wait(self, seconds: float | None) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            pass

    async def _look(self, now: float) -> None:
        """Ask for what is due; those in hand come along, so twice as many are asked for as can be held."""
        limit = 2 * self._work.at_once + len(self._resting)
        self._done.clear()
        try:
            due = await self._work.due(limit)
        except Exception:  # noqa: BLE001 - logged; whatever it is, the loop goes on
            _log.exception("could not ask for what is due", work=self._work.name)
            self._queue, self._look_at = [], now + SECONDS_WITHOUT_STORE
            return
        # What was settled while the question was under way may be answered as it was before.
        self._queue = [item for item in due if self._work.key(item) not in self._done]
        self._resting = {key: until for key, until in self._resting.items() if until > now}
        # Look at once again only when this slice was full and some of it can be begun.
        begun = self._start()
        self._look_at = now if begun and len(self._queue) + begun >= limit else now + self._work.look_again_seconds

    def _start(self) -> int:
        """Begin as much of the queue as there are hands and lanes for; say how much."""
        work, left, begun = self._work, [], 0
        for item in self._queue:
            key, lane = work.key(item), work.lane(item)
            if key in self._tasks or key in self._resting:
                continue
            if not self._is_free or self._lanes[lane] >= work.lane_at_once:
                left.append(item)
                continue
            self._lanes[lane] += 1
            self._tasks[key] = asyncio.create_task(self._do(item, key, lane))
            begun += 1
        self._queue = left
        return begun

    async def _do(self, item: Item, key: Hashable, lane: Hashable) -> None:
        try:
            await self._work.do(item)
        except Later as later:
            self._resting[key] = time.monotonic() + later.seconds
        except Exception:  # noqa: BLE001 - logged; one broken thing never stops the others
            _log.exception("work broke off", work=self._work.name, item=str(key))
            self._resting[key] = time.monotonic() + SECONDS_OF_REST
        finally:
            del self._tasks[key]
            self._done.add(key)
            self._lanes[lane] -= 1
            if not self._lanes[lane]:
                del self._lanes[lane]
            if not self._queue and self._is_free and self._look_at > time.monotonic():
                # The last of a slice is done: there may be more.
                self._look_at = min(self._look_at, time.monotonic() + 0.05)
            self._changed.set()
