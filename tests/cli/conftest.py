"""The command line as a user calls it: in this process where that is the same, else as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tawatur.cli import main
from tawatur.press import Press


@dataclass
class Said:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def record(self) -> Any:
        (record,) = self.records
        return record


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("TAWATUR_") and name != "TAWATUR_DATA"]:
        monkeypatch.delenv(name)


@pytest.fixture
def tawatur() -> Callable[..., Said]:
    """Call a command in this process."""

    def call(*arguments: object, stdin: str | bytes | None = None) -> Said:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Said(result.exit_code, result.stdout, result.stderr)

    return call


@pytest.fixture
def command() -> list[str]:
    """The beginning of a command line that runs as a process of its own."""
    return [sys.executable, "-m", "tawatur"]


@pytest.fixture
def process(command: list[str]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start commands as processes; none outlives the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object, **environment: str) -> subprocess.Popen[str]:
        started.append(
            subprocess.Popen(
                [*command, *map(str, arguments)],
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return started[-1]

    yield start
    for each in started:
        if each.poll() is None:
            each.kill()
        each.communicate()


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(datetime.now(UTC)) as press:
        yield press


#: Settings under which the press is followed without waiting.
SETTINGS = """
[fetch]
allowed_networks = ["press=127.0.0.1/32"]
seconds_between_requests = 0
connections_per_host = 4
[follow]
shortest_seconds = 1
look_again_seconds = 0.1
[reading]
workers = 1
pictures = false
[log]
format = "json"
"""


@pytest.fixture
def press_home(home: Path) -> Path:
    home.mkdir()
    (home / "tawatur.toml").write_text(SETTINGS, "utf-8")
    return home
