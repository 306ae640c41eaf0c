"""The zone of an outlet's clock, as far as it can be known."""

from __future__ import annotations

from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tawatur.extract.page import Page
from tawatur.sources import load_registry, time_zone_of

# Domains of countries that only their own outlets use; those sold to anybody (.tv .me .co .io .ly) say nothing.
_OWN_DOMAINS = frozenset(
    [
        "ae",
        "bh",
        "dz",
        "eg",
        "iq",
        "ir",
        "jo",
        "kw",
        "lb",
        "ma",
        "mr",
        "om",
        "ps",
        "qa",
        "sa",
        "sd",
        "sy",
        "tn",
        "tr",
        "ye",
    ]
)


def zone_of(page: Page) -> tzinfo | None:
    """Give the zone of the clock on a page: its source's, or its outlet's country's; None when unknown."""
    if page.source is not None:
        return _zone(page.source.time_zone)
    known = load_registry().find_by_domain(page.url) if page.url else None
    country = known.country if known is not None else None
    if country is None and page.host is not None and (domain := page.host.rsplit(".", 1)[-1]) in _OWN_DOMAINS:
        country = domain.upper()
    name = time_zone_of(country)
    return _zone(name) if name != "UTC" else None


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
