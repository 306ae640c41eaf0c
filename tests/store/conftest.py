"""Stores to test on, and records in the manner of real ones."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tawatur.model import Article, Capture, Credit, Entry, LiveUpdate, ReadAlso, Source, article_id
from tawatur.store import Store, open_store
from tawatur.store.columns import metadata


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store: a copy of an empty file on SQLite; on PostgreSQL one database for all, emptied after each."""
    if request.param == "sqlite":
        url = request.getfixturevalue("sqlite_url")
        shutil.copyfile(request.getfixturevalue("sqlite_empty_file"), url.removeprefix("sqlite:///"))
        with open_store(url) as opened:
            yield opened
        return
    url = request.getfixturevalue("postgresql_kept_url")
    with open_store(url) as opened:
        yield opened
    with psycopg.connect(url) as connection:
        for table in metadata.tables:
            if table != "change_clock":
                connection.execute(f"DELETE FROM {table}")
        connection.execute("UPDATE change_clock SET ticks = 0")


@pytest.fixture(scope="session")
def sqlite_empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "empty.sqlite3"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgresql_kept_url(postgresql_server: str) -> str:
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE kept")
    return postgresql_server.replace("/postgres?", "/kept?")


@pytest.fixture
def now() -> datetime:
    return datetime(2023, 9, 21, 6, 0, tzinfo=UTC)


@pytest.fixture
def make_article() -> Callable[..., Article]:
    def make(number: int = 1, **fields: Any) -> Article:
        url = fields.pop("url", f"https://news.example/karabakh/{number}")
        return Article(
            **{
                "id": article_id(url or ""),
                "url": url,
                "source": "example",
                "title": f"اتفاق على وقف إطلاق النار في قره باغ ({number})",
                "body": f"أعلنت السلطات في ستيباناكيرت قبول وقف إطلاق النار.\nوهذا هو الخبر رقم {number}.",
                "published": datetime(2023, 9, 20, 10, 0, tzinfo=UTC),
                "precision": "minute",
                "found_in": "json-ld",
                "fetched": datetime(2023, 9, 20, 12, 0, tzinfo=UTC),
                **fields,
            }
        )

    return make


@pytest.fixture
def full_article(make_article: Callable[..., Article]) -> Article:
    """An article with every field filled."""
    return make_article(
        7,
        abstract="ثلاثة أسطر عن الاتفاق.",
        published=date(2023, 9, 20),
        precision="day",
        found_in="date-line",
        modified=datetime(2023, 9, 20, 11, 30, 15, 250000, tzinfo=UTC),
        authors=("ليلى حداد", "سامر عيسى"),
        dateline="باكو - وكالة الشرق",
        language="ar",
        direction="rtl",
        image="https://news.example/pictures/7.jpg",
        section="العالم",
        tags=("قره باغ", "وقف إطلاق النار"),
        credit=Credit(name="وكالة الشرق", url="https://agency.example/"),
        read_also=(ReadAlso(title="خبر آخر", url="https://news.example/8"), ReadAlso(title="بلا رابط")),
        updates=(
            LiveUpdate(title=None, body="وصول الوفد.", published=date(2023, 9, 1), precision="month"),
            LiveUpdate(
                title="بدء المحادثات",
                body="بدأت.",
                published=datetime(2023, 9, 20, 9, tzinfo=UTC),
                precision="minute",
            ),
        ),
        flags=("live", "published-in-future"),
    )


@pytest.fixture
def make_source() -> Callable[..., Source]:
    def make(id_: str = "example", **fields: Any) -> Source:
        return Source(
            **{
                "id": id_,
                "name": "المثال",
                "home": f"https://{id_}.example/",
                "feeds": (f"https://{id_}.example/rss",),
                **fields,
            }
        )

    return make


@pytest.fixture
def make_entry() -> Callable[..., Entry]:
    def make(number: int = 1, host: str = "news.example", **fields: Any) -> Entry:
        return Entry(**{"url": f"https://{host}/karabakh/{number}", "title": f"خبر {number}", **fields})

    return make


@pytest.fixture
def make_capture() -> Callable[..., Capture]:
    def make(url: str = "https://news.example/karabakh/1", **fields: Any) -> Capture:
        return Capture(
            **{
                "url": url,
                "requested_url": url,
                "fetched_at": datetime(2023, 9, 20, 12, 0, tzinfo=UTC),
                "status": 200,
                "body": "<p>أعلنت السلطات</p>".encode() * 50,
                "media_type": "text/html",
                "charset": "utf-8",
                **fields,
            }
        )

    return make
