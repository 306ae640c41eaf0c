"""``tawatur search`` and ``tawatur reindex``: ask the archive, and build its index anew."""

from __future__ import annotations

import contextlib
from typing import Any

import click

from tawatur.cli.common import example, home_options, open_home, write_record
from tawatur.config import Settings
from tawatur.errors import StoreError
from tawatur.pipeline.indexing import bring_up_to_date, follow_meanings, reindex, search_folder
from tawatur.search import Hit, Results, SearchIndex, SearchQuery
from tawatur.search.meanings import is_arabic

__all__ = ["hit_as_json", "reindex_command", "search_command"]

_SORTS = ("relevance", "fresh", "newest", "oldest")


@click.command(
    epilog=example(
        "tawatur search 'قره باغ after:2023-09-19' --json",
        "tawatur search '\"وقف إطلاق النار\" -غزة source:aljazeera' --sort newest",
    )
)
@click.argument("query")
@click.option("--json", "json_wanted", is_flag=True, help="Print one record a hit.")
@click.option("--limit", metavar="N", type=click.IntRange(1, 200), default=20, show_default=True, help="Most hits.")
@click.option("--cursor", metavar="C", help="Go on where an earlier page ended (printed on standard error).")
@click.option("--strict", is_flag=True, help="Match letters only: no clitics, stems, plurals, typos or meanings.")
@click.option("--sort", type=click.Choice(_SORTS), default="relevance", show_default=True, help="The order of hits.")
@home_options
def search_command(settings: Settings, query: str, *, json_wanted: bool, **options: Any) -> None:
    """Search the archive."""
    with open_home(settings) as store:
        folder = search_folder(settings.home)
        bring_up_to_date(store, folder)
        if not is_arabic(query) and not options["strict"]:
            with contextlib.suppress(StoreError):  # another process follows them
                follow_meanings(store, folder)
    results = SearchIndex.open(folder).search(SearchQuery(text=query, **options))
    for hit in results.hits:
        if json_wanted:
            write_record(hit_as_json(hit))
        else:
            click.echo(f"{hit.title or hit.id}\n    {hit.snippet}\n    {hit.url or hit.id}\n")
    _tell(results)


@click.command(epilog=example("tawatur reindex"))
@home_options
def reindex_command(settings: Settings) -> None:
    """Build the search index anew from the store; the old one answers until the new one is whole."""
    with open_home(settings) as store:
        count = reindex(store, search_folder(settings.home), lambda done: click.echo(f"{done:,}", err=True))
        follow_meanings(store, search_folder(settings.home))
    click.echo(f"{count:,} changes followed", err=True)


def hit_as_json(hit: Hit) -> dict[str, Any]:
    """Give a hit as the machine interface has it."""
    return {
        "id": hit.id,
        "score": hit.score,
        "title": hit.title,
        "snippet": hit.snippet,
        "highlights": [list(span) for span in hit.highlights],
        "why": [{"term": why.term, "matched": why.matched, "reason": why.reason} for why in hit.why],
        "title_highlights": [list(span) for span in hit.title_highlights],
        "url": hit.url,
        "source": hit.source,
        "section": hit.section,
        "language": hit.language,
        "shown_at": hit.shown_at.isoformat().replace("+00:00", "Z") if hit.shown_at else None,
    }


def _tell(results: Results) -> None:
    """Say on standard error what is no hit."""
    click.echo(f"{results.total:,} found", err=True)
    if results.did_you_mean:
        click.echo(f"did you mean: {results.did_you_mean}", err=True)
    for note in results.notes:
        click.echo(f"note: {note.kind} {note.detail}".rstrip(), err=True)
    if results.next_cursor:
        click.echo(f"next page: --cursor {results.next_cursor}", err=True)
