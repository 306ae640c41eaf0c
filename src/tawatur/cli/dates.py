"""``tawatur date``: date strings, a line each."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from tawatur.cli.common import Refused, example, input_lines, open_input, write_record
from tawatur.errors import RecordError
from tawatur.model.as_json import read_moment
from tawatur.text.written_dates import date_record


def _instant(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> datetime:
    try:
        moment, _ = read_moment(value) if value else (datetime.now(UTC), None)
    except RecordError as error:
        raise click.BadParameter(str(error)) from error
    if not isinstance(moment, datetime):
        raise click.BadParameter(f"{value!r} is no instant: write 2023-09-20T13:00:00Z")
    return moment


def _zone(_ctx: click.Context, _parameter: click.Parameter, value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise click.BadParameter(f"{value!r} is no IANA zone such as Asia/Riyadh") from error


@click.command(
    epilog=example(
        "tawatur date 'الأربعاء ٢٠ أيلول/سبتمبر ٢٠٢٣ - ١:٠٠ م بتوقيت غرينتش' --json",
        "tawatur date - --zone Asia/Riyadh --json < dates.txt",
    )
)
@click.argument("string")
@click.option("--base", metavar="INSTANT", callback=_instant, help="What «أمس» counts from [default: now].")
@click.option("--zone", default="UTC", show_default=True, callback=_zone, help="Zone of times that name none.")
@click.option("--json", "as_json", is_flag=True, help="Print records.")
@click.option("--home", hidden=True, help="Accepted as everywhere; dates need no home.")
def date_command(string: str, base: datetime, zone: ZoneInfo, *, as_json: bool, home: str | None) -> None:  # noqa: ARG001
    """Read date strings as Arabic outlets write them: STRING, or a line each with ``-``.

    The instant is null when it cannot be known, and a bare date when the string tells only the day.
    """
    refused = Refused()
    if string != "-":
        _write(string, base, zone, as_json=as_json)
        return
    with open_input("-") as file:
        for _, line in input_lines(file, "-", refused):
            _write(line, base, zone, as_json=as_json)
    refused.leave()


def _write(string: str, base: datetime, zone: ZoneInfo, *, as_json: bool) -> None:
    record = date_record(string, base=base, zone=zone)
    if as_json:
        write_record(record)
    else:
        click.echo(f"{record['instant'] or 'unknown'}\t{record['precision'] or ''}\t{string}")
