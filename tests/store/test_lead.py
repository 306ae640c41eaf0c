"""One follower a store: a second is refused, and no ``kill -9`` leaves a lock behind."""

from __future__ import annotations

import multiprocessing
import signal
import time
from datetime import UTC, datetime

import psycopg
import pytest

from tawatur.errors import LedByAnother
from tawatur.store import open_store

REFUSED = "another `tawatur run` already follows"


@pytest.fixture
def url(database_url):
    open_store(database_url).close()
    return database_url


def test_a_second_follower_is_refused_until_the_first_is_done(url):
    with open_store(url) as first, open_store(url) as second:
        with first.lead() as lead:
            for _ in range(2):
                with pytest.raises(LedByAnother, match=REFUSED) as caught, second.lead():
                    pass
            assert "?" not in str(caught.value)
            lead.check()
        with second.lead(), pytest.raises(LedByAnother, match=REFUSED), first.lead():
            pass
        with first.lead():
            pass


def test_an_error_in_the_block_ends_the_lead(url):
    with open_store(url) as store:
        with pytest.raises(KeyboardInterrupt), store.lead():
            raise KeyboardInterrupt
        with store.lead():
            pass


def test_reading_and_writing_go_on_beside_the_follower(url, make_article, now):
    with open_store(url) as first, open_store(url) as second, first.lead() as lead:
        assert second.articles.put(make_article(1), now=now) == "new"
        assert first.articles.put(make_article(2), now=now) == "new"
        assert second.articles.count() == 2
        lead.check()


def test_two_stores_have_two_followers(url, tmp_path):
    with open_store(url) as one, open_store(f"sqlite:///{tmp_path}/other.sqlite3") as other, one.lead(), other.lead():
        pass


def _lead(url, said):
    with open_store(url) as store, store.lead():
        said.send(True)
        signal.pause()


def test_a_kill_of_the_follower_lets_another_lead_at_once(url):
    context = multiprocessing.get_context("fork")
    for _ in range(2):
        heard, said = context.Pipe(duplex=False)
        process = context.Process(target=_lead, args=(url, said))
        process.start()
        try:
            assert heard.poll(60)
            with open_store(url) as store, pytest.raises(LedByAnother, match=REFUSED), store.lead():
                pass
        finally:
            process.kill()
            process.join(60)
        _lead_soon(url)


def _lead_soon(url):
    """Lead; the server of PostgreSQL takes a moment to see that its client is gone."""
    until = datetime.now(UTC).timestamp() + 30
    while True:
        try:
            with open_store(url) as store, store.lead():
                return
        except LedByAnother:
            if datetime.now(UTC).timestamp() > until:
                raise
        time.sleep(0.02)


def test_one_file_under_two_names_has_one_follower(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)
    urls = (f"sqlite:///{tmp_path}/news.sqlite3", f"sqlite:///{tmp_path}/link/news.sqlite3")
    with (
        open_store(urls[0]) as first,
        open_store(urls[1]) as second,
        first.lead(),
        pytest.raises(LedByAnother, match=REFUSED),
        second.lead(),
    ):
        pass


@pytest.mark.postgresql
class TestWhenTheServerEndsTheSession:
    """As a restart does."""

    @pytest.fixture
    def url(self, postgresql_url):
        open_store(postgresql_url).close()
        return postgresql_url

    def end_sessions(self, url):
        with psycopg.connect(url) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    def test_the_follower_takes_the_lead_again_when_nobody_else_has_it(self, url):
        with open_store(url) as first, open_store(url) as second, first.lead() as lead:
            self.end_sessions(url)
            lead.check()
            with pytest.raises(LedByAnother, match=REFUSED), second.lead():
                pass

    def test_the_follower_is_told_that_another_leads_meanwhile(self, url):
        with open_store(url) as first, open_store(url) as second, first.lead() as lead:
            self.end_sessions(url)
            with second.lead():
                for _ in range(2):
                    with pytest.raises(LedByAnother, match=REFUSED):
                        lead.check()
            lead.check()
