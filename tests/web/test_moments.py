"""Dates and numbers as readers expect them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tawatur.errors import ConfigError
from tawatur.web import SiteOptions
from tawatur.web.edition import editions
from tawatur.web.moments import Moments

AFTERNOON = datetime(2023, 9, 20, 13, 5, tzinfo=UTC)


def arabic(**chosen: object) -> Moments:
    return Moments.of("ar", SiteOptions(**chosen))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("region", "said"),
    [
        ("EG", "الأربعاء ٢٠ سبتمبر ٢٠٢٣"),
        ("SY", "الأربعاء ٢٠ أيلول ٢٠٢٣"),
        ("MA", "الأربعاء 20 شتنبر 2023"),
        ("DZ", "الأربعاء 20 سبتمبر 2023"),
    ],
)
def test_a_day_has_the_months_and_digits_of_its_region(region: str, said: str) -> None:
    assert arabic(region=region).day(date(2023, 9, 20)) == said


def test_digits_can_be_chosen_against_the_region() -> None:
    assert arabic(region="MA", digits="arab").number(1234) == "١٬٢٣٤"
    assert arabic(region="EG", digits="latn").number(1234) == "1,234"


def test_twin_months_are_written_under_both_names() -> None:
    assert arabic(twin_months=True).month(date(2023, 9, 1)) == "أيلول/سبتمبر ٢٠٢٣"


def test_english_pages_keep_latin_digits_whatever_arabic_ones_do() -> None:
    english = Moments.of("en", SiteOptions(digits="arab", twin_months=True))
    assert english.day(date(2023, 9, 20)) == "Wednesday 20 September 2023"


@pytest.mark.parametrize(
    ("precision", "said"), [("year", "٢٠٢٣"), ("month", "سبتمبر ٢٠٢٣"), ("day", "الأربعاء ٢٠ سبتمبر ٢٠٢٣")]
)
def test_a_date_is_shown_no_more_precisely_than_it_is_known(precision: str, said: str) -> None:
    assert arabic().bare(date(2023, 9, 20), precision) == said  # type: ignore[arg-type]


def test_an_instant_says_whose_clock_it_is() -> None:
    universal = editions(SiteOptions())["ar"].instant(AFTERNOON)
    riyadh = editions(SiteOptions(time_zone="Asia/Riyadh"))["ar"].instant(AFTERNOON)
    assert universal == "الأربعاء ٢٠ سبتمبر ٢٠٢٣، ١:٠٥\u00a0م بتوقيت غرينتش"
    assert riyadh == "الأربعاء ٢٠ سبتمبر ٢٠٢٣، ٤:٠٥\u00a0م بتوقيت الرياض"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base_url", "news.example"),
        ("base_url", "https://news.example/under/a/path"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("region", "ZZZ"),
        ("default_language", "fr"),
        ("listen", "8080"),
        ("listen", "127.0.0.1:99999"),
        ("articles_per_page", 0),
    ],
)
def test_an_option_that_cannot_be_used_is_named(name: str, value: object) -> None:
    with pytest.raises(ConfigError, match=name):
        SiteOptions(**{name: value})  # type: ignore[arg-type]
