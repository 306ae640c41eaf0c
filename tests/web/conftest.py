"""A small press of our own in a real store, and the site over it."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from PIL import Image, ImageDraw
from tests.web.analysed import analysis_of
from tests.web.gathered import gather

from tawatur.model import Article, Credit, Entry, FeedState, LiveUpdate, ReadAlso, Source
from tawatur.pipeline.indexing import reindex
from tawatur.search import SearchIndex
from tawatur.store import Refusal, Store, StoredImage, open_store
from tawatur.web import SiteOptions, create_app, site_server

NOW = datetime(2023, 9, 21, 9, 0, tzinfo=UTC)

BRIDGE = (
    "أعلنت بلدية المدينة، الأربعاء، افتتاح الجسر الجديد على النهر أمام حركة السير بعد أعمال دامت عامين.\n"
    "وقال رئيس البلدية في تصريح صحفي إن الجسر «سيختصر نصف الوقت بين الضفتين»، مضيفا أن العمل في الأرصفة مستمر.\n"
    "وبلغت كلفة المشروع 42 مليون دينار، بحسب بيان نشرته شركة Bridge & Road Ltd على موقعها."
)


def picture(seed: int, width: int = 640, height: int = 400) -> StoredImage:
    """A plain drawing, as the store would hold one."""
    drawing = Image.new(
        "RGB", (width, height), ((seed * 67) % 200 + 30, (seed * 41) % 160 + 50, (seed * 97) % 140 + 70)
    )
    pen = ImageDraw.Draw(drawing)
    for ring in range(9):
        pen.arc((60 * ring, 30, 60 * ring + 380, 370), 180, 360, fill=(250, 245, 230), width=5)
    file = io.BytesIO()
    drawing.save(file, "WEBP", quality=60)
    data = file.getvalue()
    return StoredImage(
        id=hashlib.sha256(data).hexdigest(),
        url=f"https://nahr.example/pictures/{seed}.jpg",
        media_type="image/webp",
        width=width,
        height=height,
        data=data,
    )


SOURCES = (
    Source(
        id="nahr",
        name="صحيفة النهر",
        home="https://nahr.example/",
        feeds=("https://nahr.example/rss.xml",),
        country="JO",
    ),
    Source(
        id="mada",
        name="وكالة المدى للأنباء",
        home="https://mada.example/",
        feeds=("https://mada.example/feed.json", "https://desk:pw@mada.example/news.xml?api_key=k3y"),
        country="IQ",
        kind="agency",
        checked=False,
    ),
    Source(id="harbour", name="The Harbour Post", home="https://harbour.example/", language="en", country="GB"),
)


def article(number: int, **fields: object) -> Article:
    """An article with what most have; fields as asked."""
    stated = {
        "id": f"{number:016x}",
        "url": f"https://nahr.example/news/{number}",
        "source": "nahr",
        "title": f"افتتاح الجسر الجديد رقم {number} على النهر أمام حركة السير",
        "body": BRIDGE,
        "published": NOW - timedelta(minutes=37 * number),
        "precision": "minute",
        "found_in": "json-ld",
        "language": "ar",
        "fetched": NOW - timedelta(minutes=37 * number - 5),
    }
    return Article(**{**stated, **fields})  # type: ignore[arg-type]


WHOLE = article(
    1,
    abstract="الجسر يختصر نصف الوقت بين الضفتين، والعمل في الأرصفة مستمر حتى نهاية العام.",
    authors=("سلمى الحارثي", "John Carter"),
    dateline="المدينة - و م أ",
    section="محليات",
    image="https://nahr.example/pictures/1.jpg",
    tags=("الجسر الجديد", "بلدية المدينة", "Bridge & Road"),
    credit=Credit(name="البوابة نيوز", url="https://bawaba.example/"),
    read_also=(
        ReadAlso(title="خطة لتوسعة ثلاثة شوارع وسط المدينة", url="https://nahr.example/news/900"),
        ReadAlso(title="رابط بلا عنوان"),
    ),
    modified=NOW - timedelta(minutes=10),
)


def fill(store: Store) -> None:
    """Put the press into a store."""
    for source in SOURCES:
        store.sources.add(source)
    for seed in range(1, 8):
        store.images.put(picture(seed))
    store.articles.put_many(
        [replace(WHOLE, title="افتتاح الجسر على النهر", modified=None)], now=NOW - timedelta(hours=1)
    )
    changed = replace(WHOLE, body=WHOLE.body.replace("42 مليون", "47 مليون") + "\nويبدأ العمل في الأرصفة غدا.")
    store.articles.put_many([replace(WHOLE, modified=None), changed], now=NOW - timedelta(minutes=30))
    store.articles.put_many(list(more_articles()), now=NOW)
    store.analyses.put_many(
        [(one, analysis_of(one)) for one in (changed, article(2, image="https://nahr.example/pictures/2.jpg"))]
    )
    failing = next(state for state in store.sources.feeds("mada") if state.url.endswith("feed.json"))
    store.sources.save_feed(_failed(failing))
    [healthy] = store.sources.feeds("nahr")
    store.sources.save_feed(replace(healthy, kind="rss", last_polled_at=NOW, last_success_at=NOW, last_new_at=NOW))
    store.entries.offer("mada", [Entry(url="https://mada.example/v/1")], NOW)
    store.entries.refuse(
        Refusal(
            url="https://mada.example/v/1",
            source_id="mada",
            reason="video_without_text",
            message="a player and nothing to read",
            refused_at=NOW,
        )
    )


def more_articles() -> Iterator[Article]:
    """Articles of every sort: bare days, months, no date, English, live, future."""
    for number in range(2, 60):
        image = f"https://nahr.example/pictures/{number % 8}.jpg" if number % 3 else None
        yield article(number, image=image)
    yield article(
        100,
        fetched=NOW,
        source="harbour",
        url="https://harbour.example/2023/bridge",
        title="New bridge opens in «المدينة» after two years of works",
        body="The new bridge over the river opened on Wednesday.\nIt cuts the way between the banks by half.",
        abstract="The crossing cuts the way between the banks by half, the mayor says.",
        language="en",
        direction="ltr",
        published=NOW - timedelta(minutes=50),
        image="https://nahr.example/pictures/5.jpg",
    )
    yield article(
        101,
        fetched=NOW,
        published=date(2023, 9, 20),
        precision="day",
        found_in="date-line",
        title="خبر لا تذكر صفحته إلا اليوم",
    )
    yield article(102, fetched=NOW, published=date(2023, 8, 1), precision="month", title="تقرير لا يُعرف منه إلا الشهر")
    yield article(
        103,
        fetched=NOW - timedelta(hours=4),
        published=None,
        precision=None,
        found_in=None,
        title="خبر لا تذكر صفحته تاريخا",
    )
    yield article(
        104,
        fetched=NOW - timedelta(hours=3),
        published=NOW + timedelta(days=2),
        flags=("published-in-future",),
        title="خبر من غد لم يأت بعد",
    )
    yield article(
        105,
        fetched=NOW,
        source="mada",
        title="تغطية مستمرة: جلسة مجلس المدينة حول الموازنة",
        flags=("live",),
        body="نتابع معكم جلسة المجلس.",
        updates=(
            LiveUpdate(title="بدء التصويت", body="بدأ التصويت على البند الأول.", published=NOW, precision="minute"),
            LiveUpdate(
                title=None, body="وصل الأعضاء إلى القاعة.", published=NOW - timedelta(hours=1), precision="minute"
            ),
        ),
    )
    yield article(
        106,
        fetched=NOW,
        source="unfollowed.example",
        title="خبر من موقع لا نتابعه",
        flags=("summary-only", "truncated"),
    )


def _failed(state: FeedState) -> FeedState:
    error = "could not capture https://mada.example/feed.json: the server answered 503"
    return replace(
        state,
        kind="json",
        last_polled_at=NOW,
        failures=3,
        last_error=error,
        hub="https://hub.example/",
        hub_secret="s3cr3t",
        hub_lease_until=NOW,
    )


@pytest.fixture(scope="session")
def options() -> SiteOptions:
    return SiteOptions(base_url="https://news.example", contact="desk@news.example")


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store filled once; tests that write take ``empty`` instead."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('press') / 'press.sqlite'}")
    fill(store)
    yield store
    store.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    yield store
    store.close()


@pytest.fixture(scope="session")
def search_folder(press: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the real index over the press lies."""
    folder = tmp_path_factory.mktemp("index")
    reindex(press, folder)
    return folder


@pytest.fixture(scope="session")
def finder(search_folder: Path) -> SearchIndex:
    return SearchIndex.open(search_folder)


@pytest.fixture(scope="session")
def app(press: Store, options: SiteOptions, finder: SearchIndex) -> FastAPI:
    return create_app(press, options, finder=finder, clock=lambda: NOW)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answered, as it came over the wire."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class RunningSite:
    """A site behind a real server on the loopback."""

    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()


@contextmanager
def running(app: FastAPI) -> Iterator[RunningSite]:
    """Serve an app on a port the system chooses, in a thread of its own, and stop it afterwards."""
    server = site_server(app, SiteOptions(listen="127.0.0.1:0"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    assert server.started, "the server did not start within 20 seconds"
    try:
        yield RunningSite(server.port)
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "the server did not stop within 20 seconds"


@pytest.fixture(scope="session")
def site(app: FastAPI) -> Iterator[RunningSite]:
    """The filled site, served."""
    with running(app) as served:
        yield served


@pytest.fixture(scope="session")
def gathered(tmp_path_factory: pytest.TempPathFactory, options: SiteOptions) -> Iterator[RunningSite]:
    """The site of a press whose articles are gathered in stories."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('gathered') / 'press.sqlite'}") as store:
        gather(store, NOW)
        with running(create_app(store, options, clock=lambda: NOW)) as served:
            yield served


@pytest.fixture(scope="session")
def serving() -> Callable[[FastAPI], AbstractContextManager[RunningSite]]:
    """``with serving(app) as site`` for an app of a test's own."""
    return running


@pytest.fixture(scope="session")
def make_article() -> Callable[..., Article]:
    return article
