"""``tawatur stats``: how much there is, and how following goes."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from tawatur.cli.common import example, home_options, open_home, write_record
from tawatur.config import Settings
from tawatur.model import as_json
from tawatur.pipeline.figures import figures_of


@click.command(epilog=example("tawatur stats --json"))
@click.option("--json", "json_wanted", is_flag=True, help="Print one record.")
@home_options
def stats_command(settings: Settings, *, json_wanted: bool) -> None:
    """Count what is kept, and tell how far following is behind."""
    with open_home(settings) as store:
        record = as_json(figures_of(store, datetime.now(UTC)))
    if json_wanted:
        write_record(record)
        return
    for name, value in record.items():
        click.echo(f"{name.replace('_', ' '):20} {'-' if value is None else value}")
