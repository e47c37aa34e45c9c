"""What a source folder says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from improvement_board.errors import InputError
from improvement_board.sources.settings import PRECEDENCE, read_settings


def write(folder: Path, text: str, name: str = "sources.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_folder_that_says_nothing_has_the_usual_settings(tmp_path: Path) -> None:
    settings = read_settings(tmp_path)
    assert settings.edition is None
    assert settings.day_first
    assert settings.order_for("ssd_cp_plans") == PRECEDENCE


def test_named_winners_come_first_and_the_others_in_the_usual_order(tmp_path: Path) -> None:
    settings = read_settings(write(tmp_path, '[wins]\ndefault = ["annex_a"]\nssd_cp_plans = ["cin_census"]\n'))
    assert settings.order_for("ssd_cp_plans")[:2] == ("cin_census", "ssd")
    assert settings.order_for("ssd_missing")[:2] == ("annex_a", "ssd")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("edition = 2026-13-01", "not valid TOML"),
        ('edition = "soon"', "edition"),
        ("editon = 2026-09-30", "editon"),
        ('[[source]]\nformat = "ssd"\nfiles = []', "files"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        read_settings(write(tmp_path, text))
    assert "sources.toml" in str(error.value)
    assert said in str(error.value)


def test_two_files_of_settings_are_refused(tmp_path: Path) -> None:
    write(write(tmp_path, ""), "", "source.toml")
    with pytest.raises(InputError, match="one of the two"):
        read_settings(tmp_path)
