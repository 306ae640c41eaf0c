"""``tawatur regroup``: the whole archive is grouped into stories anew."""

from __future__ import annotations

import click

from tawatur.cli.common import example, home_options, open_home, progress, write_record
from tawatur.config import Settings
from tawatur.pipeline.grouping import regroup
from tawatur.pipeline.telling import tell_untold

__all__ = ["regroup_command"]

_STORIES_AT_ONCE = 100


@click.command(epilog=example("tawatur regroup", "tawatur reanalyse --new && tawatur regroup --json"))
@click.option("--json", "json_wanted", is_flag=True, help="Print the counts as a record.")
@home_options
def regroup_command(settings: Settings, *, json_wanted: bool) -> None:
    """Group all analysed articles anew, in the order of their time; ids of stories that were given out lead on.

    `tawatur run` groups articles as they come in and must be stopped meanwhile.
    """
    with open_home(settings) as store, store.lead():
        with progress(store.analyses.count(), "grouping") as advance:
            articles = regroup(store, advance)
        stories = store.stories.count()
        with progress(stories, "telling") as advance:
            while count := tell_untold(store, _STORIES_AT_ONCE):
                advance(count)
    if json_wanted:
        write_record({"articles": articles, "stories": stories})
    else:
        click.echo(f"{articles:,} articles in {stories:,} stories")
