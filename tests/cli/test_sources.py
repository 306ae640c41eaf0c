"""Sources from the command line, over the sample press as a real site."""

import pytest


def test_the_starter_pack_is_added_whole_or_by_country_and_kind(tawatur, home, tmp_path):
    everything = tawatur("sources", "add", "--starter", "--home", home, "--json").records
    assert len(everything) >= 60
    assert all(record["checked"] is False and record["written"] == "new" for record in everything)
    egyptian = tawatur("sources", "add", "--starter", "--country", "eg", "--home", tmp_path / "other", "--json").records
    assert {record["country"] for record in egyptian} == {"EG"}
    agencies = tawatur("sources", "add", "--starter", "--kind", "agency", "--home", home, "--json").records
    assert {(record["kind"], record["written"]) for record in agencies} == {("agency", "same")}
    assert tawatur("sources", "add", "--starter", "--country", "ZZ", "--home", home).code == 2


def test_a_source_file_is_added_listed_and_removed(tawatur, home, tmp_path):
    file = tmp_path / "paper.toml"
    file.write_text(
        'id = "paper"\nname = "الصحيفة"\nhome = "https://paper.example/"\nfeeds = ["https://paper.example/rss"]\n'
    )
    assert tawatur("sources", "add", file, "--home", home).code == 0
    (listed,) = tawatur("sources", "list", "--home", home, "--json").records
    assert (listed["id"], listed["feeds"]) == ("paper", ["https://paper.example/rss"])
    assert listed["health"][0]["failures"] == 0
    assert "hub_secret" not in listed["health"][0]
    assert tawatur("sources", "remove", "paper", "nothing", "--home", home).code == 1
    assert tawatur("sources", "list", "--home", home).out == ""


def test_a_wrong_source_file_is_refused_and_the_next_one_added(tawatur, home, tmp_path):
    (tmp_path / "bad.toml").write_text("id = 7\n")
    (tmp_path / "good.toml").write_text('id = "good"\nname = "ج"\nhome = "https://good.example/"\n')
    said = tawatur("sources", "add", tmp_path / "bad.toml", tmp_path / "good.toml", "--home", home)
    assert said.code == 1
    assert "bad.toml" in said.err
    assert len(tawatur("sources", "list", "--home", home).out.splitlines()) == 1


@pytest.mark.parametrize("arguments", [[], ["--starter", "https://a.example/"], ["x.toml", "--country", "EG"]])
def test_a_contradiction_is_wrong_usage(tawatur, home, arguments):
    assert tawatur("sources", "add", *arguments, "--home", home).code == 2


def test_the_feeds_of_a_site_are_discovered(tawatur, press_home, press):
    for outlet in ("afaq", "aldifaf"):
        said = tawatur("sources", "add", f"{press.home(outlet)}/", "--id", outlet, "--home", press_home, "--json")
        assert said.code == 0, said.err
        assert said.record["feeds"]
    checked = tawatur("sources", "check", "--home", press_home, "--json")
    assert checked.code == 0, checked.err
    assert all(record["ok"] and record["entries"] for record in checked.records)


def test_a_private_address_is_refused_unless_it_is_allowed_by_name(tawatur, home, press):
    said = tawatur("sources", "add", press.home("afaq"), "--home", home)
    assert said.code == 1
    assert "allowed_networks" in said.err


def test_a_feed_that_fails_is_named_by_check(tawatur, press_home, press):
    tawatur(
        "sources",
        "add",
        press.home("afaq"),
        "--feed",
        f"{press.home('afaq')}/nothing",
        "--id",
        "bad",
        "--home",
        press_home,
    )
    said = tawatur("sources", "check", "bad", "--home", press_home, "--json")
    assert said.code == 1
    assert said.record["ok"] is False
    assert "404" in said.err


def test_lists_of_feeds_go_in_and_out_unchanged(tawatur, home, tmp_path):
    opml = (
        '<opml version="2.0"><body><outline text="الصحيفة" xmlUrl="https://paper.example/rss" htmlUrl="https://paper.example/"/>'
        '<outline text="بلا عنوان"/><outline text="wrong" xmlUrl="ftp://x"/></body></opml>'
    )
    (tmp_path / "list.opml").write_text(opml, "utf-8")
    said = tawatur("import-opml", tmp_path / "list.opml", "--home", home, "--json")
    assert said.record == {"new": 1, "changed": 0, "same": 0, "refused": 2}
    assert said.code == 1
    exported = tawatur("export-opml", "--home", home).out
    again = tawatur("import-opml", "-", "--home", tmp_path / "other", "--json", stdin=exported)
    assert (again.record["new"], again.code) == (1, 0)
    assert tawatur("import-opml", "-", "--home", home, "--json", stdin=exported).record["same"] == 1
    assert tawatur("import-opml", "-", "--home", home, stdin="no list").code == 1


@pytest.mark.data
def test_a_list_of_feeds_from_elsewhere_is_followed(tawatur, home, data):
    said = tawatur("import-opml", data / "feeds" / "feeds_ar.opml", "--home", home, "--json")
    assert said.record["new"] > 100
