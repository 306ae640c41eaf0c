"""Workers that crash, hang or grow cost their call only."""

import asyncio
import os
import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tawatur.errors import ExtractionError, FetchError
from tawatur.model import Capture
from tawatur.pipeline import stages
from tawatur.pipeline.options import ReadingOptions
from tawatur.pipeline.workshop import WorkerLost, Workshop

OPTIONS = ReadingOptions(workers=1, seconds_for_a_page=1.0)
# Stages of the test's own, which the worker finds by name as it finds the real ones.
SLEEP, EXIT, CRASH = "time:sleep", "os:_exit", "os:abort"
PID, ALLOCATE, BROKEN = "os:getpid", "builtins:bytearray", "json:loads"


@pytest.fixture(autouse=True)
def stages_of_the_test(monkeypatch, tmp_path):
    """Give the workers further stages: a sitecustomize in their path puts them into the table."""
    names = {"sleep": SLEEP, "exit": EXIT, "crash": CRASH, "pid": PID, "allocate": ALLOCATE, "broken": BROKEN}
    (tmp_path / "sitecustomize.py").write_text(
        f"import tawatur.pipeline.stages as stages\nstages.STAGES = {{**stages.STAGES, **{names!r}}}\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def page(text: str) -> Capture:
    return Capture(
        url="https://a.example/1",
        requested_url="https://a.example/1",
        fetched_at=datetime(2026, 11, 23, tzinfo=UTC),
        status=200,
        body=text.encode(),
        media_type="text/html",
    )


async def test_a_stage_gives_its_result():
    async with Workshop(OPTIONS) as workshop:
        assert await workshop.do("pid") != os.getpid()


@pytest.mark.parametrize(("stage", "arguments"), [("exit", (3,)), ("crash", ()), ("sleep", (60,))])
async def test_a_worker_that_is_lost_loses_its_call_and_the_next_goes_on(stage, arguments):
    async with Workshop(OPTIONS) as workshop:
        with pytest.raises(WorkerLost):
            await workshop.do(stage, *arguments)
        assert await workshop.do("pid")


async def test_a_page_that_wants_too_much_memory_is_given_up():
    async with Workshop(replace(OPTIONS, worker_mebibytes=512)) as workshop:
        with pytest.raises(WorkerLost, match="MemoryError"):
            await workshop.do("allocate", 2**31)
        assert await workshop.do("pid")


async def test_a_fault_of_a_stage_is_told_with_its_kind():
    async with Workshop(OPTIONS) as workshop:
        with pytest.raises(WorkerLost, match="JSONDecodeError"):
            await workshop.do("broken", "{")


async def test_our_own_errors_come_back_as_what_they_are():
    async with Workshop(replace(OPTIONS, seconds_for_a_page=30)) as workshop:
        with pytest.raises(ExtractionError) as refused:
            await workshop.do("read_page", page("<html><body></body></html>"), None)
        with pytest.raises(FetchError) as broken:
            await workshop.do("re_encode", b"no picture", "https://a.example/1.jpg")
    assert refused.value.reason == "no_text"
    assert refused.value.url == "https://a.example/1"
    assert broken.value.url == "https://a.example/1.jpg"


async def test_a_worker_is_replaced_after_some_documents():
    async with Workshop(replace(OPTIONS, documents_of_one_worker=2)) as workshop:
        pids = [await workshop.do("pid") for _ in range(4)]
    assert len(set(pids)) == 2


async def test_a_call_that_is_broken_off_does_not_answer_the_next():
    async with Workshop(replace(OPTIONS, seconds_for_a_page=30)) as workshop:
        await workshop.do("pid")
        call = asyncio.create_task(workshop.do("sleep", 20))
        await asyncio.sleep(0.1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert isinstance(await workshop.do("pid"), int)


async def test_workers_end_with_the_workshop():
    async with Workshop(OPTIONS) as workshop:
        pid = await workshop.do("pid")
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        await asyncio.sleep(0.05)
    pytest.fail("the worker lives on")


def test_every_stage_is_there():
    for name in stages.STAGES:
        assert callable(stages.stage(name))
