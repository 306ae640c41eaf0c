from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawatur.errors import RecordError
from tawatur.press import Almanac, Edition, Offset, drafts, outlets

REAL = Almanac(date(2023, 9, 19))


@pytest.mark.parametrize(
    ("months", "written"),
    [
        ("gulf", "الأربعاء 20 سبتمبر، وفي 1 يناير 2024"),
        ("levantine", "الأربعاء 20 أيلول، وفي 1 كانون الثاني 2024"),
        ("twinned", "الأربعاء 20 أيلول/سبتمبر، وفي 1 كانون الثاني/يناير 2024"),
        ("maghrebi", "الأربعاء 20 شتنبر، وفي 1 يناير 2024"),
        ("algerian", "الأربعاء 20 سبتمبر، وفي 1 جانفي 2024"),
    ],
)
def test_a_day_is_written_in_the_month_names_of_the_desk(months, written):
    assert REAL.fill("{weekday:1} {day:1}، وفي {newyear}", months) == written


def test_a_day_of_history_stays_when_the_press_is_moved():
    assert Almanac(date(2031, 2, 1)).fill("{on:2020-11-10} {in:2020-09}", "gulf") == "10 نوفمبر 2020 سبتمبر 2020"


def test_other_languages_write_days_in_their_own_manner():
    assert REAL.fill("{weekday:0} {day:0}", "gulf", "en") == "Tuesday 19 September"
    assert REAL.fill("{day:0}", "gulf", "ru") == "19 сентября"


def test_a_hijri_day_is_of_the_umm_al_qura_calendar():
    assert REAL.fill("{hijri:1}", "gulf") == "5 ربيع الأول 1445"


@pytest.mark.parametrize("text", ["{weekday}", "{century:1}"])
def test_a_template_that_says_nothing_is_refused_by_name(text):
    with pytest.raises(RecordError, match=r"weekday|century"):
        REAL.fill(text, "gulf")


def test_a_moment_that_cannot_be_read_is_refused():
    with pytest.raises(RecordError, match="half past nine"):
        Offset.read("half past nine")


@given(st.integers(-40, 400), st.integers(0, 1439), st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_moments_keep_their_distance_on_every_calendar(day, minutes, opening):
    almanac = Almanac(opening)
    midnight = datetime(opening.year, opening.month, opening.day, tzinfo=UTC)
    assert almanac.instant(Offset(day, minutes)) - midnight == timedelta(days=day, minutes=minutes)


@pytest.mark.parametrize("opening", [date(2023, 9, 19), date(2024, 2, 28), date(2026, 12, 29)])
def test_every_template_of_every_text_can_be_filled_on_any_calendar(opening):
    edition = Edition(Almanac(opening))
    for outlet in outlets():
        for version in edition.standing(outlet.id, edition.last_moment()):
            printed = [version.title, version.abstract or "", *version.paragraphs, *(u.body for u in version.updates)]
            assert not any("{" in text or "}" in text for text in printed), version.draft.id


def test_the_same_opening_day_gives_the_same_press():
    first, second = Edition(REAL), Edition(Almanac(date(2023, 9, 19)))
    moment = first.last_moment()
    for draft in drafts().values():
        assert first.version(draft.id, moment) == second.version(draft.id, moment)
