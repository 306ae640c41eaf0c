"""Whom we follow, and who is who: source files, the starter pack, the registry of agencies and outlets."""

from tawatur.sources.registry import Outlet, OutletKind, Registry, load_registry
from tawatur.sources.source_file import load_source, source_to_toml
from tawatur.sources.starter_pack import starter_sources, time_zone_of

__all__ = [
    "Outlet",
    "OutletKind",
    "Registry",
    "load_registry",
    "load_source",
    "source_to_toml",
    "starter_sources",
    "time_zone_of",
]
