"""One follower a home: two would poll everything twice and be rude to every source."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from tawatur.errors import ConfigError

__all__ = ["follow_alone"]

_FILE_NAME = "run.lock"


@contextlib.contextmanager
def follow_alone(home: Path) -> Iterator[None]:
    """Hold the home while the block lasts; the system lets it go when the process ends, however it ends.

    Raises:
        ConfigError: Another process holds it.
    """
    import fcntl

    with (home / _FILE_NAME).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise ConfigError(
                f"another tawatur (process {file.read().strip() or 'unknown'}) already runs on the home {home}; "
                "stop it first, or give this one a home of its own with --home"
            ) from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
