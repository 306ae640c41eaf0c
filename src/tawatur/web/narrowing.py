"""
Facets as a reader uses them: links that narrow a search to a source, a person, a place or a time, and back again.

Within one facet any chosen value will do; between facets all must hold.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tawatur.model import Precision
from tawatur.search.records import FACETS, Facet, Facets, Results, SearchQuery
from tawatur.web.edition import Edition
from tawatur.web.finding import write_address

#: Values offered of one facet: what fits beside a page of results.
VALUES_OFFERED = 8
#: Days, months and years listed at most; more days than that are told by their months, more months by their years.
PERIODS_OFFERED = 12

_PRECISIONS: tuple[Precision, ...] = ("day", "month", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A link that chooses a value, or lets go of one that is chosen."""

    label: str
    address: str
    chosen: bool = False
    #: How many articles it leaves; None where that was not counted.
    count: int | None = None
    #: The label is a source's word, not ours.
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What may be chosen of one facet."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year with what was found in it."""

    first: date
    last: date
    precision: Precision
    count: int


def narrowings(
    query: SearchQuery, results: Results, edition: Edition, source_name: Callable[[str], str]
) -> tuple[Narrowing, ...]:
    """Offer what a search can be narrowed by; a facet that would tell nothing apart is left out."""
    facets = results.facets or Facets()
    labels = _labels(edition, source_name)
    offered = [
        *(_by_value(query, name, getattr(facets, field), edition, labels[name]) for name, field in FACETS.items()),
        Narrowing("day", tuple(_period_choice(query, period, edition) for period in periods(facets.days))),
    ]
    return tuple(narrowing for narrowing in offered if _tells_apart(narrowing, results.total))


def chosen(query: SearchQuery, edition: Edition, source_name: Callable[[str], str]) -> tuple[Choice, ...]:
    """Give what is chosen, each with the address that lets go of it."""
    labels = _labels(edition, source_name)
    choices = [
        _choice(query, name, value, edition, labels[name](value))
        for name, field in FACETS.items()
        for value in getattr(query, field)
    ]
    for name in ("after", "before"):
        if day := getattr(query, name):
            label = edition.catalogue.text(f"search.{name}", day=edition.moments.day(day, weekday=False))
            address = edition.links.search(write_address(query, **{name: None}))
            choices.append(Choice(label=label, address=address, chosen=True))
    if query.strict:
        address = edition.links.search(write_address(query, strict=False))
        choices.append(Choice(label=edition.catalogue.text("search.strict"), address=address, chosen=True))
    return tuple(choices)


def periods(days: Sequence[Facet]) -> tuple[Period, ...]:
    """Gather counted days into as few lines as can be read: days, months or years, the newest first."""
    counted = [(date.fromisoformat(day.value), day.count) for day in days]
    for precision in _PRECISIONS:
        sums: dict[tuple[date, date], int] = {}
        for day, count in counted:
            period = _period_of(day, precision)
            sums[period] = sums.get(period, 0) + count
        if len(sums) <= PERIODS_OFFERED or precision == "year":
            newest = sorted(sums.items(), reverse=True)[:PERIODS_OFFERED]
            return tuple(Period(first, last, precision, count) for (first, last), count in newest)
    return ()


def _period_of(day: date, precision: str) -> tuple[date, date]:
    if precision == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if precision == "month":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return day, day


def _labels(edition: Edition, source_name: Callable[[str], str]) -> dict[str, Callable[[str], str]]:
    """Give how the values of each facet are shown: where we have no word of our own, as they stand."""
    return {**dict.fromkeys(FACETS, str), "source": source_name, "language": edition.language_name}


def _by_value(
    query: SearchQuery, name: str, values: Sequence[Facet], edition: Edition, label: Callable[[str], str]
) -> Narrowing:
    taken = set(getattr(query, FACETS[name]))
    # What is chosen stays in sight, however few articles it has.
    listed = sorted(values, key=lambda value: value.value not in taken)[:VALUES_OFFERED]
    choices = (_choice(query, name, value.value, edition, label(value.value), count=value.count) for value in listed)
    return Narrowing(name, tuple(choices))


def _choice(
    query: SearchQuery, name: str, value: str, edition: Edition, label: str, *, count: int | None = None
) -> Choice:
    taken: tuple[str, ...] = getattr(query, FACETS[name])
    is_taken = value in taken
    kept = tuple(other for other in taken if other != value) if is_taken else (*taken, value)
    address = edition.links.search(write_address(query, **{FACETS[name]: kept}))
    return Choice(label=label, address=address, chosen=is_taken, count=count, foreign=name != "language")


def _period_choice(query: SearchQuery, period: Period, edition: Edition) -> Choice:
    is_taken = (query.after, query.before) == (period.first, period.last)
    after, before = (None, None) if is_taken else (period.first, period.last)
    return Choice(
        label=edition.moments.bare(period.first, period.precision),
        address=edition.links.search(write_address(query, after=after, before=before)),
        chosen=is_taken,
        count=period.count,
    )


def _tells_apart(narrowing: Narrowing, total: int) -> bool:
    """Tell whether choosing changes anything: of sections, people and places not every article has one."""
    return len(narrowing.choices) > 1 or any(choice.chosen or choice.count != total for choice in narrowing.choices)
