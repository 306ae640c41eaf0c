"""The commands that need no network: records out, refused input named, exit codes."""

import json
import subprocess
import sys

import pytest

from tawatur.cli import COMMANDS

GROUPS = {"sources": ("add", "list", "remove", "check"), "entities": ("list", "merge", "split")}
NAMES = [*COMMANDS, *(f"{group} {name}" for group, names in GROUPS.items() for name in names)]
#: Work on what they are given; a home is accepted and not told of.
WITHOUT_HOME = ("analyse", "date", "group", "schema", "words", *GROUPS)


@pytest.mark.parametrize("name", NAMES)
def test_each_command_helps_with_an_example(tawatur, name):
    said = tawatur(*name.split(), "--help")
    assert said.code == 0
    assert "Example:" in said.out or name in GROUPS


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WITHOUT_HOME])
def test_each_command_takes_a_home(tawatur, name):
    assert "--home" in tawatur(*name.split(), "--help").out


@pytest.mark.parametrize("arguments", [["date", "20 سبتمبر 2023"], ["schema"]])
def test_commands_that_need_no_home_accept_one(tawatur, arguments):
    assert tawatur(*arguments, "--home", "/nowhere").code == 0


def test_a_light_command_imports_nothing_heavy():
    heavy = "sqlalchemy", "aiohttp", "fastapi", "trafilatura", "structlog", "lxml"
    for arguments in (["--help"], ["date", "أمس", "--json"]):
        code = (
            "import sys\nfrom tawatur.cli import main\n"
            f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
            f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
        assert done.stderr.strip() == "[]"


def test_an_unknown_command_is_wrong_usage(tawatur):
    assert tawatur("nonsense").code == 2
    assert tawatur("date").code == 2


def test_a_date_is_a_record(tawatur):
    said = tawatur("date", "الأربعاء 20 سبتمبر 2023 13:00 بتوقيت غرينتش", "--json")
    assert said.record["precision"] == "minute"
    assert said.record["instant"].startswith("2023-09-20T13:00:00")
    assert said.record["zone_stated"] is True
    assert list(said.record) == ["input", "instant", "precision", "zone_stated"]


def test_dates_come_a_line_each_in_order_and_unknown_is_null(tawatur):
    said = tawatur(
        "date",
        "-",
        "--json",
        "--base",
        "2023-09-20T12:00:00Z",
        "--zone",
        "Asia/Riyadh",
        stdin="أمس\nلا شيء\nسبتمبر 2023\n",
    )
    assert [record["instant"] for record in said.records] == ["2023-09-19", None, "2023-09"]
    assert said.code == 0


def test_a_line_that_is_no_text_is_named_and_the_rest_done(tawatur):
    said = tawatur("date", "-", "--json", stdin="20 سبتمبر 2023\n".encode() + b"\xff\xfe\n" + b"2023-09-21\n")
    assert said.code == 1
    assert len(said.records) == 2
    assert "line 2" in said.err


@pytest.mark.parametrize("arguments", [["--zone", "Riyadh"], ["--base", "yesterday"], ["--base", "2023-09-20"]])
def test_a_wrong_base_or_zone_is_wrong_usage(tawatur, arguments):
    assert tawatur("date", "أمس", *arguments).code == 2


def test_the_schema_covers_the_records(tawatur):
    document = json.loads(tawatur("schema").out)
    assert {"Article", "Source", "Entry"} <= set(document["$defs"])
    assert json.loads(tawatur("schema", "article").out)["$ref"] == "#/$defs/Article"
    assert tawatur("schema", "nothing").code == 2


def test_a_text_is_read_as_an_article(tawatur, tmp_path):
    lines = ["بدء ترميم الجسر القديم في المدينة", "تاريخ النشر: 20th, September 2023 GMT"]
    lines += ["أعلنت البلدية اليوم بدء ترميم الجسر القديم على أن تستمر الأعمال ثلاثة أشهر كاملة."] * 2
    (tmp_path / "page.txt").write_text("\n".join([*lines, "المصدر: صحيفة الاختبار"]), "utf-8")
    record = tawatur("read", tmp_path / "page.txt", "--json").record
    assert (record["title"], record["published"], record["precision"]) == (lines[0], "2023-09-20", "day")
    assert record["credit"]["name"] == "صحيفة الاختبار"
    assert record == tawatur("read", "-", "--json", stdin="\n".join([*lines, "المصدر: صحيفة الاختبار"])).record


def test_a_page_without_an_article_is_refused_with_the_reason(tawatur, tmp_path):
    (tmp_path / "empty.html").write_text("<html><body></body></html>")
    said = tawatur("read", tmp_path / "empty.html", "--json")
    assert (said.code, said.out) == (1, "")
    assert "refused" in said.err


def test_a_file_that_is_not_there_is_wrong_usage(tawatur, tmp_path):
    assert tawatur("read", tmp_path / "nothing.html").code == 2
    assert tawatur("ingest", tmp_path / "nothing.jsonl", "--home", tmp_path).code == 2


def test_articles_are_taken_in_and_bad_lines_named(tawatur, home, tmp_path):
    lines = [
        '{"url": "https://a.example/1", "title": "خبر", "body": "نص"}',
        "{",
        '{"title": "بلا عنوان"}',
        '{"id": "7"}',
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(lines), "utf-8")
    said = tawatur("ingest", tmp_path / "articles.jsonl", "--home", home, "--json")
    assert said.record == {"new": 2, "changed": 0, "same": 0, "refused": 2}
    assert said.code == 1
    assert "line 2" in said.err
    assert "line 3" in said.err
    again = tawatur("ingest", "-", "--home", home, "--json", stdin='{"id": "7", "title": "عنوان"}\n')
    assert again.record == {"new": 0, "changed": 1, "same": 0, "refused": 0}
    assert tawatur("stats", "--home", home, "--json").record["articles"] == 2


def test_two_homes_never_touch(tawatur, tmp_path):
    tawatur("ingest", "-", "--home", tmp_path / "one", stdin='{"id": "7"}\n')
    assert tawatur("stats", "--home", tmp_path / "two", "--json").record["articles"] == 0


def test_a_setting_that_does_not_exist_is_named(tawatur, home):
    home.mkdir()
    (home / "tawatur.toml").write_text("[reading]\nworkerz = 3\n")
    said = tawatur("reread", "--home", home)
    assert said.code == 2
    assert "reading.workerz" in said.err


def test_a_database_that_cannot_be_opened_is_told_without_its_password(tawatur, home, monkeypatch):
    monkeypatch.setenv("TAWATUR_DATABASE", "postgresql://desk:s3cret@127.0.0.1:1/news")
    said = tawatur("stats", "--home", home)
    assert said.code == 1
    assert "s3cret" not in said.err
