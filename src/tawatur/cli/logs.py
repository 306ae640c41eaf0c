"""Structured logs on standard error: JSON for machines, coloured lines on a terminal; never a secret in either."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from tawatur.model.secrets import without_secrets
from tawatur.pipeline.options import LogOptions

__all__ = ["set_up_logs"]

#: Without the values of variables: they are long, and may hold secrets.
_TRACEBACKS = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False, max_frames=20)
)


def set_up_logs(options: LogOptions) -> None:
    """Send the logs of Tawatur and of its libraries to standard error."""
    on_terminal = sys.stderr.isatty()
    as_json = options.format == "json" or (options.format == "auto" and not on_terminal)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = (
        [_TRACEBACKS, _masked, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if as_json
        else [
            _masked,
            structlog.dev.ConsoleRenderer(colors=on_terminal, exception_formatter=structlog.dev.plain_traceback),
        ]
    )
    structlog.configure(
        processors=[
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, options.level.upper())),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(options.level.upper())


def _masked(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: _mask(value) for name, value in event.items()}


def _mask(value: Any) -> Any:
    if isinstance(value, str):
        return without_secrets(value)
    if isinstance(value, (list, tuple)):
        return [_mask(item) for item in value]
    if isinstance(value, dict):
        return {name: _mask(item) for name, item in value.items()}
    return value
