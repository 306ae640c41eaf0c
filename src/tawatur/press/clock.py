"""The press's clock: what time it is in the press, which may run faster than the time outside, or stand."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock


class PressClock:
    """Reads ``start`` when made, and goes ``speed`` seconds on in each real second.

    It never runs past the time outside when it starts before it: no page is then stamped in the future. A clock of
    speed zero stands at ``start`` until it is wound.
    """

    def __init__(
        self,
        start: datetime,
        speed: float,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        outside: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._lock = Lock()
        self._monotonic = monotonic
        self._outside = outside
        self._speed = speed
        self._start = start
        self._since = monotonic()
        self._is_behind = start <= outside()

    def now(self) -> datetime:
        """What time it is in the press."""
        with self._lock:
            moment = self._start + timedelta(seconds=self._speed * (self._monotonic() - self._since))
            return min(moment, max(self._outside(), self._start)) if self._is_behind and self._speed else moment

    def wind_to(self, moment: datetime) -> None:
        """Set the clock; it goes on from there at its speed."""
        with self._lock:
            self._start = moment
            self._since = self._monotonic()
            self._is_behind = moment <= self._outside()
