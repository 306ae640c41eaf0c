"""``tawatur import-opml`` and ``export-opml``: lists of feeds in and out."""

from __future__ import annotations

import dataclasses
import sys

import click

from tawatur.cli.common import Refused, example, home_options, open_home, open_input, write_record
from tawatur.config import Settings
from tawatur.feeds.opml import read_opml, write_opml
from tawatur.model import Source
from tawatur.store import Store

#: Bytes of a list of feeds; ten thousand feeds take some 3 MB.
LARGEST_LIST_BYTES = 50 * 1024 * 1024


@click.command(epilog=example("tawatur import-opml feeds.opml", "curl -s https://… | tawatur import-opml -"))
@click.argument("file", metavar="FILE|-")
@click.option("--json", "json_wanted", is_flag=True, help="Print the counts as a record.")
@home_options
def import_opml_command(file: str, settings: Settings, *, json_wanted: bool) -> None:
    """Follow the feeds of an OPML list; the feeds of one site become one source.

    Lines that cannot be taken are named, the others are. A source that is followed already only gains feeds.
    """
    refused = Refused()
    with open_input(file) as stream:
        reading = read_opml(stream.read(LARGEST_LIST_BYTES))
    for problem in reading.problems:
        refused.add(file, problem)
    counts = {"new": 0, "changed": 0, "same": 0}
    with open_home(settings) as store:
        for source in reading.sources:
            counts[store.sources.add(_joined(store, source))] += 1
    if json_wanted:
        write_record({**counts, "refused": refused.count})
    else:
        click.echo(", ".join(f"{number} {name}" for name, number in counts.items()) + f", {refused.count} refused")
    refused.leave()


def _joined(store: Store, source: Source) -> Source:
    """Give what is followed already its further feeds, and leave the rest of it as the operator has it."""
    known = store.sources.get(source.id)
    if known is None:
        return source
    return dataclasses.replace(known, feeds=tuple(dict.fromkeys((*known.feeds, *source.feeds))))


@click.command(epilog=example("tawatur export-opml > feeds.opml"))
@home_options
def export_opml_command(settings: Settings) -> None:
    """Write the followed feeds as an OPML list, to standard output."""
    with open_home(settings) as store:
        kinds = {state.url: state.kind for state in store.sources.feeds() if state.kind is not None}
        sys.stdout.buffer.write(write_opml(store.sources.all(), kinds=kinds))
