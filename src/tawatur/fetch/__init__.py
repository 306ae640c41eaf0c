"""The only network access of Tawatur: pages, feeds, images, source lists and hooks go through ``Web``."""

from tawatur.fetch.options import CaptureKind, FetchOptions
from tawatur.fetch.resolver import Resolver, SystemResolver
from tawatur.fetch.urls import UnusableURL
from tawatur.fetch.web import Web

__all__ = ["CaptureKind", "FetchOptions", "Resolver", "SystemResolver", "UnusableURL", "Web"]
