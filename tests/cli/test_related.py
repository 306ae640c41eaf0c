"""``tawatur related``: a line an article; among a file, and in the archive of a home."""

import json

DAY = "2024-03-05T{:02}:00:00Z"
ARTICLES = [
    {
        "id": "bridge",
        "url": "https://almadar.example/1",
        "source": "almadar",
        "published": DAY.format(8),
        "title": "انهيار جسر في مدينة سنار السودانية",
        "body": "انهار جسر سنار على النيل الأزرق فجر الثلاثاء بعد فيضان النهر، وقطعت الطريق إلى الدمازين في السودان.",
    },
    {
        "id": "bridge-too",
        "url": "https://sada.example/2",
        "source": "sada",
        "published": DAY.format(9),
        "title": "جسر سنار ينهار تحت ضغط فيضان النيل الأزرق",
        "body": "قالت السلطات السودانية إن جسر سنار على النيل الأزرق انهار فجر الثلاثاء جراء الفيضان وتوقفت الحركة.",
    },
    {
        "id": "chess",
        "url": "https://sada.example/3",
        "source": "sada",
        "published": DAY.format(10),
        "title": "لاعبة شطرنج مغربية تفوز ببطولة العرب",
        "body": "فازت لاعبة الشطرنج المغربية سلمى بلقاسم ببطولة العرب للسيدات بعد تعادلها في الجولة الأخيرة.",
    },
]
LINES = "\n".join(map(json.dumps, ARTICLES))


def test_a_line_an_article_and_an_empty_list_where_nothing_fits(tawatur):
    said = tawatur("related", "-", "--json", stdin=LINES)
    assert said.code == 0
    assert [record["id"] for record in said.records] == ["bridge", "bridge-too", "chess"]
    assert [[beside["id"] for beside in record["related"]] for record in said.records] == [
        ["bridge-too"],
        ["bridge"],
        [],
    ]
    assert all(beside["why"] for record in said.records for beside in record["related"])


def test_an_article_of_the_archive_is_named_by_its_id(tawatur, tmp_path):
    home = tmp_path / "home"
    lines = tmp_path / "articles.jsonl"
    lines.write_text(LINES)
    assert tawatur("ingest", lines, "--home", home).code == 0
    record = tawatur("related", "bridge", "--json", "--home", home).record
    assert [beside["id"] for beside in record["related"]] == ["bridge-too"]


def test_what_is_neither_file_nor_article_is_named(tawatur, tmp_path):
    said = tawatur("related", "nowhere", "--json", "--home", tmp_path / "home")
    assert said.code == 1
    assert "nowhere" in said.err
