"""``tawatur words``: texts read word by word."""

from __future__ import annotations

from itertools import islice

import click

from tawatur.cli.common import Refused, example, input_lines, open_input, write_record
from tawatur.text.words import Word, read_many

# Read at once: faster than line by line, and the first answer does not wait for a long file.
LINES_AT_ONCE = 64


@click.command(
    epilog=example("echo 'وقال بوتين للصحفيين' | tawatur words - --json", "tawatur words headlines.txt --json")
)
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print records.")
@click.option("--home", hidden=True, help="Accepted as everywhere; words need no home.")
def words_command(file: str, *, as_json: bool, home: str | None) -> None:  # noqa: ARG001
    """Read texts, a line each, word by word: clitics, parts of speech, stems. FILE may be ``-``."""
    refused = Refused()
    with open_input(file) as opened:
        lines = (line for _, line in input_lines(opened, file, refused))
        while batch := list(islice(lines, 1 if file == "-" and opened.isatty() else LINES_AT_ONCE)):
            for words in read_many(batch):
                _write(words, as_json=as_json)
    refused.leave()


def _write(words: tuple[Word, ...], *, as_json: bool) -> None:
    if as_json:
        write_record({"tokens": list(map(_record, words))})
        return
    click.echo(" ".join("+".join(f"{part.text}/{part.pos}" for part in word.segments) for word in words))


def _record(word: Word) -> dict[str, object]:
    return {
        "text": word.text,
        "start": word.start,
        "end": word.end,
        "stem": word.stem,
        "segments": [{"text": part.text, "pos": part.pos} for part in word.segments],
    }
