"""A folder of record-level tables as the demonstration writes them, a file a table, for tests to open unbuilt."""

from __future__ import annotations

from pathlib import Path

from improvement_board.building.records import SourceFolder
from improvement_board.declared.tables import declared_tables
from improvement_board.sources.settings import read_settings

SUFFIXES = (".parquet", ".csv")


def read_source_folder(folder: Path) -> SourceFolder:
    """The files of a folder by table. Raises InputError for a bad source.toml."""
    files = {
        table: file
        for table in declared_tables()
        for suffix in SUFFIXES
        if (file := folder / f"{table}{suffix}").is_file()
    }
    assert files, f"{folder} holds no table"
    settings = read_settings(folder)
    return SourceFolder(folder, files, settings.edition, settings.first_day)
