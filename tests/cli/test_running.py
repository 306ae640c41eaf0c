"""``tawatur run`` as a process: it fills the site, stops cleanly, and survives being killed at any moment."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request  # noqa: TID251 - as a reader's browser asks the site
from pathlib import Path

import pytest

from tawatur.store import open_store

KILLS = 50
#: Seconds from the start of a run to its end by SIGKILL: within start-up, polling, the first pages.
KILL_AFTER = 0.1, 1.0
#: Of the kills, every so manieth waits for articles to be written, and comes within so many seconds of them.
KILL_WHILE_WRITING, WITHIN = 3, 0.3


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def until(condition, seconds=60.0, pause=0.1):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if value := condition():
            return value
        time.sleep(pause)
    pytest.fail("it did not come about")


def asked(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: TID251
            return answer.read().decode()
    except OSError:
        return None


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_run_fills_the_site_and_stops_cleanly(process, press_home, press, tawatur):
    site = f"http://127.0.0.1:{free_port()}"
    run = process("run", "--home", press_home, TAWATUR_LISTEN=site.removeprefix("http://"))
    until(lambda: asked(f"{site}/healthz"))
    # Sources that are added while it runs are followed.
    for source in press.sources()[:3]:
        tawatur("sources", "add", source.home, "--feed", source.feeds[0], "--id", source.id, "--home", press_home)
    until(lambda: len(json.loads(asked(f"{site}/api/v1/articles"))["articles"]) >= 5)
    assert 'dir="rtl"' in asked(site)
    second = process("run", "--home", press_home, TAWATUR_LISTEN="127.0.0.1:0")
    assert second.wait(30) == 1
    assert "another" in second.stderr.read()
    before = time.monotonic()
    run.send_signal(signal.SIGTERM)
    out, err = run.communicate(timeout=30)
    assert time.monotonic() - before < 15
    assert run.returncode == 0
    assert out == ""
    events = [json.loads(line) for line in err.splitlines()]
    assert {"opened", "serving", "polled", "read", "stopped"} <= {event["event"] for event in events}
    assert not [event for event in events if event["level"] == "error"]
    figures = tawatur("stats", "--home", press_home, "--json").record
    assert figures["healthy"] == 3
    assert figures["articles"] >= 5


@pytest.mark.timeout(60)
def test_an_address_that_is_taken_ends_the_run_with_what_to_do(process, press_home):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = process("run", "--home", press_home, "--listen", f"127.0.0.1:{taken.getsockname()[1]}")
        assert run.wait(40) == 2
        assert "taken" in run.stderr.read()


@pytest.mark.slow
@pytest.mark.timeout(90)
def test_the_demonstration_fills_itself_and_leaves_nothing(process, tmp_path):
    site = f"http://127.0.0.1:{free_port()}"
    show = process("demo", "--listen", site.removeprefix("http://"), TMPDIR=str(tmp_path), TAWATUR_READING_WORKERS="1")
    until(lambda: "<article" in (asked(f"{site}/") or ""))
    show.send_signal(signal.SIGINT)
    out, _ = show.communicate(timeout=30)
    assert show.returncode == 0
    assert site in out
    assert list(tmp_path.glob("tawatur-demo-*")) == []


# Importing Tawatur takes longer than most runs are let live. This process has imported it, and forks a run for each
# line it reads: the run itself is the command line's own.
NURSERY = """
import os, sys
from tawatur.cli import main, running
import tawatur.web, tawatur.store, psycopg
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        main(line.split())
    print(pid, flush=True)
    os.waitpid(pid, 0)
    print("ended", flush=True)
"""


@pytest.fixture
def nursery(tmp_path, database_url):
    log = (tmp_path / "log").open("w")
    with subprocess.Popen(
        [sys.executable, "-c", NURSERY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        env={**os.environ, "TAWATUR_DATABASE": database_url},
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
    log.close()


@pytest.mark.slow
@pytest.mark.timeout(420)
def test_killed_fifty_times_every_article_is_there_once(nursery, press_home, press, database_url, tmp_path):
    chance = random.Random()
    command = f"run --home {press_home} --listen 127.0.0.1:0\n"
    expected = {article.url: article for article in press.articles().values()}

    def start() -> int:
        nursery.stdin.write(command)
        nursery.stdin.flush()
        return int(nursery.stdout.readline())

    def end(pid: int, number: signal.Signals) -> None:
        os.kill(pid, number)
        assert nursery.stdout.readline() == "ended\n"

    with open_store(database_url) as store:
        for source in press.sources():
            store.sources.add(source)
        counts = [0]
        for number in range(KILLS):
            pid = start()
            if number % KILL_WHILE_WRITING == 0 and counts[-1] < len(expected):
                until(lambda: store.articles.count() > counts[-1], pause=0.02)
                time.sleep(chance.uniform(0, WITHIN))
            else:
                time.sleep(chance.uniform(*KILL_AFTER))
            end(pid, signal.SIGKILL)
            counts.append(store.articles.count())
        pid = start()
        polled = store.sources.feeds
        until(lambda: all(feed.last_success_at for feed in polled()) and not store.entries.waiting(), 120)
        end(pid, signal.SIGTERM)
        found = store.articles.newest(limit=1000).articles
        changes = store.changes.since(None, 10_000)
        histories = [len(store.articles.history(article.id)) for article in found]
    assert counts == sorted(counts), "a committed article was lost"
    assert len(set(counts)) > 10, "hardly a kill came while something was written"
    read = [article for article in found if "summary-only" not in article.flags]
    assert sorted(str(article.url) for article in read) == sorted(map(str, expected))
    assert all(article.title == expected[article.url].title and article.body for article in read)
    assert len({article.id for article in found}) == len(found)
    assert set(histories) == {1}, "an article was written twice"
    assert {change.id for change in changes if change.kind == "article"} == {article.id for article in found}
    if database_url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(Path(database_url.removeprefix("sqlite:///")))) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    print(f"articles after each kill: {counts}")
