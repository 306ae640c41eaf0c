"""
Date tables: the words of written dates, gathered from CLDR and the data files, by what they mean.

A phrase is a tuple of tokens at the ``match`` level; what it means is a set of tags. A phrase may mean several
things («م» is *afternoon* and *of the common era*): the grammar asks for the tag it needs.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from functools import cache
from importlib import resources
from typing import Any, Literal
from zoneinfo import ZoneInfo

from babel import Locale

from .letters import normalised_text

__all__ = ["Calendar", "Lexicon", "MonthName", "NamedZone", "Tags", "lexicon", "not_days", "split_words"]

Calendar = Literal["gregorian", "hijri"]
Tags = Mapping[str, Any]

# The regions whose papers name the months each in their own way; English and French stand on their pages too.
_LOCALES = ("ar", "ar_EG", "ar_LB", "ar_MA", "ar_DZ", "ar_TN", "ar_MR", "en", "fr")

_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")


@dataclass(frozen=True, slots=True)
class MonthName:
    """A month a name stands for."""

    calendar: Calendar
    number: int
    #: True when the name is an everyday word too: only a day before it and a year after make it a month.
    only_with_year: bool = False


@dataclass(frozen=True, slots=True)
class NamedZone:
    """A zone a name stands for; ``zone`` is None when the name means several."""

    zone: tzinfo | None
    #: True for Greenwich: «GMT+3».
    takes_offset: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first token, the longest first."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Tags], ...]]


def split_words(text: str) -> tuple[str, ...]:
    """Cut a phrase at the ``match`` level as the tokeniser cuts texts: digits, words, each mark alone."""
    return tuple(_TOKEN.findall(text))


@cache
def lexicon() -> Lexicon:
    """The phrases of all tables, built once."""
    gathered: dict[tuple[str, ...], dict[str, Any]] = {}
    for phrase, tag, value in _entries():
        for spelling in _spellings(phrase):
            gathered.setdefault(split_words(spelling), {}).setdefault(tag, value)
    by_first: dict[str, list[tuple[tuple[str, ...], Tags]]] = {}
    for words, tags in gathered.items():
        by_first.setdefault(words[0], []).append((words, tags))
    return Lexicon({first: tuple(sorted(found, key=_longest_first)) for first, found in by_first.items()})


@cache
def not_days() -> frozenset[str]:
    """Words after which «اليوم» means *the day*, not *today*."""
    return frozenset(normalised_text(word) for word in _load("date_words")["not_days"]["words"])


def _longest_first(found: tuple[tuple[str, ...], Tags]) -> int:
    return -len(found[0])


def _spellings(phrase: str) -> Iterator[str]:
    """The phrase as compared, and without Latin accents: pages in French often leave them out."""
    folded = normalised_text(phrase)
    yield folded
    plain = "".join(letter for letter in unicodedata.normalize("NFD", folded) if not unicodedata.combining(letter))
    if folded[0].isascii() or folded[0] < "\u0250":
        yield plain


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(f"data/{name}.toml").read_text("utf-8"))


def _entries() -> Iterator[tuple[str, str, Any]]:
    """Every phrase, its tag and its value."""
    yield from _months()
    words = _load("date_words")
    for table, tag in (("weekdays", "weekday"), ("named_days", "named_day"), ("fractions", "fraction")):
        yield from ((phrase, tag, int(number)) for number, phrases in words[table].items() for phrase in phrases)
    for table, tag in (("periods", "period"), ("labels", "label")):
        yield from ((phrase, tag, name) for name, phrases in words[table].items() for phrase in phrases)
    for name, counts in words["units"].items():
        yield from ((phrase, "unit", (name, int(count))) for count, phrases in counts.items() for phrase in phrases)
    yield from ((phrase, "short_unit", name) for name, phrases in words["short_units"].items() for phrase in phrases)
    yield from ((phrase, name, True) for name, phrases in words["particles"].items() for phrase in phrases)
    yield from _zones()


def _months() -> Iterator[tuple[str, str, MonthName]]:
    for locale in _LOCALES:
        months = Locale.parse(locale).months
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in months[context][width].items():
                    yield name.rstrip("."), "month", MonthName("gregorian", number)
    for table in _load("months")["months"]:
        for number, names in table["names"].items():
            month = MonthName(table["calendar"], int(number), table.get("only_with_year", False))
            yield from ((name, "month", month) for name in names)


def _zones() -> Iterator[tuple[str, str, NamedZone]]:
    zones = _load("zones")
    for entry in zones["zone"]:
        zone = NamedZone(ZoneInfo(entry["iana"]), entry.get("takes_offset", False))
        yield from _named(zone, entry)
    for sign, minutes in zones["offsets"].items():
        yield sign, "zone_sign", NamedZone(timezone(timedelta(minutes=minutes)))
    yield from _named(NamedZone(None), zones["unclear"])


def _named(zone: NamedZone, entry: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str, NamedZone]]:
    yield from ((place, "place", zone) for place in entry["places"])
    yield from ((sign, "zone_sign", zone) for sign in entry["signs"])
