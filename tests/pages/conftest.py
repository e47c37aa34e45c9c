"""Which data home the app under test serves."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner

from improvement_board.declared.home import HOME_VARIABLE, Home


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Callable[[Home], None]:
    """Makes the app serve a data home."""
    return lambda home: monkeypatch.setenv(HOME_VARIABLE, str(home.folder))


@pytest.fixture(autouse=True)
def _installed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is installed is read once for all apps under test: each reads the manifest of every package, for longer than
    a page takes."""
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", INSTALLED_COMPONENTS)


INSTALLED_COMPONENTS = cache(manifest_scanner.scan_component_manifests)
