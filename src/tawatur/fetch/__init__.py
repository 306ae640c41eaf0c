"""The only network access of Tawatur: pages, feeds, images, source lists and hooks go through ``Web``."""

from tawatur.fetch.images import Picture, re_encode
from tawatur.fetch.options import CaptureKind, FetchOptions
from tawatur.fetch.politeness import Pace
from tawatur.fetch.resolver import Resolver, SystemResolver
from tawatur.fetch.urls import UnusableURL, join_url, request_url
from tawatur.fetch.warc import WarcFile, write_warc
from tawatur.fetch.web import Web

__all__ = [
    "CaptureKind",
    "FetchOptions",
    "Pace",
    "Picture",
    "Resolver",
    "SystemResolver",
    "UnusableURL",
    "WarcFile",
    "Web",
    "join_url",
    "re_encode",
    "request_url",
    "write_warc",
]
