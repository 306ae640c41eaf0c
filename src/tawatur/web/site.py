"""
The site as one ASGI application: pages in two languages, feeds, the JSON API, the hubs' callback.

Nothing here changes a record: the site only reads. ``create_app`` needs a store and how the site presents itself;
the one who follows the sources may add where hubs deliver and how far behind the feeds are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from tawatur.store.protocol import Store
from tawatur.web.access_log import AccessLog
from tawatur.web.api import api_router
from tawatur.web.desk import Desk
from tawatur.web.finding import Finder
from tawatur.web.hub import HubInbox, hub_router
from tawatur.web.machine_pages import feed_router, machine_router, sitemap_router
from tawatur.web.name_pages import name_router
from tawatur.web.options import SiteOptions
from tawatur.web.pages import page_router
from tawatur.web.problems import handle_problems
from tawatur.web.search_pages import search_router
from tawatur.web.secured import Secured
from tawatur.web.story_pages import story_router
from tawatur.web.templating import Clock, load_templates


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(
    store: Store,
    options: SiteOptions,
    *,
    hub_inbox: HubInbox | None = None,
    feed_lag: Callable[[], float | None] | None = None,
    finder: Finder | None = None,
    clock: Clock = _now,
) -> FastAPI:
    """Make the site.

    Args:
        store: What is shown; called from several threads, never closed here.
        options: How the site presents itself.
        hub_inbox: Takes what WebSub hubs deliver to ``/websub/{token}``; None: there is no such address.
        feed_lag: Seconds by which the feed longest due is late, None when none is due; shown by ``/healthz``.
        finder: Searches; None: there is no search box and no address of search.
        clock: What now is: "today" on the front page, the two days of the news sitemap.
    """
    app = FastAPI(title="Tawatur", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    desk = Desk(store, options, load_templates(options, searchable=finder is not None), clock)
    default, *_ = desk.templates.editions.values()
    app.include_router(machine_router(desk, default, feed_lag))
    app.include_router(sitemap_router(desk, default))
    app.include_router(api_router(desk, finder))
    if hub_inbox is not None:
        app.include_router(hub_router(hub_inbox, options.hub_body_bytes))
    for edition in sorted(desk.templates.editions.values(), key=lambda edition: edition is default):
        app.include_router(feed_router(desk, edition))
        if finder is not None:
            app.include_router(search_router(desk, edition, finder))
        app.include_router(name_router(desk, edition))
        app.include_router(story_router(desk, edition))
        app.include_router(page_router(desk, edition, finder))
    handle_problems(app, desk)
    # The last added is the outermost.
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=6)
    app.add_middleware(Secured, https=options.base_url.startswith("https:"))
    if options.allowed_hosts:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(options.allowed_hosts), www_redirect=False)
    app.add_middleware(AccessLog)
    return app
