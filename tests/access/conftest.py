"""One server of a council's own figures for all that asks for pages of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from first_views import until_shown
from grants import ACCESS, MANAGER
from raw import sign_in_options, signed_in
from serving import Server, start
from small_homes import own_figures

from improvement_board.access.insecure import INSECURE_VARIABLE


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A council's own figures, served with sign-in."""
    folder = tmp_path_factory.mktemp("first")
    home = own_figures(folder)
    home.access.write_text(ACCESS + MANAGER, encoding="utf-8")

    running = start(home, folder, sign_in_options(folder))
    person = signed_in(running, "opener", "analyst")
    until_shown(person)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def insecure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A council's own figures, served to this computer alone."""
    folder = tmp_path_factory.mktemp("insecure")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(INSECURE_VARIABLE, "1")
        running = start(own_figures(folder), folder)
    yield running
    running.stop()
