"""A file is written whole or what was there stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from improvement_board.files import write_whole


def test_text_is_written_as_it_is_into_new_folders(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "out.csv"
    write_whole(file, "\ufeffa,b\r\né,1\r\n")
    assert file.read_bytes() == "\ufeffa,b\r\né,1\r\n".encode()
    write_whole(file, "again\n")
    assert file.read_bytes() == b"again\n"
    assert [one.name for one in file.parent.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("step", ["open", "replace"])
def test_a_failure_leaves_what_was_there_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    file = tmp_path / "out.csv"
    file.write_text("before", encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, fail)
        with pytest.raises(OSError, match="disk full"):
            write_whole(file, "after")
    assert file.read_text(encoding="utf-8") == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


def test_text_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("before", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "half\ud800")
    assert file.read_text(encoding="utf-8") == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]
