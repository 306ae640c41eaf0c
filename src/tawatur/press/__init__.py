"""
The sample press: ten made-up outlets on the loopback, their articles written by us from public facts.

It lets Tawatur live without a network and gives its tests a press whose truth is known: ``Press`` serves it,
``read_truth`` tells what is a reprint of what, which articles are one story, what was changed in silence.
"""

from tawatur.press.almanac import Almanac, Offset
from tawatur.press.clock import PressClock
from tawatur.press.edition import Edition, Version
from tawatur.press.outlets import Outlet, outlets
from tawatur.press.server import Press, serve
from tawatur.press.site import Answer, Site
from tawatur.press.texts import Draft, drafts
from tawatur.press.truth import Truth, read_truth

__all__ = [
    "Almanac",
    "Answer",
    "Draft",
    "Edition",
    "Offset",
    "Outlet",
    "Press",
    "PressClock",
    "Site",
    "Truth",
    "Version",
    "drafts",
    "outlets",
    "read_truth",
    "serve",
]
