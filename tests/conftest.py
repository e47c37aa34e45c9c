"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of reference files beside the repository (published statistics, samples, the control-chart oracle)."""
    folder = os.environ.get("IMPROVEMENT_BOARD_REFERENCE")
    if not folder:
        pytest.skip("IMPROVEMENT_BOARD_REFERENCE is not set: no reference files to test against")
    path = Path(folder).resolve()
    if not path.is_dir():
        pytest.fail(f"IMPROVEMENT_BOARD_REFERENCE names {folder}, which is not a folder")
    return path
