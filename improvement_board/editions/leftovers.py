"""The folders that publishing works in, and what dead processes leave of them: never served, cleared by the next one.

A folder's name says which machine and process works in it. It is a leftover where that process is gone, if it ran on
this machine and the system can tell, and in any case where nothing was added to it for a day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import platform
import re
import shutil
import time
import uuid
from pathlib import Path

PREFIX, REMOVING = ".publishing-", ".removing-"
NAME = re.compile(re.escape(PREFIX) + r"\d{4}-\d{2}-\d{2}-(?P<machine>[0-9a-f]{8})-(?P<process>\d+)-[0-9a-f]{32}")
DAY_SECONDS = 86_400.0


def working_folder(editions: Path, edition: dt.date) -> Path:
    """A name for the folder that this process publishes an edition in; it is not there yet."""
    return editions / f"{PREFIX}{edition}-{_machine()}-{os.getpid()}-{uuid.uuid4().hex}"


def _machine() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def find_leftovers(editions: Path) -> list[Path]:
    """The working folders of processes that are no more."""
    if not editions.is_dir():
        return []
    folders = (folder for folder in editions.iterdir() if folder.is_dir())
    return sorted(folder for folder in folders if folder.name.startswith(REMOVING) or _is_left(folder))


def _is_left(folder: Path) -> bool:
    if not folder.name.startswith(PREFIX):
        return False
    named = NAME.fullmatch(folder.name)
    if named and named["machine"] == _machine() and _is_gone(int(named["process"])):
        return True
    try:
        return time.time() - folder.stat().st_mtime > DAY_SECONDS
    except OSError:  # its process has just put it in place, or cleared it away
        return False


def _is_gone(process: int) -> bool:
    """Whether a process of this machine has ended. Where the system cannot tell without harm, it has not."""
    if os.name == "nt":  # there, asking by a signal ends the process
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def clear_leftovers(editions: Path) -> None:
    """Remove what dead processes left.

    Each is renamed first: should its process live after all, it cannot put it in place, and publishes no part of it.
    """
    for folder in find_leftovers(editions):
        removing = editions / f"{REMOVING}{uuid.uuid4().hex}"
        try:
            folder.rename(removing)
        except OSError:  # another process was faster
            continue
        shutil.rmtree(removing, ignore_errors=True)
