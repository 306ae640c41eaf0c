"""``tawatur group``: the coverage of one happening gathered into a story."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from itertools import islice

import click

from tawatur.analysis import analyse_dated
from tawatur.cli.analysing import dated_article_lines
from tawatur.cli.common import Refused, example, write_record
from tawatur.model import Article
from tawatur.stories.copies import CopyFinder
from tawatur.stories.features import sentence_vectors, sketch
from tawatur.stories.grouping import Grouper

__all__ = ["group_command"]

# Articles whose vectors are made at once and whose stories are parted anew together.
_ARTICLES_AT_ONCE = 64


@click.command(epilog=example("tawatur group articles.jsonl --json", "zcat day.jsonl.gz | tawatur group - --json"))
@click.argument("file")
@click.option("--json", "json_wanted", is_flag=True, help="Print one record an article, when all have been read.")
@click.option("--home", hidden=True, help="Accepted as everywhere; grouping a file needs no home.")
def group_command(file: str, *, json_wanted: bool, home: str | None) -> None:  # noqa: ARG001
    """Gather articles, one JSON object a line in the order they came, into stories; copies stand by their originals."""
    refused = Refused()
    grouper, copies = Grouper(), CopyFinder()
    titles: list[tuple[str, str]] = []
    for articles in _batches(dated_article_lines(file, refused)):
        vectors, headlines = sentence_vectors([article for article, _ in articles])
        analyses = analyse_dated(articles)
        for (article, _), analysis, vector, headline in zip(articles, analyses, vectors, headlines, strict=True):
            titles.append((article.id, article.title or ""))
            new = sketch(article, analysis, vector, headline)
            grouper.take(new, copy_of=copies.find(article, analysis))
        grouper.settle()
    for article_id, title in titles:
        original = copies.original_of(article_id)
        # Which of two texts is the original can turn out when a later one comes: all copies stand with it.
        story = grouper.story_of(original or article_id)
        if json_wanted:
            write_record({"id": article_id, "story": story, "copy_of": original})
        else:
            click.echo(f"{story}\t{title}")
    refused.leave()


def _batches(articles: Iterable[tuple[Article, tzinfo]]) -> Iterator[list[tuple[Article, tzinfo]]]:
    waiting = iter(articles)
    while batch := list(islice(waiting, _ARTICLES_AT_ONCE)):
        yield batch
