"""What SQL of a file may do: read, in one statement, the tables that it is given, and reach nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import duckdb

from improvement_board.errors import InputError, Problem

MEMORY = "1GB"  # of what is open to viewers


@lru_cache(maxsize=1024)
def only_reads(sql: str, file: str | Path) -> None:
    """Raises InputError naming the file whose text is not one statement that only reads, or is no SQL."""
    try:
        kinds = [statement.type for statement in duckdb.extract_statements(sql)]
    except duckdb.Error as error:
        raise InputError(Problem(file, f"the query failed: {str(error).strip().splitlines()[0]}")) from error
    if kinds != [duckdb.StatementType.SELECT]:
        raise InputError(Problem(file, "is not one statement that only reads"))


def lock_down(connection: duckdb.DuckDBPyConnection) -> None:
    """Once its tables are loaded, let a connection reach no file and no setting, and spill nothing onto the disk."""
    connection.execute("set temp_directory = ''")
    connection.execute("set memory_limit = $memory", {"memory": MEMORY})
    lock(connection)


def lock(connection: duckdb.DuckDBPyConnection, files: Iterable[Path] = (), folders: Iterable[Path] = ()) -> None:
    """Let a connection reach no file, host, extension or setting any more, but for these files and folders.

    Of a folder everything may be read and written: where queries may come from somebody else, they must pass
    `only_reads`, and the folder hold nothing that they may not read.
    """
    connection.execute("set allowed_paths = $paths", {"paths": [str(file.resolve()) for file in files]})
    connection.execute("set allowed_directories = $paths", {"paths": [str(folder.resolve()) for folder in folders]})
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
