"""What following and reading work with: the store, the network, the workers, the clock."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar

from tawatur.fetch import Web
from tawatur.pipeline.options import FollowOptions, ReadingOptions
from tawatur.pipeline.workshop import Workshop
from tawatur.store import Store

__all__ = ["LONGEST_MESSAGE", "Means", "utc_now"]

#: Letters kept of an error's message.
LONGEST_MESSAGE = 500

P = ParamSpec("P")
Answer = TypeVar("Answer")


def utc_now() -> datetime:
    """Give the present instant."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """Shared by all the work of one process."""

    store: Store
    web: Web
    workshop: Workshop
    follow: FollowOptions
    reading: ReadingOptions
    clock: Callable[[], datetime] = utc_now
    chance: Callable[[], float] = random.random

    async def ask(self, method: Callable[P, Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
        """Call a method of the store in a thread.

        A call that was begun goes on when we are cancelled: a transaction happens whole, or not at all.
        """
        return await asyncio.to_thread(method, *args, **kwargs)
