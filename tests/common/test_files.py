"""A file is written whole or what was there stays."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from improvement_board.common.files import disk_of, files_within, links_within, write_whole
from improvement_board.errors import InputError


def test_text_is_written_as_it_is_into_new_folders(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "out.csv"
    write_whole(file, "\ufeffa,b\r\né,1\r\n")
    assert file.read_bytes() == "\ufeffa,b\r\né,1\r\n".encode()
    write_whole(file, "again\n")
    assert file.read_bytes() == b"again\n"
    assert [path.name for path in file.parent.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("step", ["open", "replace"])
def test_a_failure_leaves_what_was_there_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    file = tmp_path / "out.csv"
    file.write_text("before", encoding="utf-8")

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, fail)
        with pytest.raises(InputError, match=r"out\.csv: cannot be written: the disk is full"):
            write_whole(file, "after")
    assert file.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_text_that_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    file.write_text("before", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "half\ud800")
    assert file.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_full_disk_of_a_working_folder_is_said_and_other_errors_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written: the disk is full"), disk_of(tmp_path):
        raise OSError("Error writing bytes to file. Detail: [errno 28] No space left on device")  # as Arrow says it
    with pytest.raises(PermissionError), disk_of(tmp_path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "source.csv")


def test_links_and_hidden_files_are_no_files_of_a_folder(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    for file in (folder / "b" / "one.csv", folder / ".hidden" / "two.csv", folder / "~$three.xlsx", elsewhere / "four"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    (folder / "a").symlink_to(elsewhere)
    (folder / "c.csv").symlink_to(elsewhere / "four")
    assert [file.name for file in files_within(folder)] == ["one.csv"]
    assert [file.name for file in links_within(folder)] == ["a", "c.csv"]
