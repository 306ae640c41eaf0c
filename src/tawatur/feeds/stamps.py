"""
Stamps of feeds: the many ways in which a feed writes an instant.

RFC 822 with its later centuries (``Thu, 20 Mar 2025 18:04:57 +0000``), RFC 3339 and looser ISO 8601
(``2025-03-20 18:04+03``), zones written as words (``GMT+3``), month names in English and French, and dates in
Arabic words (through the date grammar of ``tawatur.text``). A stamp that names no zone, or no time of day, is no
instant: it could be any of 26 hours, so it is not read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

from tawatur.text import read_written_date

__all__ = ["read_stamp"]

# Zones that mean one offset wherever they are written: RFC 822 §5.1, and those of Europe that no other region
# shares. AST, BST, IST and CST-of-China are not here: each means several.
_ZONES = {
    "z": 0, "gmt": 0, "ut": 0, "utc": 0, "wet": 0, "west": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180,
    "msk": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip
# English and French by their first letters; the shortest that tell them apart (juin, juillet).
_MONTHS = (
    (1, ("jan", "janv")), (2, ("feb", "fev", "fevr")), (3, ("mar", "mars")), (4, ("apr", "avr")), (5, ("may", "mai")),
    (6, ("jun", "juin")), (7, ("jul", "juil", "juillet")), (8, ("aug", "aou", "aout")), (9, ("sep", "sept")),
    (10, ("oct",)), (11, ("nov",)), (12, ("dec",)),
)  # fmt: skip
_MONTH_WORDS = {
    "january": 1, "janvier": 1, "february": 2, "fevrier": 2, "march": 3, "april": 4, "avril": 4, "june": 6, "july": 7,
    "august": 8, "september": 9, "septembre": 9, "october": 10, "octobre": 10, "november": 11, "novembre": 11,
    "december": 12, "decembre": 12, **{word: month for month, words in _MONTHS for word in words},
}  # fmt: skip
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
_ZONE = (
    r"\s*(?P<zone>[A-Za-z]{1,4})?\s*"
    r"(?:(?P<sign>[+\-\u2212])(?P<zone_hours>\d{1,2})(?::?(?P<zone_minutes>\d{2}))?)?"
    r"\s*(?:\([^()]{0,40}\))?"
)
_ISO = re.compile(rf"(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}})(?:[Tt]|\s+){_TIME}{_ZONE}")
_RFC822 = re.compile(
    rf"(?:[^\W\d]+\.?,?\s*)?(?P<day>\d{{1,2}})[\s-]+(?P<month>[^\W\d]+)\.?[\s,-]+(?P<year>\d{{2}}|\d{{4}}),?\s+{_TIME}{_ZONE}"
)
_ASCTIME = re.compile(
    rf"[^\W\d]+\.?,?\s+(?P<month>[^\W\d]+)\.?\s+(?P<day>\d{{1,2}}),?\s+(?:(?P<year_>\d{{4}})\s+)?{_TIME}{_ZONE}(?:\s+(?P<year>\d{{4}}))?"
)
# The longest that is read; a stamp is no text.
LONGEST_STAMP = 100


def read_stamp(text: str | None) -> datetime | None:
    """Read the instant a stamp states, in UTC; None when it states none for certain.

    >>> read_stamp("Thu, 20 Mar 2025 18:04:57 GMT+3")
    datetime.datetime(2025, 3, 20, 15, 4, 57, tzinfo=datetime.timezone.utc)
    >>> read_stamp("2025-03-20 18:04") is None
    True
    """
    if text is None or len(text) > LONGEST_STAMP:
        return None
    stamp = " ".join(unicodedata.normalize("NFKC", text).split())
    for form in (_ISO, _RFC822, _ASCTIME):
        if (match := form.fullmatch(stamp)) and _month(match["month"]) is not None:
            return _instant(match)
    written = read_written_date(stamp)
    if isinstance(written.instant, datetime) and written.zone_stated:
        return written.instant.astimezone(UTC)
    return None


def _instant(match: re.Match[str]) -> datetime | None:
    offset = _offset(match)
    month = _month(match["month"])
    year = _year(match)
    if offset is None or month is None or year is None:
        return None
    try:
        moment = datetime(
            year,
            month,
            int(match["day"]),
            int(match["hour"]),
            int(match["minute"]),
            min(int(match["second"] or 0), 59),  # a leap second is written 60
            tzinfo=timezone(offset),
        )
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _offset(match: re.Match[str]) -> timedelta | None:
    named = _ZONES.get((match["zone"] or "").lower())
    if match["zone"] and named is None:
        return None
    if not match["sign"]:
        return None if named is None else timedelta(minutes=named)
    minutes = int(match["zone_hours"]) * 60 + int(match["zone_minutes"] or 0)
    if named not in {None, 0} or minutes > 14 * 60:  # ``EST-5`` may mean either; the line islands keep UTC+14
        return None
    return timedelta(minutes=minutes if match["sign"] == "+" else -minutes)


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return _MONTH_WORDS.get(letters)


def _year(match: re.Match[str]) -> int | None:
    digits = match["year"] or match.groupdict().get("year_")
    if digits is None:
        return None
    year = int(digits)
    if len(digits) == 2:  # RFC 2822 §4.3
        year += 2000 if year < 50 else 1900
    return year
