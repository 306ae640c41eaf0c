"""Stories of one affair become a theme: by most of the smaller story's articles, under the oldest story's name."""

from datetime import UTC, datetime, timedelta

import pytest

from tawatur.model import Article
from tawatur.model.story import Placement, Related
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


def place(store, **stories):
    store.stories.place([Placement(article=id_, story=story) for story, members in stories.items() for id_ in members])


def tie(store, *pairs, score=0.9):
    found: dict[str, list[Related]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(Related(article=one, other=other, why="before", score=score))
        found.setdefault(other, []).append(Related(article=other, other=one, why="after", score=score))
    store.stories.relate(found)


def chain(store, *ids):
    found = find_chains(store, ids)
    store.stories.chain(found)
    return found


def test_stories_whose_articles_belong_together_are_one_theme_called_after_the_oldest(store):
    place(store, a="ab", c="cd")
    tie(store, ("c", "a"), ("d", "b"))
    assert chain(store, "c", "d") == {"a": "a", "c": "a"}
    assert store.stories.theme("a").stories == ("a", "c")


def test_a_single_tie_of_a_larger_story_joins_nothing(store):
    place(store, a="abc", d="def")
    tie(store, ("d", "a"))
    assert chain(store, "d", "e", "f") == {}


def test_what_is_only_worth_a_glance_joins_nothing(store):
    place(store, a="a", b="b")
    tie(store, ("a", "b"), score=0.6)
    assert chain(store, "b") == {}


def test_a_story_joins_the_theme_that_is_there_and_two_themes_become_the_older(store):
    place(store, a="a", b="b", c="c", d="d", e="e")
    tie(store, ("b", "a"))
    chain(store, "b")
    tie(store, ("d", "c"))
    chain(store, "d")
    assert store.stories.theme("c").stories == ("c", "d")
    tie(store, ("e", "d"), ("e", "b"))
    chain(store, "e")
    assert store.stories.theme("a").stories == ("a", "b", "c", "d", "e")
    assert store.stories.theme("c").id == "a"
    assert chain(store, "e") == {}
