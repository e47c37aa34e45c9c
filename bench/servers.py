"""Servers of the measured pages, each a process of its own on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

STARTS_WITHIN_S = 90
OPTIONS = ("--server.headless=true", "--server.fileWatcherType=none", "--browser.gatherUsageStats=false")


@contextmanager
def streamlit_server(script: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Serve a Streamlit script on this machine; gives its address. Raises RuntimeError where it does not start."""
    command = [sys.executable, "-m", "streamlit", "run", str(script), *OPTIONS, "--server.address=127.0.0.1"]
    with _server(lambda port: [*command, f"--server.port={port}"], script, environment, "/_stcore/health") as address:
        yield address


@contextmanager
def dash_server(python: Path, script: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Serve a Dash app by gunicorn, with a Python that has both; gives its address. Raises RuntimeError where it does
    not start."""
    command = [str(python), "-m", "gunicorn", "-w", "1", "--threads", "8", f"{script.stem}:server"]
    with _server(lambda port: [*command, "-b", f"127.0.0.1:{port}"], script, environment, "/") as address:
        yield address


@contextmanager
def _server(
    command: Callable[[int], list[str]], script: Path, environment: Mapping[str, str], answers: str
) -> Iterator[str]:
    """Run a server of a script in its folder on a free port, by its command for a port, until it `answers` there."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        command(port),
        cwd=script.parent,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}{answers}", process, script)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait(url: str, process: subprocess.Popen[bytes], script: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    give_up = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            opener.open(url, timeout=5).read()
            return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > give_up:
                raise RuntimeError(f"{script} did not start") from error
            time.sleep(0.05)
