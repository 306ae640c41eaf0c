"""The zone of an outlet's clock, as far as it can be known."""

from __future__ import annotations

from datetime import tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tawatur.extract.page import Page

# The countries whose domain only their own outlets use and which have one zone (IANA zone.tab). Domains sold to
# anybody (.tv .me .co .io .ly) say nothing.
_BY_DOMAIN = {
    "ae": "Asia/Dubai", "bh": "Asia/Bahrain", "dz": "Africa/Algiers", "eg": "Africa/Cairo", "iq": "Asia/Baghdad", "ir": "Asia/Tehran",
    "jo": "Asia/Amman", "kw": "Asia/Kuwait", "lb": "Asia/Beirut", "ma": "Africa/Casablanca", "mr": "Africa/Nouakchott", "om": "Asia/Muscat",
    "ps": "Asia/Gaza", "qa": "Asia/Qatar", "sa": "Asia/Riyadh", "sd": "Africa/Khartoum", "sy": "Asia/Damascus", "tn": "Africa/Tunis",
    "tr": "Europe/Istanbul", "ye": "Asia/Aden",
}  # fmt: skip


def zone_of(page: Page) -> tzinfo | None:
    """Give the zone of the clock on a page: its source's, or that of its country's domain; None when unknown."""
    if page.source is not None:
        try:
            return ZoneInfo(page.source.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            return None
    host = page.host
    name = _BY_DOMAIN.get(host.rsplit(".", 1)[-1]) if host else None
    return ZoneInfo(name) if name else None
