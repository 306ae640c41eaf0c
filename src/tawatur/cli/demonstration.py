"""``tawatur demo``: the site filling itself from the sample press, all on this machine. ``make run`` calls it."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from tawatur.cli.common import example, open_home
from tawatur.cli.logs import set_up_logs
from tawatur.cli.running import DEFAULT_LISTEN, RunOptions, run_newsroom
from tawatur.config import Settings, load_settings
from tawatur.pipeline import FollowOptions
from tawatur.press import Press

#: The press is small and ours: it is polled every few seconds, so that one sees the site grow.
FOLLOW = {"shortest_seconds": 3.0, "longest_seconds": 6.0, "look_again_seconds": 0.5}
SECONDS_BETWEEN_REQUESTS = 0.05


@click.command(epilog=example("tawatur demo", "tawatur demo --speed 3600 --days 14 --listen 127.0.0.1:9000"))
@click.option("--listen", metavar="HOST:PORT", help=f"Where the site is served [default: {DEFAULT_LISTEN}].")
@click.option(
    "--speed",
    type=click.FloatRange(min=0),
    default=600.0,
    show_default=True,
    help="Seconds of the press in one second, until its clock has caught up with ours; 0: it has at once.",
)
@click.option(
    "--days", type=click.IntRange(0, 60), default=1, show_default=True, help="Days ago that its main story began."
)
@click.option("--home", metavar="FOLDER", help="Keep what is read in this home [default: a temporary one].")
@click.option("--config", metavar="FILE", help="TOML file of settings.")
def demo_command(listen: str | None, speed: float, days: int, home: str | None, config: str | None) -> None:
    """Show the site filling itself from a sample press on this machine, without a network, until Ctrl-C.

    The press is ten made-up outlets on the loopback. Nothing is left behind unless --home is given.
    """
    with _home(home) as folder:
        settings = load_settings(home=folder, config=config)
        options = _options(settings, listen)
        set_up_logs(options.log)
        now = datetime.now(UTC)
        opening = now - timedelta(days=days)
        # The press's clock never overtakes ours: once it has caught up it goes as ours does.
        with (
            Press(opening if speed else now, speed or 1.0, opening=opening.date()) as press,
            open_home(settings) as store,
            store.lead() as lead,
        ):
            for source in press.sources():
                store.sources.add(source)
            click.echo(f"The site:  {options.site.base_url}/  (Ctrl-C ends everything)")
            click.echo(f"The press: {press.url}/")
            asyncio.run(run_newsroom(store, options, lead, home=settings.home))


@contextlib.contextmanager
def _home(home: str | None) -> Iterator[Path]:
    if home is not None:
        yield Path(home)
        return
    with tempfile.TemporaryDirectory(prefix="tawatur-demo-") as folder:
        yield Path(folder)


def _options(settings: Settings, listen: str | None) -> RunOptions:
    """The settings of the home, with the loopback allowed by name and the press polled often."""
    options = RunOptions.of(settings, listen=listen)
    newsroom = options.newsroom
    fetch = replace(
        newsroom.fetch,
        allowed_networks=(*newsroom.fetch.allowed_networks, "press=127.0.0.1/32"),
        seconds_between_requests=SECONDS_BETWEEN_REQUESTS,
    )
    follow = settings.options("follow", FollowOptions, **FOLLOW)
    return replace(
        options,
        newsroom=replace(newsroom, fetch=fetch, follow=follow),
        log=options.log if "log" in settings.given else replace(options.log, level="warning"),
    )
