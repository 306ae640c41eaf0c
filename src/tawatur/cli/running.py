"""``tawatur run``: follow all sources and serve the site, in one process."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
import structlog

from tawatur.cli.common import example, home_options, open_home
from tawatur.cli.logs import set_up_logs
from tawatur.config import Settings, without_password
from tawatur.errors import ConfigError, LedByAnother, StoreError
from tawatur.fetch import FetchOptions
from tawatur.pipeline import FollowOptions, LogOptions, Newsroom, NewsroomOptions, ReadingOptions, open_means
from tawatur.pipeline.analysing import follow_analyses
from tawatur.pipeline.grouping import follow_stories
from tawatur.pipeline.indexing import follow_index, search_folder
from tawatur.search import SearchIndex
from tawatur.store import Store
from tawatur.store.protocol import Lead
from tawatur.web import SiteOptions, SiteServer, create_app, site_server

__all__ = ["RunOptions", "run_command", "run_newsroom"]

#: Seconds the site may take to stop after the rest has stopped.
SECONDS_TO_STOP_SITE = 8.0
#: Seconds between two looks whether we still lead.
SECONDS_BETWEEN_LEAD_CHECKS = 30.0
DEFAULT_LISTEN = "127.0.0.1:8080"

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """All options of a run."""

    newsroom: NewsroomOptions
    site: SiteOptions
    log: LogOptions
    #: Where hubs can reach the site: ``site.base_url`` when the operator set it, None otherwise.
    public_url: str | None = None

    @staticmethod
    def of(settings: Settings, *, listen: str | None = None, **fetch_defaults: Any) -> RunOptions:
        """Read the options of all parts.

        Raises:
            ConfigError: A setting cannot be; it is named.
        """
        listen = listen or settings.listen
        site_defaults: dict[str, Any] = {"base_url": f"http://{listen or DEFAULT_LISTEN}"}
        site = settings.options("site", SiteOptions, **site_defaults)
        contact = {"contact": site.contact} if site.contact else {}
        return RunOptions(
            newsroom=NewsroomOptions(
                fetch=settings.options("fetch", FetchOptions, **contact, **fetch_defaults),
                follow=settings.options("follow", FollowOptions),
                reading=settings.options("reading", ReadingOptions),
            ),
            site=replace(site, listen=listen) if listen else site,
            log=settings.options("log", LogOptions),
            public_url=site.base_url if "base_url" in settings.given.get("site", {}) else None,
        )


@click.command(
    epilog=example("tawatur run", "TAWATUR_DATABASE=postgresql://desk@db/news tawatur run --listen 0.0.0.0:8080")
)
@click.option("--listen", metavar="HOST:PORT", help=f"Where the site is served [default: {DEFAULT_LISTEN}].")
@home_options
def run_command(settings: Settings, listen: str | None) -> None:
    """Follow all sources and serve the site, until SIGTERM or Ctrl-C."""
    options = RunOptions.of(settings, listen=listen)
    set_up_logs(options.log)
    with open_home(settings) as store, store.lead() as lead:
        _log.info("opened", home=str(settings.home), database=without_password(settings.database))
        asyncio.run(run_newsroom(store, options, lead, home=settings.home))


async def run_newsroom(
    store: Store, options: RunOptions, lead: Lead, *, home: Path, stop: asyncio.Event | None = None
) -> None:
    """Run everything until a signal comes, ``stop`` is set, the site cannot be served or another one follows.

    Raises:
        ConfigError: The address of the site is taken.
        LedByAnother: We are not the one follower of the store any more.
    """
    stop = stop or asyncio.Event()
    async with open_means(store, options.newsroom) as means:
        newsroom = Newsroom(means, base_url=options.public_url)
        finder = SearchIndex.open(search_folder(home))
        app = create_app(store, options.site, hub_inbox=newsroom.hubs, feed_lag=newsroom.feed_lag, finder=finder)
        server = site_server(app, options.site)
        with _signals(stop):
            serving = asyncio.create_task(_serve(server, options.site, stop))
            leading = asyncio.create_task(_keep_leading(lead, stop))
            indexing = asyncio.create_task(follow_index(store, search_folder(home), stop))
            analysing = asyncio.create_task(follow_analyses(store, options.newsroom.reading, stop))
            grouping = asyncio.create_task(follow_stories(store, stop))
            await newsroom.run(stop)
            server.should_exit = True
            served = await asyncio.wait({serving}, timeout=SECONDS_TO_STOP_SITE)
            server.force_exit = bool(served[1])
            await serving
            await indexing
            await analysing
            await grouping
            await leading
    _log.info("stopped")


async def _serve(server: SiteServer, site: SiteOptions, stop: asyncio.Event) -> None:
    try:
        told = asyncio.create_task(_tell(server, site))
        await server.serve()
        await told
    except SystemExit as error:
        raise ConfigError(f"the site cannot be served at {site.listen}: is the address taken?") from error
    finally:
        stop.set()


async def _tell(server: SiteServer, site: SiteOptions) -> None:
    while not server.started and not server.should_exit:  # noqa: ASYNC110
        await asyncio.sleep(0.01)  # uvicorn has no event for it
    if server.started:
        host, _ = site.host_and_port
        _log.info("serving", address=f"http://{host}:{server.port}/")


async def _keep_leading(lead: Lead, stop: asyncio.Event) -> None:
    """Make sure now and then that we are the one follower; a database that is away for a while is waited for.

    Raises:
        LedByAnother: Somebody else follows; ``stop`` is set.
    """
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SECONDS_BETWEEN_LEAD_CHECKS)
        try:
            await asyncio.to_thread(lead.check)
        except LedByAnother:
            stop.set()
            raise
        except StoreError as error:
            _log.warning("it cannot be asked whether we alone follow", error=str(error))


@contextlib.contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    """Let SIGTERM and SIGINT set ``stop``."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
