"""Stories: ids that were given out lead on for good, and what is told is of the members as they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tawatur.errors import StoreError
from tawatur.model.story import Origin, Placement, Related, Reprint, Story
from tawatur.store import Followed


@pytest.fixture
def put(store, make_article, now):
    """Put articles with these ids, each an hour newer than the one before."""

    def put(*ids):
        for number, id_ in enumerate(ids):
            published = now - timedelta(hours=100 - number)
            store.articles.put(make_article(id=id_, url=f"https://news.example/{id_}", published=published), now=now)

    return put


def place(store, **articles):
    """Place articles: ``a="s"`` or ``a=("s", "theme")``."""
    placements = []
    for article, where in articles.items():
        story, theme = where if isinstance(where, tuple) else (where, None)
        placements.append(Placement(article=article, story=story, theme=theme))
    store.stories.place(placements)


def tell_all(store):
    for id_ in store.stories.untold(100):
        members = store.stories.members(id_)
        placed = store.stories.placements(members[:1])[members[0]]
        store.stories.tell(Story(id=id_, title=f"عنوان {id_}", articles=members, theme=placed.theme), outlets=1)


def test_a_story_is_told_of_its_members_oldest_first(store, put, now):
    put("a", "b", "c")
    place(store, c="a", a="a", b="b")
    assert store.stories.untold(10) == ("a", "b")
    assert store.stories.members("a") == ("a", "c")
    story = Story(
        id="a",
        title="عنوان",
        articles=("a", "c"),
        origins=(Origin(name="spa", article="a", carried_by=("c",)),),
        began=now,
        latest=now,
    )
    assert store.stories.tell(story, outlets=2)
    assert store.stories.get("a") == story
    assert store.stories.untold(10) == ("b",)
    [line] = store.stories.newest(limit=5).stories
    assert (line.story, line.outlets) == (story, 2)


def test_what_is_told_of_other_members_is_not_kept(store, put):
    put("a", "b")
    place(store, a="a")
    place(store, b="a")
    assert not store.stories.tell(Story(id="a", title=None, articles=("a",)), outlets=1)
    assert store.stories.untold(10) == ("a",)


def test_a_merged_story_leads_on_however_often_it_is_merged(store, put):
    put("a", "b", "c")
    place(store, a="a", b="b", c="c")
    tell_all(store)
    place(store, b="a")
    place(store, a="c", b="c")
    tell_all(store)
    for former in ("a", "b", "c"):
        found = store.stories.get(former)
        assert found is not None
        assert (found.id, found.articles) == ("c", ("a", "b", "c"))
    assert store.stories.get("nowhere") is None
    assert store.stories.count() == 1


def test_a_story_that_stands_again_leads_nowhere(store, put):
    put("a", "b")
    place(store, a="a", b="b")
    place(store, b="a")
    place(store, b="b")
    tell_all(store)
    assert {id_: store.stories.get(id_).id for id_ in ("a", "b")} == {"a": "a", "b": "b"}


def test_a_story_goes_with_its_last_article(store, put):
    put("a", "b")
    place(store, a="a", b="a")
    tell_all(store)
    store.articles.remove("a")
    assert store.stories.untold(5) == ("a",)
    assert store.stories.members("a") == ("b",)
    store.articles.remove("b")
    assert store.stories.get("a") is None
    assert store.stories.untold(5) == ()


def test_the_places_in_some_stories(store, put):
    put("a", "b", "c")
    place(store, a="a", b="b", c="a")
    assert [(each.story, each.article) for each in store.stories.placed_in(["a"])] == [("a", "a"), ("a", "c")]
    assert store.stories.placed_in([]) == ()


def test_an_article_that_is_held_no_more_is_not_placed(store, put):
    put("a")
    place(store, a="a", gone="a")
    assert store.stories.members("a") == ("a",)


def test_copies_stand_with_what_was_changed(store, put):
    put("a", "b", "c")
    copy = Reprint(article="b", share=0.9, share_of_longer=0.7, changed=("headline", "tail-cut"))
    store.stories.place(
        [
            Placement(article="a", story="a"),
            Placement(article="b", story="a", copy_of="a"),
            Placement(article="c", story="a", copy_of="a"),
        ],
        reprints={"b": copy},
    )
    assert store.stories.placements(["b"])["b"].copy_of == "a"
    assert store.stories.reprints(["a", "b"]) == {"a": (copy, Reprint(article="c", share=1.0, share_of_longer=1.0))}


def test_stories_are_listed_by_their_newest_article(store, put):
    put("a", "b", "c", "d")
    place(store, a="a", d="a", b="b", c="c")
    tell_all(store)
    first = store.stories.newest(limit=2)
    assert [line.story.id for line in first.stories] == ["a", "c"]
    assert [line.story.id for line in store.stories.newest(limit=2, cursor=first.next_cursor).stories] == ["b"]
    assert [line.story.id for line in store.stories.newest(limit=2, least_articles=2).stories] == ["a"]
    with pytest.raises(StoreError):
        store.stories.newest(limit=2, cursor="zz")
    assert store.stories.weights(5, datetime(2000, 1, 1, tzinfo=UTC)) == ()
    told = Story(id="a", title="عنوان a", articles=("a", "d"), origins=(Origin(name="spa", article="a"),))
    store.stories.tell(told, outlets=2)
    [weight] = store.stories.weights(5, datetime(2000, 1, 1, tzinfo=UTC))
    assert (weight.id, weight.origins, weight.outlets, weight.articles) == ("a", 1, 2, 2)


def test_a_theme_is_the_chain_of_its_stories_and_leads_on_when_merged(store, put):
    put("a", "b", "c", "d")
    place(store, a=("a", "t"), b=("b", "t"), c=("c", "u"), d=("a", "t"))
    tell_all(store)
    theme = store.stories.theme("t")
    assert theme is not None
    assert (theme.id, theme.title, set(theme.stories)) == ("t", "عنوان a", {"a", "b"})
    place(store, c=("c", "t"))
    assert store.stories.theme("u") == store.stories.theme("t")
    assert set(store.stories.theme("u").stories) == {"a", "b", "c"}
    assert store.stories.theme("nowhere") is None


def test_what_is_worth_reading_beside_an_article_goes_with_it(store, put):
    put("a", "b", "c")
    beside = (
        Related(article="a", other="b", why="before", score=0.9),
        Related(article="a", other="c", why="after", score=0.7),
        Related(article="a", other="gone", why="after", score=0.6),
    )
    store.stories.relate({"a": beside, "b": (Related(article="b", other="a", why="after", score=0.9),)})
    assert store.stories.related(["a", "c"]) == {"a": beside[:2]}
    store.stories.relate({"a": beside[1:]})
    assert store.stories.related(["a"]) == {"a": beside[1:2]}
    store.articles.remove("a")
    assert store.stories.related(["a", "b"]) == {}


def test_changes_of_stories_are_in_the_feed(store, put):
    put("a", "b")
    place(store, a="a", b="b")
    tell_all(store)
    cursor = store.changes.since(None, 99)[-1].cursor
    place(store, b="a")
    tell_all(store)
    assert [(change.kind, change.id, change.what) for change in store.changes.since(cursor, 99)] == [
        ("story", "b", "removed"),
        ("story", "a", "written"),
    ]


def test_the_follower_moves_with_its_placements(store, put):
    put("a")
    store.stories.place([Placement(article="a", story="a")], followed=Followed(follower="stories", cursor="7"))
    assert store.followers.cursor("stories") == "7"
