"""The stages in their order, and what keeps them going: when feeds are polled, how pages become articles."""

from tawatur.pipeline.newsroom import Newsroom, NewsroomOptions, open_means
from tawatur.pipeline.options import FollowOptions, LogOptions, ReadingOptions

__all__ = ["FollowOptions", "LogOptions", "Newsroom", "NewsroomOptions", "ReadingOptions", "open_means"]
