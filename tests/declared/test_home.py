"""Where a data home's files stand, and which home is meant without being told."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import REPOSITORY

from improvement_board.declared.home import HOME_VARIABLE, Home, default_home


def test_the_variable_names_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert default_home() == Home(tmp_path)


@pytest.mark.parametrize("named", [None, ""])
def test_without_the_variable_it_is_the_demonstration_councils(
    monkeypatch: pytest.MonkeyPatch, named: str | None
) -> None:
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    if named is not None:
        monkeypatch.setenv(HOME_VARIABLE, named)
    home = default_home()
    assert home.folder == REPOSITORY / "data"
    assert home.plan.is_file()
    assert home.events.is_file()
    assert home.aliases.is_file()
