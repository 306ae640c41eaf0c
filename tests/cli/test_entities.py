"""The authority file of names, and analysing again, from the command line."""

import pytest

from tawatur.model import Article
from tawatur.model.analysis import Analysis, Entity
from tawatur.store import open_store
from tawatur.text.spans import Span


@pytest.fixture
def names(home, now):
    """A home with an article that bears two names of one person."""
    home.mkdir()
    with open_store(f"sqlite:///{home / 'tawatur.db'}") as store:
        article = Article(id="a", url=None, source=None, title=None, body="غروسي جروسي غروسي")
        store.articles.put(article, now=now)
        found = tuple(
            Entity(
                text=text,
                type=kind,  # type: ignore[arg-type]
                canonical=text,
                spans=(Span(start, start + 5),),
            )
            for text, kind, start in (("غروسي", "PER", 0), ("جروسي", "PER", 6), ("غروسي", "ORG", 12))
        )
        store.analyses.put_many([(article, Analysis(id="a", made_by="old/1", entities=found))])


@pytest.fixture
def now():
    from datetime import UTC, datetime

    return datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.usefixtures("names")
def test_names_are_listed_merged_and_split(tawatur, home):
    def listed(*asked):
        return {
            (name["type"], name["name"])
            for name in tawatur("entities", "list", *asked, "--json", "--home", home).records
        }

    assert listed() == {("PER", "غروسي"), ("PER", "جروسي"), ("ORG", "غروسي")}
    assert listed("جروس") == {("PER", "جروسي")}
    assert listed("--type", "ORG") == {("ORG", "غروسي")}
    assert tawatur("entities", "merge", "جروسي", "غروسي", "--home", home).code == 0
    assert listed("--type", "PER") == {("PER", "غروسي")}
    (rule,) = tawatur("entities", "list", "--rules", "--json", "--home", home).records
    assert rule == {"type": "PER", "name": "جروسي", "form": None, "into": "غروسي"}
    assert tawatur("entities", "split", "جروسي", "--home", home).code == 0
    assert ("PER", "جروسي") in listed()


@pytest.mark.usefixtures("names")
def test_a_name_of_several_or_of_none_is_told(tawatur, home):
    several = tawatur("entities", "merge", "غروسي", "رافائيل غروسي", "--home", home)
    assert several.code == 1
    assert "--type" in several.err
    assert tawatur("entities", "merge", "لا أحد", "غروسي", "--home", home).code == 1
    assert tawatur("entities", "merge", "غروسي", "رافائيل غروسي", "--type", "PER", "--home", home).code == 0


@pytest.mark.usefixtures("names")
def test_what_an_older_version_left_is_analysed_again_once(tawatur, home):
    assert tawatur("reanalyse", "--json", "--home", home).record == {"analysed": 1}
    assert tawatur("reanalyse", "--json", "--home", home).record == {"analysed": 0}


@pytest.mark.usefixtures("names")
def test_the_archive_is_grouped_anew_and_its_stories_are_told(tawatur, home):
    assert tawatur("regroup", "--json", "--home", home).record == {"articles": 1, "stories": 1}
    with open_store(f"sqlite:///{home / 'tawatur.db'}") as store:
        assert (story := store.stories.get("a")) is not None
        assert story.articles == ("a",)
        with store.lead():
            refused = tawatur("regroup", "--home", home)
    assert refused.code == 1
    assert "stop it first" in refused.err
