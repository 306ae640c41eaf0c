"""Real pages with gold, where they are at hand: the bars of the benchmark, as floors."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from bench.extract import (
    arabic_pages,
    f1_of,
    local_day,
    ours,
    precision_recall,
    scrapinghub_pages,
    trafilatura_balanced,
    wcxb_pages,
)

from tawatur.errors import ExtractionError
from tawatur.extract import read_document

pytestmark = pytest.mark.data

#: A tenth of each English set is read here; the whole sets are read by ``python -m bench.extract``.
STEP = 10
#: What a sample of that size may differ by.
NEAR = 0.02


def test_every_arabic_page_is_right(data: Path) -> None:
    for page in arabic_pages(data):
        article = read_document(page.html, url=page.url).article
        assert article.title == page.record["title"], page.name
        assert local_day(article, page.html, page.url) == page.record["date"], page.name
        assert article.authors == ((page.record["author"],) if page.record["author"] else ()), page.name
        assert (article.credit.name if article.credit else None) == page.record["credit"], page.name
        assert not [noise for noise in page.forbidden if noise in article.body], page.name
        assert f1_of([precision_recall(page.body, article.body)])[0] >= 0.99, page.name


@pytest.mark.parametrize("pages", [scrapinghub_pages, wcxb_pages])
def test_english_pages_are_read_about_as_well_as_trafilatura_reads_them(data: Path, pages) -> None:
    sample = list(pages(data))[::STEP]
    scores = [
        f1_of([precision_recall(page.body, read(page.html, page.url)) for page in sample])[0]
        for read in (ours, trafilatura_balanced)
    ]
    assert scores[0] >= scores[1] - NEAR


def test_listing_pages_are_refused(data: Path) -> None:
    read = []
    with tarfile.open(data / "html" / "arabic-listings.tar.gz") as archive:
        members = [member for member in archive.getmembers() if member.isfile() and member.name.startswith("listing/")]
        for member in members:
            if member.name.endswith(".json"):
                continue
            file = archive.extractfile(member)
            assert file is not None
            try:
                read_document(file.read(), url="http://listing.example/index.php")
            except ExtractionError:
                continue
            read.append(member.name)
    assert len(read) <= 1
