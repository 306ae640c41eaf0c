"""From a name to its addresses. Tests and operators with their own name service pass another resolver."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

#: Lookups under way at once. The system's resolver blocks a thread, five seconds and more for a dead name server;
#: asyncio's own pool has six threads on two cores, which a handful of dead sources would fill.
LOOKUPS_AT_ONCE = 32


class Resolver(Protocol):
    """Finds the addresses of a host."""

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """Give the IP addresses of a host, best first.

        Raises:
            OSError: The name does not exist, or could not be looked up.
        """
        ...


class SystemResolver:
    """The resolver of the machine we run on, in threads of its own."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(LOOKUPS_AT_ONCE, thread_name_prefix="tawatur-names")

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(self._threads, _look_up, host, port)
        # One address comes once a socket type; a scope (fe80::1%2) is part of the address and stays.
        return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))

    def close(self) -> None:
        """Let the threads go; a lookup under way ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _look_up(host: str, port: int) -> list[tuple[int, int, int, str, tuple[str | int, ...]]]:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)  # type: ignore[return-value]
