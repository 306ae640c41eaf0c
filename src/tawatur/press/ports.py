"""One port of the press: a small HTTP server that asks a function for each answer."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from tawatur.errors import ConfigError
from tawatur.press.site import Answer

#: Seconds a silent connection is kept.
KEEP_ALIVE_SECONDS = 15.0

#: Path and query, and the request's headers in lower case, to what is sent back.
Answering = Callable[[str, Mapping[str, str]], Answer]


class Port(ThreadingHTTPServer):
    """A server on one port. Connections that are still open when it stops are closed, and their threads waited for."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 64

    def __init__(self, host: str, port: int) -> None:
        self.answering: Answering = lambda target, headers: Answer(503)  # noqa: ARG005
        self._open: set[socket.socket] = set()
        self._open_lock = Lock()
        self._thread: Thread | None = None
        try:
            super().__init__((host, port), _Handler)
        except OSError as error:
            raise ConfigError(f"the press cannot serve on {host}:{port}: {error.strerror}") from error

    @property
    def home(self) -> str:
        return f"http://{self.server_address[0]!s}:{self.server_address[1]}"

    def start(self, answering: Answering) -> None:
        self.answering = answering
        self._thread = Thread(target=self.serve_forever, args=(0.05,), name=f"press {self.home}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._thread is not None:
            self.shutdown()
            self._thread.join()
        with self._open_lock:
            waiting = list(self._open)
        for connection in waiting:
            _shut(connection)
        self.server_close()

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that goes away in the middle is none of the press's business."""


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the caller was quicker


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = KEEP_ALIVE_SECONDS
    server: Port

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def version_string(self) -> str:
        return "tawatur-press"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: the press is heard through its pages."""

    def _answer(self, *, with_body: bool) -> None:
        answer = self.server.answering(self.path, {name.lower(): value for name, value in self.headers.items()})
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body and answer.status != 304:
            self.wfile.write(answer.body)
