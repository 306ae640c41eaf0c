"""``tawatur analyse``: who said what in an article, and through whom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from itertools import tee

import click

from tawatur.analysis import analyse_dated
from tawatur.cli.common import Refused, example, input_lines, open_input, write_record
from tawatur.errors import RecordError
from tawatur.model import Article, article_from_json, as_json
from tawatur.model.analysis import Analysis
from tawatur.stories.features import text_to_embed
from tawatur.text.vectors import embed

__all__ = ["analyse_command", "article_lines", "dated_article_lines"]


@click.command(
    epilog=example("tawatur analyse articles.jsonl --json", "tawatur read page.html --json | tawatur analyse -")
)
@click.argument("file")
@click.option("--json", "json_wanted", is_flag=True, help="Print one record an article.")
@click.option(
    "--vector", "vector_wanted", is_flag=True, help="Give the sentence vector of headline and lead as well (JSON)."
)
@click.option("--home", hidden=True, help="Accepted as everywhere; the analysis needs no home.")
def analyse_command(file: str, *, json_wanted: bool, vector_wanted: bool, home: str | None) -> None:  # noqa: ARG001
    """Analyse articles, one JSON object a line: names, quotes, sources, dated events, keyphrases, a summary."""
    refused = Refused()
    articles, read = tee(dated_article_lines(file, refused))
    for analysis, (article, _) in zip(analyse_dated(articles), read, strict=False):
        if json_wanted:
            vector = {"vector": _rounded_vector(article)} if vector_wanted else {}
            write_record(as_json(analysis) | vector)
        else:
            click.echo(_for_people(analysis))
    refused.leave()


def article_lines(file: str, refused: Refused) -> Iterator[Article]:
    """Give the articles of a file of JSON lines; lines that are none are refused and the rest goes on."""
    return (article for article, _ in dated_article_lines(file, refused))


def dated_article_lines(file: str, refused: Refused) -> Iterator[tuple[Article, tzinfo]]:
    """Give articles as ``article_lines`` does, each with the zone that its date was written in."""
    with open_input(file) as opened:
        for number, line in input_lines(opened, file, refused):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
                if not isinstance(record, dict):
                    raise RecordError("a line must hold one JSON object")  # noqa: TRY301
                yield article_from_json(record), _zone(record.get("published"))
            except (ValueError, RecordError, RecursionError) as error:
                refused.add(f"{file}, line {number}", error)


def _zone(published: object) -> tzinfo:
    """Give the zone of a date-time; UTC when the date names none."""
    try:
        return datetime.fromisoformat(str(published)).tzinfo or UTC
    except ValueError:
        return UTC


def _rounded_vector(article: Article) -> list[float]:
    [vector] = embed([text_to_embed(article)])
    return [round(float(number), 6) for number in vector]


def _for_people(analysis: Analysis) -> str:
    lines = [analysis.id, " · ".join(phrase.text for phrase in analysis.keyphrases)]
    lines += [
        f"{source.name} ← {' ← '.join(source.hops)}" if source.hops else source.name for source in analysis.sources
    ]
    lines += [f"{quote.speaker or '—'}: {quote.text}" for quote in analysis.quotes]
    lines += [f"{event.when or '—'}: {event.what}" for event in analysis.events]
    return "\n".join(["", *lines])
