"""Opening: a database of any earlier version is brought up whole; what cannot be opened says why, without secrets."""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import shutil
import sqlite3
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
import zstandard
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tawatur.errors import ConfigError, StoreError, TawaturError
from tawatur.model import Article, Capture, FeedState, Source, article_id
from tawatur.store import open_store, schema
from tawatur.store.addresses import read_address
from tawatur.store.columns import metadata
from tawatur.store.engine import Database
from tawatur.store.texts import url_key

WHEN = datetime(2023, 9, 20, 12, tzinfo=UTC)
MICROSECONDS = int(WHEN.timestamp()) * 1_000_000
URL = "https://news.example/1"
FEED = "https://news.example/rss"
PAGE = "<p>نص المقال</p>".encode() * 30


@pytest.fixture
def first_version(database_url):
    """A database as the very first version made it, empty."""
    database = Database(read_address(database_url))
    with database.migrating() as connection:
        schema.upgrade(connection, "0001")
    yield database
    database.close()


def fill_first_version(database: Database) -> None:
    """Rows as the first version wrote them, spelled out: the code of today is not asked."""
    tables = sa.MetaData()
    with database.migrating() as connection:
        tables.reflect(connection)
        key = url_key(URL)
        record = {
            "url": URL,
            "source": "example",
            "title": "خبر",
            "published": "2023-09-20",
            "precision": "day",
            "authors": '["ليلى حداد"]',
            "direction": "rtl",
            "tags": "[]",
            "read_also": '[["آخر",null]]',
            "updates": "[]",
            "flags": "[]",
            "fetched": MICROSECONDS,
        }
        state = dict.fromkeys(
            ("shown_at", "first_fetched_at", "first_seen_at", "last_seen_at", "changed_at"), MICROSECONDS
        )
        connection.execute(
            tables.tables["articles"]
            .insert()
            .values(
                id=article_id(URL),
                words_digest="0" * 64,
                record_digest="0" * 64,
                url_key=key,
                capture_key=key,
                body="نص المقال",
                **state,
                **record,
            )
        )
        connection.execute(
            tables.tables["article_versions"]
            .insert()
            .values(article_id=article_id(URL), number=0, seen_at=MICROSECONDS - 1, body="نص سابق", **record)
        )
        for source_id, name in (("example", "1"), (None, "2"), ("other", "3")):
            url = f"https://news.example/{name}"
            connection.execute(
                tables.tables["captures"]
                .insert()
                .values(
                    url_key=url_key(url),
                    url=url,
                    requested_key=url_key(url),
                    requested_url=url,
                    source_id=source_id,
                    fetched_at=MICROSECONDS,
                    status=200,
                    media_type="text/html",
                    links="[]",
                    body_bytes=len(PAGE),
                    body=zstandard.compress(PAGE),
                )
            )
        connection.execute(
            tables.tables["feeds"]
            .insert()
            .values(
                source_id="example",
                url_key=url_key(FEED),
                url=FEED,
                etag='"1"',
                interval=600.0,
                conditional_polls=0,
                failures=0,
                stopped=False,
            )
        )
        connection.execute(
            tables.tables["source_counts"]
            .insert()
            .values(source_id="example", articles=1, waiting=0, refused=0, last_article_at=MICROSECONDS)
        )
        connection.execute(
            tables.tables["changes"].insert().values(kind="article", id=article_id(URL), tick=1, what="written")
        )
        connection.execute(tables.tables["change_clock"].update().values(ticks=1))


def test_an_empty_database_of_the_first_version_is_brought_up(first_version, database_url):
    with open_store(database_url) as store:
        assert store.sources.add(Source(id="a", name="ا", home="https://a.example")) == "new"


def test_a_filled_database_of_the_first_version_is_brought_up_with_all_it_holds(first_version, database_url):
    fill_first_version(first_version)
    with open_store(database_url) as store:
        article = store.articles.get(article_id(URL))
        assert isinstance(article, Article)
        assert (article.title, article.authors, article.fetched) == ("خبر", ("ليلى حداد",), WHEN)
        assert [version.article.body for version in store.articles.history(article.id)] == ["نص سابق", "نص المقال"]
        capture = store.captures.get(URL)
        assert isinstance(capture, Capture)
        assert capture.body == PAGE
        assert [change.id for change in store.changes.since(None, 10)] == [article.id]
        counts = store.sources.counts()
        stored = len(zstandard.compress(PAGE))
        assert (counts["example"].articles, counts["example"].last_article_at) == (1, WHEN)
        for source_id in ("example", "other"):
            assert counts[source_id].captures == 1
            assert (counts[source_id].capture_bytes, counts[source_id].stored_bytes) == (len(PAGE), stored)
        assert store.captures.count() == len(list(store.captures.each())) == 3
        assert store.sources.feeds() == (FeedState(source_id="example", url=FEED, etag='"1"', interval=600.0),)
        assert store.articles.put(article, now=WHEN) in {"same", "changed"}


def test_a_database_brought_up_is_the_one_the_tables_describe(database_url):
    open_store(database_url).close()
    database = Database(read_address(database_url))
    with database.reading() as connection:
        found = MigrationContext.configure(connection, opts={"compare_type": other_type})
        differences = compare_metadata(found, metadata)
    database.close()
    assert differences == []


def other_type(context, _found_column, _column, found, described):
    return found.compile(context.dialect) != described.compile(context.dialect)


def test_what_was_analysed_before_phrases_were_counted_is_kept_and_not_taken_for_counted(database_url):
    database = Database(read_address(database_url))
    tables = sa.MetaData()
    with database.migrating() as connection:
        schema.upgrade(connection, "0005")
        tables.reflect(connection)
        row = {"article_id": "a", "made_by": "a/1", "words_digest": "0" * 64, "shown_at": 1, "document": b""}
        connection.execute(tables.tables["analyses"].insert().values(**row))
    database.close()
    with open_store(database_url) as store:
        assert store.analyses.outdated("a/2", 9) == ("a",)
        assert store.analyses.frequencies().articles == 0


def test_the_newest_version_is_the_one_the_program_knows():
    config = Config()
    config.set_main_option("script_location", "tawatur.store:migrations")
    assert ScriptDirectory.from_config(config).get_current_head() == schema.NEWEST


def test_a_migration_that_breaks_off_leaves_the_version_before_it(first_version, database_url, monkeypatch):
    fill_first_version(first_version)
    whole = schema.upgrade

    def broken(connection, to="head"):
        whole(connection, to)
        raise KeyboardInterrupt

    monkeypatch.setattr(schema, "upgrade", broken)
    with pytest.raises(KeyboardInterrupt):
        open_store(database_url)
    with first_version.reading() as connection:
        assert schema.version_of(connection) == "0001"
    monkeypatch.undo()
    with open_store(database_url) as store:
        assert store.articles.count() == 1


def test_a_schema_of_a_later_program_is_refused_and_left_alone(database_url):
    open_store(database_url).close()
    database = Database(read_address(database_url))
    with database.migrating() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(StoreError, match="schema 0999, written by a later tawatur"):
        open_store(database_url)
    with database.reading() as connection:
        assert schema.version_of(connection) == "0999"
    database.close()


def _open(url):
    open_store(url).close()


def test_processes_and_threads_may_open_an_old_database_at_once(first_version, database_url):
    fill_first_version(first_version)
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_open, args=(database_url,)) for _ in range(2)]
    for process in processes:
        process.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(_open, [database_url] * 4))
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    with open_store(database_url) as store:
        assert store.captures.count() == 3


def _open_as_nobody(url, telling):
    if os.geteuid() == 0:  # root may write everything
        os.setuid(65534)
    try:
        with open_store(url) as store:
            store.sources.add(Source(id="a", name="ا", home="https://a.example"))
    except TawaturError as error:
        telling.send((type(error), str(error)))
    else:
        telling.send((None, "it was written"))


class TestWhatCannotBeOpened:
    @pytest.mark.parametrize(
        "url",
        [
            "",
            "nonsense",
            "/var/lib/news.db",
            "mysql://desk:s3cret@db/news",
            "sqlite://",
            "sqlite:///:memory:",
            "sqlite://home/news.db",
            "postgresql://desk:s3cret@db:port/news",
            "postgresql+asyncpg://desk:s3cret@db/news",
        ],
    )
    def test_an_address_that_is_not_understood_names_the_setting(self, url):
        with pytest.raises(ConfigError, match="TAWATUR_DATABASE") as caught:
            open_store(url)
        assert "s3cret" not in str(caught.value)

    def test_a_missing_driver_names_what_to_install(self, monkeypatch):
        monkeypatch.setattr("tawatur.store.addresses.find_spec", lambda _name: None)
        with pytest.raises(ConfigError, match=r"tawatur\[postgresql\]"):
            open_store("postgresql://desk@db/news")

    def test_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(StoreError, match="see that its folder exists"):
            open_store(f"sqlite:///{tmp_path}/nowhere/news.sqlite3")

    def test_a_path_that_is_a_folder(self, tmp_path):
        with pytest.raises(StoreError, match="cannot be opened"):
            open_store(f"sqlite:///{tmp_path}")

    @pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
    def test_a_file_that_may_not_be_written(self):
        folder = Path(tempfile.mkdtemp(prefix="tawatur-"))  # where another user may look in
        path = folder / "news.sqlite3"
        open_store(f"sqlite:///{path}").close()
        path.chmod(0o444)
        folder.chmod(0o555)
        try:
            context = multiprocessing.get_context("fork")
            told, telling = context.Pipe(duplex=False)
            process = context.Process(target=_open_as_nobody, args=(f"sqlite:///{path}", telling))
            process.start()
            assert told.poll(60)
            kind, message = told.recv()
            process.join(60)
        finally:
            folder.chmod(0o755)
            shutil.rmtree(folder)
        assert kind is StoreError
        assert re.search(r"and may be written|may not be written", message)

    def test_a_file_that_is_no_database(self, tmp_path):
        path = tmp_path / "news.sqlite3"
        path.write_text("ليست قاعدة بيانات\n" * 100)
        with pytest.raises(StoreError, match="no SQLite database, or is damaged"):
            open_store(f"sqlite:///{path}")

    def test_a_damaged_file_is_told_where_it_is_met(self, tmp_path, make_article, now):
        path = tmp_path / "news.sqlite3"
        with open_store(f"sqlite:///{path}") as store:
            store.articles.put_many([make_article(number, body="نص " * 500) for number in range(50)], now=now)
        whole = path.read_bytes()
        path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
        with pytest.raises(StoreError, match="damaged"), open_store(f"sqlite:///{path}") as store:
            store.articles.newest(limit=100)

    @pytest.mark.postgresql
    def test_a_database_that_is_not_there(self, postgresql_server):
        with pytest.raises(StoreError, match='database "nowhere" does not exist'):
            open_store(postgresql_server.replace("/postgres?", "/nowhere?"))

    def test_a_server_that_does_not_answer_and_no_password_in_the_message(self):
        with pytest.raises(StoreError, match=r"postgresql://desk@127\.0\.0\.1:9/news") as caught:
            open_store("postgresql://desk:s3cret@127.0.0.1:9/news")
        assert "s3cret" not in f"{caught.value!r}{caught.value.__cause__!r}"

    @pytest.mark.postgresql
    def test_a_wrong_password_is_told_without_it(self, postgresql_server):
        import psycopg

        folder = Path(postgresql_server.partition("host=")[2])
        access = folder / "pg_hba.conf"
        with psycopg.connect(postgresql_server, autocommit=True) as connection:
            connection.execute("CREATE ROLE desk LOGIN PASSWORD 'right'")
            before = access.read_text()
            access.write_text("local all desk scram-sha-256\n" + before)
            connection.execute("SELECT pg_reload_conf()")
            try:
                url = postgresql_server.replace("postgres@/", "desk:s3cret@/")
                with pytest.raises(StoreError, match="password authentication failed") as caught:
                    open_store(url)
            finally:
                access.write_text(before)
                connection.execute("SELECT pg_reload_conf()")
                connection.execute("DROP ROLE desk")
        assert "s3cret" not in f"{caught.value!r}{caught.value.__cause__!r}"

    @pytest.mark.postgresql
    def test_a_database_in_another_encoding(self, postgresql_server):
        import psycopg

        with psycopg.connect(postgresql_server, autocommit=True) as connection:
            connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")
        with pytest.raises(StoreError, match="encoded in LATIN1"):
            open_store(postgresql_server.replace("/postgres?", "/latin?"))


def test_neither_password_nor_options_stand_in_a_store_s_name(database_url):
    with open_store(database_url) as store:
        store.check()
        assert "?" not in repr(store)
        assert repr(store).startswith("<store ")


def test_the_size_of_a_store_grows_with_what_is_put(database_url, make_article, now):
    with open_store(database_url) as store:
        empty = store.size()
        chance = random.Random(1)
        pages = [make_article(number, body=chance.randbytes(5000).hex()) for number in range(100)]
        store.articles.put_many(pages, now=now)
        assert store.size() - empty > 100 * 4000
        assert store.size() > empty > 0


def test_a_store_whose_database_went_away_says_so_when_checked(tmp_path):
    path = tmp_path / "news.sqlite3"
    with open_store(f"sqlite:///{path}") as store:
        connection = sqlite3.connect(path)
        connection.execute("DROP TABLE change_clock")
        connection.commit()
        connection.close()
        with pytest.raises(StoreError):
            store.check()
