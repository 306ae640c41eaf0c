"""What date lines say, and what they leave open."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from tawatur.text import date_record, find_written_dates, read_written_date
from tawatur.text.date_tables import lexicon
from tawatur.text.letters import normalised_text

BASE = datetime(2023, 9, 20, 15, 0, tzinfo=UTC)
CAIRO = ZoneInfo("Africa/Cairo")
OWN = Path(__file__).parents[2] / "bench" / "dates_own.tsv"

LINES = [line.split("\t") for line in OWN.read_text("utf-8").splitlines() if not line.startswith("#")]
PHRASES = [" ".join(phrase) for phrases in lexicon().phrases.values() for phrase, _ in phrases]
PIECES = st.sampled_from(PHRASES) | st.sampled_from(
    [
        "2023",
        "1445",
        "20",
        "9",
        "٢٠",
        "13:15",
        "99:99",
        "99999999",
        "20230920",
        "/",
        "-",
        ":",
        ".",
        "،",
        "(",
        "+03",
        "\u200f",
        "ـ",
    ]
)


def holds(instant: object, answer: str) -> bool:
    """An answer with a time is the same instant (in UTC when it names no zone); any other is the same text."""
    if answer == "null" or instant is None:
        return (instant is None) == (answer == "null")
    if "T" in answer and isinstance(instant, str) and "T" in instant:
        wanted = datetime.fromisoformat(answer)
        return datetime.fromisoformat(instant) == (wanted if wanted.tzinfo else wanted.replace(tzinfo=UTC))
    return instant == answer


@pytest.mark.parametrize("kind", sorted({line[2] for line in LINES}))
def test_our_own_date_lines_are_read(kind: str) -> None:
    lines = [line for line in LINES if line[2] == kind]
    given_answers = [(text, answer, date_record(text, base=BASE)["instant"]) for text, answer, _ in lines]
    assert [case for case in given_answers if not holds(case[2], case[1])] == []


@pytest.mark.data
def test_the_shared_date_lines_are_read(data: Path) -> None:
    cases = [line.split("\t")[:2] for line in (data / "dates.tsv").read_text("utf-8").splitlines() if line[0] != "#"]
    with gzip.open(data / "dates-alriyadh.jsonl.gz", "rt", encoding="utf-8") as lines:
        cases += [[record["date_raw"], record["date"]] for record in map(json.loads, lines)]
    wrong = [text for text, answer in cases if not holds(date_record(text, base=BASE)["instant"], answer)]
    assert wrong == []


@given(st.text() | st.lists(PIECES, max_size=9).map(" ".join) | st.lists(PIECES, max_size=9).map("".join))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for base in (BASE, None, datetime.max, datetime.min):  # noqa: DTZ901
        found = read_written_date(text, base=base, zone=CAIRO)
        assert 0 <= found.start <= found.end <= len(text)
        assert (found.instant is None) == (found.precision is None)
    record = date_record(text, base=BASE)
    assert list(record) == ["input", "instant", "precision", "zone_stated"]
    for written in find_written_dates(text, base=BASE):
        assert 0 <= written.start < written.end <= len(text)


@given(
    st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.sampled_from(["ar", "ar_LB", "ar_MA", "ar_DZ", "ar_TN", "ar_MR"])
)
def test_every_day_is_read_as_each_region_writes_it(day: date, region: str) -> None:
    from babel.dates import format_date

    for form in ("full", "long", "d MMMM yyyy", "EEEE d MMMM y", "d/M/y", "y-MM-dd"):
        text = format_date(day, form, locale=region)
        found = read_written_date(text)
        assert (found.instant, found.precision) == (day, "day"), text
        assert "weekday-disagrees" not in found.notes


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)),  # noqa: DTZ001 - the zone is drawn beside it
    st.sampled_from(["UTC", "Africa/Cairo", "Asia/Riyadh"]),
)
def test_every_time_is_read_as_arabic_writes_it(moment: datetime, zone: str) -> None:
    from babel.dates import format_datetime

    moment = moment.replace(second=0, microsecond=0, fold=0, tzinfo=ZoneInfo(zone))
    text = format_datetime(moment, "EEEE، d MMMM y h:mm a", tzinfo=moment.tzinfo, locale="ar")
    found = read_written_date(text, zone=ZoneInfo(zone))
    assert found.instant == moment
    assert found.precision == "minute"


def test_a_time_without_a_zone_is_the_outlets_own() -> None:
    found = read_written_date("20 سبتمبر 2023 - 13:15", zone=CAIRO)
    assert found.instant == datetime(2023, 9, 20, 13, 15, tzinfo=CAIRO)
    assert not found.zone_stated


def test_a_stated_zone_wins_over_the_outlets_own() -> None:
    found = read_written_date("20 سبتمبر 2023 - 13:15 بتوقيت غرينتش", zone=CAIRO)
    assert found.instant == datetime(2023, 9, 20, 13, 15, tzinfo=UTC)
    assert found.zone_stated


def test_today_is_the_day_where_the_outlet_is() -> None:
    late = datetime(2023, 9, 20, 22, 30, tzinfo=UTC)  # past midnight in Cairo
    assert read_written_date("اليوم", base=late, zone=CAIRO).instant == date(2023, 9, 21)
    assert read_written_date("أمس", base=late, zone=CAIRO).instant == date(2023, 9, 20)


def test_what_only_the_present_settles_stays_open_without_one() -> None:
    for text in ("أمس", "منذ 3 ساعات", "الثلاثاء الماضي", "20 سبتمبر", "الشهر الماضي"):
        assert read_written_date(text).instant is None


def test_the_span_is_the_date_alone() -> None:
    text = "بقلم أحمد سامي | \u200fالأربعاء\u200f 20 سبتمبر 2023 - 01:15 م | القاهرة"
    found = read_written_date(text, base=BASE)
    assert text[found.start : found.end] == "الأربعاء\u200f 20 سبتمبر 2023 - 01:15 م"


def test_a_wrong_weekday_is_noted_and_the_date_believed() -> None:
    found = read_written_date("الخميس 20 سبتمبر 2023")
    assert found.instant == date(2023, 9, 20)
    assert found.notes == ("weekday-disagrees",)


def test_calendars_that_disagree_are_noted_and_the_gregorian_believed() -> None:
    found = read_written_date("10 ربيع الأول 1445 هـ - 20 سبتمبر 2023 م")
    assert found.instant == date(2023, 9, 20)
    assert found.notes == ("calendars-disagree",)


def test_the_sighting_of_the_moon_is_no_disagreement() -> None:
    assert read_written_date("4 ربيع الأول 1445 هـ - 20 سبتمبر 2023 م").notes == ()


def test_published_wins_over_updated_in_either_order() -> None:
    text = "آخر تحديث: 21 سبتمبر 2023 10:00 | تاريخ النشر: 20 سبتمبر 2023 09:00"
    found = read_written_date(text)
    assert found.instant == datetime(2023, 9, 20, 9, 0, tzinfo=UTC)
    assert found.label == "published"


def test_an_update_alone_says_that_it_is_one() -> None:
    assert read_written_date("آخر تحديث: 21 سبتمبر 2023 10:00").label == "updated"


def test_the_weekday_settles_which_number_is_the_month() -> None:
    found = read_written_date("الاثنين 09/04/2023")
    assert found.instant == date(2023, 9, 4)
    assert found.notes == ("order-from-weekday",)


def test_an_outlet_that_writes_the_month_first_is_read_so() -> None:
    assert read_written_date("05/06/2023", day_first=False).instant == date(2023, 5, 6)


def test_a_day_whose_weekday_belongs_to_another_year_is_not_guessed() -> None:
    assert read_written_date("الأربعاء 12 سبتمبر", base=BASE).instant is None
    assert read_written_date("الثلاثاء 12 سبتمبر", base=BASE).instant == date(2023, 9, 12)


@given(
    st.dates(date(1990, 1, 1), date(2060, 12, 31)),
    st.sampled_from(["سبتمبر", "أيلول", "شتنبر", "أيلول سبتمبر", "سبتمبر/أيلول"]),
    st.text("-–/.,،:؛|•*~()[]«» \u200f", max_size=4),
    st.sampled_from(["", "الاثنين", "14:35", "الساعة 2:35 م", "GMT", "كلمة"]),
)
def test_a_year_that_is_written_is_never_replaced_by_a_supposed_one(
    day: date, month: str, marks: str, between: str
) -> None:
    text = f"{day.day} {month} {marks} {between} {day.year}"
    found = read_written_date(text, base=BASE)
    assert found.instant is None or found.instant.year == day.year, text


@given(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)))  # noqa: DTZ001 - it is read as UTC
def test_a_dash_between_time_and_day_is_no_zone(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    month = Locale.parse("ar_LB").months["format"]["wide"][moment.month]
    for day in (f"{moment:%d-%m-}{moment.year}", f"{moment:%d/%m/}{moment.year}", f"{moment:%d} {month} {moment.year}"):
        assert read_written_date(f"{moment:%H:%M}-{day}").instant == moment


def test_every_distance_in_hours_counts_back() -> None:
    for hours in range(1, 60):
        found = read_written_date(f"منذ {hours} ساعة", base=BASE)
        assert found.instant == BASE - timedelta(hours=hours)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("وقع الانفجار في 4 آب/أغسطس 2020 في بيروت.", [("2020-08-04", "day")]),
        ("منذ عام 2011 وحتى مارس 2018", [("2011-01-01", "year"), ("2018-03-01", "month")]),
        ("أعلن الثلاثاء الماضي أن القمة ستعقد في 12 نوفمبر", [("2023-09-19", "day"), ("2023-11-12", "day")]),
        ("في الرابع من يناير/ كانون الثاني الجاري", [("2023-01-04", "day")]),
        ("قتل 30 شخصا في يوليو/تموز الماضي", [("2023-07-01", "month")]),
        ("في 26 مارس آذار وقبله في يونيو حزيران 2008", [("2023-03-26", "day"), ("2008-06-01", "month")]),
        ("حتى الآن لم يعلن عن شيء في اليوم التالي", []),
        ("سجل اللاعب مارس 20 هدفا وفاز 3-2", []),
        ("قبل يومين من الانتخابات التي جرت في 2 و3 و4", []),
    ],
)
def test_dates_in_running_text_are_found(text: str, found: list[tuple[str, str]]) -> None:
    written = find_written_dates(text, base=BASE)
    assert [(str(one.instant), one.precision) for one in written] == found


def test_a_date_in_running_text_is_where_it_says() -> None:
    text = "قال إن الأمر بدأ ففي مُنتصف العام، في ٢٠ سبتـــمبر ٢٠٢٣، انتهى"
    (found,) = find_written_dates(text, base=BASE)
    assert text[found.start : found.end] == "٢٠ سبتـــمبر ٢٠٢٣"


def test_a_month_is_printed_without_a_day_it_does_not_have() -> None:
    assert date_record("أيلول 2023")["instant"] == "2023-09"
    assert read_written_date("أيلول 2023").instant == date(2023, 9, 1)


def test_every_phrase_of_the_tables_is_at_the_level_it_is_compared_at() -> None:
    assert [phrase for phrase in PHRASES if normalised_text(phrase) != phrase] == []
