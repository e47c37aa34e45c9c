"""What is dear to make, made once for all the processes that run the tests."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

LONGEST_SECONDS = 1_200


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that `make` fills: by the process that asks first, while the others wait. Read only: all share it."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # of one run, and of all its processes
    folder, done, failed = (base / f"{name}{part}" for part in ("", ".done", ".failed"))
    try:
        folder.mkdir()
    except FileExistsError:
        _wait_for(done, failed)
        return folder
    try:
        make(folder)
    except BaseException as error:
        failed.write_text(repr(error), encoding="utf-8")
        raise
    done.touch()
    return folder


def _wait_for(done: Path, failed: Path) -> None:
    end = time.monotonic() + LONGEST_SECONDS
    while not done.exists():
        if failed.exists() or time.monotonic() > end:
            why = failed.read_text(encoding="utf-8") if failed.exists() else "its process says nothing"
            pytest.fail(f"{done.stem} was not made: {why}")
        time.sleep(0.05)  # between two looks: a condition is waited for, not a time
