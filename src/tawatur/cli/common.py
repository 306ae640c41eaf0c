"""What every command shares: where its home is, how records are written, how refused input is named."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from tawatur.config import Settings, load_settings

if TYPE_CHECKING:
    from tawatur.store import Store

__all__ = ["Refused", "example", "home_options", "input_lines", "open_home", "open_input", "progress", "write_record"]

# A line of an articles file has some 5 kB; the longest article in the real data 64 kB.
LONGEST_LINE_BYTES = 64 * 1024 * 1024


def home_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command ``--home`` and ``--config``; it is called with ``settings``."""

    @click.option("--home", metavar="FOLDER", help="Data folder (TAWATUR_HOME).")
    @click.option("--config", metavar="FILE", help="TOML file of settings (default: tawatur.toml in the home).")
    @functools.wraps(function)
    def with_settings(*args: Any, home: str | None, config: str | None, **options: Any) -> Any:
        return function(*args, settings=load_settings(home=home, config=config), **options)

    return with_settings


def example(*lines: str) -> str:
    r"""Write the end of a help text: examples, kept line by line (``\b`` tells click so)."""
    return "\b\nExample:\n" + "\n".join(f"  {line}" for line in lines)


@contextmanager
def open_home(settings: Settings) -> Iterator[Store]:
    """Open the store of a home, made when it is not there."""
    from tawatur.store import open_store

    settings.make_home()
    store = open_store(settings.database)
    try:
        yield store
    finally:
        store.close()


def write_record(record: Any) -> None:
    """Write a record to standard output as one line of JSON in UTF-8, whatever the terminal's encoding."""
    line = json.dumps(record, ensure_ascii=False)
    try:
        data = line.encode()
    except UnicodeEncodeError:  # half a surrogate pair: JSON can escape it, UTF-8 cannot hold it
        data = json.dumps(record).encode()
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.buffer.flush()


class Refused:
    """Input that was refused: each named on standard error, all counted."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, where: str, why: object) -> None:
        self.count += 1
        click.echo(f"{where}: {why}" if where else str(why), err=True)

    def leave(self) -> None:
        """End the command with 1 when something was refused."""
        if self.count:
            sys.exit(1)


@contextmanager
def open_input(name: str) -> Iterator[BinaryIO]:
    """Open a file for reading, ``-`` being standard input and ``.gz`` unpacked."""
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = open(name, "rb")  # noqa: SIM115, PTH123  # closed below
    except OSError as error:
        raise click.BadParameter(f"{name} cannot be read: {error.strerror}") from error
    with file:
        if name.endswith(".gz"):
            import gzip

            with gzip.open(file) as unpacked:
                yield unpacked  # type: ignore[misc]
        else:
            yield file


def input_lines(file: BinaryIO, name: str, refused: Refused) -> Iterator[tuple[int, str]]:
    """Give the lines of a file with their numbers, one in memory at a time; lines that are no UTF-8 are refused."""
    number = 0
    while line := file.readline(LONGEST_LINE_BYTES):
        number += 1
        if len(line) == LONGEST_LINE_BYTES and not line.endswith(b"\n"):
            refused.add(f"{name}, line {number}", f"longer than {LONGEST_LINE_BYTES} bytes")
            while (rest := file.readline(LONGEST_LINE_BYTES)) and not rest.endswith(b"\n"):
                pass
            continue
        try:
            yield number, line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            refused.add(f"{name}, line {number}", f"no UTF-8 ({error.reason} at byte {error.start})")


@contextmanager
def progress(length: int, label: str) -> Iterator[Callable[[int], None]]:
    """Show how far we are, on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update
