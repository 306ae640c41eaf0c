"""
The starter pack: Arabic sources to begin with, a TOML file each in ``starter/``.

Names, homes and feeds come from public lists and public knowledge, and none has been asked whether it still answers
(``checked = false``). Where no feed's address is known the front page stands in its place, to be read as a listing.
"""

from __future__ import annotations

import functools
import importlib.resources

from tawatur.model import Source, SourceKind
from tawatur.sources.source_file import load_source

__all__ = ["starter_sources", "time_zone_of"]


def starter_sources(country: str | None = None, kind: SourceKind | None = None) -> tuple[Source, ...]:
    """Give the sources of the starter pack by id, those of a country or a kind when one is named."""
    return tuple(
        source
        for source in _all_sources()
        if (country is None or source.country == country.upper()) and (kind is None or source.kind == kind)
    )


@functools.cache
def _all_sources() -> tuple[Source, ...]:
    folder = importlib.resources.files("tawatur.sources").joinpath("starter")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(load_source(file.read_bytes(), file.name) for file in files)


def time_zone_of(country: str | None) -> str:
    """The zone of a country's capital, ``UTC`` where it is not among those that are known.

    >>> time_zone_of("EG")
    'Africa/Cairo'
    """
    return _zones().get((country or "").upper(), "UTC")


@functools.cache
def _zones() -> dict[str, str]:
    table = importlib.resources.files("tawatur.sources").joinpath("countries.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {country: zone for country, zone in rows}  # noqa: C416 - unpacking is the check of two columns
