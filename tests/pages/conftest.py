"""Which data home the app under test serves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from improvement_board.declared.home import HOME_VARIABLE, Home


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Callable[[Home], None]:
    """Makes the app serve a data home."""
    return lambda home: monkeypatch.setenv(HOME_VARIABLE, str(home.folder))
