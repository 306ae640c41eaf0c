"""Sites: which site an address lies on, and a short name for it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["name_of_site", "same_site", "site_of"]

# Registries under which countries sell third-level names: ``gov.sa``, ``com.eg``. The list of
# https://publicsuffix.org has thousands of rows; these are the words in it that news sites stand under.
_SECOND_LEVELS = frozenset(
    {"ac", "co", "com", "edu", "gob", "gov", "go", "ltd", "mil", "net", "nom", "or", "org", "press", "sch"}
)
# What stands before a site's own name and says only how it is served.
_SERVING = frozenset(["www", "www2", "www3", "m", "mobile", "amp", "feeds", "feed", "rss", "beta"])


_NUMERIC_SITE = re.compile(r"[\d.]+(?::\d+)?|\[.*")


def site_of(url: str) -> str:
    """The host of an address without what says only how it is served: ``arabic.cnn.com``.

    >>> site_of("https://feeds.alwatanvoice.com/ar/world.xml")
    'alwatanvoice.com'
    """
    if numeric := _numeric(url):
        return numeric
    labels = (urlsplit(url).hostname or "").split(".")
    while len(labels) > 2 and labels[0] in _SERVING:
        del labels[0]
    return ".".join(labels)


def same_site(one: str, other: str) -> bool:
    """Whether two addresses lie under one registered name."""
    return _registered(one) == _registered(other)


def name_of_site(site: str) -> str:
    """A short Latin name: the host without its ending, own name first.

    >>> name_of_site("arabic.cnn.com"), name_of_site("spa.gov.sa"), name_of_site("24.ae")
    ('cnn-arabic', 'spa', '24-ae')
    """
    labels = site.split(".")
    ending = 0 if _NUMERIC_SITE.fullmatch(site) else _ending(labels)
    own = labels[: len(labels) - ending]
    name = "-".join(reversed(own) if ending else own) or site
    if name.isdigit() or len(name) < 2:
        name = "-".join(labels)
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "source"


def _registered(url: str) -> str:
    if numeric := _numeric(url):
        return numeric
    labels = (urlsplit(url).hostname or "").split(".")
    return ".".join(labels[-(_ending(labels) + 1) :])


def _numeric(url: str) -> str | None:
    """Host and port where the host is a number: there, a port is a site of its own. None for a name."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts.netloc if ":" in host or host.replace(".", "").isdigit() else None


def _ending(labels: list[str]) -> int:
    """How many labels at the end are a registry's."""
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS:
        return 2
    return 1 if len(labels) > 1 else 0
