"""
The registry: who is who among agencies, outlets and official bodies, under all the names Arabic news gives them.

«أ ف ب»، «فرانس برس» and «وكالة الصحافة الفرنسية» are one agency. Names are compared as readers compare them (letters
folded, dots, brackets and spaces left out), with and without the word that says what they are (وكالة، صحيفة، قناة).
Several outlets share one name («الوطن»): then the country decides, and without one there is no answer.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlsplit

from tawatur.errors import ConfigError
from tawatur.text import normalised_text

__all__ = ["Outlet", "OutletKind", "Registry", "load_registry"]

OutletKind = Literal["agency", "outlet", "official", "organisation", "platform"]

_COLUMNS = 7
_NOT_LETTERS = re.compile(r"[\W_]+")
# What a name says of its bearer, as keys are written; «وكالة» also begins proper names, so whole names go first.
_WHAT_IT_IS = re.compile(
    r"\A(?:وكاله(?:ال?انباء)?|صحيفه|جريده|مجله|قناه|فضائيه|شبكه|موقع|بوابه|اذاعه|راديو|تلفزيون|تطبيق|منصه)(?=..)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One body that carries news or is named as its source."""

    #: Unique in the registry; a followed source may have another (``aa-arabic``) and is found by its domain.
    id: str
    name_ar: str
    name_latin: str
    kind: OutletKind
    #: Other spellings and abbreviations, Arabic and Latin.
    variants: tuple[str, ...] = ()
    #: Home domains, without ``www.``.
    domains: tuple[str, ...] = ()
    #: ISO 3166-1 alpha-2; None for an international one.
    country: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, the usual ones first."""
        return (self.name_ar, self.name_latin, *self.variants)


@dataclass(frozen=True, slots=True)
class Registry:
    """All outlets that are known, by name and by domain."""

    outlets: tuple[Outlet, ...]
    _by_name: Mapping[str, tuple[Outlet, ...]]
    _by_domain: Mapping[str, Outlet]

    @classmethod
    def of(cls, outlets: tuple[Outlet, ...]) -> Registry:
        """Arrange outlets for looking up; where two share a domain the first holds."""
        by_name: dict[str, tuple[Outlet, ...]] = {}
        by_domain: dict[str, Outlet] = {}
        for outlet in outlets:
            for key in dict.fromkeys(map(name_key, outlet.names)):
                by_name[key] = (*by_name.get(key, ()), outlet)
            for domain in outlet.domains:
                by_domain.setdefault(domain, outlet)
        return cls(outlets, by_name, by_domain)

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self.outlets)

    def named(self, name: str) -> tuple[Outlet, ...]:
        """All outlets of this name, those whose usual name it is first.

        >>> [outlet.id for outlet in load_registry().named("(أ.ف.ب)")]
        ['afp']
        """
        key = name_key(name)
        found = self._by_name.get(key) or self._by_name.get(_WHAT_IT_IS.sub("", key, count=1), ())
        return tuple(
            sorted(found, key=lambda outlet: key not in {name_key(outlet.name_ar), name_key(outlet.name_latin)})
        )

    def find_by_name(self, name: str, *, country: str | None = None) -> Outlet | None:
        """The one outlet of this name; None when there is none, or several and the country does not tell.

        >>> load_registry().find_by_name("وكاله الانباء السعوديه").id
        'spa'
        """
        found = self.named(name)
        if len(found) > 1 and country is not None:
            found = tuple(outlet for outlet in found if outlet.country == country) or found
        usual = [outlet for outlet in found if name_key(name) == name_key(outlet.name_ar)]
        if len(found) > 1 and len(usual) == 1 and country is None:
            return usual[0]
        return found[0] if len(found) == 1 else None

    def find_by_domain(self, address: str) -> Outlet | None:
        """The outlet that an address or a host belongs to.

        >>> load_registry().find_by_domain("https://arabic.rt.com/world/1").id
        'rt'
        """
        host = (urlsplit(address).hostname or "") if "//" in address else address.lower()
        labels = host.strip(".").split(".")
        for start in range(len(labels) - 1):
            if outlet := self._by_domain.get(".".join(labels[start:])):
                return outlet
        return None


@functools.cache
def load_registry() -> Registry:
    """Read the registry that comes with Tawatur, once."""
    table = importlib.resources.files("tawatur.sources").joinpath("registry.tsv").read_text("utf-8")
    return Registry.of(tuple(_outlet(line) for line in table.splitlines() if line and not line.startswith("#")))


@functools.lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """Give what a name is compared by: folded letters alone.

    >>> name_key("«أ. ف. ب.»") == name_key("(ا ف ب)")
    True
    """
    return _NOT_LETTERS.sub("", normalised_text(name, "match"))


def _outlet(line: str) -> Outlet:
    columns = line.split("\t")
    if len(columns) != _COLUMNS or columns[1] not in get_args(OutletKind):
        raise ConfigError(
            f"registry.tsv: {line[:80]!r} needs {_COLUMNS} columns, a kind of {get_args(OutletKind)} second"
        )
    identifier, kind, country, arabic, latin, domains, variants = columns
    return Outlet(
        id=identifier,
        name_ar=arabic,
        name_latin=latin,
        kind=kind,  # type: ignore[arg-type]
        variants=tuple(filter(None, variants.split("|"))),
        domains=tuple(domains.split()),
        country=country or None,
    )
