"""
The stages in their order, and what keeps them going: when feeds are polled, how pages become articles.

The names are imported when they are asked for: a worker process is of this package too, and needs neither the network
nor the database, whose import takes a second.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tawatur.pipeline.newsroom import Newsroom, NewsroomOptions, open_means
    from tawatur.pipeline.options import FollowOptions, LogOptions, ReadingOptions

__all__ = ["FollowOptions", "LogOptions", "Newsroom", "NewsroomOptions", "ReadingOptions", "open_means"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "options" if name in ("FollowOptions", "LogOptions", "ReadingOptions") else "newsroom"
    return getattr(importlib.import_module(f"tawatur.pipeline.{module}"), name)
