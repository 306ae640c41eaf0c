"""Names known beforehand: places with their countries, organisations, outlets and agencies."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from tawatur.sources import load_registry
from tawatur.text.letters import normalised_text

__all__ = [
    "NameLists",
    "country_names",
    "country_of",
    "is_listed",
    "key_of",
    "known_words",
    "load_name_lists",
    "long_names",
    "usual_country_name",
]

_LONGEST_NAME_WORDS = 7
# Codes that ISO 3166 keeps for bodies of several countries.
_NO_COUNTRIES = frozenset(("UN", "EU", "EZ"))
_ALPHA2 = 2


def key_of(name: str) -> str:
    """Fold a name for looking it up."""
    return " ".join(normalised_text(name, "index").split())


@dataclass(frozen=True, slots=True)
class NameLists:
    """Names by their words, each with the lists that hold it."""

    of_name: dict[tuple[str, ...], tuple[str, ...]]
    longest_from: dict[str, int]

    @classmethod
    def of(cls, names: Iterable[tuple[str, str]]) -> NameLists:
        """Arrange pairs of a folded name and its list."""
        of_name: dict[tuple[str, ...], tuple[str, ...]] = {}
        longest: dict[str, int] = {}
        for name, kind in names:
            words = tuple(name.split())
            if not words or len(words) > _LONGEST_NAME_WORDS:
                continue
            of_name[words] = tuple(dict.fromkeys((*of_name.get(words, ()), kind)))
            longest[words[0]] = max(longest.get(words[0], 0), len(words))
        return cls(of_name, longest)

    def evidence(self, cores: Sequence[str]) -> list[tuple[str, ...]]:
        """Tell for each word the lists whose longest name begins, goes on or ends with it."""
        found: list[tuple[str, ...]] = [()] * len(cores)
        for name in self.names_in(cores):
            kinds = self.of_name[tuple(cores[name.start : name.stop])]
            for at in name:
                place = "1" if len(name) == 1 else "B" if at == name[0] else "E" if at == name[-1] else "I"
                found[at] = tuple([f"g={kind}{place}" for kind in kinds])
        return found

    def names_in(self, cores: Sequence[str]) -> Iterator[range]:
        """Give the places of the listed names among words, from the left, of those that begin together the longest."""
        at = 0
        while at < len(cores):
            length = self._longest(cores, at)
            if length:
                yield range(at, at + length)
            at += max(length, 1)

    def _longest(self, cores: Sequence[str], at: int) -> int:
        limit = min(self.longest_from.get(cores[at], 0), len(cores) - at)
        return next((n for n in range(limit, 0, -1) if tuple(cores[at : at + n]) in self.of_name), 0)


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[str, str]]:
    """Country and, for a country's own name, the usual name of it, by folded name."""
    return {key_of(name): (country, usual) for name, country, usual in _rows("places_known.tsv")}


def country_of(name: str) -> str | None:
    """Give the country a place lies in or is, by its ISO code; None where the list does not tell."""
    key = key_of(name)
    country = _places()[key][0] if key in _places() else _cities().get(key, "")
    return country if len(country) == _ALPHA2 else None


def usual_country_name(name: str) -> str | None:
    """Give the usual name of a country for any of its names.

    >>> usual_country_name("المملكة العربية السعودية"), usual_country_name("باريس")
    ('السعودية', None)
    """
    return _places().get(key_of(name), ("", ""))[1] or None


def country_names() -> frozenset[str]:
    """Give every name of a country, folded."""
    return frozenset(name for name, (_, usual) in _places().items() if usual)


@lru_cache(maxsize=1)
def long_names() -> NameLists:
    """Load the places in one country and the organisations whose names have several words, by their type."""
    places = [
        (name, "LOC")
        for name, (country, _) in _places().items()
        if len(country) == _ALPHA2 and country not in _NO_COUNTRIES
    ]
    return NameLists.of(
        (name, kind) for name, kind in [*((name, "ORG") for name in _organisations()), *places] if " " in name
    )


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """Give the places of one word, folded, and what begins with the letter of a clitic elsewhere (واس, ووتش)."""
    return frozenset(name for name in _places() if " " not in name) | {key_of("واس"), key_of("ووتش")}


@lru_cache(maxsize=1)
def load_name_lists() -> NameLists:
    """Load the lists that ship."""
    outlets = [(key_of(name), "media") for outlet in load_registry() for name in outlet.names]
    cities = [(name, "city") for name in _cities()]
    bodies = [(name, "org") for name in _organisations()]
    return NameLists.of([*((name, "place") for name in _places()), *outlets, *cities, *bodies])


def is_listed(words: tuple[str, ...]) -> bool:
    """Tell whether folded words are a place, an organisation, an outlet or an agency of the lists."""
    return any(kind != "city" for kind in load_name_lists().of_name.get(words, ()))


@lru_cache(maxsize=1)
def _organisations() -> tuple[str, ...]:
    return tuple(" ".join(_without_clitics(key_of(row[0]).split())) for row in _rows("organisations_known.txt"))


def _without_clitics(words: Sequence[str]) -> Iterator[str]:
    """Cut the clitics inside a name as those of the text are cut: «لكرة القدم»، «للإغاثة والأعمال»."""
    yield from words[:1]
    for word in words[1:]:
        if word.startswith("لل"):
            yield "ا" + word[1:]
        elif word[0] == "ل" and word not in known_words():
            yield word[1:]
        else:
            yield word[1:] if word[1:].startswith("ال") and word[0] in "وب" else word


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """The cities of GeoNames and their countries, by folded name."""
    return {key_of(name): country for name, country in _rows("cities_known.tsv.gz")}


def _rows(file: str) -> list[list[str]]:
    data = (files("tawatur.analysis") / "data" / file).read_bytes()
    text = (gzip.decompress(data) if file.endswith(".gz") else data).decode("utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
