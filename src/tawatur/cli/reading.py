"""``tawatur read``: one page or text as an article."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tawatur.cli.common import example, home_options, open_input, write_record
from tawatur.config import Settings
from tawatur.errors import ConfigError
from tawatur.extract import join_pages, read_document, read_page
from tawatur.model import Article, as_json

if TYPE_CHECKING:
    from tawatur.extract import Reading
    from tawatur.fetch import Web

#: Bytes of a document: no page and no text of news comes near it.
LARGEST_DOCUMENT_BYTES = 64 * 1024 * 1024


@click.command(
    epilog=example(
        "tawatur read https://www.example.org/news/1 --json",
        "tawatur read page.html --url https://www.example.org/news/1 --json",
        "pbpaste | tawatur read - --json",
    )
)
@click.argument("document", metavar="URL|FILE|-")
@click.option("--url", help="The address a file came from.")
@click.option("--json", "json_wanted", is_flag=True, help="Print the record.")
@home_options
def read_command(document: str, url: str | None, settings: Settings, *, json_wanted: bool) -> None:
    """Read an HTML page or a plain text as one article.

    A URL is captured through the one door to the network, following pages included. Nothing is kept.
    """
    is_address = document.lower().startswith(("http://", "https://"))
    article = _read_address(document, settings) if is_address else _read_file(document, url)
    if json_wanted:
        write_record(as_json(article))
    else:
        click.echo(_for_people(article))


def _read_file(name: str, url: str | None) -> Article:
    with open_input(name) as file:
        data = file.read(LARGEST_DOCUMENT_BYTES + 1)
    if len(data) > LARGEST_DOCUMENT_BYTES:
        raise ConfigError(f"{name} has more than {LARGEST_DOCUMENT_BYTES} bytes; no article has")
    media_type = "text/plain" if Path(name).suffix.lower() == ".txt" else None
    return read_document(data, url=url, media_type=media_type).article


def _read_address(url: str, settings: Settings) -> Article:
    import asyncio

    from tawatur.fetch import FetchOptions, Web

    async def read() -> Article:
        async with Web(settings.options("fetch", FetchOptions)) as web:
            return await _read_all_pages(web, url)

    return asyncio.run(read())


async def _read_all_pages(web: Web, url: str) -> Article:
    from tawatur.errors import ExtractionError, FetchError
    from tawatur.pipeline import ReadingOptions

    capture = await web.capture(url)
    readings: list[Reading] = [read_page(capture)]
    seen = {capture.url, url}
    most = ReadingOptions().pages_of_one_article
    while (following := readings[-1].next_page) is not None and following not in seen and len(readings) < most:
        seen.add(following)
        try:
            readings.append(read_page(await web.capture(following)))
        except (FetchError, ExtractionError) as error:
            click.echo(f"{following}: {error}", err=True)
            break
    return join_pages(readings[0], readings[1:]) if readings[0].next_page else readings[0].article


def _for_people(article: Article) -> str:
    record = as_json(article)
    head = [article.title or "", *([article.abstract] if article.abstract else [])]
    said = {
        "published": record["published"],
        "by": ", ".join(article.authors),
        "credit": article.credit.name if article.credit else None,
        "tags": " · ".join(article.tags),
        "url": article.url,
    }
    return "\n".join([*head, *(f"{name}: {value}" for name, value in said.items() if value), "", article.body])
