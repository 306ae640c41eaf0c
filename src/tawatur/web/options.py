"""How the site presents itself: names, language, clock, address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import Locale, UnknownLocaleError

from tawatur.errors import ConfigError

Language = Literal["ar", "en"]
Digits = Literal["locale", "arab", "latn"]

LANGUAGES: tuple[Language, ...] = ("ar", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOptions:
    """The options of one site, checked when they are made.

    Raises:
        ConfigError: A value cannot be used; the message names the option.
    """

    #: The site's name on Arabic pages.
    name_ar: str = "تواتر"
    #: The site's name on English pages.
    name_en: str = "Tawatur"
    #: The language of ``/``; the other one lives under its code (``/en/``).
    default_language: Language = "ar"
    #: Where readers reach the site, without a path. Absolute links (feeds, sitemaps, JSON-LD) are made from
    #: this alone, never from what a request claims in its Host header.
    base_url: str = "http://127.0.0.1:8080"
    #: How to reach the operator: an e-mail or http(s) address, shown in the footer; None shows nothing.
    contact: str | None = None
    #: Host and port to listen on; port 0 lets the system choose.
    listen: str = "127.0.0.1:8080"
    #: IANA zone in which times are shown and days begin.
    time_zone: str = "UTC"
    #: ISO 3166 country whose Arabic usage is followed (CLDR): month names (EG سبتمبر, SY أيلول, MA شتنبر),
    #: digits and the shape of the clock time.
    region: str = "EG"
    #: Digits of Arabic pages: those of the region, always ٠١٢٣ (``arab``) or always 0123 (``latn``).
    digits: Digits = "locale"
    #: Show months under both their names («أيلول/سبتمبر») on Arabic pages.
    twin_months: bool = False
    #: Show the day in the Umm al-Qura calendar too on an article's card («٥ ربيع الأول ١٤٤٥ هـ»).
    hijri: bool = False
    #: Articles on one page of a list.
    articles_per_page: int = 30
    #: Hours after which a story counts half on the front page.
    front_half_life_hours: float = 12.0
    #: What each outlet counts that tells a story anew lately, in voices; 0: growth does not count.
    front_growth: float = 0.5
    #: Hours that are lately.
    front_growth_hours: float = 6.0
    #: Host names that are answered; empty answers every name.
    allowed_hosts: tuple[str, ...] = ()
    #: Addresses of proxies whose ``X-Forwarded-*`` is believed; empty believes none.
    trusted_proxies: tuple[str, ...] = ()
    #: The largest delivery of a WebSub hub that is taken, in bytes.
    hub_body_bytes: int = 4 * 1024 * 1024

    def __post_init__(self) -> None:
        if self.default_language not in LANGUAGES:
            raise ConfigError(f"default_language {self.default_language!r} is unknown: use ar or en")
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ConfigError(f"base_url {self.base_url!r} must be like https://news.example.org, without a path")
        object.__setattr__(self, "base_url", self.base_url.rstrip("/"))
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ConfigError(f"time_zone {self.time_zone!r} is no IANA zone such as Asia/Riyadh") from error
        try:
            Locale("ar", territory=self.region)
        except UnknownLocaleError as error:
            raise ConfigError(f"region {self.region!r} is no Arabic-writing country such as EG") from error
        if self.articles_per_page < 1:
            raise ConfigError(f"articles_per_page must be at least 1, not {self.articles_per_page}")
        if self.front_half_life_hours <= 0 or self.front_growth < 0 or self.front_growth_hours < 0:
            raise ConfigError("front_half_life_hours must be above 0, front_growth and front_growth_hours not below")
        _ = self.host_and_port  # a listen address that cannot be read is refused now, not when the site starts

    @property
    def host_and_port(self) -> tuple[str, int]:
        """Split ``listen``: ``127.0.0.1:8080`` or ``[::1]:8080``."""
        host, _, port = self.listen.rpartition(":")
        if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
            raise ConfigError(f"listen {self.listen!r} must be like 127.0.0.1:8080")
        return host.strip("[]"), int(port)

    def name(self, language: Language) -> str:
        return self.name_ar if language == "ar" else self.name_en
