"""The order of the front page: by voices, growth and freshness."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tawatur.store import StoryWeight
from tawatur.web.front import front_order
from tawatur.web.options import SiteOptions

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def story(id_: str, *, origins: int = 1, articles: int = 1, growing: int = 0, hours: float = 1.0) -> StoryWeight:
    return StoryWeight(
        id=id_,
        origins=origins,
        outlets=articles,
        articles=articles,
        latest_at=NOW - timedelta(hours=hours),
        growing=growing,
    )


def order(*stories: StoryWeight, **options: float) -> list[str]:
    return [each.id for each in front_order(stories, NOW, SiteOptions(**options))]  # type: ignore[arg-type]


def test_forty_copies_of_one_text_stand_below_two_voices() -> None:
    assert order(story("copied", articles=40), story("told", origins=2, articles=2)) == ["told", "copied"]


def test_of_stories_alike_the_one_that_grows_stands_first() -> None:
    assert order(story("still", origins=3), story("grows", origins=3, growing=3)) == ["grows", "still"]
    assert order(story("still", origins=4), story("grows", origins=3, growing=4)) == ["grows", "still"]
    assert order(story("still", origins=4), story("grows", origins=3, growing=4), front_growth=0.0)[0] == "still"


def test_one_outlet_that_brings_its_report_up_to_date_is_no_growth() -> None:
    assert order(story("a", origins=2, growing=1), story("b", origins=2)) == ["b", "a"]  # by id, alike


def test_a_story_that_ended_sinks() -> None:
    assert order(story("old", origins=4, hours=30), story("new", origins=2, hours=1)) == ["new", "old"]
    assert order(story("old", origins=4, hours=30), story("new", origins=2), front_half_life_hours=72.0)[0] == "old"
