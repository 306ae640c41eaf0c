"""``tawatur entities``: the names of the archive, and the authority file that joins and parts them."""

from __future__ import annotations

import click

from tawatur.cli.common import example, home_options, open_home, write_record
from tawatur.config import Settings
from tawatur.errors import RecordError
from tawatur.model import as_json
from tawatur.model.analysis import EntityType
from tawatur.store import Store

__all__ = ["entities_command"]

_TYPES = click.Choice(["PER", "LOC", "ORG"])
_type_option = click.option("--type", "kind", type=_TYPES, help="Needed only where the name is of several types.")


@click.group()
def entities_command() -> None:
    """List, merge and split the names of the archive.

    What is decided here holds for all articles, those to come too, and is kept when they are analysed again.
    """


@entities_command.command("list", epilog=example("tawatur entities list 'غروسي' --json"))
@click.argument("like", required=False)
@click.option("--type", "kind", type=_TYPES, help="Only persons, places or organisations.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Names at most.")
@click.option("--rules", is_flag=True, help="List what was merged and split instead.")
@click.option("--json", "json_wanted", is_flag=True, help="Print one record a name.")
@home_options
def list_names(
    like: str | None, kind: EntityType | None, limit: int, settings: Settings, *, rules: bool, json_wanted: bool
) -> None:
    """List names, those most articles bear first; LIKE: those that hold these letters."""
    with open_home(settings) as store:
        if rules:
            for rule in store.names.rules():
                form = f" «{rule.form}»" if rule.form else ""
                _tell(as_json(rule), f"{rule.type}  {rule.name}{form} -> {rule.into}", json_wanted=json_wanted)
            return
        for name in store.names.find(limit=limit, kind=kind, like=like).names:
            forms = store.names.forms(name.type, name.name)
            record = {**as_json(name), "forms": list(forms)}
            _tell(
                record, f"{name.type}  {name.articles:>6,}  {name.name}  ({' · '.join(forms)})", json_wanted=json_wanted
            )


@entities_command.command("merge", epilog=example("tawatur entities merge 'جروسي' 'رافائيل غروسي'"))
@click.argument("name")
@click.argument("into")
@_type_option
@home_options
def merge(name: str, into: str, kind: EntityType | None, settings: Settings) -> None:
    """Join NAME to the name INTO, in all articles."""
    with open_home(settings) as store:
        articles = store.names.merge(kind or _type_of(store, name), name, into)
    click.echo(f"{name} is {into} now, in {articles:,} articles", err=True)


@entities_command.command(
    "split", epilog=example("tawatur entities split 'فلاديمير بوتين' 'إيغور بوتين'", "tawatur entities split 'جروسي'")
)
@click.argument("name")
@click.argument("form", required=False)
@click.option("--into", metavar="NAME", help="The name the form stands for [default: the form itself].")
@_type_option
@home_options
def split(name: str, form: str | None, into: str | None, kind: EntityType | None, settings: Settings) -> None:
    """Part FORM from NAME; without FORM, undo that NAME was merged into another."""
    with open_home(settings) as store:
        if kind is None:
            kind = _type_of(store, name) if form else _type_of_rule(store, name)
        articles = store.names.split(kind, name, form, into)
    click.echo(f"{form or name} stands for {into or form or name} now, in {articles:,} articles", err=True)


def _tell(record: object, line: str, *, json_wanted: bool) -> None:
    if json_wanted:
        write_record(record)
    else:
        click.echo(line)


def _type_of(store: Store, name: str) -> EntityType:
    return _only([found.type for found in store.names.get(name)], name)


def _type_of_rule(store: Store, name: str) -> EntityType:
    return _only(sorted({rule.type for rule in store.names.rules() if rule.name == name}), name)


def _only(kinds: list[EntityType], name: str) -> EntityType:
    if not kinds:
        raise RecordError(f"there is no name {name!r}: see `tawatur entities list`")
    if len(kinds) > 1:
        raise RecordError(f"{name!r} is the name of several: say which with --type {'|'.join(kinds)}")
    return kinds[0]
