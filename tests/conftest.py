"""What every test shares: where the real news lies, and when a test that needs it is left out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def data_folder() -> Path:
    """The folder of real news: TAWATUR_DATA, by default ``../shared/data`` beside the project."""
    return Path(os.environ.get("TAWATUR_DATA") or ROOT.parent / "shared" / "data")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if data_folder().is_dir():
        return
    left_out = [item for item in items if item.get_closest_marker("data")]
    for item in left_out:
        item.add_marker(pytest.mark.skip(reason="the real news is not here"))
    config.stash[LEFT_OUT] = len(left_out)


LEFT_OUT = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if not data_folder().is_dir():
        terminalreporter.write_line(
            f"{len(terminalreporter.stats.get('skipped', []))} tests that need the real news were skipped: "
            f"{data_folder()} is not there (set TAWATUR_DATA)"
        )


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real news; a test that asks for it carries ``@pytest.mark.data``."""
    return data_folder()
