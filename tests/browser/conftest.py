"""A real server and a real browser. Nothing here reaches outside this machine, and no test passes if the app does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from serving import Server, start
from visiting import Visitor, profile, visiting

from improvement_board.declared.home import Home, default_home

Serve = Callable[[Home], Server]

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # tabs of one profile compile the app's scripts once: see visiting.profile
]
PATIENCE_MILLISECONDS = 30_000  # on a machine that does much else; a condition that holds is seen at once
LOGS = pytest.StashKey[list[Server]]()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium. Without one its tests are skipped, or fail where IMPROVEMENT_BOARD_BROWSER=required."""
    executable = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(executable).is_file():
        message = "there is no chromium: apt-get install chromium"
        if os.environ.get("IMPROVEMENT_BOARD_BROWSER") == "required":
            pytest.fail(message)
        pytest.skip(message)
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def serve(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Starts a server for a data home, one for each, all ended with the session."""
    servers: dict[Path, Server] = {}
    request.config.stash[LOGS] = []

    def serve_home(home: Home) -> Server:
        if home.folder not in servers:
            servers[home.folder] = start(home, tmp_path_factory.mktemp("server"))
            request.config.stash[LOGS].append(servers[home.folder])
        return servers[home.folder]

    yield serve_home
    for server in servers.values():
        server.stop()


@pytest.fixture(scope="session")
def server(chromium: Browser, serve: Serve) -> Server:
    """The app over the demonstration council's data home."""
    return serve(default_home())


@pytest.fixture(scope="session")
def browser_context(chromium: Browser) -> Iterator[BrowserContext]:
    """One profile for most visits, so that the app's scripts are read and compiled once."""
    with profile(chromium) as context:
        yield context


@pytest.fixture
def visitor_of(chromium: Browser, browser_context: BrowserContext) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors of a server, `fresh` ones with a profile of their own; all are held to what must never happen."""
    with ExitStack() as stack:

        def make(server: Server, *, fresh: bool = False) -> Visitor:
            context = browser_context
            if fresh:
                context = stack.enter_context(chromium.new_context(locale="en-GB", reduced_motion="reduce"))
            return stack.enter_context(visiting(server, context))

        yield make


@pytest.fixture
def visitor(server: Server, visitor_of: Callable[..., Visitor]) -> Visitor:
    """A visitor of the demonstration council's app."""
    return visitor_of(server)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Iterator[None]:  # the servers' last words beside a failure
    report = yield
    if report.failed:
        for server in item.config.stash.get(LOGS, []):
            report.sections.append((f"log of {server.url} ({server.home.folder})", server.said()[-4000:]))
    return report
