"""The site: pages, feeds and the JSON API over a store. HTML leaves Tawatur by this door alone."""

from tawatur.web.finding import Finder
from tawatur.web.hub import HubInbox
from tawatur.web.options import SiteOptions
from tawatur.web.server import SiteServer, serve, site_server
from tawatur.web.site import create_app

__all__ = ["Finder", "HubInbox", "SiteOptions", "SiteServer", "create_app", "serve", "site_server"]
