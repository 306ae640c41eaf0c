"""The whole way of an article, each stage reading what the one before gives: from the sample press to the store."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tawatur.fetch import FetchOptions
from tawatur.pipeline.archive import Archivist
from tawatur.pipeline.newsroom import NewsroomOptions
from tawatur.pipeline.options import FollowOptions, ReadingOptions
from tawatur.pipeline.reread import Rereader
from tawatur.press import Press

OPTIONS = NewsroomOptions(
    fetch=FetchOptions(allowed_networks=("press=127.0.0.1/32",), seconds_between_requests=0, connections_per_host=4),
    follow=FollowOptions(shortest_seconds=1, longest_seconds=3600, look_again_seconds=0.1),
    reading=ReadingOptions(workers=1),
)


@pytest.mark.timeout(180)
@pytest.mark.slow
async def test_the_press_is_read_whole_and_as_it_is(room):
    with Press(datetime.now(UTC)) as press:
        expected = {article.url: article for article in press.articles().values()}
        async with room(OPTIONS) as desk:
            for source in press.sources():
                desk.store.sources.add(source)
            await desk.until(lambda: desk.store.articles.count() >= len(expected) and not desk.store.entries.waiting())
            found = {article.url: article for article in desk.store.articles.newest(limit=1000).articles}
            assert not [state.last_error for state in desk.store.sources.feeds() if state.last_error]
            refusals = desk.store.entries.refusals()
    read = {url: article for url, article in found.items() if "summary-only" not in article.flags}
    assert set(read) == set(expected)
    assert {refusal.reason for refusal in refusals} >= {"error_page", "video_without_text"}
    for url, article in expected.items():
        assert (read[url].id, read[url].source, read[url].title) == (article.id, article.source, article.title)


@pytest.mark.timeout(120)
async def test_what_is_kept_can_be_read_again_and_is_the_same(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        server.pages |= {"/feed": server.feed("/a", "/b"), "/a": server.article("a"), "/b": server.article("b")}
        follow(desk.store, "s", server.url("/feed"))
        await desk.until(lambda: desk.store.articles.count() == 2)
        refused = []
        rereader = Rereader(desk.store, desk.means.workshop, lambda where, why: refused.append((where, why)))
        counts = await rereader.read_again()
        assert (counts.new, counts.changed, counts.same, refused) == (0, 0, 2, [])
        assert len(server.asked("/a")) == 1


async def test_a_date_that_only_the_feed_told_outlives_a_rereading(small_room, serve, follow):
    dated = "<item><title>خبر مؤرخ</title><link>{}</link><pubDate>Fri, 20 Nov 2026 07:00:00 GMT</pubDate></item>"
    async with small_room() as desk, serve() as server:
        server.pages["/feed"] = server.feed(about=dated.format(server.url("/a")))
        server.pages["/a"] = server.article("a").replace(b"article:published_time", b"x:nothing_of_use_here_")
        follow(desk.store, "s", server.url("/feed"))
        await desk.until(lambda: desk.store.articles.count() == 1)
        (before,) = desk.store.articles.newest(limit=1).articles
        assert before.found_in == "feed"
        await Rereader(desk.store, desk.means.workshop, lambda where, why: None).read_again()
        (after,) = desk.store.articles.newest(limit=1).articles
        assert after.published == before.published == datetime(2026, 11, 20, 7, tzinfo=UTC)


async def test_a_changed_page_becomes_a_new_state_of_its_article(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        server.pages |= {"/feed": server.feed("/a"), "/a": server.article("a")}
        follow(desk.store, "s", server.url("/feed"))
        await desk.until(lambda: desk.store.articles.count() == 1)
        server.pages["/a"] = server.article("a").replace("مليوني".encode(), "مليونا".encode())
        server.pages["/feed"] = server.feed("/a").replace("هذا ملخص".encode(), "ذاك ملخص".encode())
        (article,) = desk.store.articles.newest(limit=1).articles
        state = desk.feed("s")
        desk.store.sources.save_feed(replace(state, next_poll_at=datetime.now(UTC)))
        await desk.until(lambda: len(desk.store.articles.history(article.id)) == 2)
        assert desk.store.articles.count() == 1


async def test_articles_on_several_pages_are_joined(small_room, serve, follow):
    async with small_room() as desk, serve() as server:
        link = b"<a href='/long?page=2'>2</a></body>"
        server.pages["/feed"] = server.feed("/long")
        server.pages["/long"] = longer(server.article("one"), link)
        server.pages["/long?page=2"] = server.article("two")
        follow(desk.store, "s", server.url("/feed"))
        await desk.until(lambda: desk.store.articles.count() == 1)
        (article,) = desk.store.articles.newest(limit=1).articles
        assert "بلدية one" in article.body
        assert "بلدية two" in article.body
        assert article.flags == ()


def longer(page: bytes, link: bytes) -> bytes:
    _, _, body = page.partition(b"\r\n\r\n")
    body = body.replace(b"</body>", link)
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body


async def test_a_worker_that_crashes_on_a_page_loses_nothing_else(
    small_room, serve, follow, options, monkeypatch, tmp_path
):
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\n"
        "if 'tawatur.pipeline.worker' in ' '.join(sys.orig_argv):\n"
        "    import tawatur.extract.reading as reading, tawatur.extract as extract\n"
        "    read = extract.read_page\n"
        "    def deadly(capture, *arguments, **options):\n"
        "        if capture.url.endswith('/deadly'):\n"
        "            os.abort()\n"
        "        return read(capture, *arguments, **options)\n"
        "    extract.read_page = deadly\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    async with small_room(options(seconds_before_retry=0.1)) as desk, serve() as server:
        server.pages["/feed"] = server.feed("/deadly", "/a", "/b")
        server.pages |= {f"/{name}": server.article(name) for name in ("deadly", "a", "b")}
        follow(desk.store, "s", server.url("/feed"))
        await desk.until_read()
        assert desk.store.articles.count() == 2
        (refusal,) = desk.store.entries.refusals("s")
        assert refusal.url.endswith("/deadly")
        assert desk.store.captures.get(refusal.url) is not None


async def test_pictures_are_fetched_and_made_ours(small_room, serve, follow):
    from io import BytesIO

    from PIL import Image

    data = BytesIO()
    Image.new("RGB", (40, 30), "green").save(data, "PNG")
    async with small_room() as desk, serve() as server:
        pictured = server.article("a").partition(b"\r\n\r\n")[2].decode()
        for name in ("good", "lost"):
            meta = f"<meta property='og:image' content='{server.url(f'/{name}.png')}'></head>"
            server.pages[f"/{name}"] = server.answer(
                pictured.replace("</head>", meta).replace("بلدية a", f"بلدية {name}")
            )
        server.pages |= {
            "/feed": server.feed("/good", "/lost"),
            "/good.png": server.answer(data.getvalue(), media_type="image/png"),
        }
        follow(desk.store, "s", server.url("/feed"))
        await desk.until(lambda: bool(desk.store.images.ids_for([server.url("/good.png")])))
        (image_id,) = desk.store.images.ids_for([server.url("/good.png")]).values()
        image = desk.store.images.get(image_id)
        assert (image.media_type, image.width, image.height) == ("image/webp", 40, 30)
        await desk.until(lambda: server.asked("/lost.png") != [])
        await desk.until(lambda: desk.store.images.wanted(9, datetime.now(UTC)) == ())


async def test_an_archive_on_disk_is_taken_in_once(small_room, tmp_path, serve):
    from tawatur.fetch import write_warc
    from tawatur.model import Capture

    async with small_room(runs=False) as desk, serve() as server:
        page = server.article("a").partition(b"\r\n\r\n")[2]
        address = "https://paper.example/a"
        folder = tmp_path / "pages"
        folder.mkdir()
        link = f"<link rel=canonical href={address}></head>".encode()
        (folder / "a.html").write_bytes(page.replace(b"</head>", link))
        (folder / "empty.html").write_bytes(b"<html></html>")
        (folder / "picture.png").write_bytes(b"\x89PNG")
        (tmp_path / "articles.jsonl").write_text(
            '{"url": "https://paper.example/b?utm_source=x", "title": "خبر", "body": "نص"}\nnonsense\n\n{"id": "7"}\n',
            "utf-8",
        )
        captures = [
            Capture(
                url=f"https://paper.example/{name}",
                requested_url=f"https://paper.example/{name}",
                fetched_at=datetime(2026, 11, 23, tzinfo=UTC),
                status=200,
                body=server.article(name).partition(b"\r\n\r\n")[2],
                media_type="text/html",
                charset="utf-8",
            )
            for name in ("c", "d", "e")
        ]
        with (tmp_path / "crawl.warc.gz").open("wb") as file:
            write_warc(file, captures)
        (tmp_path / "feed.xml").write_bytes(
            server.feed("/f").partition(b"\r\n\r\n")[2].replace(server.url("/f").encode(), b"https://paper.example/f")
        )
        from tawatur.pipeline.archive import files_in

        names = ("articles.jsonl", "crawl.warc.gz", "feed.xml")
        files = list(files_in([folder, *(tmp_path / name for name in names)], left_out=lambda path: None))
        refused: list[str] = []
        for expected in ((7, 0), (0, 7)):
            refused.clear()
            archivist = Archivist(desk.store, desk.means.workshop, lambda where, why: refused.append(where))
            counts = await archivist.take_in(
                file for file in files if file.suffix != ".sqlite3" and "sqlite" not in file.name
            )
            assert (counts.new, counts.same) == expected
            assert len(refused) == counts.refused == 2
        assert any(where.endswith("articles.jsonl, line 2") for where in refused)
        assert desk.store.captures.count() == 4
