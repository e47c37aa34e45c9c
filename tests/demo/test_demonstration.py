"""The demonstration's records are known again by their signature, and nothing else passes for them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from improvement_board.records.demonstration import SIGNATURE, is_demonstration, sign_demonstration

NAMES = ("audits.csv", "training.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    for name in NAMES:
        (made / name).write_text(f"rows of {name}", encoding="utf-8")
    sign_demonstration(made, [made / name for name in NAMES])
    return made


def read(folder: Path) -> bool:
    return is_demonstration(folder, [file for file in folder.iterdir() if file.name != SIGNATURE])


def test_what_was_signed_is_known_again_wherever_it_stands(folder: Path, tmp_path: Path) -> None:
    assert read(folder)
    moved = tmp_path / "moved"
    shutil.copytree(folder, moved)
    (moved / NAMES[0]).unlink()
    assert read(moved)
    assert not is_demonstration(folder, [])


@pytest.mark.parametrize(
    "change", ["another file", "other rows", "renamed", "a line added", "a hash", "no JSON", "list"]
)
def test_nothing_else_passes(folder: Path, change: str) -> None:
    file, signature = folder / NAMES[0], folder / SIGNATURE
    said = json.loads(signature.read_text(encoding="utf-8"))
    if change == "another file":
        (folder / "own.csv").write_text("rows of a council", encoding="utf-8")
    elif change == "other rows":
        file.write_text("rows of a council", encoding="utf-8")
    elif change == "renamed":
        file.rename(folder / "other.csv")
    elif change == "a line added":
        shutil.copyfile(file, folder / "own.csv")
        said["files"]["own.csv"] = said["files"][file.name]
        signature.write_text(json.dumps(said), encoding="utf-8")
    elif change == "a hash":
        said["files"][file.name] = "0" * 64
        signature.write_text(json.dumps(said), encoding="utf-8")
    else:
        signature.write_text("signed" if change == "no JSON" else "[]", encoding="utf-8")
    assert not read(folder)
    (folder / SIGNATURE).unlink()
    assert not read(folder)


def test_only_what_the_program_made_is_signed(folder: Path) -> None:
    (folder / "own.csv").write_text("rows of a council", encoding="utf-8")
    sign_demonstration(folder, [folder / name for name in NAMES])
    assert not read(folder)
