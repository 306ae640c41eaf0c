"""``tawatur analyse``: a line in, a line out, in order; what is no article is named and the rest goes on."""

import json

SPEECH = {
    "id": "speech",
    "source": "outlet",
    "published": "2023-09-20T10:00:00+03:00",
    "title": "الوزير يصل إلى بيروت",
    "body": 'قال وزير الخارجية سامي الخوري: "لن نوقع على أي اتفاق قبل عودة الجميع". ووصل الوزير أمس إلى بيروت.',
}


def test_a_line_an_article_in_order(tawatur, tmp_path):
    lines = tmp_path / "articles.jsonl"
    lines.write_text("\n".join(json.dumps({**SPEECH, "id": str(number)}) for number in range(40)))
    said = tawatur("analyse", lines, "--json")
    assert said.code == 0
    assert [record["id"] for record in said.records] == [str(number) for number in range(40)]


def test_the_record_has_the_fields_of_the_machine_interface(tawatur):
    record = tawatur("analyse", "-", "--json", stdin=json.dumps(SPEECH)).record
    for name in ("id", "made_by", "keyphrases", "entities", "quotes", "sources", "events", "summary"):
        assert name in record
    quote = next(quote for quote in record["quotes"] if quote["kind"] == "direct")
    assert quote["text"] == "لن نوقع على أي اتفاق قبل عودة الجميع"
    assert quote["speaker"] == "سامي الخوري"
    assert SPEECH[quote["field"]][quote["start"] : quote["end"]] == quote["text"]
    assert record["sources"][quote["source"]]["name"] == "سامي الخوري"


def test_the_vector_is_given_to_those_who_ask(tawatur):
    stdin = "\n".join(json.dumps({**SPEECH, "id": name}) for name in ("one", "two"))
    assert "vector" not in tawatur("analyse", "-", "--json", stdin=stdin).records[0]
    one, two = tawatur("analyse", "-", "--json", "--vector", stdin=stdin).records
    assert (one["id"], two["id"], len(one["vector"])) == ("one", "two", 512)
    assert one["vector"] == two["vector"]


def test_what_is_no_article_is_named_and_the_rest_is_done(tawatur):
    stdin = "\n".join(["{}", "nonsense", "[1]", json.dumps({"id": "x", "body": 3}), "", json.dumps(SPEECH)])
    said = tawatur("analyse", "-", "--json", stdin=stdin)
    assert said.code == 1
    assert [record["id"] for record in said.records] == ["speech"]
    assert [line.split(":")[0] for line in said.err.splitlines()] == [f"-, line {number}" for number in (1, 2, 3, 4)]


def test_missing_fields_are_fine(tawatur):
    said = tawatur("analyse", "-", "--json", stdin='{"id": "bare"}')
    assert said.code == 0
    assert said.record["quotes"] == []
