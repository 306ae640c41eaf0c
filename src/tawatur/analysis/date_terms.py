"""
Words that date a happening, by what they do in a date.

``date_mentions`` reads runs of these terms. A word is looked up without its clitics; a word that dates nothing has no
term.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from tawatur.text.date_tables import MonthName, lexicon
from tawatur.text.letters import normalised_text
from tawatur.text.words import Word

__all__ = ["DateWords", "Term", "date_words", "read_terms"]

_CLITICS = re.compile("^(?:[وف](?=..))?(?:[بلك](?=ال)|ل(?=ل)|ب(?=[^ا]..))?")
# «آب» without its madda is the word for father; these months are everyday words or names as well.
_DOUBTFUL_MONTHS = frozenset(
    (
        *("اب", "ماي", "جوان", "مارت", "نوار", "مغرس", "مايس", "اوت", "اوط", "ينار", "صفر"),
        *("رجب", "شعبان", "محرم", "المحرم", "رمضان", "شوال", "القعده", "جوليه", "يوليوس", "كتوبر", "يوليه"),
    )
)


@dataclass(frozen=True, slots=True)
class Term:
    """What one word does in a date; at most one of the numbers is set for most words."""

    folded: str
    #: Without clitics.
    bare: str
    number: int | None = None
    weekday: int | None = None
    months: tuple[tuple[tuple[str, ...], MonthName], ...] = ()
    tags: dict[str, Any] = field(default_factory=dict)
    doubtful: bool = False
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class DateWords:
    """The tables of ``event_words.toml``, by word."""

    tags: dict[str, dict[str, Any]]
    not_today_before: frozenset[str]
    not_today_after: frozenset[str]
    not_weekdays: frozenset[str]
    not_tomorrow: frozenset[str]
    future: frozenset[str]
    schedules: frozenset[str]
    decides: frozenset[str]
    ahead_of: frozenset[str]
    before: frozenset[str]
    occasions: frozenset[str]
    compared: frozenset[str]
    credits: frozenset[str]
    until: frozenset[str]
    amounts: frozenset[str]
    shares: frozenset[str]
    several_days: frozenset[str]
    of_two: frozenset[str]
    behind: frozenset[str]
    #: As printed, not folded.
    opening: frozenset[str]
    editions: frozenset[str]
    same_day: frozenset[str]
    #: The year of a day or a month, by ``MM-DD`` or ``MM``, and the words before it that make it known.
    remembered: dict[str, tuple[int, frozenset[str]]]


def _folded(words: str) -> list[str]:
    return [normalised_text(word) for word in words.split()]


@lru_cache(maxsize=1)
def date_words() -> DateWords:
    """Load the tables."""
    data = tomllib.loads((files("tawatur.analysis") / "data" / "event_words.toml").read_text(encoding="utf-8"))
    tags: dict[str, dict[str, Any]] = {}
    for tag, value, words in _entries(data):
        for word in _folded(words):
            tags.setdefault(word, {})[tag] = value
    return DateWords(
        tags,
        frozenset(_folded(data["not_today"]["before"])),
        frozenset(_folded(data["not_today"]["after"])),
        frozenset(_folded(data["not_weekdays"]["before"])),
        frozenset(_folded(data["not_tomorrow"]["before"])),
        frozenset(_folded(data["future"]["words"])),
        frozenset(_folded(data["schedules"]["words"])),
        frozenset(_folded(data["decides"]["words"])),
        frozenset(_folded(data["ahead_of"]["words"])),
        frozenset(_folded(data["ahead_of"]["before"])),
        frozenset(_folded(data["ahead_of"]["occasions"])),
        frozenset(data["compared"]["words"].split()),
        frozenset(_folded(data["credits"]["words"])),
        frozenset(_folded(data["until"]["words"])),
        frozenset(data["amounts"]["words"].split()),
        frozenset(_folded(data["amounts"]["shares"])),
        frozenset(_folded(data["several_days"]["words"])),
        frozenset(_folded(data["several_days"]["of_two"])),
        frozenset(_folded(data["behind"]["words"])),
        frozenset(data["opening"]["words"].split()),
        frozenset(_folded(data["editions"]["words"])),
        frozenset(data["same_day"]["words"].split()),
        {day: (entry["year"], frozenset(_folded(entry["words"]))) for day, entry in data["remembered"].items()},
    )


def _entries(data: dict[str, Any]) -> Iterator[tuple[str, Any, str]]:
    numbered = {"turns": "turn", "named_days": "named_day", "decades": "decade", "ordinals": "ordinal"}
    numbered |= {"ordinals_before_ten": "ordinal", "numbers": "count", "hours": "hour", "minutes": "minutes"}
    for table, tag in numbered.items():
        yield from ((tag, int(number), words) for number, words in data[table].items())
    yield from (("unit", unit, words) for unit, words in data["units"].items())
    yield from (("part", part, words) for part, words in data["parts"].items())
    yield from (("season", tuple(entry["months"]), entry["words"]) for entry in data["seasons"].values())
    for table in ("duals", "plurals", "year_words", "parts_of_day"):
        yield table, True, data[table]["words"]
    yield from ((tag, True, words) for tag, words in data["particles"].items())


@lru_cache(maxsize=50_000)
def _term(text: str) -> Term | None:
    folded = normalised_text(text)
    if folded.isdecimal():
        return Term(folded, folded, number=int(folded), is_number=True) if len(folded) < 5 else None
    bare = _CLITICS.sub("", folded)
    with_article = "ا" + bare if bare.startswith("ل") and bare != folded else bare  # للأسبوع
    for form in dict.fromkeys((folded, bare, with_article)):
        tags = date_words().tags.get(form, {})
        phrases = lexicon().phrases.get(form, ())
        months = tuple((phrase, found["month"]) for phrase, found in phrases if "month" in found)
        months = tuple(found for found in months if not found[1].only_with_year)
        weekdays = [found["weekday"] for phrase, found in phrases if "weekday" in found and phrase == (form,)]
        weekday = weekdays[0] if weekdays and form.startswith("ال") else None
        if tags or months or weekday is not None:
            number = tags.get("ordinal", tags.get("count"))
            doubtful = form in _DOUBTFUL_MONTHS and "\u0622" not in text
            return Term(folded, form, number, weekday, months, tags, doubtful)
    return None


def read_terms(words: tuple[Word, ...]) -> list[Term | None]:
    """Give the term of each word; None for one that dates nothing."""
    return [_term(word.text) if word.kind in ("word", "number") else None for word in words]
