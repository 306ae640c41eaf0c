"""When a feed is polled next."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tawatur.model import Feed
from tawatur.pipeline.options import FollowOptions
from tawatur.pipeline.schedule import (
    SPREAD,
    Manners,
    after_failure,
    after_success,
    first_rhythm,
    learned_rhythm,
    wants_full_answer,
)

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)
OPTIONS = FollowOptions()
SECONDS = st.floats(0, 1e7, allow_nan=False)
CHANCE = st.floats(0, 1)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@given(rhythm=SECONDS, waited=SECONDS, new=st.integers(0, 10_000))
def test_a_rhythm_stays_within_the_operators_bounds(rhythm, waited, new):
    learned = learned_rhythm(rhythm, waited, new, OPTIONS)
    assert OPTIONS.shortest_seconds <= learned <= OPTIONS.longest_seconds


@given(rhythm=st.floats(300, 43_200), waited=st.floats(300, 43_200), new=st.integers(1, 100), more=st.integers(0, 100))
def test_more_news_never_makes_a_feed_polled_less_often(rhythm, waited, new, more):
    assert learned_rhythm(rhythm, waited, new + more, OPTIONS) <= learned_rhythm(rhythm, waited, new, OPTIONS)


@given(rhythm=st.floats(300, 43_200), waited=st.floats(300, 43_200))
def test_a_poll_without_news_never_makes_a_feed_polled_more_often(rhythm, waited):
    assert learned_rhythm(rhythm, waited, 0, OPTIONS) >= rhythm * (1 - 1e-9)


@given(minutes_between=st.floats(6, 600))
def test_polling_settles_near_one_new_article_a_poll(minutes_between):
    """A feed that publishes steadily, polled as the rhythm says."""
    seconds_between, rhythm, clock, seen, polls = minutes_between * 60, 1800.0, 0.0, 0, 0
    while polls < 60:
        clock, polls = clock + rhythm, polls + 1
        new = int(clock / seconds_between) - seen
        seen += new
        rhythm = learned_rhythm(rhythm, rhythm, new, OPTIONS)
    assert seconds_between / 4 <= rhythm <= seconds_between * 4


@given(stamps=st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1)), max_size=30))  # noqa: DTZ001
def test_the_first_rhythm_is_within_bounds_whatever_the_stamps(stamps):
    rhythm = first_rhythm([stamp.replace(tzinfo=UTC) for stamp in stamps], NOW, OPTIONS)
    assert OPTIONS.shortest_seconds <= rhythm <= OPTIONS.longest_seconds


def test_the_first_rhythm_is_what_the_stamps_show():
    hourly = [NOW - timedelta(hours=number, minutes=5) for number in range(10)]
    assert first_rhythm(hourly, NOW, OPTIONS) == 3600


def test_a_feed_that_fell_silent_is_not_polled_by_its_old_rhythm():
    old = [NOW - timedelta(days=3, minutes=number) for number in range(10)]
    assert first_rhythm(old, NOW, OPTIONS) == OPTIONS.longest_seconds


@given(rhythm=SECONDS, ttl=st.none() | st.integers(0, 100_000), max_age=st.none() | SECONDS, chance=CHANCE)
def test_a_next_poll_is_never_too_soon_nor_too_late(rhythm, ttl, max_age, chance):
    manners = Manners(ttl_minutes=ttl)
    wait = (after_success(NOW, rhythm, OPTIONS, manners=manners, max_age=max_age, chance=chance) - NOW).total_seconds()
    assert OPTIONS.shortest_seconds <= round(wait, 3) <= OPTIONS.longest_seconds
    asked = min(max((ttl or 0) * 60, max_age or 0), OPTIONS.longest_seconds)
    if asked >= rhythm:
        assert round(wait, 3) >= round(asked, 3) or asked < OPTIONS.shortest_seconds


@given(hours=st.frozensets(st.integers(-3, 30)), days=st.frozensets(st.sampled_from(DAYS)), chance=CHANCE)
def test_hours_and_days_to_be_skipped_are_skipped_unless_all_are(hours, days, chance):
    manners = Manners.of(Feed(kind="rss", skip_hours=hours, skip_days=frozenset(day.title() for day in days)))
    moment = after_success(NOW, 600, OPTIONS, manners=manners, max_age=None, chance=chance)
    assert moment > NOW
    if len(hours & frozenset(range(24))) < 24:
        assert moment.hour not in hours
    if len(days) < 7:
        assert DAYS[moment.weekday()] not in days


@given(chances=st.tuples(CHANCE, CHANCE))
def test_feeds_added_together_do_not_stay_together(chances):
    first, second = (
        after_success(NOW, 3600, OPTIONS, manners=Manners(), max_age=None, chance=chance) for chance in chances
    )
    assert abs((first - second).total_seconds()) <= 3600 * SPREAD
    assert (first == second) == (abs(chances[0] - chances[1]) * 3600 * SPREAD < 1e-6 or first == second)


@given(rhythm=SECONDS, failures=st.integers(1, 1000), retry_after=st.none() | SECONDS, chance=CHANCE)
def test_back_off_is_bounded_and_obeys_retry_after(rhythm, failures, retry_after, chance):
    moment = after_failure(NOW, rhythm, failures, OPTIONS, retry_after=retry_after, chance=chance)
    wait = (moment - NOW).total_seconds()
    assert 30 <= wait <= OPTIONS.longest_backoff_seconds
    assert wait >= min(retry_after or 0, OPTIONS.longest_backoff_seconds) - 1e-3


@given(rhythm=SECONDS, failures=st.integers(1, 100), chance=CHANCE)
def test_each_failure_waits_at_least_as_long_as_the_one_before(rhythm, failures, chance):
    first, second = (
        after_failure(NOW, rhythm, number, OPTIONS, retry_after=None, chance=chance)
        for number in (failures, failures + 1)
    )
    assert second >= first


def test_now_and_then_a_feed_is_asked_without_validators():
    assert not wants_full_answer(OPTIONS.conditional_polls - 1, OPTIONS)
    assert wants_full_answer(OPTIONS.conditional_polls, OPTIONS)
