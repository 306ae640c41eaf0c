"""``tawatur ingest`` and ``tawatur reread``: what lies on disk, and what is kept, read as articles."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import click

from tawatur.cli.common import Refused, example, home_options, open_home, open_input, progress, write_record
from tawatur.config import Settings
from tawatur.model import as_json
from tawatur.pipeline.archive import Archivist, Counts, files_in
from tawatur.pipeline.options import ReadingOptions
from tawatur.pipeline.reread import Rereader
from tawatur.pipeline.workshop import Workshop
from tawatur.store import Store


@click.command(
    epilog=example(
        "tawatur ingest articles.jsonl.gz pages/ crawl.warc.gz feed.xml --json",
        "zcat articles.jsonl.gz | tawatur ingest -",
    )
)
@click.argument("paths", metavar="PATH...|-", nargs=-1, required=True)
@click.option("--json", "json_wanted", is_flag=True, help="Print the counts as a record.")
@home_options
def ingest_command(paths: tuple[str, ...], settings: Settings, *, json_wanted: bool) -> None:
    """Take in articles (JSON lines), HTML pages or folders of them, WARC files and saved feeds.

    It is safe to run again: what is there already is counted as the same. A dash stands for JSON lines on
    standard input.
    """
    refused = Refused()
    for path in paths:
        if path != "-" and not Path(path).exists():
            raise click.BadParameter(f"{path} does not exist")
    with open_home(settings) as store:
        counts = asyncio.run(_ingest(store, settings, paths, refused))
    _tell(counts, json_wanted=json_wanted)
    refused.leave()


async def _ingest(store: Store, settings: Settings, paths: tuple[str, ...], refused: Refused) -> Counts:
    options = settings.options("reading", ReadingOptions)
    left_out: list[Path] = []
    files = list(files_in((Path(path) for path in paths if path != "-"), left_out=left_out.append))
    size = sum(file.stat().st_size for file in files)
    async with Workshop(options) as workshop:
        with progress(size, "taking in") as advance:
            archivist = Archivist(
                store,
                workshop,
                refused.add,
                open_file=lambda path: _watched(path, advance),
                pages_at_once=2 * options.worker_count,
            )
            if "-" in paths:
                with open_input("-") as stream:
                    await archivist.lines(stream, "-")
            counts = await archivist.take_in(files)
    if left_out:
        click.echo(f"left out {len(left_out)} files that are neither articles, pages, feeds nor WARC files", err=True)
    return counts


@click.command(epilog=example("tawatur reread", "tawatur reread --source okaz --json"))
@click.option("--source", "source_id", metavar="ID", help="Only the pages of this source.")
@click.option("--json", "json_wanted", is_flag=True, help="Print the counts as a record.")
@home_options
def reread_command(source_id: str | None, settings: Settings, *, json_wanted: bool) -> None:
    """Read the kept pages again with the present reader; changes become new states of their articles."""
    refused = Refused()
    with open_home(settings) as store:
        if source_id is not None and store.sources.get(source_id) is None:
            raise click.BadParameter(f"there is no source {source_id!r}")
        counts = asyncio.run(_reread(store, settings, source_id, refused))
    _tell(counts, json_wanted=json_wanted)
    refused.leave()


async def _reread(store: Store, settings: Settings, source_id: str | None, refused: Refused) -> Counts:
    options = settings.options("reading", ReadingOptions)
    async with Workshop(options) as workshop:
        with progress(store.captures.count(), "reading again") as advance:
            rereader = Rereader(
                store,
                workshop,
                refused.add,
                advance=lambda: advance(1),
                at_once=2 * options.worker_count,
                pages_of_one_article=options.pages_of_one_article,
            )
            return await rereader.read_again(source_id)


def _tell(counts: Counts, *, json_wanted: bool) -> None:
    record = as_json(counts)
    if json_wanted:
        write_record(record)
    else:
        click.echo(", ".join(f"{number} {name}" for name, number in record.items()))


def _watched(path: Path, advance: Callable[[int], None]) -> BinaryIO:
    return io.BufferedReader(_Watched(path, advance))


class _Watched(io.FileIO):
    """A file that tells how many bytes of it were read."""

    def __init__(self, path: Path, advance: Callable[[int], None]) -> None:
        super().__init__(os.fspath(path), "rb")
        self._advance = advance

    def readinto(self, buffer: Any) -> int:
        number = super().readinto(buffer) or 0
        self._advance(number)
        return number
