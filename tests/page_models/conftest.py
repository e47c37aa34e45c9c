"""A council with two editions, for all tests of what is shown of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small_council import JUNE, SEPTEMBER, Council, monthly


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Council:
    """To read: one indicator, June's edition and September's."""
    council = Council(tmp_path_factory.mktemp("published"))
    council.publish(JUNE, {"seen": monthly([(1, 2)], JUNE, team="North")})
    council.publish(SEPTEMBER, {"seen": monthly([(3, 4)], team="North")})
    return council


@pytest.fixture
def two(published: Council, tmp_path: Path) -> Council:
    """The same to add to, or to damage."""
    shutil.copytree(published.folder, tmp_path / "two")
    return Council(tmp_path / "two")
