"""
The press as real servers on the loopback: one port an outlet, and one for the press's own index.

The index (``press.url``) lists the outlets for people, gives them as OPML (``/press.opml``), tells the press's time
(``/clock.json``) and its truth (``/truth.json``).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Event
from types import TracebackType
from typing import Self

from tawatur.errors import ConfigError
from tawatur.model import Article, Source
from tawatur.press.almanac import Almanac
from tawatur.press.clock import PressClock
from tawatur.press.edition import Edition
from tawatur.press.index import PressIndex
from tawatur.press.outlets import Outlet
from tawatur.press.ports import Answering, Port
from tawatur.press.site import Site
from tawatur.press.texts import drafts
from tawatur.press.truth import Truth, read_truth


class Press:
    """The sample press, served while the ``with`` block lasts.

    >>> from datetime import UTC, datetime
    >>> with Press(datetime(2023, 9, 20, 12, tzinfo=UTC)) as press:
    ...     len(press.sources()) >= 8
    True
    """

    def __init__(
        self,
        start: datetime,
        speed: float | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        opening: date | None = None,
    ) -> None:
        """Set the press up; nothing is served before the ``with`` block or ``open``.

        Args:
            start: What time it is in the press when it is set up.
            speed: Seconds of the press in a real second. None or 0: everything is out already, and the clock
                stands at the end of the affair.
            host: The address to serve on.
            port: The port of the index; the outlets take the next ones. 0: any free ports.
            opening: The day the Karabakh affair begins; by default the day before ``start``.

        Raises:
            ConfigError: ``start`` has no zone, or ``speed`` is negative.
        """
        if start.tzinfo is None:
            raise ConfigError(f"the press cannot start at {start.isoformat()}: the instant has no time zone")
        if speed is not None and speed < 0:
            raise ConfigError(f"the press cannot run at speed {speed}: it must not be negative")
        self.edition = Edition(Almanac(opening or (start.astimezone(UTC) - timedelta(days=1)).date()))
        everything = max(start, self.edition.last_moment())
        self.clock = PressClock(start, speed) if speed else PressClock(everything, 0)
        self._host = host
        self._port = port
        self._servers: dict[str, Port] = {}

    def open(self) -> None:
        """Begin to serve.

        Raises:
            ConfigError: A port is taken.
        """
        self._servers["index"] = Port(self._host, self._port)
        for number, outlet in enumerate(self.edition.outlets.values(), start=1):
            self._servers[outlet.id] = Port(self._host, self._port and self._port + number)
        self._servers["index"].start(PressIndex(self.edition, self.clock, self.sources()).answer)
        for outlet in self.edition.outlets.values():
            self._servers[outlet.id].start(self._answering(outlet))

    def close(self) -> None:
        """Stop serving and wait until every connection is closed."""
        for server in self._servers.values():
            server.stop()
        self._servers.clear()

    def __enter__(self) -> Self:
        try:
            self.open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def url(self) -> str:
        """Address of the press's index, without a slash at its end."""
        return self._servers["index"].home

    @property
    def moment(self) -> datetime:
        """What time it is in the press."""
        return self.clock.now()

    def wind_to(self, moment: datetime) -> None:
        """Set the press's clock, forward or back: pages, feeds, edits and withdrawals follow it."""
        self.clock.wind_to(moment)

    def home(self, outlet: str) -> str:
        """Address of an outlet's front page, without a slash at its end."""
        return self._servers[outlet].home

    def site(self, outlet: str) -> Site:
        """An outlet's site, which answers without a socket."""
        return Site(self.edition, self.edition.outlets[outlet], self.home(outlet))

    def sources(self) -> tuple[Source, ...]:
        """The outlets as sources to follow, by the feed each offers."""
        return tuple(self._source(outlet) for outlet in self.edition.outlets.values())

    def url_of(self, article: str) -> str:
        """Address of an article's page, by the article's name in the press (``almadar/operation``)."""
        draft = drafts()[article]
        return self.home(draft.outlet) + self.edition.path(draft)

    def articles(self, moment: datetime | None = None) -> dict[str, Article]:
        """The record each readable page should give at a moment (by default now), by the article's name in the press.

        Pages that must be refused are not among them.
        """
        versions = (self.edition.version(name, moment or self.moment) for name in drafts())
        return {
            version.draft.id: self.edition.article(version, self.home(version.outlet.id))
            for version in versions
            if version is not None and version.draft.refused is None
        }

    def truth(self) -> Truth:
        """What the press knows of itself: reprints, stories, timelines, edits."""
        return read_truth()

    def _source(self, outlet: Outlet) -> Source:
        home = self.home(outlet.id)
        return Source(
            id=outlet.id,
            name=outlet.name,
            home=f"{home}/",
            feeds=(home + (outlet.moved_feed_path or outlet.feed_path),),
            language=outlet.language,
            country=outlet.country,
            time_zone=outlet.time_zone,
            kind=outlet.kind,
        )

    def _answering(self, outlet: Outlet) -> Answering:
        site = self.site(outlet.id)
        return lambda target, headers: site.answer(target, headers, self.moment)


def serve(press: Press, stop: Event) -> None:
    """Serve a press until ``stop`` is set; for the command line, which sets it on SIGTERM."""
    with press:
        stop.wait()
