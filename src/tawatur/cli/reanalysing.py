"""``tawatur reanalyse``: what older finders left is analysed again, while the site is served."""

from __future__ import annotations

import asyncio

import click

from tawatur.analysis import MADE_BY
from tawatur.cli.common import example, home_options, open_home, progress, write_record
from tawatur.config import Settings
from tawatur.pipeline.analysing import reanalyse
from tawatur.pipeline.options import ReadingOptions
from tawatur.pipeline.workshop import Workshop
from tawatur.store import Store

__all__ = ["reanalyse_command"]


@click.command(epilog=example("tawatur reanalyse", "tawatur reanalyse --json"))
@click.option("--new", "new_too", is_flag=True, help="Analyse what never was, too (`tawatur run` does so itself).")
@click.option("--json", "json_wanted", is_flag=True, help="Print the count as a record.")
@home_options
def reanalyse_command(settings: Settings, *, new_too: bool, json_wanted: bool) -> None:
    """Analyse again what an older version of the finders left, and only that.

    It may be stopped and run again; `tawatur run` may go on meanwhile.
    """
    with open_home(settings) as store:
        written = asyncio.run(_reanalyse(store, settings.options("reading", ReadingOptions), new_too=new_too))
    if json_wanted:
        write_record({"analysed": written})
    else:
        click.echo(f"{written:,} analysed")


async def _reanalyse(store: Store, options: ReadingOptions, *, new_too: bool) -> int:
    waiting = store.analyses.count_outdated(MADE_BY)
    waiting += store.articles.count() - store.analyses.count() if new_too else 0
    async with Workshop(options) as workshop:
        with progress(waiting, "analysing") as advance:
            return await reanalyse(store, workshop, advance, missing_too=new_too)
