"""``tawatur schema``: the records as JSON Schema."""

from __future__ import annotations

import json

import click

from tawatur.cli.common import example
from tawatur.model.schema import record_schemas


@click.command(epilog=example("tawatur schema > tawatur.schema.json", "tawatur schema Article"))
@click.argument("record", required=False)
@click.option("--home", hidden=True, help="Accepted as everywhere; the schema needs no home.")
def schema_command(record: str | None, home: str | None) -> None:  # noqa: ARG001
    """Print the JSON Schema (2020-12) of all records, or of one RECORD such as Article."""
    document = record_schemas()
    if record is not None:
        names = {name.lower(): name for name in document["$defs"]}
        if record.lower() not in names:
            raise click.BadParameter(f"there is no record {record!r}; there are: {', '.join(document['$defs'])}")
        document["$ref"] = f"#/$defs/{names[record.lower()]}"
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
