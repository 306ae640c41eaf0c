"""
Sitemaps (sitemaps.org 0.9): an index, one of the last two days for news search, one for each month of the archive.

Which months there are is found by leaps: the newest article before a month's first instant lies in the next month that
has any, so an archive of 15 years is walked in at most 180 short queries.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from xml.sax.saxutils import escape

from tawatur.model import Article, write_moment
from tawatur.store.protocol import Store
from tawatur.web.edition import Edition
from tawatur.web.moments import shown_at
from tawatur.web.safety import shown

#: What the protocol lets one file hold.
ADDRESSES_IN_A_FILE = 50_000
#: What news search takes: articles of two days, a thousand at most.
NEWS_DAYS, NEWS_ARTICLES = 2, 1_000
#: Months an index goes back.
MONTHS = 600
_BATCH = 500

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS_SPACE = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def index(store: Store, edition: Edition) -> str:
    """Write the index of all sitemaps."""
    names = ["news", "pages", *(f"{month:%Y-%m}" for month in months(store))]
    entries = (f"<sitemap><loc>{_address(edition, f'/sitemap/{name}.xml')}</loc></sitemap>" for name in names)
    return f"{_HEAD}<sitemapindex {_SPACE}>{''.join(entries)}</sitemapindex>"


def months(store: Store) -> Iterator[date]:
    """Give the months that hold articles, newest first, each as its first day."""
    before: datetime | None = None
    for _ in range(MONTHS):
        newest = store.articles.newest(limit=1, until=before).articles
        at = shown_at(newest[0]) if newest else None
        if at is None:
            return
        first = datetime(at.year, at.month, 1, tzinfo=UTC)
        if before is not None and first >= before:  # an article exactly on the border: step over it
            first = (before - timedelta(days=1)).replace(day=1)
        yield first.date()
        before = first - timedelta(microseconds=1)


def pages(store: Store, editions: list[Edition]) -> str:
    """Write the sitemap of the lists: the fronts and each source's page."""
    links = [edition.links for edition in editions]
    paths = [path for link in links for path in (link.front(), link.sources())]
    paths += [link.source(source.id) for source in store.sources.all() for link in links]
    return _urlset((f"<url><loc>{_address(editions[0], path)}</loc></url>" for path in paths), _SPACE)


def month(store: Store, edition: Edition, first: date) -> Iterator[str]:
    """Write the sitemap of a month, piece by piece: the newest ``ADDRESSES_IN_A_FILE`` of it."""
    since = datetime(first.year, first.month, 1, tzinfo=UTC)
    until = (since + timedelta(days=32)).replace(day=1) - timedelta(microseconds=1)
    yield f"{_HEAD}<urlset {_SPACE}>"
    for article in _articles(store, since, until, ADDRESSES_IN_A_FILE):
        changed = write_moment(article.fetched)
        lastmod = f"<lastmod>{changed}</lastmod>" if changed else ""
        yield f"<url><loc>{_address(edition, edition.links.article(article.id))}</loc>{lastmod}</url>"
    yield "</urlset>"


def news(store: Store, edition: Edition, now: datetime) -> str:
    """Write the news sitemap: articles of the last two days whose date is known."""
    articles = _articles(store, now - timedelta(days=NEWS_DAYS), now, NEWS_ARTICLES)
    dated = (article for article in articles if article.published and article.title)
    return _urlset((_news_entry(edition, article) for article in dated), f"{_SPACE} {_NEWS_SPACE}")


def _news_entry(edition: Edition, article: Article) -> str:
    moment = article.published
    if "published-in-future" in article.flags:
        moment = article.fetched
    return (
        f"<url><loc>{_address(edition, edition.links.article(article.id))}</loc><news:news>"
        f"<news:publication><news:name>{_text(edition.name)}</news:name>"
        f"<news:language>{_text(article.language or edition.language)}</news:language></news:publication>"
        f"<news:publication_date>{write_moment(moment, article.precision)}</news:publication_date>"
        f"<news:title>{_text(article.title or '')}</news:title></news:news></url>"
    )


def _articles(store: Store, since: datetime, until: datetime, limit: int) -> Iterator[Article]:
    cursor: str | None = None
    given = 0
    while given < limit:
        batch = min(_BATCH, limit - given)
        page = store.articles.newest(limit=batch, cursor=cursor, since=since, until=until)
        yield from page.articles
        given += len(page.articles)
        cursor = page.next_cursor
        if cursor is None:
            return


def _urlset(entries: Iterator[str], spaces: str) -> str:
    return f"{_HEAD}<urlset {spaces}>{''.join(entries)}</urlset>"


def _address(edition: Edition, path: str) -> str:
    return _text(edition.absolute(path))


def _text(text: str) -> str:
    return escape(shown(text))
