"""
The stages, in the order an article goes through them: each takes a record and gives a new one.

Capturing waits for the network and writing for the database; both stay in the main process. What costs a core stands
in ``STAGES`` and is done in a worker (``workshop.py``), under the name it has here: a page that crashes its reader or
never ends costs that page only.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tawatur.model import Article
    from tawatur.model.analysis import Analysis
    from tawatur.model.frequencies import ArchiveFrequencies, PhraseHashes

__all__ = ["HEAVY", "STAGES", "analyse_articles", "make_ready", "stage", "warm_analysis"]

#: Each stage with the function that does it, and what it takes and gives.
STAGES: Mapping[str, str] = {
    "read_feed": "tawatur.feeds:read_feed",  # Capture -> Feed
    "read_page": "tawatur.extract:read_page",  # Capture, Source, Entry -> Reading
    "join_pages": "tawatur.extract:join_pages",  # Reading, following Readings -> Article
    "read_document": "tawatur.extract:read_document",  # bytes -> Reading
    "re_encode": "tawatur.fetch.images:re_encode",  # bytes -> Picture
    "analyse": "tawatur.pipeline.stages:analyse_articles",  # Articles with their zones -> Analyses, phrases
}
#: Stages whose part is heavy (models of some 100 MiB) and needed by few workers: made ready when they are first
#: called, by a function of its own that no alarm cuts short.
HEAVY: Mapping[str, str] = {"analyse": "tawatur.pipeline.stages:warm_analysis"}


def stage(name: str) -> Callable[..., Any]:
    """Give the function of a stage; its part is imported with the first call, as most workers need not all."""
    return _function(STAGES[name])


def make_ready(name: str) -> None:
    """Load what a heavy stage needs."""
    if name in HEAVY:
        _function(HEAVY[name])()


def _function(place: str) -> Callable[..., Any]:
    module, _, function = place.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def analyse_articles(
    articles: Sequence[tuple[Article, tzinfo]], archive: ArchiveFrequencies | None = None
) -> list[tuple[Analysis, PhraseHashes]]:
    """Analyse articles, each with its outlet's zone, by what their archive has counted; give the phrases to count."""
    from tawatur.analysis import analyse_in_archive

    return list(analyse_in_archive(articles, archive))


def warm_analysis() -> None:
    """Load the models of the analysis, by analysing a line."""
    from datetime import UTC

    from tawatur.model import Article

    text = "قال الوزير أحمد علي، الأربعاء، في القاهرة: «العمل مستمر»."
    analyse_articles([(Article(id="-", url=None, source=None, title=text, body=text), UTC)])
