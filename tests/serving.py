"""The app as a person starts it, on a free port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from places import REPOSITORY

from improvement_board.declared.home import HOME_VARIABLE, Home

GUARD = REPOSITORY / "tests" / "browser" / "guard"
START_SECONDS = 90
Options = Callable[[int], Sequence[str]]


@dataclass
class Server:
    """A running app: its address, its log, and the file its guard writes addresses outside this machine into."""

    url: str
    home: Home
    process: subprocess.Popen[bytes]
    log: Path
    asked_for: Path

    def said(self) -> str:
        """Everything the server has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def asked_outside(self) -> list[str]:
        """Every address outside this machine that the server asked for."""
        return self.asked_for.read_text(encoding="utf-8").splitlines() if self.asked_for.is_file() else []

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start(home: Home, folder: Path, options: Options = lambda port: ()) -> Server:
    """Serve a data home, with log and guard files in a folder; once more on another port where one was taken. Further
    options of the server may depend on its port."""
    for attempt in range(3):
        server = _launch(home, folder, attempt, options)
        if _answers(server):
            return server
        server.stop()
    raise AssertionError(f"the app did not start:\n{server.said()}")


def _launch(home: Home, folder: Path, attempt: int, options: Options) -> Server:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log, asked_for = folder / f"server-{attempt}.log", folder / f"asked-{attempt}.txt"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), "--server.headless"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "true", "--server.address", "127.0.0.1", *options(port)],
            cwd=REPOSITORY,
            env=_environment(home, asked_for),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    return Server(f"http://127.0.0.1:{port}", home, process, log, asked_for)


def _environment(home: Home, asked_for: Path) -> Mapping[str, str]:
    own = {HOME_VARIABLE: str(home.folder), "IMPROVEMENT_BOARD_ASKED_FOR": str(asked_for), "PYTHONPATH": str(GUARD)}
    return {**os.environ, **own}


def _answers(server: Server) -> bool:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=1):
                return True
        except OSError:
            time.sleep(0.1)  # between two questions: a condition is waited for, not a time
    return False
