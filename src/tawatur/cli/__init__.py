"""
The command line: one subcommand is one library call.

Records go to standard output, one JSON object a line; progress and logs go to standard error. Exit codes: 0 done,
1 some input refused (each named, the rest done), 2 wrong usage. A command's module is imported only when that
command runs, so that a light command answers at once.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click

from tawatur import __version__
from tawatur.errors import ConfigError, TawaturError

__all__ = ["COMMANDS", "main"]

#: Each command with the module that holds it (as ``command``) and its line in ``tawatur --help``.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "run": ("running", "Follow all sources and serve the site."),
    "demo": ("demonstration", "Show the site filling itself from a sample press, without a network."),
    "sources": ("sources", "Add, list, remove and check sources."),
    "import-opml": ("opml", "Follow the feeds of an OPML list."),
    "export-opml": ("opml", "Write the followed feeds as an OPML list."),
    "read": ("reading", "Read one page or text as an article."),
    "ingest": ("ingest", "Take in articles, pages, WARC files and feeds from disk."),
    "reread": ("ingest", "Read the kept pages again with the present reader."),
    "analyse": ("analysing", "Find who said what, and through whom; names, dates, keyphrases."),
    "reanalyse": ("reanalysing", "Analyse again what older finders left."),
    "regroup": ("regrouping", "Group the whole archive into stories anew."),
    "entities": ("entities", "List, merge and split the names of the archive."),
    "group": ("grouping", "Gather the coverage of one happening into stories."),
    "related": ("related", "Find what to read beside an article."),
    "words": ("words", "Read texts word by word: clitics, parts of speech, stems."),
    "date": ("dates", "Read dates as Arabic outlets write them."),
    "stats": ("stats", "Count what is kept, and tell how following goes."),
    "search": ("search", "Search the archive."),
    "reindex": ("search", "Build the search index anew."),
    "schema": ("schema", "Print the JSON Schema of the records."),
}


class _Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"tawatur.cli.{COMMANDS[cmd_name][0]}")
        found: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what it says no to is told in a line and decides the exit code."""
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            click.echo(f"tawatur: {error}", err=True)
            raise SystemExit(2) from error
        except TawaturError as error:
            click.echo(f"tawatur: {error}", err=True)
            raise SystemExit(1) from error


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Each command shows an example with --help.",
)
@click.version_option(__version__, prog_name="tawatur")
def main() -> None:
    """Tawatur (تواتر): an Arabic-first news engine."""
