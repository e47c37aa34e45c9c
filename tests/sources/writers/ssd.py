"""Writes record-level tables as a council's SQL Server would export the Standard Safeguarding Dataset: CSV."""

from __future__ import annotations

from pathlib import Path

import duckdb


def write(tables: Path, out: Path) -> list[Path]:
    """A CSV for each table of the dataset, in `out`: days as in the United Kingdom, headers in mixed letters, NULL for
    what is not there, and the rows of the visits in a file a year. Gives the files."""
    out.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    with duckdb.connect() as connection:
        for table_number, table in enumerate(sorted(tables.glob("ssd_*.parquet"))):
            separator = ",;\t"[table_number % 3]
            read = f"select {_columns(connection, table)} from '{table}'"
            files += _write(connection, read, out, table.stem, separator)
    return files


def _columns(connection: duckdb.DuckDBPyConnection, table: Path) -> str:
    """Every second column with capital letters and spaces."""
    names = connection.read_parquet(str(table)).columns
    written = [name.replace("_", " ").title() if at % 2 else name.upper() for at, name in enumerate(names)]
    return ", ".join(f'"{name}" as "{written_name}"' for name, written_name in zip(names, written, strict=True))


def _write(connection: duckdb.DuckDBPyConnection, read: str, out: Path, table: str, separator: str) -> list[Path]:
    shape = (
        f"header, delimiter '{separator}', dateformat '%d/%m/%Y', timestampformat '%d/%m/%Y %H:%M:%S', nullstr 'NULL'"
    )
    if not table.endswith("visits"):
        file = out / f"{table.upper()}.csv"
        connection.execute(f"copy ({read}) to '{file}' ({shape})")
        return [file]
    files = [out / f"dbo.{table} part {part}.csv" for part in (1, 2)]
    half = f"(select count(*) // 2 from ({read}))"
    connection.execute(f"copy (({read}) limit {half}) to '{files[0]}' ({shape})")
    connection.execute(f"copy (({read}) offset {half}) to '{files[1]}' ({shape})")
    return files
