"""What the program brings beside its code: it is there, or its absence is an error."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from places import REPOSITORY

from improvement_board.common import shipped
from improvement_board.common.shipped import shipped_file
from improvement_board.declared import kpis
from improvement_board.errors import InputError


def test_in_the_repository_all_of_it_stands_at_the_top() -> None:
    assert shipped.FOLDER == REPOSITORY
    for file in (shipped.APP, shipped.PAGES, shipped.QUERIES, shipped.DATA):
        assert shipped_file(file) == file


def test_a_library_that_is_missing_is_an_error_and_not_an_empty_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kpis, "QUERIES", tmp_path)
    with pytest.raises(InputError, match=r"kpis.*is missing from this installation"):
        kpis.load_library()


def test_the_wheel_brings_all_that_the_repository_has_beside_the_package() -> None:
    wheel = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    brought = {*wheel["sources"], *wheel["force-include"]}
    assert {file.name for file in (shipped.APP, shipped.PAGES, shipped.QUERIES, shipped.DATA)} <= brought


def test_requirements_and_lock_name_the_same_versions() -> None:
    lines = read_lines("requirements.lock")
    pinned = [line_number for line_number, line in enumerate(lines) if "==" in line]
    assert all("--hash=sha256:" in lines[line_number + 1] for line_number in pinned)
    locked = [lines[line_number].split()[0] for line_number in pinned]
    assert read_lines("requirements.txt") == [*locked, "-e ."]
    assert set(locked) <= set(read_lines("requirements-dev.txt"))


def read_lines(name: str) -> list[str]:
    """The lines of a file at the top of the repository."""
    return (REPOSITORY / name).read_text(encoding="utf-8").splitlines()
