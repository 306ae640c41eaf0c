"""Pictures: those of articles are captured through the one door, re-encoded by us, and served by us."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import structlog

from tawatur.errors import AddressError, Blocked, Disallowed, FetchError, ForbiddenAddress, Gone, RecordError
from tawatur.pipeline.hands import Later
from tawatur.pipeline.means import LONGEST_MESSAGE, Means
from tawatur.pipeline.workshop import WorkerLost
from tawatur.store import StoredImage

if TYPE_CHECKING:
    from tawatur.fetch import Picture

__all__ = ["Pictures"]

#: Times a picture is asked for: it is not worth more, and its article stands without it.
ATTEMPTS = 3
#: Pictures whose attempts are remembered.
MOST_REMEMBERED = 10_000

_log = structlog.get_logger()


class Pictures:
    """Fetches the pictures of articles."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._attempts: dict[str, int] = {}

    async def due(self, limit: int) -> Sequence[str]:
        return await self._means.ask(self._means.store.images.wanted, limit, self._means.clock())

    async def fetch(self, url: str) -> None:
        """Capture a picture and keep it, or give it up with the reason."""
        try:
            capture = await self._means.web.capture(url, kind="image")
        except FetchError as error:
            if self._is_final(url, error):
                await self._give_up(url, error)
                return
            seconds = error.retry_after if isinstance(error, Blocked) else None
            raise Later(seconds or self._means.reading.seconds_before_retry) from error
        try:
            picture: Picture = await self._means.workshop.do("re_encode", capture.body, url)
            image = StoredImage(
                id=hashlib.sha256(picture.data).hexdigest(),
                url=url,
                media_type=picture.media_type,
                width=picture.width,
                height=picture.height,
                data=picture.data,
            )
            await self._means.ask(self._means.store.images.put, image)
        except (FetchError, WorkerLost, RecordError) as error:
            await self._give_up(url, error)
        self._attempts.pop(url, None)

    async def _give_up(self, url: str, error: Exception) -> None:
        _log.info("a picture was given up", url=url, error=str(error))
        self._attempts.pop(url, None)
        await self._means.ask(self._means.store.images.give_up, url, str(error)[:LONGEST_MESSAGE])

    def _is_final(self, url: str, error: FetchError) -> bool:
        """Whether a picture is not asked for again; attempts are counted while the process lives."""
        if isinstance(error, (Gone, ForbiddenAddress, Disallowed, AddressError)):
            return True
        if len(self._attempts) >= MOST_REMEMBERED:
            self._attempts.clear()
        self._attempts[url] = self._attempts.get(url, 0) + 1
        return self._attempts[url] >= ATTEMPTS
