"""Stories of one affair become a theme: by how well they agree as groups; themes grow, merge and fall into parts."""

from datetime import UTC, datetime, timedelta

import pytest

from tawatur.model import Article
from tawatur.model.story import Placement
from tawatur.pipeline.chaining import find_chains
from tawatur.store import open_store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite3'}") as opened:
        for number, id_ in enumerate("abcdefgh"):
            published = NOW - timedelta(hours=20 - number)
            article = Article(id=id_, url=f"https://x.example/{id_}", source="x", title=id_, published=published)
            opened.articles.put(article, now=NOW)
        yield opened


class Ties:
    """How articles belong together, as a test says; each letter is an article of an outlet of its own."""

    def __init__(self, outlets="abcdefgh"):
        self.of = {}
        self.outlets = dict(zip("abcdefgh", outlets, strict=True))

    def __contains__(self, article):
        return article in self.outlets

    def odds(self, article):
        return self.of.get(article, {})

    def outlet(self, article):
        return self.outlets.get(article)

    def hours(self, article):
        return float("abcdefgh".index(article))

    def tie(self, *pairs, odds=3.0):
        for one, other in pairs:
            self.of.setdefault(one, {})[other] = odds
            self.of.setdefault(other, {})[one] = odds
        return self


def place(store, **stories):
    store.stories.place([Placement(article=id_, story=story) for story, members in stories.items() for id_ in members])


def chain(store, ties, *ids):
    found = find_chains(store, ids, ties)
    store.stories.chain(found)
    return found


def theme(store, story):
    found = store.stories.theme(story)
    return found and found.stories


def test_stories_whose_articles_belong_together_are_one_theme_called_after_the_oldest(store):
    place(store, a="ab", c="cd")
    assert chain(store, Ties().tie("ca", "db"), "c", "d") == {"a": "a", "c": "a"}
    assert theme(store, "a") == ("a", "c")


def test_a_single_tie_of_a_larger_story_joins_nothing(store):
    place(store, a="abc", d="def")
    assert chain(store, Ties().tie("da"), "d", "e", "f") == {}


def test_what_hardly_belongs_together_joins_nothing(store):
    place(store, a="a", b="b")
    assert chain(store, Ties().tie("ab", odds=-2.5), "b") == {}


def test_a_story_that_touches_two_affairs_does_not_make_them_one(store):
    place(store, a="a", b="b", c="c", d="d", e="e")
    ties = Ties().tie("ab", "cd")
    chain(store, ties, "a", "b", "c", "d")
    chain(store, ties.tie("ea", "eb", "ec", odds=2.0), "e")
    assert (theme(store, "a"), theme(store, "c")) == (("a", "b", "e"), ("c", "d"))


def test_a_story_that_belongs_with_two_themes_makes_them_the_older_one(store):
    place(store, a="a", b="b", c="c", d="d", e="e")
    ties = Ties().tie("ab", "cd")
    chain(store, ties, "a", "b", "c", "d")
    chain(store, ties.tie("ea", "eb", "ec", "ed", "ac", "ad", "bc", "bd", odds=2.0), "e")
    assert theme(store, "a") == ("a", "b", "c", "d", "e")
    assert store.stories.theme("c").id == "a"
    assert chain(store, ties, "e") == {}


def test_a_theme_whose_ties_weaken_falls_into_parts_and_the_larger_keeps_its_id(store):
    place(store, a="a", b="b", c="c", d="d", e="e")
    chain(store, Ties().tie("ab", "ac", "ad", "ae", "bc", "bd", "be", "cd", "ce", "de"), *"abcde")
    assert theme(store, "a") == ("a", "b", "c", "d", "e")
    chain(store, Ties().tie("ab", "cd", "ce", "de"), *"abcde")
    assert (theme(store, "a"), theme(store, "b")) == (("c", "d", "e"), ("a", "b"))


def test_a_story_that_belongs_with_none_leaves_its_theme(store):
    place(store, a="a", b="b", c="c")
    chain(store, Ties().tie("ab", "ac", "bc"), *"abc")
    assert chain(store, Ties().tie("ab"), "c") == {"c": None}
    assert theme(store, "a") == ("a", "b")


def test_what_one_outlet_prints_again_and_again_is_no_affair(store):
    place(store, a="a", b="b")
    assert chain(store, Ties("xxxxxxxx").tie("ab"), "b") == {}


def test_stories_beyond_the_window_stay_in_their_theme(store):
    place(store, a="a", b="b", c="c")
    ties = Ties().tie("ab", "ac", "bc")
    chain(store, ties, *"abc")
    del ties.outlets["a"]
    assert chain(store, ties, "b") == {}
    assert theme(store, "a") == ("a", "b", "c")


def test_articles_that_come_together_are_parted_affair_by_affair(store, monkeypatch):
    monkeypatch.setattr("tawatur.pipeline.chaining._MOST_STORIES", 4)
    place(store, s1="a", s2="b", s3="c", s4="d", s5="e", s6="f", s7="g", s8="h")
    ties = Ties().tie("ab", "bc", "ac", "ad", "bd", "cd", "ef", "fg", "eg", "eh", "fh", "gh")
    chain(store, ties, *"abcdefgh")
    themes = [store.stories.placements([id_])[id_].theme for id_ in "abcdefgh"]
    assert len(set(themes[:4])) == len(set(themes[4:])) == 1
    assert None not in themes
    assert themes[0] != themes[4]
