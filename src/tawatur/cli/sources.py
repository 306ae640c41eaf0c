"""``tawatur sources``: whom we follow."""

from __future__ import annotations

import asyncio
import dataclasses
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import click

from tawatur.cli.common import Refused, example, home_options, open_home, write_record
from tawatur.config import Settings
from tawatur.errors import AddressError, ConfigError, FeedError, FetchError
from tawatur.model import FeedState, Source, SourceKind, as_json
from tawatur.sources import load_source, starter_sources
from tawatur.store import SourceCounts, Store, Written

KINDS = click.Choice(get_args(SourceKind))
LARGEST_SOURCE_FILE_BYTES = 1024 * 1024


@click.group()
def sources_command() -> None:
    """Add, list, remove and check sources. A running tawatur takes notice at once."""


@sources_command.command(
    epilog=example(
        "tawatur sources add https://www.example.org/",
        "tawatur sources add okaz.toml",
        "tawatur sources add --starter --country EG --kind agency",
    )
)
@click.argument("places", metavar="[URL|FILE.toml]...", nargs=-1)
@click.option("--starter", is_flag=True, help="Add the starter pack of Arabic sources.")
@click.option("--country", metavar="XX", help="Of the pack, only those of this country (ISO 3166).")
@click.option("--kind", type=KINDS, help="Of the pack, only this kind; of a URL, what it is.")
@click.option("--id", "identifier", metavar="ID", help="Short Latin name of the source at URL.")
@click.option("--name", help="Name of the source at URL.")
@click.option("--zone", metavar="ZONE", help="IANA zone of the source at URL.")
@click.option("--feed", "feeds", metavar="URL", multiple=True, help="Feed of the source at URL; nothing is discovered.")
@click.option("--json", "json_wanted", is_flag=True, help="Print records.")
@home_options
def add(
    settings: Settings,
    places: tuple[str, ...],
    *,
    starter: bool,
    country: str | None,
    kind: SourceKind | None,
    json_wanted: bool,
    **given: Any,
) -> None:
    """Follow the source at a URL (its feeds are discovered), of a TOML file, or of the starter pack."""
    if bool(places) == starter:
        raise click.UsageError("name a URL or a file, or give --starter")
    if country and not starter:
        raise click.UsageError("--country belongs to --starter; a source at a URL takes it from its file")
    refused = Refused()
    with open_home(settings) as store:
        if starter:
            found = list(starter_sources(country, kind))
            if not found:
                raise click.UsageError("the starter pack has no such source; see tawatur sources add --starter --help")
        else:
            wishes = {**given, "kind": kind}
            found = [source for place in places if (source := _found(place, settings, wishes, refused))]
        for source in found:
            written = store.sources.add(_beside(store, source, fixed=bool(given["identifier"]) or starter))
            _tell(source, written, json_wanted=json_wanted)
    refused.leave()


def _found(place: str, settings: Settings, wishes: dict[str, Any], refused: Refused) -> Source | None:
    try:
        if place.endswith(".toml") or Path(place).is_file():
            return _of_file(Path(place))
        return asyncio.run(_of_address(place, settings, wishes))
    except (FetchError, FeedError, AddressError, ConfigError) as error:
        refused.add(place, error)
        return None


def _of_file(path: Path) -> Source:
    try:
        with path.open("rb") as file:
            return load_source(file.read(LARGEST_SOURCE_FILE_BYTES), str(path))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}") from error


async def _of_address(place: str, settings: Settings, wishes: dict[str, Any]) -> Source:
    from tawatur.fetch import FetchOptions, Web
    from tawatur.model.canonical_url import canonical_url
    from tawatur.pipeline.discovery import checked_source, find_source, plain_source

    url = canonical_url(place if "://" in place else f"https://{place}")
    if wishes["feeds"]:
        source = plain_source(url, tuple(canonical_url(feed) for feed in wishes["feeds"]))
    else:
        async with Web(settings.options("fetch", FetchOptions)) as web:
            source = await find_source(web, url)
    fields = {"id": "identifier", "name": "name", "time_zone": "zone", "kind": "kind"}
    changes = {field: wishes[wish] for field, wish in fields.items() if wishes[wish]}
    return checked_source(dataclasses.replace(source, **changes))


def _beside(store: Store, source: Source, *, fixed: bool) -> Source:
    """Give a source an id of its own when another site has that id already."""
    known = store.sources.get(source.id)
    number = 2
    identifier = source.id
    while not fixed and known is not None and known.home != source.home:
        identifier = f"{source.id}-{number}"
        known, number = store.sources.get(identifier), number + 1
    return dataclasses.replace(source, id=identifier)


def _tell(source: Source, written: Written, *, json_wanted: bool) -> None:
    if json_wanted:
        write_record({**as_json(source), "written": written})
    else:
        click.echo(f"{written}\t{source.id}\t{source.name}\t{' '.join(source.feeds)}")


@sources_command.command("list", epilog=example("tawatur sources list", "tawatur sources list --json | jq .id"))
@click.option("--json", "json_wanted", is_flag=True, help="Print records, with the state of each feed.")
@home_options
def list_(settings: Settings, *, json_wanted: bool) -> None:
    """List the sources that are followed, and how following them goes."""
    with open_home(settings) as store:
        counts, feeds = store.sources.counts(), _feeds_by_source(store)
        for source in store.sources.all():
            of_source, states = counts.get(source.id), feeds.get(source.id, [])
            if json_wanted:
                write_record({**as_json(source), "health": health(states), "counts": as_json(of_source)})
            else:
                click.echo(_line(source, states, of_source))


def health(states: list[FeedState]) -> list[dict[str, Any]]:
    """Give the states of feeds as records, without the secret a hub shares with us."""
    return [{name: value for name, value in as_json(state).items() if name != "hub_secret"} for state in states]


def _line(source: Source, states: list[FeedState], counts: SourceCounts | None) -> str:
    stopped = sum(state.stopped for state in states)
    failing = sum(bool(state.failures) for state in states) - stopped
    asked = sum(state.last_polled_at is not None for state in states)
    condition = "stopped" if stopped else "failing" if failing else "healthy" if asked else "not asked yet"
    error = next((state.last_error for state in states if state.last_error), None)
    number = counts.articles if counts else 0
    return "\t".join([source.id, source.name, condition, f"{number} articles", *([error] if error else [])])


def _feeds_by_source(store: Store) -> dict[str, list[FeedState]]:
    feeds: dict[str, list[FeedState]] = {}
    for state in store.sources.feeds():
        feeds.setdefault(state.source_id, []).append(state)
    return feeds


@sources_command.command(epilog=example("tawatur sources remove okaz"))
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@home_options
def remove(settings: Settings, ids: tuple[str, ...]) -> None:
    """Follow sources no more. Their articles stay."""
    refused = Refused()
    with open_home(settings) as store:
        for identifier in ids:
            if not store.sources.remove(identifier):
                refused.add(identifier, "there is no such source")
    refused.leave()


@sources_command.command(epilog=example("tawatur sources check", "tawatur sources check okaz --json"))
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--json", "json_wanted", is_flag=True, help="Print records.")
@home_options
def check(settings: Settings, ids: tuple[str, ...], *, json_wanted: bool) -> None:
    """Ask the feeds of all sources, or of some, whether they can be read now.

    A feed that was given up and answers again is followed again.
    """
    refused = Refused()
    with open_home(settings) as store:
        known = {source.id for source in store.sources.all()}
        for identifier in ids:
            if identifier not in known:
                refused.add(identifier, "there is no such source")
        states = [state for state in store.sources.feeds() if not ids or state.source_id in ids]
        asyncio.run(_check(store, settings, states, refused, json_wanted=json_wanted))
    refused.leave()


async def _check(
    store: Store, settings: Settings, states: list[FeedState], refused: Refused, *, json_wanted: bool
) -> None:
    from tawatur.fetch import FetchOptions, Web
    from tawatur.pipeline.discovery import check_feeds

    by_feed = {(state.source_id, state.url): state for state in states}
    async with Web(settings.options("fetch", FetchOptions)) as web:
        async for found in check_feeds(web, states):
            state = by_feed[found.source, found.feed]
            if json_wanted:
                write_record(as_json(found))
            elif found.ok:
                click.echo(f"{found.source}\t{found.feed}\t{found.kind}\t{found.entries} entries")
            if not found.ok:
                refused.add(f"{found.source}, {found.feed}", found.error)
            elif state.stopped:
                now = datetime.now(UTC)
                again = dataclasses.replace(state, stopped=False, failures=0, last_error=None, next_poll_at=now)
                store.sources.save_feed(again)
