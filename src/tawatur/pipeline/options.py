"""What an operator can set about following and reading: each with its unit, and why the default is what it is."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from typing import Literal

from tawatur.errors import ConfigError

__all__ = ["FollowOptions", "LogOptions", "ReadingOptions"]

MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowOptions:
    """When feeds are polled.

    Raises:
        ConfigError: A setting cannot be; it is named.
    """

    #: Seconds between two polls of one feed at least. Five minutes is what the busiest outlets' feeds allow
    #: themselves in ``ttl``; WebSub is there for those who want it sooner.
    shortest_seconds: float = 5 * MINUTE
    #: Seconds between two polls at most, so that a feed that wakes up is noticed the same day.
    longest_seconds: float = 12 * HOUR
    #: Seconds of the longest wait after failures.
    longest_backoff_seconds: float = DAY
    #: Polls with validators before one without: some feeds repeat an ETag over new content.
    conditional_polls: int = 24
    #: Feeds asked at once; each site has its own bound in fetch.
    feeds_at_once: int = 64
    #: Further sitemaps or pages read of one feed in one poll: an index may name hundreds of old ones.
    further_documents: int = 8
    #: Entries taken of one poll, the newest: a sitemap of a whole archive names 50,000.
    entries_of_one_poll: int = 1000
    #: Seconds after which a source added by another process is noticed.
    look_again_seconds: float = 2.0
    #: Whether to subscribe at the WebSub hubs that feeds name; it needs site.base_url to be reachable for hubs.
    websub: bool = True

    def __post_init__(self) -> None:
        _positive(self, "follow")
        if self.shortest_seconds > self.longest_seconds:
            raise ConfigError("follow.shortest_seconds must not be above follow.longest_seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """How pages become articles.

    Raises:
        ConfigError: A setting cannot be; it is named.
    """

    #: Processes that read pages; 0 takes one a core, four at most.
    workers: int = 0
    #: Pages captured or read at once. Together with the size limits of fetch it bounds the memory: at the mean
    #: of 150 kB a page 5 MB, and 320 MiB at the very worst.
    pages_at_once: int = 32
    #: Of these, pages of one source: the others do not wait behind a slow one.
    pages_of_one_source: int = 4
    #: Seconds one page may take to be read. The mean is 0.05; a page that takes this long has no end.
    seconds_for_a_page: float = 30.0
    #: Documents after which a worker is replaced: parsers written in C do not give all memory back.
    documents_of_one_worker: int = 2000
    #: Mebibytes of memory a worker may use before its page is given up.
    worker_mebibytes: int = 2048
    #: Times a page is asked for before it is given up.
    attempts: int = 4
    #: Seconds before the second attempt; four times as long before each further one.
    seconds_before_retry: float = 10 * MINUTE
    #: Pages of one article that are joined; the rest is left out, and the article is marked so.
    pages_of_one_article: int = 20
    #: Other addresses of a host with the very same text before it is taken for a wall or an error page.
    repeats_allowed: int = 2
    #: Pictures captured or re-encoded at once.
    pictures_at_once: int = 8
    #: Whether pictures of articles are captured and served by us.
    pictures: bool = True
    #: Times a page is looked at again after it was read, for silent edits and withdrawals; 0: never.
    watch_looks: int = 4
    #: Seconds before the first of these looks; four times as long before each further one.
    watch_first_seconds: float = HOUR
    #: Pages looked at again at once, one of a source.
    watched_at_once: int = 4

    def __post_init__(self) -> None:
        _positive(self, "reading", besides=("workers", "repeats_allowed", "watch_looks"))

    @property
    def worker_count(self) -> int:
        return self.workers or max(1, min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOptions:
    """What is logged, and how.

    Raises:
        ConfigError: A setting cannot be; it is named.
    """

    #: ``auto`` writes for people on a terminal and JSON otherwise.
    format: Literal["auto", "json", "console"] = "auto"
    level: Literal["debug", "info", "warning", "error"] = "info"


def _positive(options: FollowOptions | ReadingOptions, section: str, besides: tuple[str, ...] = ()) -> None:
    for field in fields(options):
        value = getattr(options, field.name)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        if value < 0 or (value == 0 and field.name not in besides):
            raise ConfigError(f"{section}.{field.name} must be above 0, not {value!r}")
