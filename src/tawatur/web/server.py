"""Serving: uvicorn, set up for this site."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI

from tawatur.web.options import SiteOptions

#: Seconds that requests under way get to finish when the server stops.
GRACE_SECONDS = 5
#: Seconds an idle connection is kept.
KEEP_ALIVE_SECONDS = 15


class SiteServer(uvicorn.Server):
    """A server that runs inside the event loop of another: ``await serve()``; ``should_exit = True`` ends it.

    Signals are left to the one whose loop it is.
    """

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    @property
    def port(self) -> int:
        """The port it listens on, once ``started``; tells which one the system chose for port 0."""
        [server, *_] = self.servers
        return int(server.sockets[0].getsockname()[1])


def site_server(app: FastAPI, options: SiteOptions) -> SiteServer:
    """Make the server of a site, ready to be run by ``await server.serve()``."""
    return SiteServer(_config(app, options))


def serve(app: FastAPI, options: SiteOptions) -> None:
    """Serve a site until SIGINT or SIGTERM."""
    uvicorn.Server(_config(app, options)).run()


def _config(app: FastAPI, options: SiteOptions) -> uvicorn.Config:
    host, port = options.host_and_port
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(options.trusted_proxies),
        forwarded_allow_ips=list(options.trusted_proxies),
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=32 * 1024,
        limit_concurrency=512,
    )
