"""``tawatur related``: what is worth reading beside an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import click

from tawatur.cli.analysing import article_lines
from tawatur.cli.common import Refused, example, open_home, write_record
from tawatur.config import Settings, load_settings
from tawatur.model import Article
from tawatur.stories.copies import CopyFinder
from tawatur.stories.features import sketch, text_to_embed
from tawatur.stories.related import RelatedFinder
from tawatur.text.vectors import embed

__all__ = ["related_command"]

_ARTICLES_AT_ONCE = 64
# Of the archive the newest are looked at, or those until some days after the article that was asked for.
_ARTICLES_OF_THE_ARCHIVE = 5_000
_AFTER = timedelta(days=15)


@click.command(
    epilog=example(
        "tawatur related articles.jsonl --json",
        "tawatur related b5b10dd0429e69ac --home /var/lib/tawatur --json",
    )
)
@click.argument("what")
@click.option("--json", "json_wanted", is_flag=True, help="Print one record an article.")
@click.option("--home", metavar="FOLDER", help="Data folder whose archive is looked at as well (TAWATUR_HOME).")
def related_command(what: str, *, json_wanted: bool, home: str | None) -> None:
    """Find what to read beside articles: WHAT is a file of articles, one JSON object a line, - or an ID of the archive.

    Among the articles of a file; with --home, among those of the archive too.
    """
    refused = Refused()
    is_file = what == "-" or Path(what).is_file()
    asked = list(article_lines(what, refused)) if is_file else []
    held = _archive(load_settings(home=home), None if is_file else what) if home or not is_file else []
    finder, copies = _taken([*held, *asked])
    for id_ in [article.id for article in asked] if is_file else [what]:
        if id_ not in finder:
            refused.add(id_, "no such file, and no article of the archive has this id")
            continue
        found = finder.related(id_, copies.original_of)
        if json_wanted:
            write_record({"id": id_, "related": [{"id": each.other, "why": each.why} for each in found]})
        else:
            click.echo("\n".join([id_, *(f"    {each.why}\t{each.other}" for each in found)]))
    refused.leave()


def _archive(settings: Settings, asked: str | None) -> list[Article]:
    """Give the articles of the archive to look at: the newest, or those before and soon after the one asked for."""
    found: list[Article] = []
    with open_home(settings) as store:
        article = None if asked is None else store.articles.get(asked)
        if asked is not None and article is None:
            return []
        shown_at = article.published if article is not None else None
        until = shown_at + _AFTER if isinstance(shown_at, datetime) else None
        cursor: str | None = None
        while len(found) < _ARTICLES_OF_THE_ARCHIVE:
            page = store.articles.newest(limit=200, cursor=cursor, until=until)
            found += page.articles
            cursor = page.next_cursor
            if cursor is None:
                break
    return [*found[::-1], *([article] if article is not None else [])]


def _taken(articles: Iterable[Article]) -> tuple[RelatedFinder, CopyFinder]:
    finder, copies = RelatedFinder(), CopyFinder()
    waiting: Iterator[Article] = iter(articles)
    while batch := list(islice(waiting, _ARTICLES_AT_ONCE)):
        for article, vector in zip(batch, embed([text_to_embed(article) for article in batch]), strict=True):
            finder.take(sketch(article, None, vector))
            copies.find(article)
    return finder, copies
